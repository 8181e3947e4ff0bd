import { pageBytes, webAssembly } from "./web-assembly.ts";
import type { WebAssemblyModule } from "./web-assembly.ts";
import { walshModuleBytes } from "./walsh-module.ts";

/**
 * Loops over rows of four f32, one row per point, that live at address 0 of a memory of their own. `transform` replaces the rows
 * by their Walsh-Hadamard transform: row m becomes the sum over points i of (-1)^(number of common bits of m and i) times row i.
 */
export interface WalshKernels {
  memory: { buffer: ArrayBuffer };
  /** Four columns of doubles one behind the other as rows; the largest size met in every column goes to `largest`, NaN where a draw is none. */
  rowsOfDoubles(columns: number, points: number, rows: number, largest: number): void;
  /** The same for columns of singles. */
  rowsOfSingles(columns: number, points: number, rows: number, largest: number): void;
  /** In place, 2^stages rows from a byte address. */
  transform(address: number, stages: number): void;
  /** Adds row i XOR shift to the four f64 sums of point i's group (u16), 32 bytes a group. */
  group(rows: number, groups: number, points: number, shift: number, sums: number): void;
  /**
   * For the jobs (plan, offset) in a list: sums by the cells of a plan (address of 2^stages byte offsets into the transformed
   * rows, stages, address of the groups of the cells, shift) are added to the group sums at sums + offset.
   */
  sumCells(jobs: number, end: number, cells: number, sums: number): void;
}

/** Rows whose transform fits into the processor's nearest cache. */
const nearStages = 11;

let compiled: WebAssemblyModule | undefined;

/** Kernels over a new memory of at least so many bytes: WebAssembly SIMD, or plain loops with the same bytes as result where it is missing. */
export function walshKernels(bytes: number, plain = false): WalshKernels {
  return (!plain && fastKernels(bytes)) || plainKernels(bytes);
}

type Exports = Record<"passOfOne" | "passOfTwo" | "passOfThree", (address: number, stride: number, butterflies: number) => void> &
  Omit<WalshKernels, "memory" | "transform"> & { block: WalshKernels["transform"] };

function fastKernels(bytes: number): WalshKernels | undefined {
  if (!webAssembly) return undefined;
  if (!compiled) {
    const module = walshModuleBytes();
    if (!webAssembly.validate(module)) return undefined;
    compiled = new webAssembly.Module(module);
  }
  const memory = new webAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new webAssembly.Instance(compiled, { rows: { memory } });
  const { passOfOne, passOfTwo, passOfThree, block, ...others } = exports as Exports;
  const passes = [passOfOne, passOfTwo, passOfThree];
  const transform = (address: number, stages: number): void => {
    if (stages <= nearStages) return block(address, stages);
    const bits = Math.min(3, stages - nearStages);
    const stride = 2 ** (stages - bits);
    passes[bits - 1](address, stride, stride);
    for (let part = 0; part < 2 ** bits; part++) transform(address + part * stride * 16, stages - bits);
  };
  return { ...others, memory, transform };
}

function plainKernels(bytes: number): WalshKernels {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const [floats, words, halves, doubles] = [
    new Float32Array(buffer),
    new Uint32Array(buffer),
    new Uint16Array(buffer),
    new Float64Array(buffer),
  ];
  // The same stages in the same order as the fast kernels, so that every rounding is the same.
  const transform = (address: number, stages: number): void => {
    if (stages <= nearStages) {
      for (let stage = 0; stage < stages; stage++) plainStage(floats, address / 4, stages, stage);
      return;
    }
    const bits = Math.min(3, stages - nearStages);
    for (let stage = stages - bits; stage < stages; stage++) plainStage(floats, address / 4, stages, stage);
    for (let part = 0; part < 2 ** bits; part++) transform(address + part * 2 ** (stages - bits) * 16, stages - bits);
  };
  const group: WalshKernels["group"] = (rows, groups, points, shift, sums) => {
    for (let point = 0; point < points; point++) {
      const at = sums / 8 + halves[groups / 2 + point] * 4;
      for (let lane = 0; lane < 4; lane++) doubles[at + lane] += floats[rows / 4 + (point ^ shift) * 4 + lane];
    }
  };
  const rowsOf = (source: Float32Array | Float64Array): WalshKernels["rowsOfDoubles"] => {
    return (columns, points, rows, largest) => {
      for (let lane = 0; lane < 4; lane++) {
        const from = columns / source.BYTES_PER_ELEMENT + lane * points;
        let most = 0;
        for (let point = 0; point < points; point++) {
          floats[rows / 4 + point * 4 + lane] = source[from + point];
          most = Math.max(most, Math.abs(source[from + point]));
        }
        floats[largest / 4 + lane] = most;
      }
    };
  };
  return {
    memory: { buffer },
    rowsOfDoubles: rowsOf(doubles),
    rowsOfSingles: rowsOf(floats),
    transform,
    group,
    sumCells(jobs, end, cells, sums) {
      for (let job = jobs / 4; job < end / 4; job += 2) {
        const [offsets, stages, groups, shift] = words.subarray(words[job] / 4, words[job] / 4 + 4);
        for (let cell = 0; cell < 2 ** stages; cell++) {
          const from = words[offsets / 4 + cell] / 4;
          floats.copyWithin(cells / 4 + cell * 4, from, from + 4);
        }
        transform(cells, stages);
        group(cells, groups, 2 ** stages, shift, sums + words[job + 1]);
      }
    },
  };
}

function plainStage(floats: Float32Array, first: number, stages: number, stage: number): void {
  const distance = 4 * 2 ** stage;
  const end = first + 4 * 2 ** stages;
  for (let from = first; from < end; from += 2 * distance)
    for (let at = from; at < from + distance; at++) {
      const [low, high] = [floats[at], floats[at + distance]];
      floats[at] = low + high;
      floats[at + distance] = low - high;
    }
}
