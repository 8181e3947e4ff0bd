import type { InvestmentCase } from "@watershed/domain";
import { expectedNetValue, netValueOfProceeds, proceedsOfInvesting, stagedWorth, withMeans } from "@watershed/decision";
import type { Alternative, InvestingTerms, StagedWorth } from "@watershed/decision";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { appraiseWait, preferenceOf, reader } from "./appraise-wait.ts";
import type { AppraisedWait, CaseRun, SharedTerms } from "./appraise-wait.ts";
import { columnsOf } from "./case-columns.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { openFollowOn, openWaits } from "./waits.ts";

export type { AppraisedWait } from "./appraise-wait.ts";
export { columnsOfCase, openQuestions } from "./case-columns.ts";

/** The alternatives of one company over the draws of one run. */
export interface Appraisal {
  investmentCase: InvestmentCase;
  alternatives: Alternative[]; // pass, now and staged where on offer, one per way of waiting
  now?: { terms: InvestingTerms; proceeds: Float64Array }; // proceeds undiscounted, [draw]
  stage?: AppraisedStage;
  waits: AppraisedWait[];
  questions: string[]; // the open questions that any alternative depends on
}

/** A small ticket today with a right to follow on. */
export interface AppraisedStage {
  terms: InvestingTerms;
  followOn: AppraisedWait;
  worth: StagedWorth;
}

/** Turns the draws of a case into a netValue per alternative and draw: now, staged, every wait as a policy, pass. */
export function appraiseCase(compiled: CompiledWorkspace, draws: Draws, investmentCase: InvestmentCase): Appraisal {
  const { questions, relevant } = columnsOf(compiled, investmentCase);
  const run: CaseRun = { compiled, draws, investmentCase, relevant, shared: sharedTerms(compiled, draws, investmentCase) };
  const now = nowOf(run);
  const stage = stageOf(run);
  const offered: Alternative[] = [
    ...(now ? [withMeans({ name: "now", netValue: netValueOfProceeds(now.proceeds, now.terms) }, draws)] : []),
    ...(stage ? [withMeans({ name: "staged", netValue: stage.worth.netValue, replicas: stage.worth.replicas }, draws)] : []),
  ];
  const againstPaying = now !== undefined && offered.some((alternative) => expectedNetValue(alternative, draws).amount > 0);
  const waits = openWaits(compiled.workspace, investmentCase).map((planned) =>
    appraiseWait({ ...run, againstPaying }, planned, `wait:${planned.key}`),
  );
  const alternatives: Alternative[] = [
    // Passing comes first: of alternatives that are worth the same, the first one is taken.
    { name: "pass", netValue: nothing(draws), means: new Float64Array(draws.shards), constant: true },
    ...offered,
    ...waits.map(({ name, worth: { netValue, means, replicas } }) => ({ name, netValue, means, replicas })),
  ];
  return { investmentCase, alternatives, now, stage, waits, questions };
}

function nowOf({ compiled, draws, investmentCase, shared }: CaseRun): Appraisal["now"] {
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

function stageOf(run: CaseRun): AppraisedStage | undefined {
  const { compiled, draws, investmentCase, shared } = run;
  const { stage, now, id } = investmentCase;
  const planned = openFollowOn(compiled.workspace, investmentCase);
  if (!stage || !planned) return undefined;
  const read = reader(compiled, draws);
  const ticket = termOf(read(`${id}.stage.ticket`));
  const terms: InvestingTerms = {
    ...shared,
    ticket,
    preMoney: termOf(read(`${id}.stage.preMoney`)),
    newMoney: termOf(read(`${id}.stage.newMoney`) ?? ticket),
    discountTicket: 1,
    ...preferenceOf(stage.preference ?? now?.preference, read(`${id}.stage.ahead`) ?? read(`${id}.ahead`)),
  };
  // What the parent gains comes with the first ticket and not again with the next.
  const followOn = appraiseWait({ ...run, shared: { ...shared, strategicWorth: undefined } }, planned, "staged");
  const proceeds = proceedsOfInvesting(terms);
  const first = { netValue: netValueOfProceeds(proceeds, terms, proceeds), ticket };
  return { terms, followOn, worth: stagedWorth(first, followOn.worth, draws) };
}

function sharedTerms(compiled: CompiledWorkspace, draws: Draws, investmentCase: InvestmentCase): SharedTerms {
  const read = reader(compiled, draws);
  const { id } = investmentCase;
  return {
    exitValue: columnOf(draws, `${id}.exitValue`),
    retention: read(`${id}.retention`)!,
    discountProceeds: read(`${id}.discountProceeds`)!,
    strategicWorth: read(`${id}.strategicWorth`),
  };
}

/** A term that compileWorkspace has found to be a plain number. */
function termOf(amounts: Float64Array | number | undefined): number {
  if (typeof amounts !== "number") throw new Error("a case that passed its checks lacks a term");
  return amounts;
}

const passedUp = new WeakMap<Draws["columns"], Float64Array>();

/** What passing nets: nothing, on every draw; one column for all cases. Float64Array // [draw]. */
function nothing({ columns, shards, shardSize }: Draws): Float64Array {
  const zeros = passedUp.get(columns) ?? new Float64Array(shards * shardSize);
  passedUp.set(columns, zeros);
  return zeros;
}
