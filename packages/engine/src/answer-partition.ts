import { neverOutside, preparedLaw, quantileFunction } from "@watershed/probability";
import type { Distribution, Law } from "@watershed/probability";
import { stagesOf } from "./sobol-cells.ts";

/**
 * How the leading binary digits of a question's uniform tell its answers apart. The unit interval falls into 2^digits cells;
 * cells with one group of answers are added up in that group's part, a cell that two groups share in a part of its own, or in none.
 */
export interface AnswerPartition {
  discrete: boolean;
  bins: number; // of a number without heavy answers
  digits: number;
  partOfCell: Uint16Array; // [cell], the number of parts where a cell is left out
  parts: number;
  /** The sum of a group over all draws is the sum of weight times part. */
  recipe: { group: number; part: number; weight: number }[];
  /** Exact probability of every group, in rising order of the answers. */
  probability: Float64Array; // [group]
  from: Float64Array; // [group], smallest and largest answer
  to: Float64Array; // [group]
  /** Stretch of bins that a group lies in: one for a number without heavy answers, one for every answer of its own. */
  stretchOfGroup: Uint16Array; // [group]
}

export interface PartitionOptions {
  discrete: boolean;
  shardSize: number;
  draws: number;
  /** Bins of a number without heavy answers, a power of two; 64 unless given. */
  bins?: number;
  /**
   * Digits to use at least, up to 10. Groups that are no single answers (a date by a deadline) need as many as there are: what is
   * left out at their edges is not like the rest of them.
   */
  fewestDigits?: number;
}

/** One group of answers: where it lies in the unit interval, and whether it is a single answer. */
interface Group {
  from: number;
  to: number;
  single: boolean;
  stretch: number;
}

const mostDigits = 10;
const mostAnswers = 256;
const enoughOfAnAnswer = 7 / 8; // clean cells hold this share of every answer's draws, where digits suffice
const aligned = 1e-9;

/**
 * The partition of a question that is drawn from a distribution by one uniform of its own: one group per answer, or bins of
 * equal probability with heavy answers (one in 64 draws, and never) as groups of their own. Undefined where an answer is too
 * rare for the digits of a shard: then the draws must be grouped one by one.
 */
export function answerPartition(distribution: Distribution, options: PartitionOptions): AnswerPartition | undefined {
  const { discrete, shardSize, bins = 64, fewestDigits = 0 } = options;
  const never = discrete ? undefined : chanceOfNever(distribution);
  const quantile = never === undefined ? quantileFunction(distribution) : quantileOf(preparedLaw(distribution));
  const singles = discrete ? everyAnswer(quantile) : never === undefined ? heavyAnswers(quantile, bins) : neverAlone(never);
  if (!singles) return undefined;
  const groups = discrete ? singles.map((single, stretch) => ({ ...single, single: true, stretch })) : binsBetween(singles, bins);
  const most = Math.min(mostDigits, stagesOf(shardSize));
  const digits = digitsFor(groups, Math.max(discrete ? 5 : stagesOf(bins), Math.min(fewestDigits, most)), most);
  if (digits === undefined) return undefined;
  const smallest = 0.5 / options.draws;
  const at = (uniform: number) => quantile(Math.min(1 - smallest, Math.max(smallest, uniform)));
  return {
    discrete,
    bins,
    digits,
    ...partsOf(groups, 2 ** digits),
    probability: Float64Array.from(groups, ({ from, to }) => to - from),
    from: Float64Array.from(groups, ({ from, to, single }) => (single ? quantile((from + to) / 2) : at(from + 1e-12))),
    to: Float64Array.from(groups, ({ from, to, single }) => (single ? quantile((from + to) / 2) : at(to - 1e-12))),
    stretchOfGroup: Uint16Array.from(groups, ({ stretch }) => stretch),
  };
}

type Interval = Pick<Group, "from" | "to">;

/** The chance of never of a distribution without any other atom; undefined where it has one. */
function chanceOfNever(distribution: Distribution): number | undefined {
  const outside = neverOutside(distribution);
  const [never, rest] = outside.kind === "orNever" ? [outside.never, outside.distribution] : [0, outside];
  return preparedLaw(rest).hasAtoms ? undefined : never;
}

function neverAlone(never: number): Interval[] {
  return never > 0 ? [{ from: 1 - never, to: 1 }] : [];
}

function quantileOf(law: Law): (uniform: number) => number {
  return (uniform) => (uniform <= 0.5 ? law.lowerQuantile(uniform) : law.upperQuantile(1 - uniform));
}

/** The intervals of all answers of a discrete question; undefined where they are too many. */
function everyAnswer(quantile: (uniform: number) => number): Interval[] | undefined {
  const intervals: Interval[] = [];
  for (let from = 0; from < 1;) {
    if (intervals.length === mostAnswers) return undefined;
    const to = endOfAnswer(quantile, nextUp(from));
    intervals.push({ from, to });
    from = to;
  }
  return intervals;
}

