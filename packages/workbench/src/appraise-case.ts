import { exp, log1p } from "@watershed/probability";
import type { InvestmentCase } from "@watershed/domain";
import { investingNetValue, proceedsOfInvesting, waitFor } from "@watershed/decision";
import type { Alternative, InvestingTerms, Waiting, WaitingWorth } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { dependencies } from "@watershed/formula";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay, waitScope } from "./definitions.ts";

/** The alternatives of one company over the draws of one run. */
export interface Appraisal {
  investmentCase: InvestmentCase;
  alternatives: Alternative[]; // pass, now (where on offer), one per trigger
  now?: { terms: InvestingTerms; proceeds: Float64Array }; // proceeds undiscounted, [draw]
  waits: AppraisedWait[];
  questions: string[]; // the open questions that any alternative depends on
}

export interface AppraisedWait {
  name: string; // of the alternative: "wait:" + trigger
  trigger: string;
  investing: InvestingTerms; // on the day the trigger fires, per draw
  waiting: Waiting;
  worth: WaitingWorth;
}

const daysPerYear = 365.25;

/** The columns that an appraisal of a case reads from a run. */
export function columnsOfCase(compiled: CompiledWorkspace, investmentCase: InvestmentCase): string[] {
  const { columns } = compiled.program;
  const own = ["exitValue", "exitDate", "retention", "strategicWorth", "ticket", "preMoney", "newMoney", "ahead"].map(
    (name) => `${investmentCase.id}.${name}`,
  );
  const waits = (investmentCase.wait ?? []).flatMap((wait) =>
    ["triggerDate", "ticketThen", "preMoneyThen", "newMoneyThen", "access", "aheadThen"].map(
      (name) => `${waitScope(investmentCase.id, wait.trigger)}.${name}`,
    ),
  );
  const names = [...own, ...waits].filter((name) => columns[name] !== undefined);
  const known = (investmentCase.wait ?? []).flatMap((wait) => wait.known ?? []);
  return [...new Set([...names, ...questionsOf(compiled, [...names, ...known])])];
}

/** Turns the draws of a case into a netValue per alternative and draw: now, every wait as a policy, pass. */
export function appraiseCase(compiled: CompiledWorkspace, draws: Draws, investmentCase: InvestmentCase): Appraisal {
  const { shards, shardSize } = draws;
  const shared = sharedTerms(compiled, draws, investmentCase);
  const now = nowOf(compiled, draws, investmentCase, shared);
  const waits = (investmentCase.wait ?? []).map((wait) => appraiseWait(compiled, draws, investmentCase, wait, shared));
  const alternatives: Alternative[] = [
    // Passing comes first: of alternatives that are worth the same, the first one is taken.
    { name: "pass", netValue: new Float64Array(shards * shardSize) },
    ...(now ? [{ name: "now", netValue: investingNetValue(now.terms) }] : []),
    ...waits.map(({ name, worth }) => ({ name, netValue: worth.netValue })),
  ];
  const names = columnsOfCase(compiled, investmentCase);
  return { investmentCase, alternatives, now, waits, questions: openQuestions(compiled, names) };
}

function nowOf(compiled: CompiledWorkspace, draws: Draws, investmentCase: InvestmentCase, shared: SharedTerms): Appraisal["now"] {
  const { now, id } = investmentCase;
  if (!now) return undefined;
  const read = reader(compiled, draws);
  const ticket = termOf(read(`${id}.ticket`));
  const terms: InvestingTerms = {
    ...shared,
    ticket,
    preMoney: termOf(read(`${id}.preMoney`)),
    newMoney: termOf(read(`${id}.newMoney`) ?? ticket),
    discountTicket: 1,
    ...preferenceOf(now.preference, read(`${id}.ahead`)),
  };
  return { terms, proceeds: proceedsOfInvesting(terms) };
}

type Wait = NonNullable<InvestmentCase["wait"]>[number];

