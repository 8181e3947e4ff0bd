import { fitInParts, fitQuadratic, fittedColumn, type QuadraticFit } from "./quadratic-fit.ts";
import { cellCounts, countsOf, drawsOf, sizedCells } from "./policy-cells.ts";
import { foldsOf, partsOfBoth, partsPerHalf, partsTogether, sortedColumn, stretchesOf, type Stretches } from "./policy-folds.ts";
import { scratch } from "./scratch.ts";
import { drawCount, strided, type Sharding } from "./sharding.ts";
import { knowledgeAtTriggers, type Batch, type Knowledge } from "./trigger-knowledge.ts";
import type { Occasion, WaitingSequence } from "./waiting-sequence.ts";

/**
 * How one half of the draws decides for the other: by the mean of a group, or by a fitted surface. `expected` and `fit` say what
 * investing nets; where a later trigger may follow, `expected` is the smaller of that and what it nets beyond going on, and
 * `beyond` a second surface for the latter, fitted where the first is above zero.
 */
export type InvestRule = { kind: "mean"; expected: number } | { kind: "quadratic"; fit: QuadraticFit; beyond?: QuadraticFit };

/** What is done in one state of knowledge, as data: it can be stored, sent and applied to other draws. */
export interface PolicyState {
  trigger: string;
  /** Triggers that fired before this one, in the order they are listed. */
  after: string[];
  knows: Knowledge[];
  /** Whether this gathers the states of a trigger and stage with too few draws to be decided alone. */
  rare: boolean;
  stage: number;
  /** Rules learned on even and on odd shards; the first decides on the odd, the second on the even. */
  rules: [InvestRule, InvestRule];
}

export interface WaitingPolicy {
  states: PolicyState[];
}

/** The draws of a sequence made ready for learning or deciding. */
export interface Prepared {
  sequence: WaitingSequence;
  sharding: Sharding;
  batches: Batch[];
  fold: Uint8Array; // [draw], the part that learns from it
}

/** The cells of one batch that are decided alone, and which one every group belongs to. */
export interface DecidedBatch {
  batch: Batch;
  cellOf: Int32Array; // [group], -1 for a state that no rule is known for
  cells: PolicyState[];
  counts: Uint32Array; // draws of every cell and part: [partsOfBoth * cell + part]
  /** The cells with rules learned on half of every half alone, where nothing is decided later: [way to halve][cell]. */
  partial?: PolicyState[][];
  stretches?: Stretches;
}

export function prepare(sequence: WaitingSequence, sharding: Sharding): Prepared {
  const batches = knowledgeAtTriggers(sequence, drawCount(sharding));
  return { sequence, sharding, batches, fold: foldsOf(batches, sharding) };
}

/** Learns the rules of every state by backward induction, those of a half from the draws of that half alone. */
export function learnBatches(prepared: Prepared): DecidedBatch[] {
  const { batches, fold, sequence } = prepared;
  const severalStages = batches.some(({ stage }) => stage > 0);
  // What the half's own rules make of the later triggers, on the draws they were learned on.
  const goingOn = severalStages ? new Float64Array(fold.length) : undefined;
  const decided: DecidedBatch[] = [];
  for (const batch of batches.toReversed()) {
    const learned = learnBatch(prepared, batch, goingOn);
    decided.push(learned);
    if (goingOn && batch.stage > 0) carry(sequence.occasions[batch.occasion], learned, decide(prepared, learned, 0).invests, goingOn);
  }
  return decided.reverse();
}

/** Adds what the rules make of a batch to the worth of going on. */
export function carry(occasion: Occasion, { batch }: DecidedBatch, invests: Uint8Array, goingOn: Float64Array): void {
  const { values, step } = strided(occasion.access);
  for (let row = 0; row < invests.length; row++) {
    if (invests[row] === 0) continue;
    const draw = batch.draws[row];
    const access = values[draw * step];
    goingOn[draw] = access * occasion.netValueThen[draw] + (1 - access) * goingOn[draw];
  }
}

