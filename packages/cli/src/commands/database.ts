import { resolve } from "node:path";
import { say } from "@watershed/domain";
import type { Language } from "@watershed/domain";
import { exportFolder, importFolder, openStore, storeAddress, wordProblem } from "@watershed/workbench";
import type { BackupOutcome, Outcome, Store, StoreProblem } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { wrap } from "../figures.ts";
import { table } from "../layout.ts";
import { problemsText } from "../problems-text.ts";
import type { ShownProblem } from "../problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { databaseEn } from "../wording/database-en.ts";
import type { DatabaseWording } from "../wording/database-en.ts";
import { databaseZh } from "../wording/database-zh.ts";
import { wordingOf } from "../wording/wording.ts";
import type { Wording } from "../wording/en.ts";

export interface DatabaseFlags {
  lang?: string;
  json?: boolean;
  id?: string; // import: the name in the database
  update?: boolean; // import: bring the stored one up to date
  author?: string; // who does it, and whose private notes are meant
  at?: string; // export: as the database had it then
  archived?: boolean; // workspaces: also those put away
}

/** What a command has at hand while its database is open. */
interface Desk {
  store: Store;
  terminal: Terminal;
  language: Language;
  text: Wording;
  words: DatabaseWording;
  address: string;
  author: string;
}

/** `watershed import`: a workspace folder into the database. */
export async function importCommand(terminal: Terminal, folder: string, flags: DatabaseFlags): Promise<number> {
  return withDatabase(terminal, flags, async (desk) => {
    const { store, words, text, language, author } = desk;
    const { id, update } = flags;
    const { outcome, problems, items } = await importFolder(store, resolve(terminal.cwd, folder), { author, id, update });
    if (!outcome) {
      terminal.err(problemsText(problems, text, language, terminal));
      terminal.err(`${words.notImported}\n`);
      return exitCodes.materialHasErrors;
    }
    if (outcome.outcome !== "saved") return refused(desk, outcome);
    const { workspace, change, saved } = outcome;
    if (!update) terminal.out(`${words.imported(folder, workspace, items)}\n${words.importedNext(workspace)}\n`);
    else terminal.out(`${saved.length > 0 ? words.updated(folder, workspace, saved.length, change) : words.upToDate(folder, workspace)}\n`);
    if (problems.length > 0) terminal.err(`${words.kept(problems.length)}\n`);
    return exitCodes.done;
  });
}

/** `watershed export`: a stored workspace, now or as it was, into an empty folder. */
export async function exportCommand(terminal: Terminal, id: string, folder: string, flags: DatabaseFlags): Promise<number> {
  const asOf = momentOf(flags.at);
  return withDatabase(terminal, flags, async (desk) => {
    const { store, words, text, language, author } = desk;
    if (asOf === null)
      return told(desk, { code: "badMoment", severity: "error", at: {}, params: { found: flags.at! } }, exitCodes.wrongCall);
    const { problems, files, change, at } = await exportFolder(store, id, resolve(terminal.cwd, folder), {
      by: { author },
      viewer: author,
      ...(asOf === undefined ? {} : { asOf }),
    });
    if (change !== undefined) {
      terminal.out(`${words.exported(id, folder, files.length, change, momentText(at!))}\n`);
      return exitCodes.done;
    }
    const ofStore = problems.filter((problem): problem is StoreProblem => !("line" in problem.at));
    if (ofStore.length > 0) return told(desk, ofStore[0], exitCodes.wrongCall);
    terminal.err(problemsText(problems as ShownProblem[], text, language, terminal));
    return exitCodes.materialHasErrors;
  });
}

/** `watershed workspaces`: what the database holds. */
export async function workspacesCommand(terminal: Terminal, flags: DatabaseFlags): Promise<number> {
  return withDatabase(terminal, flags, async ({ store, words, language, address }) => {
    const found = await store.listWorkspaces({ archived: flags.archived });
    if (flags.json) terminal.out(`${JSON.stringify({ workspaces: found }, null, 2)}\n`);
    else if (found.length === 0) terminal.out(`${words.none(address)}\n`);
    else {
      const rows = found.map(({ id, name, change, at, author, archived }) => [
        archived ? `${id} (${words.archived})` : id,
        say(name, language),
        String(change),
        momentText(at),
        author,
      ]);
      terminal.out(`${table(words.columns, rows, [26, terminal.width - 72, 9, 21, 16])}\n`);
    }
    return exitCodes.done;
  });
}

