import { cellPlans } from "./answer-sums-layout.ts";
import type { AnswerSumsOptions, CellPlan, Place, Plans, Quad } from "./answer-sums-layout.ts";
import { stagesOf } from "./sobol-cells.ts";
import { walshKernels } from "./walsh-kernels.ts";
import type { WalshKernels } from "./walsh-kernels.ts";

/** The draws of one shard of a column. */
export type ShardColumn = Float32Array | Float64Array; // [point]

/** The kernels' memory, laid out: rows of a shard, its columns, cells of one question, plans, sums, and scratch for huge draws. */
export interface SumsMemory {
  kernels: WalshKernels;
  shardSize: number;
  columns: number;
  largest: number;
  cells: number;
  sums: Float64Array; // of all quads and replicates
  scratch: number;
}

const fits = 1e30; // sums of 2^20 draws stay far below the largest single

/** Gives every plan and quad its address and writes what does not change from shard to shard. */
export function sumsMemory({ shardSize, plain }: AnswerSumsOptions, plans: Plans, quads: Quad[], replicates: number): SumsMemory {
  const byCells = cellPlans(plans);
  let bytes = 0;
  const reserve = (size: number) => {
    const address = bytes;
    bytes += Math.ceil(size / 16) * 16;
    return address;
  };
  const most = (sizes: number[]) => Math.max(0, ...sizes);
  reserve(shardSize * 16);
  const [columns, largest] = [reserve(shardSize * 32), reserve(16)];
  const cells = reserve(most(byCells.map(({ partOfCell }) => partOfCell.length)) * 16);
  const tables = byCells.map((plan) => {
    plan.address = reserve(16);
    return { plan, offsets: reserve(plan.partOfCell.length * 4), parts: reserve(plan.partOfCell.length * 2) };
  });
  for (const plan of plans.points) plan.address = reserve(shardSize * 2);
  const lists = quads.flatMap((quad) => {
    quad.jobs = reserve(quad.byCells.length * 8);
    quad.pooledJobs = reserve(quad.pooled.length * 8);
    return [
      { at: quad.jobs, places: quad.byCells },
      { at: quad.pooledJobs, places: quad.pooled },
    ];
  });
  const scratch = reserve(most(quads.map(({ stride, pooledBytes }) => stride + pooledBytes)));
  const sums = bytes;
  for (const quad of quads) {
    quad.sums = reserve(quad.stride * replicates);
    quad.pooledSums = reserve(quad.pooledBytes);
  }
  const kernels = walshKernels(bytes, plain);
  const { buffer } = kernels.memory;
  for (const { plan, offsets, parts } of tables) {
    const { selections, digits } = plan.cells;
    new Uint32Array(buffer, plan.address, 4).set([offsets, digits, parts, 0]);
    new Uint32Array(buffer, offsets, selections.length).set(selections.map((selection) => selection * 16));
    new Uint16Array(buffer, parts, plan.partOfCell.length).set(plan.partOfCell);
  }
  for (const { at, places } of lists) new Uint32Array(buffer, at, places.length * 2).set(jobsOf(places));
  return { kernels, shardSize, columns, largest, cells, sums: new Float64Array(buffer, sums, (bytes - sums) / 8), scratch };
}

function jobsOf(places: Place<CellPlan>[]): number[] {
  return places.flatMap(({ of, offset }) => [of.address, offset]);
}

/** Adds one shard of a quad's columns to a replicate. Throws where a draw is not finite. */
export function addShard(memory: SumsMemory, quad: Quad, replicate: number, columns: ShardColumn[]): void {
  const { kernels, scratch } = memory;
  const mine = quad.columns.map((column) => columns[column]);
  const sums = quad.sums + replicate * quad.stride;
  const largest = load(memory, mine);
  if (largest.every((amount) => amount < fits)) return addRows(memory, quad, sums, quad.pooledSums);
  // Huge draws are divided by a power of two to fit into single precision; their sums are taken apart and multiplied again.
  const factors = mine.map(factorOf);
  load(
    memory,
    mine.map((column, lane) => Float64Array.from(column, (amount) => amount / factors[lane])),
  );
  const apart = new Float64Array(kernels.memory.buffer, scratch, (quad.stride + quad.pooledBytes) / 8).fill(0);
  addRows(memory, quad, scratch, scratch + quad.stride);
  const [into, pooled] = [new Float64Array(kernels.memory.buffer, sums), new Float64Array(kernels.memory.buffer, quad.pooledSums)];
  apart.forEach((amount, at) => {
    const [target, place] = at < quad.stride / 8 ? [into, at] : [pooled, at - quad.stride / 8];
    target[place] += amount * (factors[at & 3] ?? 1);
  });
}

function addRows({ kernels, shardSize, cells }: SumsMemory, quad: Quad, sums: number, pooledSums: number): void {
  for (const { of, offset } of quad.byPoints) kernels.group(0, of.address, shardSize, 0, sums + offset);
  kernels.transform(0, stagesOf(shardSize));
  kernels.sumCells(quad.jobs, quad.jobs + quad.byCells.length * 8, cells, sums);
  kernels.sumCells(quad.pooledJobs, quad.pooledJobs + quad.pooled.length * 8, cells, pooledSums);
}

/** Four columns into rows, missing ones as zeros; returns the largest size in every column. */
function load({ kernels, shardSize, columns, largest }: SumsMemory, given: ShardColumn[]): number[] {
  const { buffer } = kernels.memory;
  const singles = given.every((column) => column instanceof Float32Array);
  const into = singles ? new Float32Array(buffer, columns, shardSize * 4) : new Float64Array(buffer, columns, shardSize * 4);
  given.forEach((column, lane) => {
    if (column.length !== shardSize) throw new Error(`A column to be summed has ${column.length} draws, the shard has ${shardSize}.`);
    into.set(column, lane * shardSize);
  });
  if (given.length < 4) into.fill(0, given.length * shardSize);
  if (singles) kernels.rowsOfSingles(columns, shardSize, 0, largest);
  else kernels.rowsOfDoubles(columns, shardSize, 0, largest);
  return Array.from(new Float32Array(buffer, largest, 4));
}

function factorOf(column: ShardColumn): number {
  let largest = 0;
  for (const amount of column) {
    if (!Number.isFinite(amount)) throw new Error("A column to be summed holds a draw that is not finite.");
    largest = Math.max(largest, Math.abs(amount));
  }
  let factor = 1;
  while (largest / factor >= fits) factor *= 2;
  return factor;
}
