import { stream } from "@watershed/probability";
import type { AnswerPartition } from "./answer-partition.ts";
import { dummyCount } from "./dimensions.ts";
import { cellsOf, crossed, fillEvenly } from "./sobol-cells.ts";
import type { SobolCells } from "./sobol-cells.ts";

/** A question whose answers group the draws: by one uniform of its own, or as the caller groups the points of every shard. */
export type SummedQuestion = RootQuestion | { kind: "grouped"; groups: number };

export interface RootQuestion {
  kind: "root";
  stream: string;
  dimension: number;
  partition: AnswerPartition;
}

export interface AnswerSumsOptions {
  seed: number;
  shards: number;
  shardSize: number; // a power of two
  columns: number;
  questions: SummedQuestion[];
  /** Whether a column depends on a question; only those sums are taken. */
  depends: (column: number, question: number) => boolean;
  /** Pairs of root questions summed together, for the columns that depend on both. */
  pairs?: [RootQuestion, RootQuestion][];
  dependsOnPair?: (column: number, pair: number) => boolean;
  /** Without WebAssembly; the sums are the same to the last bit. */
  plain?: boolean;
}

/** Sums wanted in the cells of every shard. */
export interface CellPlan {
  cells: SobolCells;
  shiftOf: (shard: number) => number;
  partOfCell: Uint16Array; // [cell]; cells that are left out share the last part
  parts: number;
  address: number; // of the plan in the kernels' memory
}

/** Sums wanted by a group of every point that the caller gives. */
export interface PointPlan {
  question: number;
  groups: number;
  address: number; // of the groups of a shard's points
}

/** Up to four columns side by side, and where their sums lie: 32 bytes a part, the same order in every replicate. */
export interface Quad {
  columns: number[];
  byCells: Place<CellPlan>[];
  byPoints: Place<PointPlan>[];
  pooled: Place<CellPlan>[]; // over all replicates at once
  jobs: number; // address of the list for byCells
  pooledJobs: number;
  sums: number; // address of the first replicate
  stride: number; // bytes from one replicate to the next
  pooledSums: number;
  pooledBytes: number;
}

export interface Place<Of> {
  of: Of;
  offset: number;
}

/** All plans, whichever columns want them. */
export interface Plans {
  total: CellPlan;
  roots: Map<number, CellPlan>; // question ->
  points: PointPlan[];
  pairs: CellPlan[];
  dummies: CellPlan[];
  dummyPairs: CellPlan[];
}

/** Leading digits by which dummies are summed, alone and in pairs. */
export const [dummyDigits, dummyPairDigits] = [6, 5];

/** The cells of every question, pair and dummy; the total is the one cell of no digits. */
export function plansOf(options: AnswerSumsOptions): Plans {
  const { seed, shardSize, questions, pairs = [] } = options;
  const plan = (name: string, dimension: number, { digits, partOfCell, parts }: CellParts): CellPlan => {
    const cells = cellsOf(dimension, digits, shardSize);
    if (!fillEvenly(cells)) throw new Error(`The leading digits of stream ${name} depend on each other within a shard.`);
    const words = stream(seed, name);
    const shiftOf = (shard: number) => (digits === 0 ? 0 : words.uint32(shard) >>> (32 - digits));
    return { cells, shiftOf, partOfCell, parts, address: 0 };
  };
  const root = ({ stream: name, dimension, partition }: RootQuestion) => plan(name, dimension, partition);
  const dummies = (digits: number) =>
    Array.from({ length: dummyCount }, (_, dimension) => plan(`dummy/${dimension}`, dimension, everyCell(digits)));
  const coarse = dummies(dummyPairDigits);
  return {
    total: plan("", 0, everyCell(0)),
    roots: new Map(questions.flatMap((question, index) => (question.kind === "root" ? [[index, root(question)] as const] : []))),
    points: questions.flatMap((question, index) =>
      question.kind === "grouped" ? [{ question: index, groups: question.groups, address: 0 }] : [],
    ),
    pairs: pairs.map(([first, second]) => pairPlan(root(first), root(second))),
    dummies: dummies(dummyDigits),
    dummyPairs: pairs.length > 0 ? coarse.map((dummy, index) => pairPlan(dummy, coarse[(index + 1) % dummyCount])) : [],
  };
}

type CellParts = Pick<AnswerPartition, "digits" | "partOfCell" | "parts">;

function everyCell(digits: number): CellParts {
  return { digits, partOfCell: Uint16Array.from({ length: 2 ** digits }, (_, cell) => cell), parts: 2 ** digits };
}

function pairPlan(first: CellPlan, second: CellPlan): CellPlan {
  const columns = second.partOfCell.length;
  const parts = first.parts * second.parts;
  return {
    cells: crossed(first.cells, second.cells),
    shiftOf: (shard) => first.shiftOf(shard) * columns + second.shiftOf(shard),
    partOfCell: Uint16Array.from({ length: first.partOfCell.length * columns }, (_, cell) => {
      const [one, other] = [first.partOfCell[Math.floor(cell / columns)], second.partOfCell[cell % columns]];
      return one === first.parts || other === second.parts ? parts : one * second.parts + other;
    }),
    parts,
    address: 0,
  };
}

export function cellPlans({ total, roots, pairs, dummies, dummyPairs }: Plans): CellPlan[] {
  return [total, ...roots.values(), ...pairs, ...dummies, ...dummyPairs];
}

/** Places one after the other, 32 bytes a part and one part more for cells that are left out. */
function placed<Of>(wanted: Of[], parts: (of: Of) => number, from: number): { places: Place<Of>[]; end: number } {
  let end = from;
  const places = wanted.map((of) => {
    const offset = end;
    end += (parts(of) + 1) * 32;
    return { of, offset };
  });
  return { places, end };
}

/** What every four columns want, with their places; addresses are given by the layout of the memory. */
export function quadsOf(options: AnswerSumsOptions, plans: Plans): Quad[] {
  return Array.from({ length: Math.ceil(options.columns / 4) }, (_, quad) => {
    const columns = Array.from({ length: Math.min(4, options.columns - quad * 4) }, (__, lane) => quad * 4 + lane);
    const wanted = (question: number) => columns.some((column) => options.depends(column, question));
    const pairs = plans.pairs.filter((_pair, pair) => columns.some((column) => wantsPair(options, column, pair)));
    const roots = [...plans.roots].flatMap(([question, of]) => (wanted(question) ? [of] : []));
    const byCells = placed([plans.total, ...roots, ...pairs], ({ parts }) => parts, 0);
    const byPoints = placed(
      plans.points.filter(({ question }) => wanted(question)),
      ({ groups }) => groups,
      byCells.end,
    );
    const pooled = placed([...plans.dummies, ...(pairs.length > 0 ? plans.dummyPairs : [])], ({ parts }) => parts, 0);
    return {
      columns,
      byCells: byCells.places,
      byPoints: byPoints.places,
      pooled: pooled.places,
      stride: byPoints.end,
      pooledBytes: pooled.end,
      jobs: 0,
      pooledJobs: 0,
      sums: 0,
      pooledSums: 0,
    };
  });
}

export function wantsPair({ dependsOnPair }: AnswerSumsOptions, column: number, pair: number): boolean {
  return dependsOnPair?.(column, pair) ?? true;
}