/** Answers as heavy as a bin, and infinite ones: where the quantile stands still. */
function heavyAnswers(quantile: (uniform: number) => number, bins: number): Interval[] | undefined {
  const intervals: Interval[] = [];
  const step = 1 / 1024;
  for (let uniform = step / 2; uniform < 1;) {
    const answer = quantile(uniform);
    const stands = quantile(uniform + step / 2) === answer || quantile(uniform - step / 2 + 1e-12) === answer || !Number.isFinite(answer);
    if (stands) {
      const interval = { from: startOfAnswer(quantile, uniform), to: endOfAnswer(quantile, uniform) };
      if (interval.to - interval.from >= 1 / bins || !Number.isFinite(answer)) intervals.push(interval);
      while (uniform < interval.to) uniform += step;
    } else uniform += step;
  }
  const rarelyNever = intervals.length === 0 && !Number.isFinite(quantile(1 - 1e-10));
  return rarelyNever ? undefined : intervals;
}

function nextUp(uniform: number): number {
  return uniform + 2 ** -50;
}

/** Where the answer at a uniform ends, to the last digits of a double. */
function endOfAnswer(quantile: (uniform: number) => number, uniform: number): number {
  const answer = quantile(uniform);
  if (quantile(1 - 2 ** -53) === answer) return 1;
  let [inside, outside] = [uniform, 1];
  while (outside - inside > 2 ** -52) {
    const middle = (inside + outside) / 2;
    if (middle <= inside || middle >= outside) break;
    if (quantile(middle) === answer) inside = middle;
    else outside = middle;
  }
  return outside;
}

function startOfAnswer(quantile: (uniform: number) => number, uniform: number): number {
  return 1 - endOfAnswer((mirrored) => quantile(1 - mirrored), 1 - uniform);
}

/** Heavy answers, and between them bins whose edges lie on the grid; a rest of less than half a bin joins its neighbour. */
function binsBetween(heavy: Interval[], bins: number): Group[] {
  const groups: Group[] = [];
  let stretch = 0;
  const fill = (from: number, to: number): void => {
    if (to - from <= aligned) return;
    const edges = [from];
    for (let edge = Math.floor(from * bins + aligned) + 1; edge < to * bins - aligned; edge++) edges.push(edge / bins);
    if (edges.length > 1 && edges[1] - from < 0.5 / bins) edges.splice(1, 1);
    if (edges.length > 1 && to - edges[edges.length - 1] < 0.5 / bins) edges.pop();
    edges.forEach((edge, index) => groups.push({ from: edge, to: edges[index + 1] ?? to, single: false, stretch }));
    stretch++;
  };
  let reached = 0;
  for (const { from, to } of heavy) {
    fill(reached, from);
    groups.push({ from, to, single: true, stretch: stretch++ });
    reached = to;
  }
  fill(reached, 1);
  return groups;
}

/** Digits with which every single answer has nearly all its draws in cells of its own, or at least one cell. */
function digitsFor(groups: Group[], fewest: number, most: number): number | undefined {
  const singles = groups.filter(({ single }) => single);
  const reach = (digits: number, share: number) =>
    singles.every((group) => {
      const clean = cleanCells(group, 2 ** digits);
      return clean > 0 && clean >= share * (group.to - group.from) * 2 ** digits;
    });
  for (let digits = fewest; digits <= most; digits++) if (reach(digits, enoughOfAnAnswer)) return digits;
  return fewest <= most && reach(most, 0) ? most : undefined;
}

function cleanCells({ from, to }: Interval, cells: number): number {
  return Math.max(0, Math.floor(to * cells + aligned) - Math.ceil(from * cells - aligned));
}

function partsOf(groups: Group[], cells: number): Pick<AnswerPartition, "partOfCell" | "parts" | "recipe"> {
  const recipe: AnswerPartition["recipe"] = [];
  const leftOut = 2 ** 16 - 1;
  const partOfCell = new Uint16Array(cells).fill(leftOut);
  let parts = groups.length;
  // What one draw in a group's clean cells stands for, as a share of all draws.
  const perClean = groups.map((group) => cells / Math.max(1, cleanCells(group, cells)));
  groups.forEach((group, index) => {
    const clean = cleanCells(group, cells);
    const first = Math.ceil(group.from * cells - aligned);
    partOfCell.fill(index, first, first + clean);
    if (clean > 0) recipe.push({ group: index, part: index, weight: group.single ? (group.to - group.from) * perClean[index] : 1 });
  });
  for (let cell = 0; cell < cells; cell++) {
    if (partOfCell[cell] !== leftOut) continue;
    const [from, to] = [cell / cells, (cell + 1) / cells];
    const within = groups.flatMap((group, index) => {
      const share = Math.min(group.to, to) - Math.max(group.from, from);
      return share > aligned / cells ? [{ group, index, share }] : [];
    });
    const bin = within.find(({ group }) => !group.single);
    if (!bin) continue;
    // The bin's draws in this cell are those of the cell, less what the single answers beside it have there.
    partOfCell[cell] = parts;
    recipe.push({ group: bin.index, part: parts++, weight: 1 });
    for (const { group, index, share } of within)
      if (group.single) recipe.push({ group: bin.index, part: index, weight: -share * perClean[index] });
  }
  return { partOfCell: partOfCell.map((part) => Math.min(part, parts)), parts, recipe };
}
