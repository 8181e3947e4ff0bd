import { checkReferences, itemKinds, parseItem, parseSettings } from "@watershed/domain";
import type { DomainProblem, Item, ItemKind, Settings, Workspace } from "@watershed/domain";
import type { Pool, Task } from "@watershed/engine";
import { compileWorkspace } from "./compile-workspace.ts";
import { latestOfDay } from "./latest-of-day.ts";
import type { WorkspaceProblem } from "./problem.ts";

/** One wished change of a workspace; `index` is a place in the list as it was before all changes. */
export type WorkspaceChange =
  | { change: "add"; kind: ItemKind; item: unknown }
  | { change: "set"; kind: ItemKind; index: number; item: unknown }
  | { change: "remove"; kind: ItemKind; index: number }
  | { change: "settings"; settings: unknown };

/** A problem with the id of the item it is in, where that has one: places shift, ids stay. */
export interface ItemProblem extends WorkspaceProblem {
  id?: string;
}

export interface ChangedWorkspace {
  /** The workspace after all changes; undefined where an item is not sound in itself. */
  workspace?: Workspace;
  /** The sound item of each change, as it is to be kept; undefined where one goes. */
  items: unknown[];
  /** Random streams that are drawn from now and were not before, to be kept in this order. */
  newStreams: string[];
  /** What the changes would make wrong; with any of these nothing should be kept. */
  errors: ItemProblem[];
  /** What stands in the way of a review after the changes and did not before. */
  warnings: ItemProblem[];
}

/**
 * Carries out changes on a workspace in memory: every item read by its schema, then references and formulas checked as a whole.
 *
 * Only what the changes themselves make wrong is told: an error that was there before is nobody's fault who comes later.
 */
export function changeWorkspace(before: Workspace, changes: WorkspaceChange[]): ChangedWorkspace {
  const parsed = changes.map((change) => parsedChange(before, change));
  const unsound = parsed.flatMap(({ problems }) => problems);
  const items = parsed.map(({ item }) => item);
  if (unsound.length > 0) return { items, newStreams: [], errors: unsound, warnings: [] };
  const workspace = latestOfDay(applied(before, changes, items));
  const arisen = newProblems(referenceProblems(before), referenceProblems(workspace));
  const newStreams: string[] = [];
  if (changes.some(isReadByFormulas)) {
    const day = dayToCheck(before, workspace, items);
    const [then, now] = [formulasOn(before, day), formulasOn(workspace, day)];
    arisen.push(...newProblems(then.problems, now.problems));
    newStreams.push(...now.newStreams);
  }
  // A name that is there twice is told once: by the item, not by its formula as well.
  const told = arisen.filter(
    ({ code, id }) => code !== "duplicateName" || !arisen.some((one) => one.code === "duplicateId" && one.id === id),
  );
  return {
    workspace,
    items,
    newStreams,
    errors: told.filter(({ severity }) => severity === "error"),
    warnings: told.filter(({ severity }) => severity === "warning"),
  };
}

/** Carries out changes on a worker of a pool, so that whoever asks stays free: all of `changeWorkspace` but the workspace itself. */
export async function changeOnPool(
  pool: Pool,
  before: Workspace,
  changes: WorkspaceChange[],
): Promise<Omit<ChangedWorkspace, "workspace">> {
  // Where no formula is read again, going to a worker takes longer than the work.
  if (!changes.some(isReadByFormulas)) return changeWorkspace(before, changes);
  const [changed] = await pool.run(changeTask, undefined, [{ before: { ...before, notes: [] }, changes }]);
  return changed;
}

/** Changes as work for a pool. */
export const changeTask: Task<undefined, { before: Workspace; changes: WorkspaceChange[] }, Omit<ChangedWorkspace, "workspace">> = {
  name: "change",
  prepare:
    () =>
    ({ before, changes }) => {
      const { workspace: _, ...changed } = changeWorkspace(before, changes);
      return { result: changed };
    },
};

/** Kinds whose items no formula, belief or case is made from: changing one changes no compiled workspace. */
const unreadKinds = ["people", "sources", "facts", "tracks", "companies", "assessments", "decisions", "notes"] as const;

function isReadByFormulas(change: WorkspaceChange): boolean {
  return change.change === "settings" || !(unreadKinds as readonly string[]).includes(change.kind);
}

/** Every problem of a workspace as of a day: of its references and of its formulas. */
export function problemsOf(workspace: Workspace, day: string = workspace.settings.asOf): ItemProblem[] {
  return [...referenceProblems(workspace), ...formulasOn(workspace, day).problems];
}

function newProblems(before: ItemProblem[], after: ItemProblem[]): ItemProblem[] {
  const known = new Set(before.map(identityOf));
  return after.filter((problem) => !known.has(identityOf(problem)));
}

