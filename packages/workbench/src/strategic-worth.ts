import type { Estimate } from "@watershed/domain";
import { applyWaitingPolicy, expectation, laterNetValue, leaderBy, learnWaitingPolicy, measured, shardMeans } from "@watershed/decision";
import type { Alternative, Amounts } from "@watershed/decision";
import { appraiseCase } from "./appraise-case.ts";
import type { Appraisal, AppraisedWait } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { StrategicReview } from "./review.ts";
import { leaderFor, riskPolicyOf } from "./risk.ts";
import type { FiguresOf } from "./risk.ts";
import { estimate } from "./run-key.ts";

/** Financial and strategic worth of every alternative; nothing where the case names no strategic worth. */
export function strategicApart(run: FiguresOf, appraisal: Appraisal): { strategic?: StrategicReview } {
  if (appraisal.investmentCase.strategicWorth === undefined) return {};
  const { currency } = run.compiled.workspace.settings;
  // Where all shards agree the error is read off the draws.
  const mean = (perShard: Float64Array, column: () => Float64Array): Estimate => {
    const figure = measured(perShard);
    return estimate(figure.standardError > 0 ? figure : expectation(column(), run.draws), currency, run.key);
  };
  const parts = appraisal.alternatives.map((alternative): Part => {
    const strategic = strategicPart(run, appraisal, alternative);
    const [whole, parent] = [alternative.netValue, strategic].map((column) => shardMeans(column, run.draws, alternative.name));
    return { alternative, strategic, parent, money: whole.map((mean, shard) => mean - parent[shard]) };
  });
  return {
    strategic: {
      alternatives: parts.map((part) => ({
        name: part.alternative.name,
        financial: mean(part.money, () => moneyAlone(part)),
        strategic: mean(part.parent, () => part.strategic),
      })),
      financialBest: financialBest(run, appraisal, parts),
    },
  };
}

interface Part {
  alternative: Alternative;
  strategic: Float64Array; // [draw]
  parent: Float64Array; // [shard], means of the same
  money: Float64Array; // [shard], means of the rest
}

function moneyAlone({ alternative: { netValue }, strategic }: Part): Float64Array {
  return netValue.map((amount, draw) => amount - strategic[draw]);
}

/** What money alone would recommend, by the team's attitude to risk. */
function financialBest(run: FiguresOf, appraisal: Appraisal, parts: Part[]): StrategicReview["financialBest"] {
  const { currency } = run.compiled.workspace.settings;
  const open = isOpen(parts);
  const columns = open || riskPolicyOf(run.compiled) ? financialAlternatives(run, appraisal, open ? undefined : parts) : undefined;
  const { best, lead, clear, worth } = columns
    ? leaderFor(run.compiled, columns, run.draws)
    : leaderBy(
        parts.map(({ alternative }) => alternative),
        parts.map((part) => part.money),
        run.draws,
      );
  const expected = columns ? expectation(columns.find(({ name }) => name === best)!.netValue, run.draws) : worth;
  return {
    alternative: best,
    worth: estimate(expected, currency, run.key),
    ...(lead ? { lead: estimate(lead, currency, run.key) } : {}),
    clear,
  };
}

/** What an alternative nets for the parent on every draw, by the rules that it follows. Float64Array // [draw]. */
function strategicPart({ draws }: FiguresOf, { now, stage, waits }: Appraisal, { name, netValue }: Alternative): Float64Array {
  // Of a staged investment the parent gains with the first ticket, and not again with the next.
  const today = name === "now" ? now?.terms : name === "staged" ? stage?.terms : undefined;
  if (today) return columnOfAmounts(today.strategicWorth ?? 0, netValue.length);
  const wait = waits.find((candidate) => candidate.name === name);
  if (!wait) return new Float64Array(netValue.length);
  return wait.triggers.length === 1 ? ofOneTrigger(wait) : ofSequence(wait, draws);
}

function ofOneTrigger({ triggers: [{ investing }], waiting: { occasions }, worth: { chosen } }: AppraisedWait): Float64Array {
  const factors = [investing.strategicWorth ?? 0, investing.discountTicket, occasions[0].access];
  const [strategic, discount, access] = factors.map((amounts) => columnOfAmounts(amounts, chosen.length));
  const part = new Float64Array(chosen.length);
  for (let draw = 0; draw < part.length; draw++) if (chosen[draw] >= 0) part[draw] = strategic[draw] * discount[draw] * access[draw];
  return part;
}

function columnOfAmounts(amounts: Amounts, draws: number): Float64Array {
  return typeof amounts === "number" ? new Float64Array(draws).fill(amounts) : amounts;
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

/**
 * Whether money alone could prefer a wait that, by the rules it follows today, it does not: whoever waits for money alone invests
 * by other rules, which bring at most the wait's whole worth (more only where strategic worth may be negative).
 */
function isOpen(parts: Part[]): boolean {
  if (parts.some(({ strategic }) => strategic.some((amount) => amount < 0))) return true;
  const worths = parts.map(({ alternative: { name }, money, parent }) => {
    const inMoney = measured(money).amount;
    return { name, inMoney, whole: inMoney + measured(parent).amount };
  });
  const best = worths.reduce((most, worth) => (worth.inMoney > most.inMoney ? worth : most));
  return worths.some(({ name, whole }) => name !== best.name && name.startsWith("wait:") && whole > best.inMoney);
}

/** The alternatives of the case by money alone: by the rules they follow, or where these are open as if there were no parent. */
function financialAlternatives({ compiled, draws }: FiguresOf, { investmentCase }: Appraisal, parts: Part[] | undefined): Alternative[] {
  if (parts) return parts.map((part) => ({ name: part.alternative.name, netValue: moneyAlone(part) }));
  const strategicWorth = `${investmentCase.id}.strategicWorth`;
  const columns = Object.fromEntries(Object.entries(compiled.program.columns).filter(([name]) => name !== strategicWorth));
  const without: CompiledWorkspace = { ...compiled, program: { ...compiled.program, columns } };
  return appraiseCase(without, draws, investmentCase).alternatives;
}
