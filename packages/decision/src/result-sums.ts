import { binsAt, type AnswerGrid, type GridLevel } from "./answer-grid.ts";
import { assert } from "./assert.ts";
import { levelOf } from "./binning.ts";
import { meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { likelihoodAt, type Inquiry, type Reading } from "./reading.ts";
import { drawCount, type Sharding } from "./sharding.ts";
import { groupSums } from "./stakes.ts";

/** Alternatives laid side by side, with a column of ones behind them that counts draws. */
export interface Ledger {
  names: string[];
  sharding: Sharding;
  width: number; // alternatives + 1
  columns: Float64Array; // [draw][alternative, then 1]
  /** Mean of every alternative per shard. */
  means: Float64Array[]; // [alternative][shard]
}

/** Prepares a decision for inquiries, once per company. */
export function ledgerOf(alternatives: Alternative[], sharding: Sharding): Ledger {
  const means = meansOfAlternatives(alternatives, sharding);
  const width = alternatives.length + 1;
  const columns = new Float64Array(drawCount(sharding) * width).fill(1);
  alternatives.forEach(({ netValue }, index) => {
    for (let draw = 0; draw < netValue.length; draw++) columns[draw * width + index] = netValue[draw];
  });
  return { names: alternatives.map(({ name }) => name), sharding, width, columns, means };
}

/** Expected sums of every alternative in the scenarios that give a result, and the expected number of them behind. */
export interface ResultSums {
  results: number[]; // of every inquiry
  sums: Float64Array; // [shard][result of the first][result of the second]...[alternative, then count]
}

/** The most cells of answers that are told apart; continuous questions are cut more coarsely until they fit. */
const mostCells = 8192;

/** How finely several questions are cut together: the level of their binnings, and each one's place in the cells. */
interface Cells {
  questions: { name: string; grid: AnswerGrid; level: GridLevel; bins: number }[];
  count: number;
}

/**
 * What each alternative nets given the results of one or several inquiries. Sums by cells of the answers, then the likelihood of
 * every result given the answers instead of drawn signals: netValue is replaced by its mean given the answers first, so that
 * the error of the signals' own draws is none. Two readings of one question err independently given its answer.
 */
export function resultSums(ledger: Ledger, inquiries: Inquiry[], coarser = false): ResultSums {
  assert(canAsk(inquiries), "An inquiry, or two together, ask about more answers than can be told apart.");
  const cells = cellsOf(
    inquiries.flatMap(({ readings }) => readings),
    coarser,
  );
  return contracted(ledger, inquiries, cells, groupSums(ledger.columns, ledger.width, cellOfDraw(cells), cells.count, ledger.sharding));
}

/** The same from sums of stand-ins for the questions' columns, for the noise floor; `sumsOf` is told the draws in every bin of every question. */
export function resultSumsOfDummies(width: number, inquiries: Inquiry[], sumsOf: (sizes: Uint32Array[]) => Float64Array): ResultSums {
  const cells = cellsOf(
    inquiries.flatMap(({ readings }) => readings),
    false,
  );
  const byCell = sumsOf(cells.questions.map(({ grid, level }) => binsAt(grid, level).counts));
  return contracted({ width, sharding: { shards: 1, shardSize: cells.questions[0].grid.cellOfDraw.length } }, inquiries, cells, byCell);
}

/** Whether inquiries ask about few enough answers, and tell few enough results, to be held side by side. */
export function canAsk(inquiries: Inquiry[]): boolean {
  const readings = inquiries.flatMap((inquiry) => inquiry.readings);
  const results = readings.reduce((product, reading) => product * reading.results, 1);
  return cellsOf(readings, false).count <= mostCells && results <= mostCells;
}

function cellsOf(readings: Reading[], coarser: boolean): Cells {
  const named = new Map<string, AnswerGrid>();
  // Of two grids of one question the finer one carries both readings.
  for (const { question, grid } of readings) if ((named.get(question)?.pieces ?? 0) < grid.pieces) named.set(question, grid);
  assert(named.size > 0, "An inquiry reads at least one question.");
  const levels: GridLevel[] = ["cells", levelOf.bins64, levelOf.bins32, levelOf.bins16, levelOf.bins8, levelOf.bins4];
  const fits = (level: GridLevel): Cells => {
    const questions = [...named].map(([name, grid]) => {
      const own = grid.binning.discrete ? "cells" : level;
      return { name, grid, level: own, bins: binsAt(grid, own).counts.length };
    });
    return { questions, count: questions.reduce((product, { bins }) => product * bins, 1) };
  };
  const first = levels.findIndex((level) => fits(level).count <= mostCells);
  return fits(levels[Math.min(first < 0 ? levels.length - 1 : first + Number(coarser), levels.length - 1)]);
}

function cellOfDraw({ questions }: Cells): Uint32Array {
  const cells = new Uint32Array(questions[0].grid.cellOfDraw.length);
  for (const { grid, level, bins } of questions) {
    const { binOfCell } = binsAt(grid, level);
    assert(grid.cellOfDraw.length === cells.length, "Questions of one inquiry differ in their draws.");
    for (let draw = 0; draw < cells.length; draw++) cells[draw] = cells[draw] * bins + binOfCell[grid.cellOfDraw[draw]];
  }
  return cells;
}

/** Turns the axis of every question into an axis of its readings' results, then orders the results by inquiry. */
function contracted(
  { width, sharding }: Pick<Ledger, "width" | "sharding">,
  inquiries: Inquiry[],
  cells: Cells,
  byCell: Float64Array,
): ResultSums {
  let sums = byCell;
  const sizes = cells.questions.map(({ bins }) => bins);
  const axes = cells.questions.map(({ name, grid, level }, axis) => {
    const readings = inquiries.flatMap((inquiry, place) =>
      inquiry.readings.filter(({ question }) => question === name).map((reading) => ({ reading, place })),
    );
    const results = readings.reduce((product, { reading }) => product * reading.results, 1);
    const outer = sharding.shards * sizes.slice(0, axis).reduce((product, size) => product * size, 1);
    const inner = sizes.slice(axis + 1).reduce((product, size) => product * size, 1) * width;
    sums = alongAxis(
      sums,
      { outer, bins: sizes[axis], results, inner },
      jointLikelihood(
        readings.map(({ reading }) => reading),
        grid,
        level,
      ),
    );
    sizes[axis] = results;
    return readings;
  });
  const total = sizes.reduce((product, size) => product * size, 1);
  const results = inquiries.map(({ readings }) => readings.reduce((product, reading) => product * reading.results, 1));
  const target = targets(inquiries, axes, sizes, results);
  const ordered = new Float64Array(sums.length);
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let at = 0; at < total; at++)
      for (let column = 0; column < width; column++)
        ordered[(shard * total + target[at]) * width + column] = sums[(shard * total + at) * width + column];
  return { results, sums: ordered };
}