function referenceProblems(workspace: Workspace): ItemProblem[] {
  return withIds(
    workspace,
    checkReferences(workspace).map(({ at, ...problem }: DomainProblem): WorkspaceProblem => ({ ...problem, place: at })),
  );
}

/** Problems placed in a workspace, each with the id of its item. */
export function withIds(workspace: Workspace, problems: WorkspaceProblem[]): ItemProblem[] {
  return problems.map((problem) => withId(workspace, problem));
}

function parsedChange(before: Workspace, change: WorkspaceChange): { item?: unknown; problems: ItemProblem[] } {
  if (change.change === "remove") return { problems: [] };
  if (change.change === "settings") {
    const { item, problems } = parseSettings(change.settings);
    const placed = problems.map(({ path, ...problem }) => ({ ...problem, place: { kind: "settings" as const, index: 0, path } }));
    return { item, problems: placed };
  }
  const { kind } = change;
  const index = change.change === "set" ? change.index : before[kind].length;
  const { item, problems } = parseItem(kind, change.item);
  const id = nameOf(kind, change.item);
  return { item, problems: problems.map(({ path, ...problem }) => ({ ...problem, place: { kind, index, path }, ...(id ? { id } : {}) })) };
}

function applied(before: Workspace, changes: WorkspaceChange[], items: unknown[]): Workspace {
  const workspace: Workspace = { ...before };
  for (const kind of new Set(changes.flatMap((change) => ("kind" in change ? [change.kind] : [])))) {
    const list: unknown[] = [...before[kind]];
    const removed = new Set<number>();
    changes.forEach((change, place) => {
      if (change.change === "settings" || change.kind !== kind) return;
      if (change.change === "add") list.push(items[place]);
      if (change.change === "set") list[change.index] = items[place];
      if (change.change === "remove") removed.add(change.index);
    });
    workspace[kind] = list.filter((_, index) => !removed.has(index)) as never;
  }
  const settings = changes.findLastIndex(({ change }) => change === "settings");
  return settings < 0 ? workspace : { ...workspace, settings: items[settings] as Settings };
}

/** Items dated after the day of the decision would be checked on a day on which they are not there yet. */
function dayToCheck(before: Workspace, after: Workspace, items: unknown[]): string {
  const days = items.flatMap((item) => {
    const { on, askedOn } = (item ?? {}) as Partial<Item<"forecasts"> & Item<"questions">>;
    return [on, askedOn].filter((day) => typeof day === "string");
  });
  return [before.settings.asOf, after.settings.asOf, ...days].reduce((one, other) => (other > one ? other : one));
}

interface CheckedFormulas {
  problems: ItemProblem[];
  newStreams: string[];
}

const checked = new Map<string, CheckedFormulas>();
const keptChecks = 4;

/** Compiling takes long, and what one change leaves is what the next begins with: the last few are kept, by all that they are made from. */
function formulasOn(workspace: Workspace, day: string): CheckedFormulas {
  const unread = Object.fromEntries(unreadKinds.map((kind) => [kind, []]));
  const name = `${day} ${JSON.stringify({ ...workspace, ...unread })}`;
  const found = checked.get(name) ?? checkFormulas(workspace, day);
  checked.delete(name);
  checked.set(name, found);
  if (checked.size > keptChecks) checked.delete(checked.keys().next().value!);
  return found;
}

function checkFormulas(workspace: Workspace, day: string): CheckedFormulas {
  const compiled = compileWorkspace(workspace, day);
  return { problems: withIds(compiled.workspace, compiled.problems), newStreams: compiled.newStreams };
}

/** What makes a problem the same before and after: all but the place of its item in the list. */
function identityOf({ code, severity, place, id, params }: ItemProblem): string {
  return JSON.stringify([code, severity, place.kind, id ?? place.index, place.path, params]);
}

function withId(workspace: Workspace, problem: WorkspaceProblem): ItemProblem {
  const { kind, index } = problem.place;
  const item = kind === "settings" ? undefined : workspace[kind][index];
  return item === undefined ? problem : { ...problem, id: nameOf(kind as ItemKind, item) };
}

/** The name of an item among those of its kind: its id, else who, what and when: `ann/passes_gpt4/2024-03-31`. */
export function nameOf(kind: ItemKind, item: unknown): string {
  const fields = (item ?? {}) as Record<string, unknown>;
  const field = itemKinds[kind].idField;
  const { by, question, questions, company, criterion, on } = fields;
  const parts = field ? [fields[field]] : [by, question, questions, company, criterion, on].flat();
  return parts.filter((part) => typeof part === "string").join("/");
}
