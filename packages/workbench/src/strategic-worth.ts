import type { Estimate } from "@watershed/domain";
import {
  applyWaitingPolicy,
  expectation,
  firstOfShards,
  laterNetValue,
  leaderBy,
  learnWaitingPolicy,
  measured,
  meansOfAlternative,
  strided,
  withMeanDeviations,
} from "@watershed/decision";
import type { Alternative, Amounts, Replica, Sharding } from "@watershed/decision";
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
  const mean = (perShard: Float64Array, column: () => Amounts, deviating: Float64Array[]): Estimate => {
    const figure = measured(perShard);
    return estimate(withMeanDeviations(figure.standardError > 0 ? figure : expectation(column(), run.draws), deviating), currency, run.key);
  };
  const parts = appraisal.alternatives.map((alternative): Part => {
    const strategic = strategicPart(run, appraisal, alternative);
    const whole = meansOfAlternative(alternative, run.draws);
    const { parent, least } = summedPart(strategic, run.draws);
    return { alternative, strategic, parent, least, money: whole.map((mean, shard) => mean - parent[shard]) };
  });
  return {
    strategic: {
      alternatives: parts.map((part) => {
        const deviating = strategicDeviations(run, appraisal, part.alternative);
        return {
          name: part.alternative.name,
          financial: mean(part.money, () => moneyAlone(part), deviating.financial),
          strategic: mean(part.parent, () => part.strategic, deviating.strategic),
        };
      }),
      financialBest: financialBest(run, appraisal, parts),
    },
  };
}

interface Part {
  alternative: Alternative;
  strategic: Amounts; // [draw]
  parent: Float64Array; // [shard], means of the same
  least: number; // on any draw
  money: Float64Array; // [shard], means of the rest
}

function moneyAlone({ alternative: { netValue }, strategic }: Part): Float64Array {
  const { values, step } = strided(strategic);
  const money = new Float64Array(netValue.length);
  for (let draw = 0; draw < money.length; draw++) money[draw] = netValue[draw] - values[draw * step];
  return money;
}

function summedPart(strategic: Amounts, { shards, shardSize }: Sharding): Pick<Part, "parent" | "least"> {
  const parent = new Float64Array(shards);
  if (typeof strategic === "number") return { parent: parent.fill(strategic), least: strategic };
  let least = Infinity;
  for (let shard = 0; shard < shards; shard++) {
    let sum = 0;
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) {
      sum += strategic[draw];
      if (strategic[draw] < least) least = strategic[draw];
    }
    parent[shard] = sum / shardSize;
  }
  return { parent, least };
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

/** What an alternative nets for the parent on every draw, by the rules that it follows. */
function strategicPart({ draws }: FiguresOf, { now, stage, waits }: Appraisal, { name }: Alternative): Amounts {
  // Of a staged investment the parent gains with the first ticket, and not again with the next.
  const today = name === "now" ? now?.terms : name === "staged" ? stage?.terms : undefined;
  if (today) return today.strategicWorth ?? 0;
  const wait = waits.find((candidate) => candidate.name === name);
  if (!wait) return 0;
  return wait.triggers.length === 1 ? ofOneTrigger(wait) : ofSequence(wait, draws);
}

function ofOneTrigger({ triggers: [{ investing }], waiting: { occasions }, worth: { chosen } }: AppraisedWait): Float64Array {
  const [strategic, discount, access] = [investing.strategicWorth ?? 0, investing.discountTicket, occasions[0].access].map(strided);
  const part = new Float64Array(chosen.length);
  for (let draw = 0; draw < part.length; draw++)
    part[draw] =
      Number(chosen[draw] >= 0) *
      (strategic.values[draw * strategic.step] * discount.values[draw * discount.step] * access.values[draw * access.step]);
  return part;
}

/** How far an unsettled policy leaves either part of a wait's worth open; of several triggers as if we got in at the first that we want in at. */
function strategicDeviations(
  run: FiguresOf,
  { waits }: Appraisal,
  { name, replicas }: Alternative,
): { financial: Float64Array[]; strategic: Float64Array[] } {
  const wait = waits.find((candidate) => candidate.name === name);
  if (!wait || !replicas) return { financial: [], strategic: [] };
  const gains = wait.triggers.map(({ investing }, place) =>
    [investing.strategicWorth ?? 0, investing.discountTicket, wait.waiting.occasions[place].access]
      .map((amounts) => firstOfShards(amounts, run.draws, replicas.points))
      .map(strided),
  );
  const gainOf = (place: number, draw: number): number =>
    place < 0 ? 0 : gains[place].reduce((product, { values, step }) => product * values[draw * step], 1);
  const { points, own, halves } = replicas;
  const meansOf = (figureOf: (replica: Replica, draw: number, gain: number) => number, replica: Replica): Float64Array => {
    const means = new Float64Array(run.draws.shards);
    for (let draw = 0; draw < replica.chosen.length; draw++)
      means[Math.floor(draw / points)] += figureOf(replica, draw, gainOf(replica.chosen[draw], draw)) / points;
    return means;
  };
  const deviating = (figureOf: (replica: Replica, draw: number, gain: number) => number): Float64Array[] => {
    const ours = meansOf(figureOf, own);
    return halves.map((half) => meansOf(figureOf, half).map((mean, shard) => mean - ours[shard]));
  };
  return { financial: deviating(({ netValue }, draw, gain) => netValue[draw] - gain), strategic: deviating((_, __, gain) => gain) };
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
  if (parts.some(({ least }) => least < 0)) return true;
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