/** `watershed backup`: everything into one file. */
export async function backupCommand(terminal: Terminal, file: string, flags: DatabaseFlags): Promise<number> {
  return withDatabase(terminal, flags, async (desk) => {
    const outcome = await desk.store.backup(resolve(terminal.cwd, file));
    if (outcome.problem) return told(desk, outcome.problem, exitCodes.failed);
    terminal.out(`${desk.words.backedUp(file, countsText(desk, outcome))}\n${wrap(desk.words.keepSafe, terminal.width).join("\n")}\n`);
    return exitCodes.done;
  });
}

/** `watershed restore`: what a backup has and the database lacks. */
export async function restoreCommand(terminal: Terminal, file: string, flags: DatabaseFlags): Promise<number> {
  return withDatabase(terminal, flags, async (desk) => {
    const outcome = await desk.store.restore(resolve(terminal.cwd, file));
    if (outcome.problem) return told(desk, outcome.problem, exitCodes.materialHasErrors);
    const added = countsText(desk, outcome);
    terminal.out(`${added === "" ? desk.words.restoredNothing(file) : desk.words.restored(file, added)}\n`);
    return exitCodes.done;
  });
}

/** Opens the database of the environment, works with it and leaves it. */
async function withDatabase(terminal: Terminal, flags: DatabaseFlags, work: (desk: Desk) => Promise<number>): Promise<number> {
  const { language, text } = wordingOf(flags.lang);
  const words = language === "zh" ? databaseZh : databaseEn;
  const environment = terminal.environment ?? process.env;
  const address = await storeAddress(environment);
  const slow = setTimeout(() => terminal.err(`${words.opening(address)}\n`), 1000);
  const { store, problem } = await openStore({ environment }).finally(() => clearTimeout(slow));
  const paper = { terminal, language, text };
  if (problem) return told(paper, problem, exitCodes.failed);
  try {
    if (store.database.notice) told(paper, store.database.notice, exitCodes.done);
    return await work({ ...paper, store, words, address, author: flags.author ?? "local" });
  } finally {
    await store.close();
  }
}

/** A problem on stderr, what is wrong and how to mend it; gives the exit code back. */
function told({ terminal, language, text }: Pick<Desk, "terminal" | "language" | "text">, problem: StoreProblem, code: number): number {
  const { what, mend } = wordProblem(problem, language);
  const mark = problem.severity === "error" ? terminal.colours.red(text.error) : terminal.colours.yellow(text.warning);
  const lines = [what, `${text.mend}${text.colon}${mend}`].flatMap((line) => wrap(line, terminal.width - 2).map((row) => `  ${row}`));
  terminal.err(`${[mark, ...lines].join("\n")}\n`);
  return code;
}

function refused(desk: Desk, outcome: Exclude<Outcome, { outcome: "saved" }>): number {
  const problems = outcome.outcome === "refused" ? outcome.problems : [];
  for (const problem of problems) told(desk, problem, exitCodes.done);
  const isName = problems.some(({ code }) => ["workspaceExists", "badWorkspaceId", "unknownWorkspace"].includes(code));
  return isName ? exitCodes.wrongCall : exitCodes.materialHasErrors;
}

function countsText({ words, text }: Desk, { counts }: BackupOutcome): string {
  return (Object.keys(words.counts) as (keyof DatabaseWording["counts"])[])
    .filter((name) => counts![name] > 0)
    .map((name) => `${counts![name]} ${words.counts[name][counts![name] === 1 ? 0 : 1]}`)
    .join(text.listSeparator);
}

/** A moment in the time of this machine, `2026-03-31 18:00:07`. */
function momentText(iso: string): string {
  const at = new Date(iso);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}

/** `12` is the number of a change, a day means its end on this machine's clock; null where it is no moment. */
function momentOf(written: string | undefined): string | number | undefined | null {
  if (written === undefined) return undefined;
  if (/^\d{1,9}$/.test(written)) return Number(written);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written) ?? [];
  const at = year ? new Date(Number(year), Number(month) - 1, Number(day), 23, 59, 59, 999) : new Date(written);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
