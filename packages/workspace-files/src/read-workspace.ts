import { checkReferences, emptyWorkspace } from "@watershed/domain";
import type { DomainProblem, ItemKind, ItemPlace, Settings, Workspace } from "@watershed/domain";
import { defaultLimits, listFiles } from "./list-files.ts";
import type { Limits, Listing } from "./list-files.ts";
import { fieldPlace, valuePlace } from "./locate.ts";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { fileProblem, wholeFile } from "./problem.ts";
import type { FilePlace, FileProblem } from "./problem.ts";
import { readItems, readStreams, streamsFile } from "./read-items.ts";
import type { Origin } from "./locate.ts";
import type { Entry, FileItems } from "./read-items.ts";
import { readNote } from "./read-note.ts";
import { readPlainItems } from "./read-plain-items.ts";
import { placeOf, readSourceFile } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";

/** A folder as it was read: the workspace of all sound items, every problem, and the way back from an item to its place. */
export interface WorkspaceReading {
  /** Undefined where the folder has no sound settings; items with errors are left out of their lists. */
  workspace?: Workspace;
  problems: FileProblem[];
  /** The place of a value of an item, or of the part `within` its text (UTF-16 units); for what is unknown, the nearest place that exists. */
  locate(place: ItemPlace, within?: { from: number; to: number }): FilePlace;
  /** Every file that was read or tried, relative to the folder, in reading order. */
  files: string[];
  /** SHA-256 of each file that was read, by which an edit notices a change on disk. */
  hashes: Record<string, string>;
}

export type Origins = Record<ItemKind | "settings", Origin[]>;

/** A reading with what editing needs besides: where each item is written. */
export interface FolderReading extends WorkspaceReading {
  origins: Origins;
}

/** Reads a workspace folder; all problems at once, each with its place. Throws only for a bug. */
export async function readWorkspace(folder: string): Promise<WorkspaceReading> {
  const { workspace, problems, locate, files, hashes } = await readFolder(folder);
  return { ...(workspace ? { workspace } : {}), problems, locate, files, hashes };
}

/** `readWorkspace`, with the origin of every item. */
export async function readFolder(folder: string, limits: Limits = defaultLimits): Promise<FolderReading> {
  const listing = await listFiles(folder, limits);
  const gathered: Gathered = {
    entries: [],
    settings: [],
    streams: [],
    unsoundIds: new Set(),
    broken: [],
    hashes: {},
    problems: [...listing.problems],
  };
  for (let at = 0; at < listing.files.length; at += filesAtOnce) {
    const paths = listing.files.slice(at, at + filesAtOnce);
    const sources = await Promise.all(paths.map((path) => readSourceFile(folder, path, limits.fileBytes, listing.contents.get(path))));
    for (const [index, path] of paths.entries()) takeFile(gathered, path, sources[index]);
  }
  const origins = originsOf(gathered.entries);
  const sound = workspaceOf(gathered);
  gathered.problems.push(...settingsProblems(folder, listing, gathered), ...referenceProblems(sound, origins, gathered));
  const locate: WorkspaceReading["locate"] = (place, within) => {
    const origin = origins[place.kind][place.index];
    return origin ? valuePlace(origin, place.path, within) : wholeFile(listing.files[0]);
  };
  const hasSettings = origins.settings.length > 0;
  return {
    ...(hasSettings ? { workspace: sound } : {}),
    problems: inOrder(gathered.problems, listing.files),
    locate,
    files: listing.files,
    hashes: gathered.hashes,
    origins,
  };
}

const filesAtOnce = 64;

interface Gathered {
  entries: Entry[];
  settings: (() => FilePlace)[];
  streams: string[];
  unsoundIds: Set<string>;
  /** Files of which not all could be understood. */
  broken: string[];
  hashes: Record<string, string>;
  problems: FileProblem[];
}

