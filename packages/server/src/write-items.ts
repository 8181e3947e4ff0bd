import { randomUUID } from "node:crypto";
import type { ItemKind } from "@watershed/domain";
import { changeOnPool } from "@watershed/workbench";
import type { Edit, Outcome, StoredWorkspace, WorkspaceChange } from "@watershed/workbench";
import type { House } from "./house.ts";
import type { Membership } from "./identity/caller.ts";
import { mayDo, rolesWith } from "./permissions.ts";
import { Refusal } from "./refusal.ts";
import { capabilityFor, isAppendOnly } from "./asked-change.ts";
import type { AppendOnly, AskedChange, Editable, Writer } from "./asked-change.ts";
import { ownItem } from "./own-items.ts";
import type { Conflict, Saved } from "./views.ts";
import { whoIs } from "./who.ts";
import { wordProblems, wordStoreProblems } from "./words.ts";

export interface WriteOptions {
  requestId?: string; // the same twice is done once
  reason?: string;
}

/**
 * Writes changes, all or none: checked as a workspace first, then committed against the versions they started from. Where others have written
 * in between what they may not fit, they are checked again, so that nothing is removed while somebody comes to rest on it.
 *
 * Refuses with `unsound` and every problem, or with `conflict` and both versions; nothing is written then.
 */
export async function writeItems(
  writer: Writer,
  asked: AskedChange[],
  options: WriteOptions = {},
): Promise<{ revision: number; saved: Saved[] }> {
  const { house, caller, membership } = writer;
  for (const change of asked) mayWrite(membership, change.change === "settings" ? "settings" : change.kind);
  const requestId = options.requestId ?? randomUUID();
  const alone = asked.some((change) => "standing" in change && change.standing !== undefined);
  for (let tries = 0; tries < mostTries; tries++) {
    const { edits, readAt, checked } = await fitting(writer, asked);
    const by = { author: caller.user.id, ...options, requestId, readAt, alone };
    const outcome = await house.store.commit(membership.workspace, edits, by);
    const found = changedMeanwhile(outcome);
    if (found !== undefined) {
      house.shelf.heard(membership.workspace, found);
      continue;
    }
    const done = await accepted(house, outcome);
    house.shelf.heard(membership.workspace, done.change);
    return { revision: done.change, saved: savedOf(done, checked) };
  }
  throw new Refusal("tooMany", { seconds: 2 });
}

/** Of those who write at once one is done in every turn, so that this many may. */
const mostTries = 50;

/** The change that stands, where the outcome is that the workspace was changed since it was read. */
function changedMeanwhile(outcome: Outcome): number | undefined {
  const [problem] = outcome.outcome === "refused" ? outcome.problems : [];
  return problem?.code === "changedMeanwhile" ? Number(problem.params.found) : undefined;
}

interface Fitting {
  edits: Edit[];
  readAt: number;
  checked?: Awaited<ReturnType<typeof changeOnPool>>; // missing where a version is not the one that stands: the store tells the conflict
}

/** The edits of changes that fit the workspace as it stands; refused where they do not. */
async function fitting(writer: Writer, asked: AskedChange[]): Promise<Fitting> {
  const { house, caller, membership } = writer;
  const before = await house.shelf.read(membership.workspace, caller.user.id);
  if (!before) throw new Refusal("notFound");
  // Who is whom matters only where somebody states something.
  const states = asked.some((change) => "kind" in change && ["forecasts", "assessments"].includes(change.kind));
  const members = states ? await house.identity.teams.members(membership.workspace) : [];
  const changes = asked.map((change) => ("item" in change ? { ...change, item: ownItem(writer, before, members, change) } : change));
  for (const change of changes) if (change.change === "add") await checkStanding(house, before, change);
  const placed = changes.map((change) => placedChange(before, change));
  const isCurrent = placed.every((change) => change !== undefined);
  const checked = isCurrent ? await changeOnPool(house.checks, before.workspace, placed) : undefined;
  if (checked && checked.errors.length > 0)
    throw new Refusal("unsound", { count: checked.errors.length }, { problems: wordProblems(checked.errors) });
  const edits: Edit[] = changes.map((change, place) =>
    editOf(change, checked?.items[place] ?? ("item" in change ? change.item : undefined)),
  );
  if (checked && checked.newStreams.length > 0) edits.push({ do: "streams", names: checked.newStreams });
  return { edits, readAt: before.change, checked };
}

function savedOf({ change, saved }: Outcome & { outcome: "saved" }, checked: Fitting["checked"]): Saved[] {
  return saved
    .filter(({ kind }) => kind !== "streams")
    .map(({ kind, key, version }, place) => ({
      kind,
      id: key,
      version,
      revision: change,
      item: checked?.items[place] ?? null,
      warnings: place === 0 ? wordProblems(checked?.warnings ?? []) : [],
    }));
}

