import { applyWaitingPolicy, learnWaitingPolicy, recommend } from "@watershed/decision";
import type { WaitingSequence } from "@watershed/decision";
import { errorBounds } from "@watershed/engine/agreement.fixture";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { expect, test } from "vitest";
import { appraiseCase, columnsOfCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay } from "./definitions.ts";
import { investingError, mayCross } from "./investing-error.fixture.ts";
import type { InvestingError, Uncertain, UncertainTerms } from "./investing-error.fixture.ts";
import { randomInvestmentCase } from "./random-investment-case.fixture.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import { plannedFollowOn, plannedWaits } from "./waits.ts";
import type { PlannedWait } from "./waits.ts";

const cases = 200;
const draws = 2_048;

/** A run of one case by the interpreter, with every step as a column, and how far the kernels may be from it. */
interface Truth {
  compiled: CompiledWorkspace;
  draws: Draws;
  steps: Float64Array[]; // [node][draw]
  errors: number[][]; // [draw][node]
}

function truthOf(compiled: CompiledWorkspace, names: string[]): Truth {
  const { program } = compiled;
  const stepNames = program.nodes.map((_, index) => `step ${index}`);
  const columns = { ...program.columns, ...Object.fromEntries(stepNames.map((name, index) => [name, index])) };
  const opened = { ...compiled, program: { ...program, columns } };
  const run = simulateWorkspace(opened, [...names, ...stepNames], { draws, engine: "interpreter" });
  const steps = stepNames.map((name) => columnOf(run, name));
  const errors = Array.from({ length: draws }, (_, draw) => draw).map(errorBounds(program, steps));
  return { compiled, draws: run, steps, errors };
}

/** Reads a term of the case on one draw; nothing where the case does not have it. */
function termReader({ compiled: { program }, steps, errors }: Truth, draw: number): (name: string) => Uncertain | undefined {
  return (name) => {
    const index = program.columns[name];
    if (index === undefined) return undefined;
    const node = program.nodes[index];
    // A term that is the same on every draw is read from the program, not from a column of f32.
    return node.op === "constant" ? { amount: node.amount, error: 0 } : { amount: steps[index][draw], error: errors[draw][index] };
  };
}

const none: Uncertain = { amount: 0, error: 0 };
const one: Uncertain = { amount: 1, error: 0 };

type Shared = Pick<UncertainTerms, "exitValue" | "retention" | "discountProceeds" | "strategicWorth">;

function sharedTerms({ compiled }: Truth, read: ReturnType<typeof termReader>): Shared {
  const of = (name: string): Uncertain => read(`${compiled.workspace.cases[0].id}.${name}`) ?? none;
  return {
    exitValue: of("exitValue"),
    retention: of("retention"),
    discountProceeds: of("discountProceeds"),
    strategicWorth: of("strategicWorth"),
  };
}

/** What the small ticket of today (of a stage), or the ticket of today, may be off by. */
function todayError(truth: Truth, draw: number, stage: "" | "stage."): InvestingError {
  const read = termReader(truth, draw);
  const investmentCase = truth.compiled.workspace.cases[0];
  const of = (name: string): Uncertain | undefined => read(`${investmentCase.id}.${stage}${name}`);
  const ofNow = (name: string): Uncertain | undefined => read(`${investmentCase.id}.${name}`);
  return investingError({
    ...sharedTerms(truth, read),
    ticket: of("ticket")!,
    preMoney: of("preMoney")!,
    newMoney: of("newMoney") ?? of("ticket")!,
    ahead: of("ahead") ?? ofNow("ahead") ?? none,
    discountTicket: one,
    preference: (stage && investmentCase.stage?.preference) || investmentCase.now?.preference,
  });
}

/** What a wait may be off by: as much as acting at any of its triggers; unsure where two of them may change places. */
function waitError(truth: Truth, { triggers }: PlannedWait, draw: number, staged: boolean): InvestingError {
  const read = termReader(truth, draw);
  const { workspace } = truth.compiled;
  const { id } = workspace.cases[0];
  const shared = sharedTerms(truth, read);
  const days = triggers.map(({ scope }) => read(`${scope}.triggerDate`)!);
  const unsure = { magnitude: 0, error: Infinity };
  if (days.some((day, place) => days.slice(place + 1).some((other) => mayCross(day, other)))) return unsure;
  if (triggers.some(({ scope }) => read(`${scope}.access`)!.error === Infinity)) return unsure;
  const of = triggers.map(({ trigger, scope, terms }, place) => {
    const ticket = read(`${scope}.ticketThen`) ?? read(`${id}.ticket`) ?? read(`${id}.stage.ticket`)!;
    const deadline = soundDay(workspace.triggers.find((one) => one.id === trigger)!.deadline);
    return investingError({
      ...shared,
      strategicWorth: staged ? none : shared.strategicWorth,
      ticket,
      preMoney: read(`${scope}.preMoneyThen`)!,
      newMoney: read(`${scope}.newMoneyThen`) ?? ticket,
      ahead: read(`${scope}.aheadThen`) ?? none,
      preference: terms.preference,
      discountTicket: read(`${scope}.discountTicket`) ?? one,
      days: { exit: read(`${id}.exitDate`)!, trigger: days[place], deadline },
    });
  });
  return { magnitude: Math.max(...of.map(({ magnitude }) => magnitude)), error: Math.max(...of.map(({ error }) => error)) };
}

/** One alternative: what both engines net on every draw, and what they may differ by there. */
interface Compared {
  name: string;
  nets: [Float64Array, Float64Array];
  errorOf: (draw: number) => InvestingError;
}

