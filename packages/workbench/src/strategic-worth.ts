import type { Estimate } from "@watershed/domain";
import { applyWaitingPolicy, expectation, laterNetValue, learnWaitingPolicy } from "@watershed/decision";
import type { Alternative, Amounts, Leader } from "@watershed/decision";
import { appraiseCase } from "./appraise-case.ts";
import type { Appraisal, AppraisedWait } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { StrategicReview } from "./review.ts";
import { leaderFor } from "./risk.ts";
import type { FiguresOf } from "./risk.ts";
import { estimate } from "./run-key.ts";

/** Financial and strategic worth of every alternative; nothing where the case names no strategic worth. */
export function strategicApart(run: FiguresOf, appraisal: Appraisal): { strategic?: StrategicReview } {
  if (appraisal.investmentCase.strategicWorth === undefined) return {};
  const { currency } = run.compiled.workspace.settings;
  const money = (column: Float64Array): Estimate => estimate(expectation(column, run.draws), currency, run.key);
  const parts = appraisal.alternatives.map((alternative): Part => ({ alternative, strategic: strategicPart(run, appraisal, alternative) }));
  const financial = parts.map(({ alternative: { name, netValue }, strategic }) => ({
    name,
    netValue: netValue.map((amount, draw) => amount - strategic[draw]),
  }));
  const alone = isOpen(run, parts) ? financialAlternatives(run, appraisal) : undefined;
  const best = leaderFor(run.compiled, alone ?? financial, run.draws);
  return {
    strategic: {
      alternatives: parts.map(({ alternative: { name }, strategic }, index) => ({
        name,
        financial: money(financial[index].netValue),
        strategic: money(strategic),
      })),
      financialBest: financialBest(run, best, alone ?? financial),
    },
  };
}

interface Part {
  alternative: Alternative;
  strategic: Float64Array; // [draw]
}

function financialBest(run: FiguresOf, { best, lead, clear }: Leader, alternatives: Alternative[]): StrategicReview["financialBest"] {
  const { currency } = run.compiled.workspace.settings;
  const { netValue } = alternatives.find(({ name }) => name === best)!;
  return {
    alternative: best,
    worth: estimate(expectation(netValue, run.draws), currency, run.key),
    ...(lead ? { lead: estimate(lead, currency, run.key) } : {}),
    clear,
  };
}

/** What an alternative nets for the parent on every draw, by the rules that it follows. Float64Array // [draw]. */
function strategicPart({ draws }: FiguresOf, { now, stage, waits }: Appraisal, { name, netValue }: Alternative): Float64Array {
  // Of a staged investment the parent gains with the first ticket, and not again with the next.
  const today = name === "now" ? now?.terms : name === "staged" ? stage?.terms : undefined;
  if (today) return netValue.map((_, draw) => amountAt(today.strategicWorth ?? 0, draw));
  const wait = waits.find((candidate) => candidate.name === name);
  if (!wait) return new Float64Array(netValue.length);
  return wait.triggers.length === 1 ? ofOneTrigger(wait) : ofSequence(wait, draws);
}

function ofOneTrigger({ triggers: [{ investing }], waiting: { occasions }, worth: { chosen } }: AppraisedWait): Float64Array {
  const { strategicWorth = 0, discountTicket } = investing;
  const [{ access }] = occasions;
  return Float64Array.from(chosen, (occasion, draw) =>
    occasion < 0 ? 0 : amountAt(strategicWorth, draw) * amountAt(discountTicket, draw) * amountAt(access, draw),
  );
}

/** Of several triggers: what the same rules net less when the parent gains nothing. */
function ofSequence({ triggers, waiting, worth }: AppraisedWait, draws: FiguresOf["draws"]): Float64Array {
  const occasions = waiting.occasions.map((occasion, place) => ({
    ...occasion,
    netValueThen: laterNetValue({ ...triggers[place].investing, strategicWorth: undefined }),
  }));
  const policy = learnWaitingPolicy(waiting, draws);
  const { netValue } = applyWaitingPolicy(policy, { ...waiting, occasions }, draws);
  return netValue.map((amount, draw) => worth.netValue[draw] - amount);
}

function amountAt(amounts: Amounts, draw: number): number {
  return typeof amounts === "number" ? amounts : amounts[draw];
}

/**
 * Whether money alone could prefer a wait that, by the rules it follows today, it does not: whoever waits for money alone invests
 * by other rules, which bring at most the wait's whole worth (more only where strategic worth may be negative).
 */
function isOpen({ draws }: FiguresOf, parts: Part[]): boolean {
  if (parts.some(({ strategic }) => strategic.some((amount) => amount < 0))) return true;
  const worths = parts.map(({ alternative: { name, netValue }, strategic }) => {
    const whole = expectation(netValue, draws).amount;
    return { name, whole, money: whole - expectation(strategic, draws).amount };
  });
  const best = worths.reduce((most, worth) => (worth.money > most.money ? worth : most));
  return worths.some(({ name, whole }) => name !== best.name && name.startsWith("wait") && whole > best.money);
}

/** The alternatives of the case as if it named no strategic worth: a wait then decides by money alone. */
function financialAlternatives({ compiled, draws }: FiguresOf, { investmentCase }: Appraisal): Alternative[] {
  const strategicWorth = `${investmentCase.id}.strategicWorth`;
  const columns = Object.fromEntries(Object.entries(compiled.program.columns).filter(([name]) => name !== strategicWorth));
  const without: CompiledWorkspace = { ...compiled, program: { ...compiled.program, columns } };
  return appraiseCase(without, draws, investmentCase).alternatives;
}
