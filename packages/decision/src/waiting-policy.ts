import { fitQuadratic, fittedAt, type QuadraticFit } from "./quadratic-fit.ts";
import { gather, type Sharding } from "./sharding.ts";
import type { KnownQuestion, Knowledge, TriggerKnowledge } from "./trigger-knowledge.ts";

/** How one half of the draws decides for the other: by the mean of a group, or by a fitted surface. */
export type InvestRule = { kind: "mean"; expected: number } | { kind: "quadratic"; fit: QuadraticFit };

/** What the policy does in one state of knowledge. */
export interface PolicyGroup {
  knows: Knowledge[];
  /** Whether this group gathers the states of knowledge with too few draws to be decided alone. */
  rare: boolean;
  /** Chance of this state, given that the trigger fires. */
  probability: number;
  /** Share of the state's draws on which the policy invests. */
  investShare: number;
  /** Rules learned on even and on odd shards; the first decides on the odd, the second on the even. */
  rules: [InvestRule, InvestRule];
}

export interface WaitingPolicy {
  groups: PolicyGroup[];
  /** 1 where the policy invests. */
  invests: Uint8Array; // [fired]
}

export interface PolicyQuestion {
  knowledge: TriggerKnowledge;
  known: KnownQuestion[];
  triggerDate: Float64Array; // [draw]
  decidesOnDate: boolean;
  /** netValue if we get in, and the chance or fact of getting in. */
  netValue: Float64Array; // [fired]
  access: Float64Array; // [fired]
  minimumGroupDraws: number;
}

/** Invest where the rule learned on the other half of the draws expects a netValue above zero. */
export function waitingPolicy(question: PolicyQuestion, sharding: Sharding): WaitingPolicy {
  const { knowledge } = question;
  const fold = foldsOf(knowledge, sharding);
  const { members, rare } = sizedGroups(knowledge, fold, question.minimumGroupDraws);
  const invests = new Uint8Array(fold.length);
  const groups = members.map((rows, index) => {
    const features = featuresOf(question, rows, rare === index);
    const rules = [0, 1].map((half) =>
      learn(
        question,
        rows.filter((row) => fold[row] === half),
        features,
      ),
    );
    const taken = decide(question, rows, { rules, fold, features }, invests);
    return {
      knows: rare === index ? [] : knowledge.groups[knowledge.groupOfFired[rows[0]]],
      rare: rare === index,
      probability: rows.length / fold.length,
      investShare: taken / rows.length,
      rules: rules as [InvestRule, InvestRule],
    };
  });
  return { groups, invests };
}

/** Which half learns from a fired draw: its shard's parity; within a single shard, one at random of each pair of a group. */
function foldsOf(knowledge: TriggerKnowledge, sharding: Sharding): Uint8Array {
  const { firedDraws, groupOfFired, groups } = knowledge;
  const fold = new Uint8Array(firedDraws.length);
  const seen = new Uint32Array(groups.length);
  for (let row = 0; row < fold.length; row++) {
    if (sharding.shards > 1) fold[row] = Math.floor(firedDraws[row] / sharding.shardSize) & 1;
    else {
      const group = groupOfFired[row];
      const place = seen[group]++;
      // Halves by parity or position would cut Sobol points along their own bits; a hash of the pair does not.
      fold[row] = (scrambled((place >>> 1) + group * 0x9e3779b9) ^ place) & 1;
    }
  }
  return fold;
}

/** Integer hash (finaliser of MurmurHash3; Appleby 2011). */
function scrambled(word: number): number {
  let hash = word >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Rows of every group with enough draws in both halves; the others together form one last, rare group. */
function sizedGroups(knowledge: TriggerKnowledge, fold: Uint8Array, minimum: number): { members: Uint32Array[]; rare: number } {
  const sizes = knowledge.groups.map(() => [0, 0]);
  knowledge.groupOfFired.forEach((group, row) => sizes[group][fold[row]]++);
  const place = new Int32Array(sizes.length);
  let kept = 0;
  sizes.forEach((size, group) => (place[group] = Math.min(...size) >= minimum ? kept++ : -1));
  const counts = new Uint32Array(kept + 1);
  sizes.forEach(([even, odd], group) => (counts[place[group] < 0 ? kept : place[group]] += even + odd));
  const members = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  knowledge.groupOfFired.forEach((group, row) => {
    const into = place[group] < 0 ? kept : place[group];
    members[into][counts[into]++] = row;
  });
  const isRare = counts[kept] > 0;
  return { members: isRare ? members : members.slice(0, kept), rare: isRare ? kept : -1 };
}

interface FeatureColumn {
  name: string;
  column: Float64Array; // [draw]
}

/** Continuous knowledge that varies inside the group: the trigger's date and the numbers known in it. */
function featuresOf(question: PolicyQuestion, rows: Uint32Array, rare: boolean): FeatureColumn[] {
  const { knowledge, known, triggerDate, decidesOnDate } = question;
  const columns: FeatureColumn[] = [];
  if (decidesOnDate) columns.push({ name: "triggerDate", column: triggerDate });
  // Rare states differ in what they know; only the date is common to them.
  const knows = rare ? [] : knowledge.groups[knowledge.groupOfFired[rows[0]]];
  knows.forEach(({ answer }, index) => {
    if (answer === "someNumber") columns.push({ name: known[index].name, column: known[index].column });
  });
  const drawOf = (row: number) => knowledge.firedDraws[row];
  return columns.filter(({ column }) => rows.some((row) => column[drawOf(row)] !== column[drawOf(rows[0])]));
}

function learn(question: PolicyQuestion, rows: Uint32Array, features: FeatureColumn[]): InvestRule {
  const { knowledge, netValue, access } = question;
  const response = gather(netValue, rows);
  const weights = gather(access, rows);
  if (features.length === 0 || rows.length === 0) return { kind: "mean", expected: weightedMean(response, weights) };
  const draws = rows.map((row) => knowledge.firedDraws[row]);
  const amounts = features.map(({ name, column }) => ({ name, amounts: gather(column, draws) }));
  return { kind: "quadratic", fit: fitQuadratic({ features: amounts, response, weights }) };
}

/** 0, and so no investment, where nothing was seen. */
function weightedMean(response: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < response.length; row++) {
    sum += weights[row] * response[row];
    total += weights[row];
  }
  return total === 0 ? 0 : sum / total;
}

/** Marks the rows on which the other half's rule expects more than nothing; returns how many. */
function decide(
  question: PolicyQuestion,
  rows: Uint32Array,
  cut: { rules: InvestRule[]; fold: Uint8Array; features: FeatureColumn[] },
  invests: Uint8Array,
): number {
  const at = new Float64Array(cut.features.length);
  const terms = cut.rules.map((rule) => new Float64Array(rule.kind === "mean" ? 0 : rule.fit.terms.length));
  let taken = 0;
  for (const row of rows) {
    const other = 1 - cut.fold[row];
    const rule = cut.rules[other];
    let expected: number;
    if (rule.kind === "mean") expected = rule.expected;
    else {
      const draw = question.knowledge.firedDraws[row];
      for (let feature = 0; feature < at.length; feature++) at[feature] = cut.features[feature].column[draw];
      expected = fittedAt(rule.fit, at, terms[other]);
    }
    invests[row] = expected > 0 ? 1 : 0;
    taken += invests[row];
  }
  return taken;
}
