import type { InvestmentCase } from "@watershed/domain";
import { dependencies } from "@watershed/formula";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { readOnName } from "./signal-definitions.ts";
import { everyOpenWait } from "./waits.ts";

const termsOfToday = [
  "exitValue",
  "exitDate",
  "discountProceeds",
  "retention",
  "strategicWorth",
  "ticket",
  "preMoney",
  "newMoney",
  "ahead",
];
const termsOfStage = ["stage.ticket", "stage.preMoney", "stage.newMoney", "stage.ahead"];
const termsOfTrigger = ["triggerDate", "discountTicket", "ticketThen", "preMoneyThen", "newMoneyThen", "access", "aheadThen"];

const readByDraw = new Set(["exitValue", "exitDate", "triggerDate"]);

interface CaseColumns {
  all: string[]; // every column that an appraisal reads
  questions: string[]; // open questions that any of them depends on
  relevant: string[]; // open questions that the exit depends on
}

const known = new WeakMap<CompiledWorkspace, Map<InvestmentCase, CaseColumns>>();

/** What an appraisal of a case reads from a run, and the open questions behind it; worked out once for a compiled workspace. */
export function columnsOf(compiled: CompiledWorkspace, investmentCase: InvestmentCase): CaseColumns {
  const kept = known.get(compiled) ?? new Map<InvestmentCase, CaseColumns>();
  known.set(compiled, kept);
  const found = kept.get(investmentCase) ?? work(compiled, investmentCase);
  kept.set(investmentCase, found);
  return found;
}

/** The columns that an appraisal of a case reads from a run. */
export function columnsOfCase(compiled: CompiledWorkspace, investmentCase: InvestmentCase): string[] {
  return columnsOf(compiled, investmentCase).all;
}

function work(compiled: CompiledWorkspace, investmentCase: InvestmentCase): CaseColumns {
  const { id } = investmentCase;
  const { columns } = compiled.program;
  const triggers = everyOpenWait(compiled.workspace, investmentCase).flatMap((wait) => wait.triggers);
  const own = [...termsOfToday, ...termsOfStage].map((name) => `${id}.${name}`);
  const later = triggers.flatMap(({ scope }) => termsOfTrigger.map((name) => `${scope}.${name}`));
  const relevant = openQuestions(
    compiled,
    ["exitValue", "exitDate", "retention"].map((name) => `${id}.${name}`),
  );
  const listed = triggers.flatMap(({ terms }) => terms.known ?? []);
  const signals = compiled.workspace.signals.filter(
    (signal) => listed.includes(signal.id) || (relevant.includes(signal.question) && triggers.some(({ terms }) => !terms.known)),
  );
  const read = signals.flatMap((signal) => [signal.id, readOnName(signal.id)]);
  const names = [...own, ...later, ...read].filter((name) => columns[name] !== undefined && isDrawn(compiled, name));
  const all = [...new Set([...names, ...questionsOf(compiled, [...names, ...listed])])];
  return { all, questions: openQuestions(compiled, all), relevant };
}

/** Whether a term has to be read draw by draw; one that is the same on every draw is read from the program. */
function isDrawn({ program }: CompiledWorkspace, name: string): boolean {
  const field = name.slice(name.lastIndexOf(".") + 1);
  return readByDraw.has(field) || program.nodes[program.columns[name]].op !== "constant";
}

/** The questions whose answers are still open and that any of the named columns depends on. */
export function openQuestions(compiled: CompiledWorkspace, names: string[]): string[] {
  const resolved = new Set(compiled.workspace.resolutions.map((resolution) => resolution.question));
  return questionsOf(compiled, names).filter((question) => !resolved.has(question));
}

function questionsOf(compiled: CompiledWorkspace, names: string[]): string[] {
  const reached = new Set(
    names.flatMap((name) => (compiled.program.columns[name] === undefined ? [] : [name, ...dependencies(compiled.program, name)])),
  );
  return compiled.workspace.questions
    .map((question) => question.id)
    .filter((id) => reached.has(id) && compiled.program.columns[id] !== undefined);
}
