import type { AnswerPartition } from "./answer-partition.ts";
import { cellPlans, dummyDigits, plansOf, quadsOf, wantsPair } from "./answer-sums-layout.ts";
import type { AnswerSumsOptions, Place, Plans, Quad } from "./answer-sums-layout.ts";
import { addShard, sumsMemory } from "./answer-sums-memory.ts";
import type { ShardColumn, SumsMemory } from "./answer-sums-memory.ts";
import { fillEvenly, pointsIn } from "./sobol-cells.ts";

/** Sums of columns by the answers to questions, taken shard by shard. */
export interface AnswerSums {
  replicates: number;
  draws: Float64Array; // [replicate]
  /** Adds one shard: the draws of every column, and the group of every point for every grouped question. */
  add(shard: number, columns: ShardColumn[], groups?: (Uint16Array | undefined)[]): void;
  /** All that was added so far, to be posted and absorbed. */
  taken(): Float64Array[];
  /** Adds what was taken of other shards with the same options. */
  absorb(taken: Float64Array[]): void;
  /** Float64Array // [replicate] */
  totals(column: number): Float64Array;
  /** Float64Array // [replicate][group]; undefined where the column does not depend on the question. */
  sums(column: number, question: number): Float64Array | undefined;
  /** Draws in every group of a grouped question; undefined for a root question, whose groups have their exact shares. Float64Array // [replicate][group] */
  drawsIn(question: number): Float64Array | undefined;
  /** Float64Array // [replicate][group of the first][group of the second] */
  pairSums(column: number, pair: number): Float64Array | undefined;
  /** Draws behind the sums of a pair. Float64Array // [replicate][group of the first][group of the second] */
  pairDraws(pair: number): Float64Array;
  /** Sums over all replicates in equal bins of every dummy. Float64Array // [dummy][dummyBins] */
  dummySums(column: number): Float64Array;
  /** The same in 32 by 32 cells of every dummy and the next; undefined where no pair is summed. Float64Array // [dummy][row][column] */
  dummyPairSums(column: number): Float64Array | undefined;
}

/** Equal bins in which the dummies are summed. */
export const dummyBins = 2 ** dummyDigits;
const mostReplicates = 16;

/**
 * Sums of columns by answers: one Walsh-Hadamard transform per column and shard gives the sums by every root question at once,
 * one pass over the draws those by a grouped question. Shard s goes to replicate s mod 16, so that memory stays the same
 * however many shards are added: 8 bytes x replicates x groups (64 for a number) for every dependent column and question, and
 * 25 kB of dummies a column, columns taken in fours. Transforms are in single precision, sums of shards in double.
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
        for (const group of groups[question]!) pointDraws[index][first + group]++;
      });
      for (const quad of quads) addShard(memory, quad, shard % replicates, columns);
    },
    taken: () => all.map((sums) => sums.slice()),
    absorb: (taken) => all.forEach((sums, index) => taken[index].forEach((amount, at) => (sums[at] += amount))),
    drawsIn: (question) => pointDraws[plans.points.findIndex((plan) => plan.question === question)],
    ...readings(options, { plans, quads, memory, replicates, pairDraws }),
  };
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

type Readings = Pick<AnswerSums, "totals" | "sums" | "pairSums" | "pairDraws" | "dummySums" | "dummyPairSums">;

function readings(options: AnswerSumsOptions, { plans, quads, memory, replicates, pairDraws }: Summed): Readings {
  const doubles = new Float64Array(memory.kernels.memory.buffer);
  /** Sums of one column in all parts of a place. Float64Array // [replicate][part] */
  const read = <Of>(column: number, of: Of, parts: number, places: (quad: Quad) => Place<Of>[], share: number): Float64Array => {
    const quad = quads[column >> 2];
    const place = places(quad).find((candidate) => candidate.of === of)!;
    const pooled = (quad.pooled as Place<unknown>[]).includes(place);
    const [start, count] = [pooled ? quad.pooledSums : quad.sums, pooled ? 1 : replicates];
    const out = new Float64Array(count * parts);
    for (let replicate = 0; replicate < count; replicate++) {
      const first = (start + replicate * quad.stride + place.offset) / 8 + (column & 3);
      for (let part = 0; part < parts; part++) out[replicate * parts + part] = doubles[first + part * 4] * share;
    }
    return out;
  };
  const inCells = (column: number, plan: Plans["total"], places: (quad: Quad) => Place<Plans["total"]>[]) =>
    read(column, plan, plan.parts, places, 1 / plan.partOfCell.length);
  const dummies = (column: number, wanted: Plans["dummies"]) => joined(wanted.map((plan) => inCells(column, plan, ({ pooled }) => pooled)));
  const partitions = (pair: number) => options.pairs![pair].map(({ partition }) => partition);
  return {
    totals: (column) => inCells(column, plans.total, ({ byCells }) => byCells),
    sums(column, question) {
      const summed = options.questions[question];
      if (!options.depends(column, question)) return undefined;
      if (summed.kind === "root")
        return byGroup(
          inCells(column, plans.roots.get(question)!, ({ byCells }) => byCells),
          [summed.partition],
          replicates,
        );
      const plan = plans.points.find((candidate) => candidate.question === question)!;
      return read(column, plan, plan.groups, ({ byPoints }) => byPoints, 1);
    },
    pairSums(column, pair) {
      if (!wantsPair(options, column, pair)) return undefined;
      return byGroup(
        inCells(column, plans.pairs[pair], ({ byCells }) => byCells),
        partitions(pair),
        replicates,
      );
    },
    pairDraws(pair) {
      const { parts } = plans.pairs[pair];
      return byGroup(
        pairDraws[pair].filter((_, at) => at % (parts + 1) < parts),
        partitions(pair),
        replicates,
      );
    },
    dummySums: (column) => dummies(column, plans.dummies),
    dummyPairSums: (column) =>
      (options.pairs ?? []).some((_, pair) => wantsPair(options, column, pair)) ? dummies(column, plans.dummyPairs) : undefined,
  };
}

function joined(parts: Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Sums of parts as sums of groups, by one partition or the product of two. Float64Array // [replicate][group]...[group] */
function byGroup(parts: Float64Array, partitions: AnswerPartition[], replicates: number): Float64Array {
  const size = (count: (partition: AnswerPartition) => number) => partitions.reduce((product, partition) => product * count(partition), 1);
  const [groups, perReplicate] = [size(({ probability }) => probability.length), size((partition) => partition.parts)];
  const out = new Float64Array(replicates * groups);
  for (const { group, part, weight } of partitions.map(({ recipe }) => recipe).reduce(product(partitions)))
    for (let replicate = 0; replicate < replicates; replicate++)
      out[replicate * groups + group] += weight * parts[replicate * perReplicate + part];
  return out;
}

type Recipe = AnswerPartition["recipe"];

function product([, second]: AnswerPartition[]): (one: Recipe, other: Recipe) => Recipe {
  return (one, other) =>
    one.flatMap((first) =>
      other.map(({ group, part, weight }) => ({
        group: first.group * second.probability.length + group,
        part: first.part * second.parts + part,
        weight: first.weight * weight,
      })),
    );
}