function learnBatch(prepared: Prepared, batch: Batch, goingOn: Float64Array | undefined): DecidedBatch {
  const { sequence, fold } = prepared;
  const occasion = sequence.occasions[batch.occasion];
  const perGroup = countsOf(batch, fold);
  const { cellOf, firsts, rare } = sizedCells(perGroup, sequence.minimumGroupDraws ?? 16);
  const states = firsts.map((group, cell) => describe(sequence, batch, group, cell === rare));
  const features = featuresOf(prepared, batch, cellOf, states);
  const counts = cellCounts(perGroup, cellOf, states.length);
  const stretches = features.some((columns) => columns.length > 0) ? stretchesOf(batch, cellOf, counts, fold) : undefined;
  const isPlain = (cell: number, half: number): boolean => features[cell].length === 0 || drawsOf(counts, cell, half) === 0;
  const sums = states.some((_, cell) => isPlain(cell, 0) || isPlain(cell, 1))
    ? sumsOfParts(occasion, batch, fold, goingOn, cellOf, states.length)
    : undefined;
  const learning = stretches && { sequence, occasion, stretches, goingOn, slot: slotOf(batch) };
  const learned = states.map((_, cell) =>
    [0, 1].map((half): LearnedRules => {
      if (isPlain(cell, half) || !learning) return meanRules(sums!, cell, half);
      return surfaces(learning, { cell, half }, features[cell]);
    }),
  );
  const cellsBy = (ruleOf: (rules: LearnedRules) => InvestRule): PolicyState[] =>
    states.map((state, cell) => ({ ...state, rules: [ruleOf(learned[cell][0]), ruleOf(learned[cell][1])] }));
  const partial = goingOn ? undefined : [0, 1, 2].map((way) => cellsBy(({ partial: ways }) => ways[way]));
  return { batch, cellOf, cells: cellsBy(({ whole }) => whole), counts, partial, stretches };
}

/** What a half of the draws learns, and what its own halves do. */
interface LearnedRules {
  whole: InvestRule;
  partial: InvestRule[]; // [way to halve]
}

function slotOf({ stage, occasion }: Batch): string {
  return `${stage} ${occasion}`;
}

function describe(sequence: WaitingSequence, batch: Batch, group: number, rare: boolean): Omit<PolicyState, "rules"> {
  const { after, knows } = batch.states[group];
  const { trigger } = sequence.occasions[batch.occasion];
  const fired = after.map((index) => sequence.occasions[index].trigger);
  return { trigger, stage: batch.stage, rare, after: rare ? [] : fired, knows: rare ? [] : knows };
}

/** Sums over the draws of every cell and part: [partsOfBoth * cell + part]. */
interface PartSums {
  total: Float64Array; // of access
  nets: Float64Array; // of access times what acting nets
  goes: Float64Array; // of access times what going on nets
}

function sumsOfParts(
  occasion: Occasion,
  { draws, group }: Batch,
  fold: Uint8Array,
  goingOn: Float64Array | undefined,
  cellOf: Int32Array,
  cells: number,
): PartSums {
  const [total, nets, goes] = Array.from({ length: 3 }, () => new Float64Array(partsOfBoth * cells));
  const { values, step } = strided(occasion.access);
  const then = occasion.netValueThen;
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    const place = partsOfBoth * cellOf[group[row]] + fold[draw];
    const access = values[draw * step];
    total[place] += access;
    nets[place] += access * then[draw];
    if (goingOn) goes[place] += access * goingOn[draw];
  }
  return { total, nets, goes };
}

/** What acting nets on average in a cell and half, or beyond going on where that is less; 0, and so no investment, where nothing was seen. */
function meanRules({ total, nets, goes }: PartSums, cell: number, half: number): LearnedRules {
  const meanOf = (parts: number[]): InvestRule => {
    const sumOf = (sums: Float64Array): number => parts.reduce((sum, part) => sum + sums[partsOfBoth * cell + part], 0);
    const [weight, acting] = [sumOf(total), sumOf(nets)];
    return { kind: "mean", expected: weight === 0 ? 0 : Math.min(acting, acting - sumOf(goes)) / weight };
  };
  const all = Array.from({ length: partsPerHalf }, (_, part) => partsPerHalf * half + part);
  return { whole: meanOf(all), partial: partsTogether(half).map(meanOf) };
}

