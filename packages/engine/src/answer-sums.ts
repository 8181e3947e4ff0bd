import type { AnswerPartition } from "./answer-partition.ts";
import { cellPlans, dummyDigits, plansOf, quadsOf, wantsPair } from "./answer-sums-layout.ts";
import type { AnswerSumsOptions, CellPlan, Place, Plans, PointPlan, Quad } from "./answer-sums-layout.ts";
import { addShard, sumsMemory } from "./answer-sums-memory.ts";
import type { ShardColumn, SumsMemory } from "./answer-sums-memory.ts";
import { fillEvenly, pointsIn } from "./sobol-cells.ts";

/** Sums of columns by the answers to questions, taken shard by shard. */
export interface AnswerSums {
  replicates: number;
  draws: Float64Array; // [replicate]
  /** Adds one shard: the draws of every column, and the group of every point for every grouped question. */
  add(shard: number, columns: ShardColumn[], groups?: (Uint16Array | undefined)[]): void;
  /** Forgets all that was added: the same questions of other draws, without preparing anew. */
  clear(): void;
  /** All that was added so far, to be posted and absorbed. */
  taken(): Float64Array[];
  /** Adds what was taken of other shards with the same options. */
  absorb(taken: Float64Array[]): void;
  /** Float64Array // [replicate] */
  totals(column: number): Float64Array;
  /** Float64Array // [replicate][group]; undefined where the column does not depend on the question. */
  sums(column: number, question: number): Float64Array | undefined;
  /** Adds sign times those sums to every `step`-th place of an array; false where the column does not depend on the question. */
  addSums(column: number, question: number, sign: number, into: Float64Array, spacing: Spacing): boolean;
  /** Draws in every group of a grouped question; undefined for a root question, whose groups have their exact shares. Float64Array // [replicate][group] */
  drawsIn(question: number): Float64Array | undefined;
  /** Float64Array // [replicate][group of the first][group of the second] */
  pairSums(column: number, pair: number): Float64Array | undefined;
  /** Draws behind the sums of a pair. Float64Array // [replicate][group of the first][group of the second] */
  pairDraws(pair: number): Float64Array;
  /** Adds sign times the sums over all replicates in equal bins of every dummy, [dummy][dummyBins]. */
  addDummySums(column: number, sign: number, into: Float64Array, spacing: Spacing): void;
  /** The same in 32 by 32 cells of every dummy and the next; undefined where no pair is summed. Float64Array // [dummy][row][column] */
  dummyPairSums(column: number): Float64Array | undefined;
}

/** Where sums go in an array: from a place on, so many places apart. */
export interface Spacing {
  from: number;
  step: number;
}

/** Equal bins in which the dummies are summed. */
export const dummyBins = 2 ** dummyDigits;
const mostReplicates = 16;

/**
 * Sums of columns by answers: one Walsh-Hadamard transform per column and shard gives the sums by every root question at once,
 * one pass over the draws those by a grouped question. Shard s goes to replicate s mod 16, so that memory stays the same
 * however many shards are added: 8 bytes x replicates x groups (64 for a number) for every dependent column and question, and
 * 6 kB of dummies a column, columns taken in fours. Transforms are in single precision, sums of shards in double.
 * Add the shards of a replicate in rising order for the same bytes every time. Throws where a draw is not finite.
 */
