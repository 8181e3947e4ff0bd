import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Workspace } from "@watershed/domain";
import {
  agendaOnWorkers,
  checkWorkspace,
  explainCompany,
  locateProblems,
  openWorkspace,
  rememberStreams,
  reviewOnWorkers,
  reviewWorkspace,
  startWorkers,
} from "@watershed/workbench";
import type {
  LocatedProblem,
  OpenedWorkspace,
  WorkerPool,
  ReviewOptions,
  ReviewResult,
  WorkspaceProblem,
  WorkspaceReview,
} from "@watershed/workbench";
import { explanationText } from "../explain-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { problemsText } from "../problems-text.ts";
import { actionLines } from "../actions-text.ts";
import { agendaLines, reviewText } from "../review-text.ts";
import type { Page } from "../review-text.ts";
import { togetherLines } from "../together-text.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { settlingEn } from "../wording/settling-en.ts";
import { settlingZh } from "../wording/settling-zh.ts";
import { wordingOf } from "../wording/wording.ts";
import { readFlags } from "./options.ts";
import type { RunChoices, RunFlags } from "./options.ts";

/** `watershed review`: the whole review on stdout, problems on stderr. */
export function reviewCommand(terminal: Terminal, folder: string, flags: RunFlags): Promise<number> {
  return withReview(terminal, folder, flags, {
    make: (workspace, options, pool) => (pool ? reviewOnWorkers(workspace, options, pool) : reviewWorkspace(workspace, options)),
    render: (page, problems) => (flags.json ? jsonText({ ...page.review, problems }) : reviewText(page)),
  });
}

/** `watershed agenda`: every open question, not only those of the review's first page. */
export function agendaCommand(terminal: Terminal, folder: string, flags: RunFlags): Promise<number> {
  const asked = flags.together === undefined ? undefined : idsIn(flags.together);
  return withReview(terminal, folder, flags, {
    make: (workspace, options, pool) => agendaOnWorkers(workspace, { ...options, together: asked }, pool!),
    render: (page, _, { inquiries }) => {
      const { key, asOf, agenda } = page.review;
      if (flags.json) return jsonText({ key, asOf, agenda, ...inquiries });
      const words = page.language === "zh" ? settlingZh : settlingEn;
      const together = asked === undefined ? [] : togetherLines(page, words, inquiries.together);
      return `${[...together, ...agendaLines(page, Infinity), ...actionLines(page, inquiries)].join("\n")}\n`;
    },
    wrongCall: (opened) => unknownQuestion(opened, flags.together),
  });
}

function idsIn(together: string): string[] {
  return together.split(/[,，\s]+/).filter((id) => id !== "");
}

/** What is wrong with the questions of `--together`, in words. */
function unknownQuestion({ workspace, language, text }: Opened, together: string | undefined): string | undefined {
  if (together === undefined) return undefined;
  const known = workspace.questions.map(({ id }) => id);
  const stranger = idsIn(together).find((id) => !known.includes(id));
  if (stranger === undefined && idsIn(together).length > 0) return undefined;
  const near = known.toSorted((one, other) => sharedPrefix(other, stranger ?? "") - sharedPrefix(one, stranger ?? "")).slice(0, 5);
  return (language === "zh" ? settlingZh : settlingEn).noQuestion(stranger ?? "", near.join(text.listSeparator));
}