/** Likelihood of the results of several readings of one question together. Float64Array // [bin][result...]. */
function jointLikelihood(readings: Reading[], grid: AnswerGrid, level: GridLevel): Float64Array {
  const bins = binsAt(grid, level).counts.length;
  let joint = new Float64Array(bins).fill(1);
  let results = 1;
  for (const reading of readings) {
    const own = likelihoodAt(onGrid(reading, grid), level);
    const next = new Float64Array(bins * results * reading.results);
    for (let bin = 0; bin < bins; bin++)
      for (let before = 0; before < results; before++)
        for (let result = 0; result < reading.results; result++)
          next[(bin * results + before) * reading.results + result] = joint[bin * results + before] * own[bin * reading.results + result];
    joint = next;
    results *= reading.results;
  }
  return joint;
}

/** A reading made on the bins alone, spread over the pieces of a finer grid of the same question. */
function onGrid(reading: Reading, grid: AnswerGrid): Reading {
  if (reading.grid.pieces === grid.pieces) return reading;
  const { results } = reading;
  const likelihood = new Float64Array(grid.counts.length * results);
  for (let cell = 0; cell < grid.counts.length; cell++) {
    const bin = Math.floor(cell / grid.pieces);
    for (let result = 0; result < results; result++) likelihood[cell * results + result] = reading.likelihood[bin * results + result];
  }
  return { ...reading, grid, likelihood };
}

function alongAxis(
  sums: Float64Array,
  { outer, bins, results, inner }: { outer: number; bins: number; results: number; inner: number },
  likelihood: Float64Array,
): Float64Array {
  const into = new Float64Array(outer * results * inner);
  for (let before = 0; before < outer; before++)
    for (let bin = 0; bin < bins; bin++)
      for (let result = 0; result < results; result++) {
        const chance = likelihood[bin * results + result];
        if (chance === 0) continue;
        const [from, to] = [(before * bins + bin) * inner, (before * results + result) * inner];
        for (let at = 0; at < inner; at++) into[to + at] += chance * sums[from + at];
      }
  return into;
}

/** Where the results in the order of the questions stand in the order of the inquiries and their readings. */
function targets(inquiries: Inquiry[], axes: { reading: Reading; place: number }[][], sizes: number[], results: number[]): Uint32Array {
  const total = sizes.reduce((product, size) => product * size, 1);
  const order = axes.flat();
  const strides = order.map(({ reading, place }) => {
    const { readings } = inquiries[place];
    const within = readings.slice(readings.indexOf(reading) + 1).reduce((product, later) => product * later.results, 1);
    return within * results.slice(place + 1).reduce((product, later) => product * later, 1);
  });
  const target = new Uint32Array(total);
  for (let at = 0; at < total; at++) {
    let rest = at;
    for (let digit = order.length - 1; digit >= 0; digit--) {
      const { results: base } = order[digit].reading;
      target[at] += (rest % base) * strides[digit];
      rest = Math.floor(rest / base);
    }
  }
  return target;
}