interface FeatureColumn {
  name: string;
  column: Float64Array; // [draw]
}

/** For every cell the numbers known in it, the trigger's date among them, that vary inside it. */
function featuresOf({ sequence }: Prepared, batch: Batch, cellOf: Int32Array, states: Omit<PolicyState, "rules">[]): FeatureColumn[][] {
  const { known, triggerDate } = sequence.occasions[batch.occasion];
  const dated = sequence.decidesOnDate ?? sequence.occasions.some((occasion) => occasion.known.length > 0);
  const candidates: FeatureColumn[] = known.map(({ name, column }) => ({ name, column }));
  const numbers = candidates.filter((_, index) => states.some(({ knows }) => knows[index]?.answer === "someNumber"));
  const columns = dated ? [{ name: "triggerDate", column: triggerDate }, ...numbers] : numbers;
  const varying = columns.map(({ column }) => variesIn(batch, cellOf, states.length, column));
  return states.map(({ knows }, cell) =>
    columns.filter(({ name }, index) => {
      if (varying[index][cell] === 0) return false;
      // Rare states differ in what they know; only the date is common to them.
      return (dated && index === 0) || knows.some(({ question, answer }) => question === name && answer === "someNumber");
    }),
  );
}

/** Whether a column takes more than one amount in every cell. Uint8Array // [cell]. */
function variesIn({ draws, group }: Batch, cellOf: Int32Array, cells: number, column: Float64Array): Uint8Array {
  if (isConstant(column, draws)) return new Uint8Array(cells);
  const [first, seen, varies] = [new Float64Array(cells), new Uint8Array(cells), new Uint8Array(cells)];
  let still = cells;
  for (let row = 0; row < draws.length && still > 0; row++) {
    const cell = cellOf[group[row]];
    const amount = column[draws[row]];
    if (seen[cell] === 0) [seen[cell], first[cell]] = [1, amount];
    else if (varies[cell] === 0 && amount !== first[cell]) {
      varies[cell] = 1;
      still--;
    }
  }
  return varies;
}

function isConstant(column: Float64Array, draws: Uint32Array): boolean {
  const first = column[draws[0]];
  for (let row = 1; row < draws.length; row++) if (column[draws[row]] !== first) return false;
  return true;
}

interface Learning {
  sequence: WaitingSequence;
  occasion: Occasion;
  stretches: Stretches;
  goingOn: Float64Array | undefined;
  slot: string;
}