/** Refuses what the role does not carry. */
export function mayWrite({ role }: Membership, kind: ItemKind | "settings"): void {
  const capability = capabilityFor(kind);
  if (!mayDo(role, capability)) throw new Refusal("notAllowed", { role, needs: rolesWith(capability) });
}

/** A change at its place in the lists; undefined where what it starts from is not what stands: the store then tells the conflict. */
function placedChange(before: StoredWorkspace, change: AskedChange): WorkspaceChange | undefined {
  if (change.change === "settings")
    return before.stored.settings.version === change.expectedVersion ? { change: "settings", settings: change.settings } : undefined;
  if (change.change === "add") return { change: "add", kind: change.kind, item: change.item };
  const index = before.stored[change.kind].findIndex(({ key }) => key === change.id);
  if (index < 0 || before.stored[change.kind][index].version !== change.expectedVersion) return undefined;
  return change.change === "set"
    ? { change: "set", kind: change.kind, index, item: change.item }
    : { change: "remove", kind: change.kind, index };
}

function editOf(change: AskedChange, item: unknown): Edit {
  if (change.change === "settings") return { do: "settings", settings: change.settings, expectedVersion: change.expectedVersion };
  if (change.change === "remove") return { do: "remove", kind: change.kind, key: change.id, expectedVersion: change.expectedVersion };
  if (change.change === "set") return { do: "save", kind: change.kind, item, key: change.id, expectedVersion: change.expectedVersion };
  return isAppendOnly(change.kind)
    ? { do: "append", kind: change.kind, item }
    : { do: "save", kind: change.kind as Editable, item, expectedVersion: 0 };
}

/** For what is only ever added: somebody who saw another entry standing than stands now is told so before it is superseded. */
async function checkStanding(house: House, before: StoredWorkspace, change: AskedChange & { change: "add" }): Promise<void> {
  const { kind, item, standing } = change;
  if (standing === undefined || !isAppendOnly(kind)) return;
  const place = standingPlace(before, kind, item as Record<string, unknown>);
  const stored = place < 0 ? undefined : before.stored[kind][place];
  if ((stored?.key ?? null) === standing) return;
  const who = await whoIs(house.identity, [stored?.author]);
  const conflict: Conflict = {
    kind,
    id: standing ?? "",
    expectedVersion: standing === null ? 0 : 1,
    current: {
      version: stored?.version ?? 0,
      item: place < 0 ? null : before.workspace[kind][place],
      at: stored?.at ?? before.at,
      by: who(stored?.author),
    },
    yours: item ?? null,
    base: null,
  };
  throw new Refusal("conflict", {}, { conflict });
}

const subjects: Record<AppendOnly, string[]> = {
  forecasts: ["by", "question"],
  assessments: ["by", "company", "criterion"],
  decisions: ["company"],
  resolutions: ["question"],
};

/** The place of the latest entry on the same subject, -1 where there is none. */
function standingPlace({ workspace }: StoredWorkspace, kind: AppendOnly, item: Record<string, unknown>): number {
  const fields = subjects[kind];
  let latest = -1;
  (workspace[kind] as unknown as Record<string, unknown>[]).forEach((one, place) => {
    if (!fields.every((field) => one[field] === item[field])) return;
    const on = (workspace[kind][latest] as { on?: string } | undefined)?.on ?? "";
    if (latest < 0 || String(one.on) >= on) latest = place;
  });
  return latest;
}

/** What the store did; a conflict or a refusal becomes ours. */
export async function accepted({ identity }: House, outcome: Outcome): Promise<Outcome & { outcome: "saved" }> {
  if (outcome.outcome === "saved") return outcome;
  if (outcome.outcome === "conflict") {
    const [first] = outcome.conflicts;
    const who = await whoIs(identity, [first.theirs.author]);
    const { kind, key, expectedVersion, mine, theirs, base } = first;
    const current = { version: theirs.version, item: theirs.item ?? null, at: theirs.at, by: who(theirs.author) };
    const conflict: Conflict = { kind, id: key, expectedVersion, current, yours: mine ?? null, base: base ?? null };
    throw new Refusal("conflict", {}, { conflict });
  }
  const [problem] = outcome.problems;
  if (/^unknown(Item|Workspace)$/.test(problem?.code ?? "")) throw new Refusal("notFound");
  if (problem?.code === "workspaceExists") throw new Refusal("exists", { id: String(problem.at.workspace ?? "") });
  throw new Refusal("unsound", { count: outcome.problems.length }, { problems: wordStoreProblems(outcome.problems) });
}