function takeFile(gathered: Gathered, path: string, { file, problem }: { file?: SourceFile; problem?: FileProblem }): void {
  if (!file) {
    gathered.problems.push(problem!);
    gathered.broken.push(path);
    return;
  }
  gathered.hashes[path] = file.hash;
  if (path.endsWith(".md")) return take(gathered, file, readNote(file));
  const plain = readPlainItems(file);
  if (plain) {
    if (path === streamsFile) gathered.streams = plain.streams;
    return take(gathered, file, plain);
  }
  const yaml = parseYaml(file);
  gathered.problems.push(...yaml.problems);
  if (!isSound(yaml)) gathered.broken.push(path);
  else {
    if (path === streamsFile) {
      const { streams, problems } = readStreams(yaml);
      gathered.streams = streams;
      gathered.problems.push(...problems);
    }
    take(gathered, file, readItems(yaml));
  }
}

const leavesItemsUnread = new Set<FileProblem["code"]>(["notAMap", "notAList", "unknownList", "aliasBomb", "unknownAlias"]);

function take(gathered: Gathered, source: SourceFile, items: FileItems): void {
  gathered.entries.push(...items.entries);
  gathered.problems.push(...items.problems);
  for (const id of items.unsoundIds) gathered.unsoundIds.add(id);
  for (const key of items.settings)
    gathered.settings.push(() => {
      const [from, to] = key().range!;
      return placeOf(source, from, to);
    });
  if (items.problems.some((problem) => leavesItemsUnread.has(problem.code))) gathered.broken.push(source.path);
}

function originsOf(entries: Entry[]): Origins {
  const lists = Object.keys(emptyWorkspace(placeholder)).filter((key) => key !== "streams") as (ItemKind | "settings")[];
  const origins = Object.fromEntries(lists.map((kind) => [kind, [] as Origin[]])) as Origins;
  for (const { kind, origin } of entries) origins[kind].push(origin);
  return origins;
}

/** References can be checked without settings. */
const placeholder: Settings = { id: "none", name: "none", asOf: "1970-01-01", currency: "USD", discountRate: 0 };

function workspaceOf(gathered: Gathered): Workspace {
  const settings = gathered.entries.find((entry) => entry.kind === "settings")?.item as Settings | undefined;
  const workspace = { ...emptyWorkspace(settings ?? placeholder), streams: gathered.streams };
  for (const { kind, item } of gathered.entries) if (kind !== "settings") (workspace[kind] as unknown[]).push(item);
  return workspace;
}

function settingsProblems(folder: string, listing: Listing, gathered: Gathered): FileProblem[] {
  const [first, ...more] = gathered.settings;
  if (first)
    return more.map((at) => ({
      code: "settingsTwice",
      severity: "error",
      at: at(),
      params: { firstFile: first().file, firstLine: first().line },
    }));
  if (listing.problems.length > 0 || gathered.broken.length > 0) return [];
  const holdsItems =
    gathered.entries.some((entry) => entry.kind !== "notes") || gathered.unsoundIds.size > 0 || gathered.problems.length > 0;
  if (holdsItems) return [fileProblem("settingsMissing", "", { folder })];
  return [
    fileProblem("notAWorkspace", "", {
      folder,
      command: `watershed new ${folder}`,
      ...(listing.inner.length > 0 ? { inner: listing.inner } : {}),
    }),
  ];
}

function referenceProblems(workspace: Workspace, origins: Origins, gathered: Gathered): FileProblem[] {
  const located = (problem: DomainProblem): FileProblem => {
    const { kind, index, path } = problem.at;
    return { code: problem.code, severity: problem.severity, at: fieldPlace(origins[kind][index], path, problem), params: problem.params };
  };
  // An item that is there but unsound has its own problem; whoever refers to it is not at fault.
  const problems = checkReferences(workspace).filter(
    (problem) => !(problem.code === "unknownReference" && gathered.unsoundIds.has(String(problem.params.id))),
  );
  const kept = gathered.broken.length > 0 ? problems.filter((problem) => problem.code !== "unknownReference") : problems;
  const unchecked = problems.length - kept.length;
  if (unchecked === 0) return kept.map(located);
  return [
    ...kept.map(located),
    {
      code: "referencesUnchecked",
      severity: "warning",
      at: wholeFile(gathered.broken[0]),
      params: { files: gathered.broken, count: unchecked },
    },
  ];
}

function inOrder(problems: FileProblem[], files: string[]): FileProblem[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = (problem: FileProblem): number => rank.get(problem.at.file) ?? -1;
  return problems.toSorted((a, b) => rankOf(a) - rankOf(b) || a.at.line - b.at.line || a.at.column - b.at.column);
}