/** The surfaces of one stretch: what acting nets, and what it nets beyond going on. */
function surfaces(
  { sequence, occasion, stretches, goingOn, slot }: Learning,
  { cell, half }: { cell: number; half: number },
  columns: FeatureColumn[],
): LearnedRules {
  const { ridge = 1, clipped = true } = sequence.regression ?? {};
  const first = partsOfBoth * cell + partsPerHalf * half;
  const [from, to] = boundsOf(stretches, { cell, half });
  const stretchOf = (name: string, column: Float64Array): Float64Array => sortedColumn(stretches, name, column, slot).subarray(from, to);
  const features = columns.map(({ name, column }) => ({ name, amounts: stretchOf(name, column) }));
  const response = stretchOf("netValueThen", occasion.netValueThen);
  const { access } = occasion;
  const weights = typeof access === "number" ? ones(to - from, access) : stretchOf("access", access);
  if (!goingOn) {
    const ends = Array.from({ length: partsPerHalf }, (_, part) => stretches.starts[first + part + 1] - from);
    const together = partsTogether(half).map((parts) => parts.map((part) => part - partsPerHalf * half));
    const { whole, partial } = fitInParts({ features, response, weights }, { ends, together }, ridge, clipped);
    const ruleOf = (fit: QuadraticFit): InvestRule => ({ kind: "quadratic", fit });
    return { whole: ruleOf(whole), partial: partial.map(ruleOf) };
  }
  const fit = fitQuadratic({ features, response, weights }, ridge, clipped);
  // Acting is in question only where it is expected to net something; the second surface is fitted there (as in the money).
  const amounts = features.map((feature) => feature.amounts);
  const nets = fittedColumn(fit, amounts, "fitted");
  const asked = [...amounts, response, weights].map((column, index) => scratch.float64(`asked ${index}`, column.length));
  let kept = 0;
  for (let row = 0; row < nets.length; row++) {
    if (!(nets[row] > 0) || weights[row] === 0) continue;
    for (let feature = 0; feature < amounts.length; feature++) asked[feature][kept] = amounts[feature][row];
    asked[amounts.length][kept] = response[row] - goingOn[stretches.draws[from + row]];
    asked[amounts.length + 1][kept++] = weights[row];
  }
  if (kept === 0) return { whole: { kind: "quadratic", fit }, partial: [] };
  const beyond = {
    features: features.map(({ name }, feature) => ({ name, amounts: asked[feature].subarray(0, kept) })),
    response: asked[amounts.length].subarray(0, kept),
    weights: asked[amounts.length + 1].subarray(0, kept),
  };
  return { whole: { kind: "quadratic", fit, beyond: fitQuadratic(beyond, ridge, clipped) }, partial: [] };
}

function ones(length: number, amount: number): Float64Array {
  return scratch.float64("same access", length).fill(amount);
}

export interface Decided {
  invests: Uint8Array; // [row]
  taken: Float64Array; // [cell], rows on which the policy invests
}

/** 1 on the rows where the rule of a half expects more than nothing: of the draw's own half with `other` 0, of the other with 1. */
export function decide({ sequence, fold }: Prepared, decided: DecidedBatch, other: 0 | 1): Decided {
  const { batch, cellOf, cells, counts } = decided;
  const occasion = sequence.occasions[batch.occasion];
  const taken = new Float64Array(cells.length);
  const invests = scratch.uint8("invests", batch.draws.length).fill(0);
  const ruleOf = (cell: number, half: number): InvestRule => cells[cell].rules[half ^ other];
  if (cells.every(({ rules }) => rules.every(({ kind }) => kind === "mean"))) {
    const takes = Uint8Array.from({ length: partsOfBoth * cells.length }, (_, place) => {
      const [cell, half] = [Math.floor(place / partsOfBoth), Math.floor((place % partsOfBoth) / partsPerHalf)];
      const rule = ruleOf(cell, half);
      return rule.kind === "mean" && rule.expected > 0 ? 1 : 0;
    });
    takes.forEach((take, place) => (taken[Math.floor(place / partsOfBoth)] += take * counts[place]));
    decideByGroup(batch, { cellOf, takes, fold }, invests);
    return { invests, taken };
  }
  const stretches = (decided.stretches ??= stretchesOf(batch, cellOf, counts, fold));
  for (let cell = 0; cell < cells.length; cell++)
    for (const half of [0, 1])
      if (drawsOf(counts, cell, half) > 0)
        taken[cell] += decideStretch({ occasion, stretches, slot: slotOf(batch) }, { cell, half }, ruleOf(cell, half), invests);
  return { invests, taken };
}

function decideByGroup(
  { draws, group, states }: Batch,
  by: { cellOf: Int32Array; takes: Uint8Array; fold: Uint8Array },
  invests: Uint8Array,
): void {
  const takesOfGroup = new Uint8Array(partsOfBoth * states.length);
  by.cellOf.forEach((cell, of) => {
    if (cell >= 0) takesOfGroup.set(by.takes.subarray(partsOfBoth * cell, partsOfBoth * (cell + 1)), partsOfBoth * of);
  });
  const { fold } = by;
  for (let row = 0; row < draws.length; row++) invests[row] = takesOfGroup[partsOfBoth * group[row] + fold[draws[row]]];
}

