import type { InvestmentCase } from "@watershed/domain";
import { laterNetValue, waitFor } from "@watershed/decision";
import type { InvestingTerms, KnownQuestion, LaterTerms, Occasion, WaitingSequence, WaitingWorth } from "@watershed/decision";
import { columnOf, streamsOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import type { Program } from "@watershed/formula";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay } from "./definitions.ts";
import { readOnName } from "./signal-definitions.ts";
import type { PlannedTrigger, PlannedWait } from "./waits.ts";

/** One way of waiting for one or several triggers, valued. */
export interface AppraisedWait {
  name: string; // of the alternative: "wait:" + trigger, of several joined by "+"
  trigger: string; // the same without "wait:"
  triggers: { trigger: string; scope: string; investing: LaterTerms }[];
  waiting: WaitingSequence;
  worth: WaitingWorth;
}

/** What investing today and investing later have in common. */
export type SharedTerms = Pick<InvestingTerms, "retention" | "exitValue" | "discountProceeds"> & {
  strategicWorth?: InvestingTerms["strategicWorth"]; // in money of the day of the ticket
};

export interface CaseRun {
  compiled: CompiledWorkspace;
  draws: Draws;
  investmentCase: InvestmentCase;
  shared: SharedTerms;
  relevant: string[]; // open questions that the exit depends on
  againstPaying?: boolean; // whether something that does not wait is worth more than passing: what a step-up is asked against
}

/** Values a wait as a policy over its triggers. */
export function appraiseWait(run: CaseRun, planned: PlannedWait, name: string): AppraisedWait {
  const triggers = planned.triggers.map((one) => ({ trigger: one.trigger, scope: one.scope, investing: termsThen(run, one) }));
  const waiting: WaitingSequence = {
    occasions: planned.triggers.map((one, place) => occasionOf(run, one, triggers[place].investing)),
    today: run.compiled.today,
    ...(planned.wait.decideOnce ? { decidesOnce: true } : {}),
    ...(run.againstPaying && triggers.length === 1 && isPlain(triggers[0].investing) ? { keepsExpected: true } : {}),
  };
  return { name, trigger: planned.key, triggers, waiting, worth: waitFor(waiting, run.draws) };
}

/** Common equity with a fixed ticket in a round of fixed size: terms whose step-up takes one pass. */
function isPlain({ ticket, newMoney, preference, strategicWorth }: LaterTerms): boolean {
  return typeof ticket === "number" && typeof newMoney === "number" && !preference && strategicWorth === undefined;
}

function termsThen({ compiled, draws, investmentCase, shared }: CaseRun, { trigger, scope, terms, silent }: PlannedTrigger): LaterTerms {
  const read = reader(compiled, draws);
  const ticket = read(`${scope}.ticketThen`) ?? read(`${investmentCase.id}.ticket`) ?? read(`${investmentCase.id}.stage.ticket`);
  if (ticket === undefined) throw new Error("a case that passed its checks lacks a ticket");
  return {
    ...shared,
    ticket,
    preMoney: read(`${scope}.preMoneyThen`)!,
    newMoney: read(`${scope}.newMoneyThen`) ?? ticket,
    exitDate: columnOf(draws, `${investmentCase.id}.exitDate`),
    triggerDate: silent ? never(draws) : columnOf(draws, `${scope}.triggerDate`),
    deadline: soundDay(compiled.workspace.triggers.find((candidate) => candidate.id === trigger)!.deadline),
    discountTicket: read(`${scope}.discountTicket`) ?? 1,
    ...preferenceOf(terms.preference, read(`${scope}.aheadThen`)),
  };
}

/** The days of a trigger that never fires. */
function never({ shards, shardSize }: Draws): Float64Array {
  return new Float64Array(shards * shardSize).fill(Infinity);
}