export function answerSums(options: AnswerSumsOptions): AnswerSums {
  const replicates = Math.min(options.shards, mostReplicates);
  const plans = plansOf(options);
  const quads = quadsOf(options, plans);
  const memory = sumsMemory(options, plans, quads, replicates);
  const draws = new Float64Array(replicates);
  const pairDraws = plans.pairs.map(({ parts }) => new Float64Array(replicates * (parts + 1)));
  const pointDraws = plans.points.map(({ groups }) => new Float64Array(replicates * groups));
  const all = [draws, ...pairDraws, ...pointDraws, memory.sums];
  return {
    replicates,
    draws,
    add(shard, columns, groups = []) {
      draws[shard % replicates] += options.shardSize;
      prepareShard(memory, plans, shard, groups);
      plans.pairs.forEach(({ cells, partOfCell, parts, shiftOf }, pair) => {
        const points = fillEvenly(cells) ? undefined : pointsIn(cells, shiftOf(shard), options.shardSize);
        const mine = pairDraws[pair].subarray((shard % replicates) * (parts + 1));
        partOfCell.forEach((part, cell) => (mine[part] += points?.[cell] ?? options.shardSize / partOfCell.length));
      });
      plans.points.forEach(({ question, groups: count }, index) => {
        const first = (shard % replicates) * count;
        countGroups(groups[question]!, pointDraws[index].subarray(first, first + count));
      });
      for (const quad of quads) addShard(memory, quad, shard % replicates, columns);
    },
    clear: () => all.forEach((sums) => sums.fill(0)),
    taken: () => all.map((sums) => sums.slice()),
    absorb: (taken) => all.forEach((sums, index) => taken[index].forEach((amount, at) => (sums[at] += amount))),
    drawsIn: (question) => pointDraws[plans.points.findIndex((plan) => plan.question === question)],
    ...readings(options, { plans, quads, memory, replicates, pairDraws }),
  };
}

function countGroups(groups: Uint16Array, into: Float64Array): void {
  // Two counters in turn: the same group twice in a row would wait for itself.
  const [even, odd] = [new Uint32Array(into.length), new Uint32Array(into.length)];
  for (let point = 0; point + 1 < groups.length; point += 2) {
    even[groups[point]]++;
    odd[groups[point + 1]]++;
  }
  if (groups.length % 2 === 1) even[groups[groups.length - 1]]++;
  for (let group = 0; group < into.length; group++) into[group] += even[group] + odd[group];
}

/** Writes the shifts of a shard and the groups of its points. */
function prepareShard({ kernels, shardSize }: SumsMemory, plans: Plans, shard: number, groups: (Uint16Array | undefined)[]): void {
  const { buffer } = kernels.memory;
  const words = new Uint32Array(buffer);
  for (const { address, shiftOf } of cellPlans(plans)) words[address / 4 + 3] = shiftOf(shard);
  for (const { question, address } of plans.points) {
    const given = groups[question];
    if (given?.length !== shardSize) throw new Error(`Question ${question} needs the group of every point of the shard.`);
    new Uint16Array(buffer, address, shardSize).set(given);
  }
}

interface Summed {
  plans: Plans;
  quads: Quad[];
  memory: SumsMemory;
  replicates: number;
  pairDraws: Float64Array[];
}

type Readings = Omit<AnswerSums, "replicates" | "draws" | "add" | "clear" | "taken" | "absorb" | "drawsIn">;