function appraiseWait(
  compiled: CompiledWorkspace,
  draws: Draws,
  investmentCase: InvestmentCase,
  wait: Wait,
  shared: SharedTerms,
): AppraisedWait {
  const scope = waitScope(investmentCase.id, wait.trigger);
  const read = reader(compiled, draws);
  const triggerDate = columnOf(draws, `${scope}.triggerDate`);
  const ticket = termOf(read(`${scope}.ticketThen`) ?? read(`${investmentCase.id}.ticket`));
  const cashRate = compiled.workspace.settings.cashRate ?? 0;
  const discountTicket = discountFactors(cashRate, triggerDate, compiled.today);
  const exitDate = columnOf(draws, `${investmentCase.id}.exitDate`);
  const investing: InvestingTerms = {
    ...shared,
    ticket,
    preMoney: read(`${scope}.preMoneyThen`)!,
    newMoney: read(`${scope}.newMoneyThen`) ?? ticket,
    exitValue: exitsAfter(shared.exitValue, exitDate, triggerDate),
    discountTicket,
    strategicWorth: shared.strategicWorth === undefined ? undefined : product(shared.strategicWorth, discountTicket),
    ...preferenceOf(wait.preference, read(`${scope}.aheadThen`)),
  };
  const waiting: Waiting = {
    triggerDate,
    deadline: soundDay(compiled.workspace.triggers.find((trigger) => trigger.id === wait.trigger)!.deadline),
    today: compiled.today,
    netValueThen: investingNetValue(investing),
    access: columnOf(draws, `${scope}.access`),
    known: knownThen(compiled, draws, investmentCase, wait),
  };
  return { name: `wait:${wait.trigger}`, trigger: wait.trigger, investing, waiting, worth: waitFor(waiting, draws) };
}

/** What will be known when a trigger fires: the questions named, else all the case depends on, each from the day it resolves. */
function knownThen(
  compiled: CompiledWorkspace,
  draws: Draws,
  investmentCase: InvestmentCase,
  wait: { known?: string[] },
): Waiting["known"] {
  const relevant = openQuestions(compiled, [
    `${investmentCase.id}.exitValue`,
    `${investmentCase.id}.exitDate`,
    `${investmentCase.id}.retention`,
  ]);
  return compiled.workspace.questions
    .filter((question) => (wait.known ? wait.known.includes(question.id) : relevant.includes(question.id)))
    .map((question) => {
      const column = columnOf(draws, question.id);
      return {
        name: question.id,
        column,
        knownAt: question.kind === "date" ? column : soundDay(question.resolveBy),
        discrete: question.kind === "yesNo" || question.kind === "oneOf",
      };
    });
}

/** What investing today and investing later have in common. */
type SharedTerms = Pick<InvestingTerms, "retention" | "exitValue" | "discountProceeds" | "strategicWorth">;

function sharedTerms(compiled: CompiledWorkspace, draws: Draws, investmentCase: InvestmentCase): SharedTerms {
  const read = reader(compiled, draws);
  const rate = investmentCase.discountRate ?? compiled.workspace.settings.discountRate;
  const exitDate = columnOf(draws, `${investmentCase.id}.exitDate`);
  return {
    exitValue: columnOf(draws, `${investmentCase.id}.exitValue`),
    retention: read(`${investmentCase.id}.retention`)!,
    discountProceeds: discountFactors(rate, exitDate, compiled.today),
    strategicWorth: read(`${investmentCase.id}.strategicWorth`),
  };
}

function preferenceOf(
  preference: NonNullable<InvestmentCase["now"]>["preference"],
  ahead: Float64Array | number | undefined,
): Pick<InvestingTerms, "preference"> {
  if (!preference) return {};
  const { multiple, participation, cap } = preference;
  return { preference: { multiple, participation, cap, ahead } };
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

function reader(compiled: CompiledWorkspace, draws: Draws): (name: string) => Float64Array | number | undefined {
  return (name) => {
    const node = compiled.program.nodes[compiled.program.columns[name]];
    if (!node) return undefined;
    return node.op === "constant" ? node.amount : columnOf(draws, name);
  };
}

/** A term that compileWorkspace has found to be a plain number. */
function termOf(amounts: Float64Array | number | undefined): number {
  if (typeof amounts !== "number") throw new Error("a case that passed its checks lacks a term");
  return amounts;
}

/** (1 + rate)^-years from today to every date; 1 for a date that has passed, 0 for never. Float64Array // [draw]. */
function discountFactors(yearlyRate: number, dates: Float64Array, today: number): Float64Array {
  const perDay = -log1p(yearlyRate) / daysPerYear;
  const factors = new Float64Array(dates.length);
  for (let draw = 0; draw < dates.length; draw++) {
    const days = dates[draw] - today;
    factors[draw] = days === Infinity ? 0 : days > 0 ? exp(days * perDay) : 1;
  }
  return factors;
}

/** The exits that come after the trigger; one that came before it is gone, nothing is left to buy. */
function exitsAfter(exitValue: Float64Array, exitDate: Float64Array, triggerDate: Float64Array): Float64Array {
  const left = new Float64Array(exitValue.length);
  for (let draw = 0; draw < left.length; draw++) if (exitDate[draw] > triggerDate[draw]) left[draw] = exitValue[draw];
  return left;
}

function product(amounts: Float64Array | number, factors: Float64Array): Float64Array {
  const multiplied = new Float64Array(factors.length);
  for (let draw = 0; draw < factors.length; draw++)
    multiplied[draw] = factors[draw] * (typeof amounts === "number" ? amounts : amounts[draw]);
  return multiplied;
}
