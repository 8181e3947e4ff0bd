import type { Soundness } from "./draws.ts";
import type { Program } from "@watershed/formula";
import { sobolDirections, stream } from "@watershed/probability";
import type { Stream } from "@watershed/probability";
import { arena } from "./arena.ts";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import { formulaKernel, operandBytes, soundnessKernel } from "./formula-kernel.ts";
import { hostSteps } from "./host-steps.ts";
import type { HostStep } from "./host-steps.ts";
import { kernelLibrary } from "./kernel-library.ts";
import type { Kernel } from "./kernel-library.ts";
import { constantText, stepKeys } from "./step-keys.ts";
import { finePointBits, finePoints, samplingKernelBody } from "./sampling-kernels.ts";
import { arraysRead, movedPlan, planScenarios } from "./scenario-plan.ts";
import type { PlanStep, ScenarioPlan } from "./scenario-plan.ts";
import { tablePlaces } from "./table-places.ts";

export interface ScenarioOptions {
  seed: number;
  shardSize?: number; // points per shard, a power of two from 16 up; 16,384 unless given
  together?: number; // shards that one run computes side by side, of 256 points or more each; 1 unless given
  dimensions: Map<string, number>; // stream -> Sobol dimension, see assignDimensions
  keep?: string[]; // names whose columns can be read; all definitions unless given
  correlations?: RankCorrelation[];
  /** Whether every array stays for the next run (a live slider) or only the kept ones do (a pass over many shards). */
  resident?: boolean;
}

/** A step ready to run: a kernel with its record, or a host step. */
type Ready = KernelStep | { key: number; host: HostStep };

interface KernelStep {
  key: number;
  kernel: Kernel;
  record: number;
}

/** The words of one stream: fine ones for all shards, coarse ones of the current shard. */
interface StreamWords {
  fine: number; // addresses
  coarse: number;
  directions: Uint32Array;
  source: Stream;
}

/** What looks for undefined draws, with its mark. */
interface Search {
  kernel: Kernel;
  record: number; // addresses
  mark: number;
}

const wordBytes = 4;

/** Points per pass: few enough that the arrays of a large case stay near the processor. */
const blockSize = 4096;

/** The fewest points of a shard that the kernels take. */
export const leastShardSize = 16;

/**
 * The scenarios of one shard in WebAssembly memory: run a shard, read its columns as f32, change beliefs or the program, run again.
 *
 * A resident one computes again only what depends on a change. Memory: 4 bytes x shardSize per array (64 kB at 16,384 points; arrays are drawn, kept,
 * or read more than once), 1.3 kB per stream, the tables of the distributions (about 8 kB each). Not resident: 16 kB for an array that is not kept,
 * and those are used again.
 */
export class Scenarios {
  readonly shardSize: number;
  readonly #points: number; // of a run
  readonly #options: ScenarioOptions;
  readonly #arena = arena(1 << 20);
  readonly #library = kernelLibrary(this.#arena.memory);
  readonly #words = new Map<string, StreamWords>();
  readonly #tables = tablePlaces(this.#arena);
  #records = new Map<number, KernelStep>(); // by the key of the step, or by its place where arrays pass
  #arrays = new Map<number, number>(); // key of a step -> address, where resident
  #constants = new Map<number, number>(); // amount of a kept column -> address
  #ids = new Map<string, number>(); // content of a step -> its key
  #program: Program;
  #beliefs: Beliefs;
  #plan!: ScenarioPlan;
  #ready: Ready[] = [];
  #addresses: number[] = []; // [node]
  #keyOfNode = new Map<number, number>();
  #moves: number[] = []; // [node] all ones where the array is a whole shard's, 0 where it is one block's
  #group = -1;
  #search: Search | undefined;
  #valid = new Set<number>(); // keys computed for the current shard

  constructor(program: Program, beliefs: Beliefs, options: ScenarioOptions) {
    this.shardSize = options.shardSize ?? 16_384;
    if (this.shardSize < leastShardSize || (this.shardSize & (this.shardSize - 1)) !== 0)
      throw new Error("a shard holds a power of two of points, 16 or more");
    const { together = 1 } = options;
    if (together > 1 && this.shardSize < finePoints) throw new Error(`shards side by side hold ${finePoints} points or more each`);
    this.#points = this.shardSize * together;
    this.#options = options;
    this.#program = program;
    this.#beliefs = beliefs;
    this.#load();
  }