/** Every alternative that acts; those that wait under the rules that the interpreter's run has learned, applied to both. */
function comparedOf(truth: Truth, expected: Appraisal, found: Appraisal): Compared[] {
  const netOf = ({ alternatives }: Appraisal, name: string): Float64Array => alternatives.find((one) => one.name === name)!.netValue;
  const waits = plannedWaits(expected.investmentCase).map((planned, place): Compared => {
    const nets = underSameRules(truth, expected.waits[place].waiting, found.waits[place].waiting);
    return { name: expected.waits[place].name, nets, errorOf: (draw) => waitError(truth, planned, draw, false) };
  });
  const now: Compared[] = expected.now
    ? [{ name: "now", nets: [netOf(expected, "now"), netOf(found, "now")], errorOf: (draw) => todayError(truth, draw, "") }]
    : [];
  return [...now, ...stagedOf(truth, expected, found), ...waits];
}

function underSameRules(truth: Truth, expected: WaitingSequence, found: WaitingSequence): [Float64Array, Float64Array] {
  const rules = learnWaitingPolicy(expected, truth.draws);
  const [one, other] = [expected, found].map((waiting) => applyWaitingPolicy(rules, waiting, truth.draws).netValue);
  return [one, other];
}

/** The small ticket, and the right beside it. */
function stagedOf(truth: Truth, expected: Appraisal, found: Appraisal): Compared[] {
  if (!expected.stage || !found.stage) return [];
  const [ticket, same] = [expected.stage, found.stage].map(({ worth, followOn }) =>
    worth.netValue.map((net, draw) => net - followOn.worth.netValue[draw]),
  );
  const rights = underSameRules(truth, expected.stage.followOn.waiting, found.stage.followOn.waiting);
  const planned = plannedFollowOn(expected.investmentCase)!;
  return [
    { name: "staged", nets: [ticket, same], errorOf: (draw) => todayError(truth, draw, "stage.") },
    { name: "right to follow on", nets: rights, errorOf: (draw) => waitError(truth, planned, draw, true) },
  ];
}

interface Totals {
  alternatives: Record<string, number>;
  compared: number; // draws of alternatives
  doubtful: number; // where a step may jump within the errors of what it reads
  turned: number; // of those, where it did
  bounds: number[]; // [alternative], the median of what is allowed, as a share of the largest term of its draw
  beyond: string[];
  worths: number[]; // [wait], |difference| of the worth under each run's own rules, in standard errors
  best: number; // cases with the same best alternative
}

function compare(seed: number, totals: Totals): void {
  const compiled = compileWorkspace(randomInvestmentCase(seed));
  expect(compiled.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const investmentCase = compiled.workspace.cases[0];
  const names = columnsOfCase(compiled, investmentCase);
  const fast = simulateWorkspace(compiled, names, { draws, engine: "kernels" });
  const truth = truthOf(compiled, names);
  const [expected, found] = [truth.draws, fast].map((run) => appraiseCase(compiled, run, investmentCase));
  for (const compared of comparedOf(truth, expected, found)) compareDraws(`case ${seed}, ${compared.name}`, compared, totals);
  expected.waits.forEach(({ worth: { worth } }, place) =>
    totals.worths.push(Math.abs(worth.amount - found.waits[place].worth.worth.amount) / (worth.standardError || 1)),
  );
  const [one, other] = [expected, found].map(({ alternatives }) => recommend(alternatives, truth.draws).best);
  totals.best += Number(one === other);
}

function compareDraws(of: string, { name, nets, errorOf }: Compared, totals: Totals): void {
  const kind = name.replace(/:.*/, "");
  totals.alternatives[kind] = (totals.alternatives[kind] ?? 0) + 1;
  const bounds: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const { error, magnitude } = errorOf(draw);
    const difference = Math.abs(nets[0][draw] - nets[1][draw]);
    totals.compared++;
    if (error === Infinity) {
      totals.doubtful++;
      if (difference > 1e-3 * Math.abs(nets[0][draw])) totals.turned++;
      continue;
    }
    // A billionth of the largest term for the doubles of the appraisal itself.
    if (!(difference <= error + 1e-9 * magnitude))
      totals.beyond.push(`${of}, draw ${draw}: ${nets[1][draw]}, not ${nets[0][draw]} ± ${error}`);
    if (magnitude > 0) bounds.push(error / magnitude);
  }
  totals.bounds.push(bounds.length === 0 ? 0 : median(bounds));
}

function median(amounts: number[]): number {
  return amounts.toSorted((one, other) => one - other)[amounts.length >> 1];
}

test("200 random cases net the same by both engines, alternative by alternative and draw by draw", () => {
  const totals: Totals = { alternatives: {}, compared: 0, doubtful: 0, turned: 0, bounds: [], beyond: [], worths: [], best: 0 };
  for (let seed = 1; seed <= cases; seed++) compare(seed, totals);
  expect(totals.beyond.slice(0, 20)).toEqual([]);
  expect(Object.values(totals.alternatives).every((count) => count >= 100)).toBe(true);
  // Half of the alternatives are held to 2e-5 of the largest term or less; where a step may jump, hardly any draw does.
  expect(median(totals.bounds)).toBeLessThan(2e-5);
  expect(totals.doubtful / totals.compared).toBeLessThan(0.02);
  expect(totals.turned / totals.compared).toBeLessThan(1e-5);
  expect(Math.max(...totals.worths)).toBeLessThan(1e-4);
  expect(totals.best).toBe(cases);
}, 600_000);