/** The first and the last place of the rows of a cell in one half. */
function boundsOf({ starts }: Stretches, { cell, half }: { cell: number; half: number }): [number, number] {
  const first = partsOfBoth * cell + partsPerHalf * half;
  return [starts[first], starts[first + partsPerHalf]];
}

/** Decides the rows of one cell and half; returns on how many the policy invests. */
function decideStretch(
  { occasion, stretches, slot }: Pick<Learning, "occasion" | "stretches" | "slot">,
  of: { cell: number; half: number },
  rule: InvestRule,
  invests: Uint8Array,
): number {
  const [from, to] = boundsOf(stretches, of);
  const { rows } = stretches;
  if (rule.kind === "mean") {
    if (!(rule.expected > 0)) return 0;
    for (let at = from; at < to; at++) invests[rows[at]] = 1;
    return to - from;
  }
  const columns = rule.fit.features.map((name) => sortedColumn(stretches, name, columnNamed(occasion, name), slot).subarray(from, to));
  const nets = fittedColumn(rule.fit, columns, "fitted");
  const beyond = rule.beyond && fittedColumn(rule.beyond, columns, "fitted beyond");
  let taken = 0;
  for (let at = from; at < to; at++) {
    const takes = Number(nets[at - from] > 0) & Number(!(beyond && beyond[at - from] <= 0));
    invests[rows[at]] = takes;
    taken += takes;
  }
  return taken;
}

/** What the other half's rules expect of acting, into a column; states that no rule is known for are left alone. */
export function fillExpected({ sequence, fold }: Prepared, decided: DecidedBatch, expected: Float64Array): void {
  const { batch, cellOf, cells, counts } = decided;
  const occasion = sequence.occasions[batch.occasion];
  const stretches = (decided.stretches ??= stretchesOf(batch, cellOf, counts, fold));
  for (let place = 0; place < 2 * cells.length; place++) {
    const [cell, half] = [place >>> 1, place & 1];
    const rule = cells[cell].rules[1 - half];
    const [from, to] = boundsOf(stretches, { cell, half });
    if (rule.kind === "mean") for (let at = from; at < to; at++) expected[stretches.draws[at]] = rule.expected;
    else if (to > from) {
      const columns = rule.fit.features.map((name) =>
        sortedColumn(stretches, name, columnNamed(occasion, name), slotOf(batch)).subarray(from, to),
      );
      const nets = fittedColumn(rule.fit, columns, "fitted");
      for (let at = from; at < to; at++) expected[stretches.draws[at]] = nets[at - from];
    }
  }
}

function columnNamed({ trigger, triggerDate, known }: Occasion, name: string): Float64Array {
  if (name === "triggerDate") return triggerDate;
  const question = known.find((candidate) => candidate.name === name);
  if (!question) throw new Error(`The rules for ${trigger} rest on ${name}, which is not among the questions known.`);
  return question.column;
}

/** Finds the rule of every state of other draws; a state never seen is decided with the rare ones, else declined. */
export function matchBatches({ sequence, batches, fold }: Prepared, policy: WaitingPolicy): DecidedBatch[] {
  return batches.map((batch) => {
    const { trigger } = sequence.occasions[batch.occasion];
    const cells = policy.states.filter((state) => state.trigger === trigger && state.stage === batch.stage);
    const rare = cells.findIndex((cell) => cell.rare);
    const places = new Map(cells.map((cell, place) => [keyOf(cell), place]));
    const cellOf = Int32Array.from(batch.states, (_, group) => places.get(keyOf(describe(sequence, batch, group, false))) ?? rare);
    return { batch, cellOf, cells, counts: cellCounts(countsOf(batch, fold), cellOf, cells.length) };
  });
}

function keyOf({ rare, after, knows }: Omit<PolicyState, "rules">): string {
  return rare ? "rare" : JSON.stringify([after, knows.map(({ question, answer }) => [question, answer])]);
}