  /** Bytes in use. */
  get memoryBytes(): number {
    return this.#arena.used();
  }

  /** Other beliefs about the same program; the next run computes what depends on them. Views of columns end. */
  update(beliefs: Beliefs): void {
    const plan = movedPlan(this.#plan, this.#program, this.#beliefs, beliefs);
    this.#beliefs = beliefs;
    this.#load(plan);
  }

  /** Another program, of which unchanged parts are known by their content. Views of columns end. */
  updateProgram(program: Program, beliefs = this.#beliefs): void {
    this.#program = program;
    this.#beliefs = beliefs;
    this.#load();
  }

  /** Computes the columns of a shard, or of the shards from `group * together` on; nothing where they stand already. */
  run(group: number): void {
    if (group !== this.#group) {
      this.#group = group;
      this.#valid.clear();
      for (const words of this.#words.values()) this.#shiftWords(words);
    }
    const { resident = true, together = 1 } = this.#options;
    const due = resident ? this.#ready.filter((step) => !this.#valid.has(step.key)) : this.#ready;
    const block = Math.min(blockSize, this.shardSize);
    const bytes = block * wordBytes;
    for (let offset = 0; offset < this.#points * wordBytes; offset += bytes) {
      const arrayOf = (node: number): Float32Array =>
        new Float32Array(this.#arena.memory.buffer, this.#addresses[node] + (offset & this.#moves[node]), block);
      const point = offset / wordBytes;
      const shard = group * together + Math.floor(point / this.shardSize);
      for (const step of due) {
        if ("kernel" in step) step.kernel(step.record, offset, bytes);
        else step.host(shard, point % this.shardSize, arrayOf);
      }
    }
    if (resident) for (const { key } of due) this.#valid.add(key);
  }

  /** What the column of a kept name is computed from: while it stays the same, so does the column of a group. */
  identity(name: string): string {
    const node = this.#nodeOf(name);
    return String(this.#keyOfNode.get(node) ?? `constant ${constantText(this.#plan.constants[node])}`);
  }

  /** The column of a kept name in the shards of the last run, `Float32Array // [point]`; a view that ends with the next update. */
  column(name: string): Float32Array {
    return new Float32Array(this.#arena.memory.buffer, this.#addressOf(name), this.#points);
  }

  /** Whether the draws of a kept name are finite in the shards of the last run. */
  soundness(name: string): Soundness {
    this.#search ??= this.#prepareSearch();
    const { kernel, record, mark } = this.#search;
    new Uint32Array(this.#arena.memory.buffer, record + operandBytes, 1)[0] = this.#addressOf(name);
    kernel(record, 0, this.#points * wordBytes);
    const marks = new Uint32Array(this.#arena.memory.buffer, mark, 8);
    if ((marks[4] | marks[5] | marks[6] | marks[7]) === 0) return "finite";
    return (marks[0] | marks[1] | marks[2] | marks[3]) === 0 ? "infinite" : "undefined";
  }

  #prepareSearch(): Search {
    this.#library.load(new Map([["soundness", soundnessKernel]]));
    const [mark, record] = [this.#arena.allocate(32), this.#arena.allocate(2 * operandBytes)];
    new Uint32Array(this.#arena.memory.buffer, record, 4).set([mark, 0, 0, 0]);
    return { kernel: this.#library.kernel("soundness"), record, mark };
  }

  #nodeOf(name: string): number {
    const node = this.#plan.columns.get(name);
    if (node === undefined) throw new Error(`the run kept no column named ${name}`);
    return node;
  }

  #addressOf(name: string): number {
    return this.#addresses[this.#nodeOf(name)];
  }

  #load(plan?: ScenarioPlan): void {
    const { keep = Object.keys(this.#program.columns), correlations = [], resident = true } = this.#options;
    this.#plan = plan ?? planScenarios(this.#program, this.#beliefs, keep, correlations);
    const keys = stepKeys(this.#plan, this.#beliefs, this.#ids);
    this.#ids = keys.ids;
    this.#keyOfNode = new Map([...keys.keyOf].map(([step, key]) => [step.out, key]));
    this.#addresses = [];
    this.#moves = [];
    if (resident) this.#placeResident(keys.keyOf);
    else this.#placePassing();
    this.#placeConstants();
    this.#tables.place(this.#plan.steps.flatMap((step) => (step.kind === "sample" ? step.sampler.entries : [])));
    for (const name of this.#plan.streams) {
      if (this.#words.has(name)) continue;
      const words = this.#newWords(name);
      this.#words.set(name, words);
      if (this.#group >= 0) this.#shiftWords(words);
    }
    this.#prepare(keys.keyOf);
  }

  #placeResident(keyOf: Map<PlanStep, number>): void {
    const before = this.#arrays;
    this.#arrays = new Map();
    for (const step of this.#plan.steps) {
      const key = keyOf.get(step)!;
      const known = before.get(key);
      if (known === undefined) continue;
      before.delete(key);
      this.#arrays.set(key, known);
    }
    for (const [key, address] of before) {
      this.#arena.release(address);
      this.#valid.delete(key);
    }
    for (const step of this.#plan.steps) {
      const key = keyOf.get(step)!;
      if (!this.#arrays.has(key)) this.#arrays.set(key, this.#arena.allocate(this.#points * wordBytes));
      this.#place(step.out, this.#arrays.get(key)!, true);
    }
  }

  /** Kept columns get a whole shard; other arrays one block, given back after the last step that reads them. */
  #placePassing(): void {
    const { steps, columns } = this.#plan;
    for (const address of this.#arrays.values()) this.#arena.release(address);
    this.#arrays = new Map();
    const kept = new Set(columns.values());
    const lastReader = new Map<number, number>();
    steps.forEach((step, index) => {
      for (const node of arraysRead(step)) lastReader.set(node, index);
    });
    const blockBytes = Math.min(blockSize, this.shardSize) * wordBytes;
    const spare: number[] = [];
    let key = 0;
    steps.forEach((step, index) => {
      for (const node of new Set(arraysRead(step)))
        if (lastReader.get(node) === index && !kept.has(node) && this.#addresses[node] !== undefined) spare.push(this.#addresses[node]);
      const whole = kept.has(step.out);
      const known = whole ? undefined : spare.pop();
      const address = known ?? this.#arena.allocate(whole ? this.#points * wordBytes : blockBytes);
      if (known === undefined) this.#arrays.set(key++, address);
      this.#place(step.out, address, whole);
    });
  }

  #placeConstants(): void {
    const { columns, constants } = this.#plan;
    const held = new Map<number, number>();
    for (const node of columns.values()) {
      const amount = constants[node];
      if (amount === undefined || this.#addresses[node] !== undefined) continue;
      let address = this.#constants.get(amount);
      if (address === undefined) {
        address = this.#arena.allocate(this.#points * wordBytes);
        new Float32Array(this.#arena.memory.buffer, address, this.#points).fill(amount);
      }
      held.set(amount, address);
      this.#place(node, address, true);
      this.#constants.set(amount, address);
    }
    for (const [amount, address] of this.#constants) if (!held.has(amount)) this.#arena.release(address);
    this.#constants = held;
  }

  #place(node: number, address: number, whole: boolean): void {
    this.#addresses[node] = address;
    this.#moves[node] = whole ? -1 : 0;
  }

  #newWords(name: string): StreamWords {
    const dimension = this.#options.dimensions.get(name);
    if (dimension === undefined) throw new Error(`no Sobol dimension was given to stream ${name}`);
    const directions = sobolDirections(dimension);
    const fine = this.#arena.allocate(finePoints * wordBytes);
    const coarse = this.#arena.allocate(this.#coarseCount() * (this.#points / this.shardSize) * wordBytes);
    const words = new Uint32Array(this.#arena.memory.buffer, fine, finePoints);
    for (let bit = 0; 2 ** bit < finePoints; bit++)
      for (let point = 0; point < 2 ** bit; point++) words[2 ** bit + point] = words[point] ^ directions[bit];
    return { fine, coarse, directions, source: stream(this.#options.seed, name) };
  }

  /** Words of the coarse level for one shard. */
  #coarseCount(): number {
    return Math.max(1, this.shardSize / finePoints);
  }

  /** Every shard's own shift, side by side: to the kernels they are one run of points. */
  #shiftWords({ coarse, directions, source }: StreamWords): void {
    const count = this.#coarseCount();
    const together = this.#points / this.shardSize;
    for (let place = 0; place < together; place++) {
      const words = new Uint32Array(this.#arena.memory.buffer, coarse + place * count * wordBytes, count);
      words[0] = source.uint32(this.#group * together + place);
      for (let bit = 0; 2 ** bit < count; bit++)
        for (let point = 0; point < 2 ** bit; point++) words[2 ** bit + point] = words[point] ^ directions[bit + finePointBits];
    }
  }

  #prepare(keyOf: Map<PlanStep, number>): void {
    const { seed, dimensions, resident = true } = this.#options;
    const hosts = hostSteps({ plan: this.#plan, beliefs: this.#beliefs, seed, dimensions, shardSize: this.shardSize });
    const before = this.#records;
    this.#records = new Map();
    const fresh: { step: PlanStep; key: number }[] = [];
    for (const step of this.#plan.steps) {
      const key = keyOf.get(step)!;
      // what a record holds follows from the step's content, unless arrays are used again and again
      const known = resident ? before.get(key) : undefined;
      if (known) this.#records.set(key, known);
      else if (!hosts.has(step)) fresh.push({ step, key });
    }
    for (const [key, { record }] of before) if (!this.#records.has(key)) this.#arena.release(record);
    this.#library.load(
      new Map(
        fresh.map(({ step }) => {
          const { name, build } = kernelSource(step)!;
          return [name, build];
        }),
      ),
    );
    for (const { step, key } of fresh) {
      if (resident && this.#records.has(key)) continue;
      const made = { key, kernel: this.#library.kernel(kernelSource(step)!.name), record: this.#record(step) };
      this.#records.set(resident ? key : this.#records.size, made);
    }
    let passing = 0;
    this.#ready = this.#plan.steps.map((step): Ready => {
      const key = keyOf.get(step)!;
      const host = hosts.get(step);
      return host ? { key, host } : this.#records.get(resident ? key : passing++)!;
    });
  }

  #record(step: PlanStep): number {
    const entries: { bits?: number; amount?: number }[] = [];
    const operand = (node: number): void => void entries.push({ bits: this.#addresses[node] }, { bits: this.#moves[node] });
    operand(step.out);
    if (step.kind === "formula") {
      step.arrays.forEach(operand);
      for (const amount of step.constants) entries.push({ amount });
    } else if (step.kind === "sample") {
      if (step.words === undefined) {
        const { fine, coarse } = this.#words.get(step.stream)!;
        entries.push({ bits: fine }, { bits: coarse });
      } else operand(step.words);
      for (const entry of step.sampler.entries)
        entries.push("bits" in entry || "amount" in entry ? entry : { bits: this.#tables.addressOf(entry) });
    }
    const address = this.#arena.allocate(entries.length * wordBytes);
    const view = new DataView(this.#arena.memory.buffer, address);
    entries.forEach(({ bits, amount }, place) =>
      amount === undefined ? view.setInt32(place * wordBytes, bits!, true) : view.setFloat32(place * wordBytes, amount, true),
    );
    return address;
  }
}

function kernelSource(step: PlanStep): { name: string; build: () => number[] } | undefined {
  if (step.kind === "host") return undefined;
  if (step.kind === "sample") {
    const { kernel } = step.sampler;
    const ofArray = step.words !== undefined;
    return { name: ofArray ? `${kernel} of an array` : kernel, build: () => samplingKernelBody(kernel, ofArray) };
  }
  const { shape, name, arrays, constants } = step;
  return { name, build: () => formulaKernel(shape, arrays.length, constants.length) };
}