function sharedPrefix(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** `watershed explain`: one company, down to forecasts and sources. */
export async function explainCommand(terminal: Terminal, folder: string, company: string, flags: RunFlags): Promise<number> {
  const opened = await open(terminal, folder, { ...flags, company });
  if (typeof opened === "number") return opened;
  const { workspace, options, text } = opened;
  const progress = progressLine(terminal, text.simulating);
  const { explanation, problems } = explainCompany(workspace, company, { ...options, onProgress: progress.report });
  progress.done();
  const located = tellProblems(terminal, opened, problems);
  if (!explanation) {
    if (located.length === 0) terminal.err(`${company}: ${text.noCase}\n`);
    return exitCodes.materialHasErrors;
  }
  const page = pageOf(workspace, explanation.review, opened, terminal);
  terminal.out(flags.json ? jsonText({ ...explanation, problems: located }) : explanationText(page, explanation, flags.all ?? false));
  return exitOf(located);
}

/** How a command reviews, and what it makes of the result. There is a pool unless one company is asked for. */
interface ReviewWork<Result extends ReviewResult> {
  make: (workspace: Workspace, options: ReviewOptions, pool: WorkerPool | undefined) => Result | Promise<Result>;
  render: (page: Page, problems: LocatedProblem[], result: Result) => string;
  wrongCall?: (opened: Opened) => string | undefined;
}

async function withReview<Result extends ReviewResult>(
  terminal: Terminal,
  folder: string,
  flags: RunFlags,
  work: ReviewWork<Result>,
): Promise<number> {
  // Before anything is read, so that the workers load while this process reads.
  const pool = flags.company === undefined ? startWorkers(Math.max(1, availableParallelism() - 1)) : undefined;
  try {
    const opened = await open(terminal, folder, flags);
    if (typeof opened === "number") return opened;
    const wrong = work.wrongCall?.(opened);
    if (wrong === undefined) return await review(terminal, folder, { opened, pool }, work);
    terminal.err(`${wrong}\n`);
    return exitCodes.wrongCall;
  } finally {
    await pool?.close();
  }
}

async function review<Result extends ReviewResult>(
  terminal: Terminal,
  folder: string,
  { opened, pool }: { opened: Opened; pool?: WorkerPool },
  { make, render }: ReviewWork<Result>,
): Promise<number> {
  const { workspace, options, text } = opened;
  const progress = progressLine(terminal, text.simulating);
  const result = await make(workspace, { ...options, onProgress: progress.report }, pool);
  progress.done();
  const located = tellProblems(terminal, opened, result.problems);
  if (!result.review) return exitCodes.materialHasErrors;
  await remember(terminal, resolve(terminal.cwd, folder), result, opened);
  terminal.out(render(pageOf(workspace, result.review, opened, terminal), located, result));
  return exitOf(located);
}

/** Writes every problem of the folder and of the run to stderr, and gives them back with their places. */
export function tellProblems(
  terminal: Terminal,
  { reading, options, text, language }: Opened,
  problems: WorkspaceProblem[],
): LocatedProblem[] {
  const located = [...reading.problems, ...locateProblems(reading, problems, options.asOf)];
  if (located.length > 0) terminal.err(problemsText(located, text, language, terminal));
  return located;
}

/** Plain data as the JSON that `--json` prints. */
export function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A workspace ready for a run, with the words of its reader. */
export interface Opened extends ReturnType<typeof wordingOf> {
  workspace: Workspace;
  reading: OpenedWorkspace;
  options: RunChoices;
}

/** Reads the folder of a run; an exit code where the call or the material is wrong. */
export async function open(terminal: Terminal, folder: string, flags: RunFlags): Promise<Opened | number> {
  const { language, text } = wordingOf(flags.lang);
  const options = readFlags(flags, text, terminal);
  if (!options) return exitCodes.wrongCall;
  const reading = await openWorkspace(resolve(terminal.cwd, folder));
  const broken = reading.problems.some((problem) => problem.severity === "error");
  if (!reading.workspace || broken) {
    terminal.err(problemsText(checkWorkspace(reading, options.asOf), text, language, terminal));
    return exitCodes.materialHasErrors;
  }
  const companies = reading.workspace.companies.map((company) => company.id);
  if (options.company !== undefined && !companies.includes(options.company)) {
    terminal.err(`${text.unknownCompany(options.company, companies.join(text.listSeparator))}\n`);
    return exitCodes.wrongCall;
  }
  return { workspace: reading.workspace, reading, options, language, text };
}

async function remember(terminal: Terminal, folder: string, { newStreams }: ReviewResult, { text }: Opened): Promise<void> {
  if (newStreams.length === 0) return;
  const { problems } = await rememberStreams(folder, newStreams);
  if (problems.length > 0) terminal.err(`${text.cannotWrite("streams.lock.yaml")}\n`);
}

function pageOf(workspace: Workspace, review: Omit<WorkspaceReview, "problems">, { language, text }: Opened, terminal: Terminal): Page {
  const byId = <T extends { id: string }, V>(items: T[], value: (item: T) => V): Map<string, V> =>
    new Map(items.map((item) => [item.id, value(item)]));
  return {
    review,
    text,
    language,
    terminal,
    names: {
      questions: new Map([...byId(workspace.questions, (question) => question), ...signalsAsQuestions(workspace)]),
      actions: byId(workspace.actions, (action) => action),
      people: byId(workspace.people, (person) => person.name),
      tracks: byId(workspace.tracks, (track) => track.name),
      companies: byId(workspace.companies, (company) => company.name),
      criteria: byId(
        workspace.tracks.flatMap((track) => track.criteria),
        (criterion) => criterion.text,
      ),
    },
  };
}

/** The exit code that problems amount to. */
export function exitOf(problems: { severity: string }[]): number {
  return problems.some((problem) => problem.severity === "error") ? exitCodes.materialHasErrors : exitCodes.done;
}

/** Signals under their own names: what they show is told like the answers of their questions. */
function signalsAsQuestions({ signals, questions }: Workspace): [string, Workspace["questions"][number]][] {
  return signals.flatMap((signal) => {
    const question = questions.find((candidate) => candidate.id === signal.question);
    const kind = question?.kind === "date" && signal.noise === undefined && signal.reading === undefined ? "yesNo" : question?.kind;
    return question && kind ? [[signal.id, { ...question, id: signal.id, text: signal.name, kind }]] : [];
  });
}
