import { itemKinds, nearestName, parseItem, parseSettings } from "@watershed/domain";
import type { FieldProblem, ItemKind } from "@watershed/domain";
import type { Node, Pair } from "yaml";
import { fieldPlace } from "./locate.ts";
import type { Origin } from "./locate.ts";
import type { FileProblem, FileProblemCode } from "./problem.ts";
import { placeOf } from "./source-file.ts";
import { dataOf, follow, keyOf } from "./yaml-tree.ts";
import type { YamlFile } from "./yaml-tree.ts";
import { yamlLibrary } from "./yaml-library.ts";

/** A sound item or a sound settings map, with its origin. */
export interface Entry {
  kind: ItemKind | "settings";
  item: unknown;
  origin: Origin;
}

/** What one file gives: its sound items in order, its problems, and the ids of items that were unsound. */
export interface FileItems {
  entries: Entry[];
  /** The keys under which settings stand. */
  settings: (() => Node)[];
  unsoundIds: string[];
  problems: FileProblem[];
}

/** The file in which the order of random streams is kept. */
export const streamsFile = "streams.lock.yaml";

/** Reads the lists and the settings of one parsed file. */
export function readItems(yaml: YamlFile): FileItems {
  const result: FileItems = { entries: [], settings: [], unsoundIds: [], problems: [] };
  const root = yaml.root;
  if (isEmpty(root)) return result;
  if (!yamlLibrary().isMap(root)) {
    result.problems.push(at(yaml, "notAMap", root));
    return result;
  }
  // One reading of the whole file finds repeated keys and aliases once, whatever list they stand in.
  result.problems.push(...dataOf(yaml, root).problems);
  if (result.problems.some((problem) => problem.code !== "duplicateKey")) return result;
  const seen = new Set<string>();
  for (const pair of root.items) {
    const key = keyOf(pair);
    if (!seen.has(key)) readEntry(yaml, key, pair, result);
    seen.add(key);
  }
  return result;
}

/** Reads one item: domain's problems located in the file, and plain numbers read as the text they are where text is wanted. */
export function readItem(kind: ItemKind | "settings", data: unknown, origin: Origin): { item?: unknown; problems: FileProblem[] } {
  const parse = (): { item?: unknown; problems: FieldProblem[] } => (kind === "settings" ? parseSettings(data) : parseItem(kind, data));
  let parsed = parse();
  if (parsed.problems.filter((problem) => asWritten(data, problem, origin)).length > 0) parsed = parse();
  const problems = parsed.problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    at: fieldPlace(origin, problem.path, problem),
    params: problem.params,
  }));
  return { item: parsed.item, problems };
}

/** True for a file or list with nothing in it: empty, or comments alone. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (yamlLibrary().isScalar(node) && node.value === null);
}

function readEntry(yaml: YamlFile, key: string, pair: Pair, result: FileItems): void {
  const value = pair.value as Node | null;
  if (key === "workspace") {
    result.settings.push(() => pair.key as Node);
    readInto("settings", { yaml, node: value, key: pair.key as Node }, result);
  } else if (key in itemKinds) readList(yaml, key as ItemKind, value, result);
  else if (!(key === "streams" && yaml.source.path === streamsFile)) {
    const lists = ["workspace", ...Object.keys(itemKinds)];
    const suggestion = nearestName(key, lists) ?? lists.slice(1).find((kind) => itemKinds[kind as ItemKind].one === key);
    result.problems.push(at(yaml, "unknownList", pair.key as Node, { list: key, lists, ...(suggestion ? { suggestion } : {}) }));
  }
}

function readList(yaml: YamlFile, kind: ItemKind, value: Node | null, result: FileItems): void {
  const list = follow(yaml, value, []).node;
  if (isEmpty(list)) return;
  if (!yamlLibrary().isSeq(list)) {
    result.problems.push(at(yaml, "notAList", list, { list: kind }));
    return;
  }
  for (const node of list.items) readInto(kind, { yaml, node: node as Node | null }, result);
}

function readInto(kind: ItemKind | "settings", origin: Origin, result: FileItems): void {
  const { data } = dataOf(origin.yaml, origin.node);
  const { item, problems } = readItem(kind, data, origin);
  result.problems.push(...problems);
  if (item === undefined) result.unsoundIds.push(...idsIn(data));
  else result.entries.push({ kind, item, origin });
}

/** `date: 2024` is a number in YAML and a year to whoever wrote it: puts the spelling in place of the number. */
function asWritten(data: unknown, problem: FieldProblem, origin: Origin): boolean {
  if (problem.code !== "wrongType" || !["string", "text"].includes(String(problem.params.expected)) || problem.path.length === 0)
    return false;
  const { node, depth, shared } = follow(origin.yaml, origin.node, problem.path);
  if (
    depth < problem.path.length ||
    shared ||
    !yamlLibrary().isScalar(node) ||
    !node.source ||
    (typeof node.value !== "number" && typeof node.value !== "boolean")
  )
    return false;
  const holder = problem.path
    .slice(0, -1)
    .reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], data) as Record<string | number, unknown>;
  holder[problem.path.at(-1)!] = node.source;
  return true;
}

function idsIn(data: unknown): string[] {
  if (data === null || typeof data !== "object") return [];
  const own = (data as { id?: unknown }).id;
  return [...(own === undefined ? [] : [String(own)]), ...Object.values(data).flatMap(idsIn)];
}

function at(yaml: YamlFile, code: FileProblemCode, node: Node | null, params: FileProblem["params"] = {}): FileProblem {
  const [from, to] = node?.range ?? [0, 0];
  return { code, severity: "error", at: placeOf(yaml.source, from, to), params };
}

/** Reads the names of `streams.lock.yaml`, in order. */
export function readStreams(yaml: YamlFile): { streams: string[]; problems: FileProblem[] } {
  const { node } = follow(yaml, yaml.root, yamlLibrary().isMap(yaml.root) ? ["streams"] : []);
  const streams: string[] = [];
  const problems: FileProblem[] = [];
  if (!yamlLibrary().isMap(yaml.root) || isEmpty(node)) return { streams, problems };
  if (!yamlLibrary().isSeq(node)) return { streams, problems: [at(yaml, "notAList", node, { list: "streams" })] };
  const first = new Map<string, number>();
  node.items.forEach((item, index) => {
    const name = yamlLibrary().isScalar(item) ? (typeof item.value === "string" ? item.value : item.source) : undefined;
    const place = placeOf(yaml.source, (item as Node).range?.[0] ?? 0, (item as Node).range?.[1] ?? 0);
    if (name === undefined)
      problems.push({
        code: "wrongType",
        severity: "error",
        at: place,
        params: { field: `streams.${index}`, expected: "text", found: yamlLibrary().isSeq(item) ? "a list" : "a map" },
      });
    else if (first.has(name))
      problems.push({ code: "streamsRepeated", severity: "error", at: place, params: { name, firstLine: first.get(name)! } });
    else {
      first.set(name, place.line);
      streams.push(name);
    }
  });
  return { streams, problems };
}