function readings(options: AnswerSumsOptions, { plans, quads, memory, replicates, pairDraws }: Summed): Readings {
  const doubles = new Float64Array(memory.kernels.memory.buffer);
  const offsets = quads.map(({ byCells, byPoints, pooled }) => {
    const places: Place<CellPlan | PointPlan>[] = [...byCells, ...byPoints, ...pooled];
    return new Map(places.map(({ of, offset }) => [of, offset]));
  });
  const recipes = options.questions.map((question, index) =>
    question.kind === "root"
      ? { plan: plans.roots.get(index)!, ...recipeOf([question.partition]) }
      : { plan: plans.points.find((plan) => plan.question === index)!, ...plainRecipe(question.groups) },
  );
  const add = (column: number, plan: CellPlan | PointPlan, recipe: Recipe, sign: number, into: Float64Array, { from, step }: Spacing) => {
    const quad = quads[column >> 2];
    const offset = offsets[column >> 2].get(plan)!;
    for (let replicate = 0; replicate < replicates; replicate++) {
      const first = (quad.sums + replicate * quad.stride + offset) / 8 + (column & 3);
      const to = from + replicate * recipe.groups * step;
      for (let at = 0; at < recipe.group.length; at++)
        into[to + recipe.group[at] * step] += sign * recipe.weight[at] * doubles[first + recipe.part[at] * 4];
    }
  };
  const taken = (column: number, plan: CellPlan | PointPlan, recipe: Recipe) => {
    const out = new Float64Array(replicates * recipe.groups);
    add(column, plan, recipe, 1, out, { from: 0, step: 1 });
    return out;
  };
  const addDummies = (column: number, wanted: CellPlan[], sign: number, into: Float64Array, { from, step }: Spacing) => {
    const { parts } = wanted[0];
    wanted.forEach((plan, dummy) => {
      const first = (quads[column >> 2].pooledSums + offsets[column >> 2].get(plan)!) / 8 + (column & 3);
      const to = from + dummy * parts * step;
      for (let part = 0; part < parts; part++) into[to + part * step] += (sign * doubles[first + part * 4]) / parts;
    });
  };
  const ofPair = (pair: number) => recipeOf(options.pairs![pair].map(({ partition }) => partition));
  const total = plainRecipe(1);
  return {
    totals: (column) => taken(column, plans.total, total),
    addSums(column, question, sign, into, spacing) {
      if (!options.depends(column, question)) return false;
      add(column, recipes[question].plan, recipes[question], sign, into, spacing);
      return true;
    },
    sums: (column, question) => (options.depends(column, question) ? taken(column, recipes[question].plan, recipes[question]) : undefined),
    pairSums: (column, pair) => (wantsPair(options, column, pair) ? taken(column, plans.pairs[pair], ofPair(pair)) : undefined),
    pairDraws: (pair) => drawsOfPair(pairDraws[pair], plans.pairs[pair].parts, ofPair(pair), replicates),
    addDummySums: (column, sign, into, spacing) => addDummies(column, plans.dummies, sign, into, spacing),
    dummyPairSums(column) {
      if (!(options.pairs ?? []).some((_, pair) => wantsPair(options, column, pair))) return undefined;
      const out = new Float64Array(plans.dummyPairs.length * plans.dummyPairs[0].parts);
      addDummies(column, plans.dummyPairs, 1, out, { from: 0, step: 1 });
      return out;
    },
  };
}

/** Sums of groups from sums of parts: group[i] takes weight[i] times part[i]. */
interface Recipe {
  groups: number;
  cells: number;
  group: Uint32Array;
  part: Uint32Array;
  weight: Float64Array;
}

function plainRecipe(groups: number): Recipe {
  const group = Uint32Array.from({ length: groups }, (_, index) => index);
  return { groups, cells: 1, group, part: group, weight: new Float64Array(groups).fill(1) };
}

/** The recipe of one partition, or of two together; the kernels leave the transform's 2^-digits to it. */
function recipeOf(partitions: AnswerPartition[]): Recipe {
  const size = (count: (partition: AnswerPartition) => number) => partitions.reduce((product, partition) => product * count(partition), 1);
  const cells = size(({ partOfCell }) => partOfCell.length);
  const [{ recipe }, second] = partitions;
  const steps = second
    ? recipe.flatMap((one) =>
        second.recipe.map(({ group, part, weight }) => ({
          group: one.group * second.probability.length + group,
          part: one.part * second.parts + part,
          weight: one.weight * weight,
        })),
      )
    : recipe;
  return {
    groups: size(({ probability }) => probability.length),
    cells,
    group: Uint32Array.from(steps, ({ group }) => group),
    part: Uint32Array.from(steps, ({ part }) => part),
    weight: Float64Array.from(steps, ({ weight }) => weight / cells),
  };
}

/** Draws are counted in parts, cells that are left out in one part more. */
function drawsOfPair(
  counted: Float64Array,
  parts: number,
  { groups, cells, group, part, weight }: Recipe,
  replicates: number,
): Float64Array {
  const out = new Float64Array(replicates * groups);
  for (let replicate = 0; replicate < replicates; replicate++)
    for (let at = 0; at < group.length; at++)
      out[replicate * groups + group[at]] += weight[at] * cells * counted[replicate * (parts + 1) + part[at]];
  return out;
}