function occasionOf(run: CaseRun, { trigger, scope, terms }: PlannedTrigger, investing: LaterTerms): Occasion {
  const { triggerDate, deadline, ticket } = investing;
  return {
    trigger,
    triggerDate,
    deadline,
    netValueThen: laterNetValue(investing),
    access: reader(run.compiled, run.draws)(`${scope}.access`)!,
    known: [...knownThen(run, terms.known), ...priceOf(run, scope, terms.known)],
    ticketThen: ticket,
  };
}

/** What will be known when a trigger fires: what is listed, else the questions of the exit and the signals on them, each from its day. */
function knownThen({ compiled, draws, relevant }: CaseRun, listed: string[] | undefined): KnownQuestion[] {
  const { questions, signals } = compiled.workspace;
  const read = reader(compiled, draws);
  const asked = questions.filter(({ id }) => (listed ?? relevant).includes(id) && draws.columns.has(id));
  // On an earlier day, or where its formula is broken, a signal may be without its reading or its day: then it is not seen.
  const isDrawn = (id: string): boolean => draws.columns.has(id) && read(readOnName(id)) !== undefined;
  const seen = signals.filter(({ id, question }) => (listed ? listed.includes(id) : relevant.includes(question)) && isDrawn(id));
  return [
    ...asked.map((question): KnownQuestion => {
      const column = columnOf(draws, question.id);
      const knownAt = question.kind === "date" ? column : soundDay(question.resolveBy);
      return { name: question.id, column, knownAt, ...answersOf(compiled, question.id) };
    }),
    ...seen.map(({ id }): KnownQuestion => {
      return { name: id, column: columnOf(draws, id), knownAt: read(readOnName(id))!, ...answersOf(compiled, id) };
    }),
  ];
}

/** Whether the answers of a column are told apart one by one, and how many there are: yes and no are 1 and 0, options their places. */
function answersOf({ program }: CompiledWorkspace, name: string): Pick<KnownQuestion, "discrete" | "answers"> {
  const kind = program.kinds[name];
  if (kind.kind === "yesNo") return { discrete: true, answers: 2 };
  return kind.kind === "choice" ? { discrete: true, answers: kind.options.length } : { discrete: false };
}

/** The price of the day is known when deciding: as a number of its own where it rests on more than the day and what else is known. */
function priceOf({ compiled, draws, relevant }: CaseRun, scope: string, listed: string[] = relevant): KnownQuestion[] {
  const column = reader(compiled, draws)(`${scope}.preMoneyThen`);
  if (typeof column === "number" || column === undefined) return [];
  if (isToldBy(compiled.program, `${scope}.preMoneyThen`, [`${scope}.triggerDate`, ...listed])) return [];
  return [{ name: "preMoneyThen", column, knownAt: -Infinity, discrete: false }];
}

const told = new WeakMap<Program, Map<string, boolean>>();

/** Whether a column draws from no stream that others do not draw from; found once for a program, whose waits are valued under many beliefs. */
function isToldBy(program: Program, column: string, others: string[]): boolean {
  const known = told.get(program) ?? new Map<string, boolean>();
  told.set(program, known);
  const asked = [column, ...others].join(" ");
  let answer = known.get(asked);
  if (answer === undefined) {
    const streams = new Set(streamsOf(program, others));
    answer = streamsOf(program, [column]).every((stream) => streams.has(stream));
    known.set(asked, answer);
  }
  return answer;
}

export function preferenceOf(
  preference: NonNullable<InvestmentCase["now"]>["preference"],
  ahead: Float64Array | number | undefined,
): Pick<InvestingTerms, "preference"> {
  if (!preference) return {};
  const { multiple, participation, cap } = preference;
  return { preference: { multiple, participation, cap, ahead } };
}

/** Reads a column of a run: its amount where it is the same on every draw. */
export function reader(compiled: CompiledWorkspace, draws: Draws): (name: string) => Float64Array | number | undefined {
  return (name) => {
    const node = compiled.program.nodes[compiled.program.columns[name]];
    if (!node) return undefined;
    return node.op === "constant" ? node.amount : columnOf(draws, name);
  };
}
