import { fittedColumn } from "./quadratic-fit.ts";
import { cellCounts, countsOf, drawsOf, sizedCells } from "./policy-cells.ts";
import {
  allParts,
  foldsOf,
  halves,
  opposite,
  partsOfBoth,
  partsPerHalf,
  sortedColumn,
  stretchesOf,
  waysToHalve,
  type Stretches,
} from "./policy-folds.ts";
import {
  meanRule,
  meansOfParts,
  sumsOfParts,
  surfacesOfHalf,
  surfacesOfParts,
  type FeatureColumn,
  type InvestRule,
  type LearnedRules,
  type Learning,
} from "./policy-rules.ts";
import { scratch } from "./scratch.ts";
import { drawCount, strided, type Sharding } from "./sharding.ts";
import { knowledgeAtTriggers, type Batch, type Knowledge } from "./trigger-knowledge.ts";
import type { Occasion, WaitingSequence } from "./waiting-sequence.ts";

/** What is done in one state of knowledge, as data: it can be stored, sent and applied to other draws. */
export interface PolicyState {
  trigger: string;
  /** Triggers that fired before this one, in the order they are listed. */
  after: string[];
  knows: Knowledge[];
  /** Whether this gathers the states of a trigger and stage with too few draws to be decided alone. */
  rare: boolean;
  stage: number;
  /**
   * By which rule every part of the draws is decided: one learned on all other parts; of several stages on the other half, whose own rules decide
   * there what comes later.
   */
  rules: InvestRule[]; // [part]
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
  /** The cells with rules learned on half of the parts alone, where nothing is decided later: [way to halve][cell]. */
  partial?: PolicyState[][];
  stretches?: Stretches;
}

export function prepare(sequence: WaitingSequence, sharding: Sharding): Prepared {
  const batches = knowledgeAtTriggers(sequence, drawCount(sharding));
  return { sequence, sharding, batches, fold: foldsOf(batches, sharding) };
}

/** Learns the rules of every state: of several stages by backward induction, those of a half from the draws of that half alone. */
export function learnBatches(prepared: Prepared): DecidedBatch[] {
  const { batches, fold, sequence } = prepared;
  const severalStages = batches.some(({ stage }) => stage > 0);
  // What the half's own rules make of the later triggers, on the draws they were learned on.
  const goingOn = severalStages ? new Float64Array(fold.length) : undefined;
  const decided: DecidedBatch[] = [];
  for (const batch of batches.toReversed()) {
    const learned = learnBatch(prepared, batch, goingOn);
    decided.push(learned);
    if (goingOn && batch.stage > 0)
      carry(sequence.occasions[batch.occasion], learned, decide(prepared, learned, "own half").invests, goingOn);
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
  const isPlain = (cell: number, parts: number[]): boolean => features[cell].length === 0 || drawsOf(counts, cell, parts) === 0;
  const sums = states.some((_, cell) => (goingOn ? halves : [allParts]).some((parts) => isPlain(cell, parts)))
    ? sumsOfParts(occasion, batch, fold, goingOn, cellOf, states.length)
    : undefined;
  const learning = stretches && { sequence, occasion, stretches, slot: slotOf(batch) };
  if (!goingOn) {
    const learned = states.map((_, cell) =>
      isPlain(cell, allParts) || !learning ? meansOfParts(sums!, cell) : surfacesOfParts(learning, cell, features[cell]),
    );
    const cellsBy = (ruleOf: (rules: LearnedRules) => InvestRule[]): PolicyState[] =>
      states.map((state, cell) => ({ ...state, rules: ruleOf(learned[cell]) }));
    const partial = waysToHalve.map((way) => cellsBy(({ partial: ways }) => ways[way]));
    return { batch, cellOf, cells: cellsBy(({ whole }) => whole), counts, partial, stretches };
  }
  const cells = states.map((state, cell) => {
    const [even, odd] = halves.map((parts, half) =>
      isPlain(cell, parts) || !learning ? meanRule(sums!, cell, parts) : surfacesOfHalf(learning, goingOn, { cell, half }, features[cell]),
    );
    return { ...state, rules: allParts.map((part) => (part < partsPerHalf ? odd : even)) };
  });
  return { batch, cellOf, cells, counts, stretches };
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

export interface Decided {
  invests: Uint8Array; // [row]
  taken: Float64Array; // [cell], rows on which the policy invests
}

/** 1 on the rows where the rule expects more than nothing: the one for the draw's part, or what its own half has learned for the other. */
export function decide({ sequence, fold }: Prepared, decided: DecidedBatch, by: "own half" | "others"): Decided {
  const { batch, cellOf, cells, counts } = decided;
  const occasion = sequence.occasions[batch.occasion];
  const taken = new Float64Array(cells.length);
  const invests = scratch.uint8("invests", batch.draws.length).fill(0);
  const ruleOf = (cell: number, part: number): InvestRule => cells[cell].rules[by === "others" ? part : opposite(part)];
  if (cells.every(({ rules }) => rules.every(({ kind }) => kind === "mean"))) {
    const takes = Uint8Array.from({ length: partsOfBoth * cells.length }, (_, place) => {
      const rule = ruleOf(Math.floor(place / partsOfBoth), place % partsOfBoth);
      return rule.kind === "mean" && rule.expected > 0 ? 1 : 0;
    });
    takes.forEach((take, place) => (taken[Math.floor(place / partsOfBoth)] += take * counts[place]));
    decideByGroup(batch, { cellOf, takes, fold }, invests);
    return { invests, taken };
  }
  const stretches = (decided.stretches ??= stretchesOf(batch, cellOf, counts, fold));
  for (let place = 0; place < counts.length; place++)
    if (counts[place] > 0) {
      const cell = Math.floor(place / partsOfBoth);
      taken[cell] += decideStretch({ occasion, stretches, slot: slotOf(batch) }, place, ruleOf(cell, place % partsOfBoth), invests);
    }
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

/** Decides the rows of one cell and part; returns on how many the policy invests. */
function decideStretch(
  { occasion, stretches, slot }: Pick<Learning, "occasion" | "stretches" | "slot">,
  place: number, // partsOfBoth * cell + part
  rule: InvestRule,
  invests: Uint8Array,
): number {
  const { rows, starts } = stretches;
  const [from, to] = [starts[place], starts[place + 1]];
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

/** What the rules of every part expect of acting, into a column; states that no rule is known for are left alone. */
export function fillExpected({ sequence, fold }: Prepared, decided: DecidedBatch, expected: Float64Array): void {
  const { batch, cellOf, cells, counts } = decided;
  const occasion = sequence.occasions[batch.occasion];
  const stretches = (decided.stretches ??= stretchesOf(batch, cellOf, counts, fold));
  for (let place = 0; place < counts.length; place++) {
    const rule = cells[Math.floor(place / partsOfBoth)].rules[place % partsOfBoth];
    const [from, to] = [stretches.starts[place], stretches.starts[place + 1]];
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
