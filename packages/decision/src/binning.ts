import { assert } from "./assert.ts";
import { drawOrder } from "./draw-order.ts";

/** One resolution of a binning: every fine bin's place in a coarser one. */
export interface BinLevel {
  binOfFine: Uint16Array; // [fine bin]
  count: number;
}

/** The answers of one question in groups whose shares of the draws are known. */
export interface Grouping {
  discrete: boolean;
  draws: number;
  /** Draws in every fine bin, in rising order of the answers; parts of draws where a probability is known exactly. */
  counts: Uint32Array | Float64Array; // [fine bin]
  /** Smallest and largest answer in every fine bin. */
  from: Float64Array; // [fine bin]
  to: Float64Array; // [fine bin]
  /** Stretch between atoms that a fine bin lies in; every answer of a discrete question is a stretch of its own. */
  stretchOfFine: Uint16Array; // [fine bin]
  /** 64, 32, 16, 8 and 4 bins for a continuous question; the same groups at every level for a discrete one. */
  levels: BinLevel[];
}

/** A grouping of draws, prepared once and used for every company. */
export interface Binning extends Grouping {
  binOfDraw: Uint16Array; // [draw], fine bin
  counts: Uint32Array; // [fine bin]
}

/** The levels of a binning by their number of equal-count bins when there are no atoms. */
export const levelOf = { bins64: 0, bins32: 1, bins16: 2, bins8: 3, bins4: 4 } as const;

const fineBins = 64;

export interface BinningOptions {
  discrete: boolean;
  /** The order of the column's draws (drawOrder), when the caller has it already. */
  order?: Uint32Array; // [rank]
}

/**
 * Bins of a question's column: one group per answer when discrete; else 64 equal-count bins by rank, halved four times, equal
 * answers never parted, and an answer with the weight of a whole bin (or never, Infinity) a group of its own.
 */
export function binning(column: Float64Array, options: BinningOptions): Binning {
  assert(column.length > 0, "A binning needs at least one draw.");
  if (options.discrete) return discreteBinning(column);
  return continuousBinning(column, options.order ?? drawOrder(column));
}

/**
 * The fine bins of further draws by the edges of a binning made of pilot draws: those of an answer, or of the first bin that
 * reaches it. For runs too long to be sorted; their shares are then counted, not equal. Uint16Array // [draw]
 */
export function sortedInto({ from, to }: Grouping, column: Float64Array): Uint16Array {
  const last = to.length - 1;
  return Uint16Array.from(column, (answer) => {
    assert(answer === answer, "A question's column holds a draw that is not a number.");
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (to[middle] >= answer) high = middle;
      else low = middle + 1;
    }
    // Between two bins, and no answer may join one that stands alone.
    const alone = from[low] === to[low] && answer < from[low] && low > 0;
    return alone ? low - 1 : low;
  });
}

function discreteBinning(column: Float64Array): Binning {
  const groups = new Map<number, number>();
  const found = new Uint16Array(column.length);
  let previous = NaN;
  let group = 0;
  for (let draw = 0; draw < column.length; draw++) {
    const answer = column[draw] + 0;
    if (answer !== previous) {
      assert(answer === answer, "A question's column holds a draw that is not a number.");
      const known = groups.get(answer);
      group = known ?? groups.size;
      if (known === undefined) groups.set(answer, group);
      previous = answer;
      assert(groups.size <= 4096, "A discrete question has more than 4096 different answers.");
    }
    found[draw] = group;
  }
  const answers = Float64Array.from(groups.keys()).sort();
  const place = new Uint16Array(answers.length);
  answers.forEach((answer, bin) => (place[groups.get(answer) as number] = bin));
  const counts = new Uint32Array(answers.length);
  for (let draw = 0; draw < found.length; draw++) counts[(found[draw] = place[found[draw]])]++;
  const same: BinLevel = { binOfFine: Uint16Array.from(answers.keys()), count: answers.length };
  return {
    discrete: true,
    draws: column.length,
    binOfDraw: found,
    counts,
    from: answers,
    to: answers,
    stretchOfFine: same.binOfFine,
    levels: [same, same, same, same, same],
  };
}

/** A stretch of ranks between atoms, or one atom. */
interface Stretch {
  start: number;
  end: number;
  /** Bins at each level, 64 first; 1 throughout for an atom. */
  bins: number;
}

function continuousBinning(column: Float64Array, order: Uint32Array): Binning {
  assert(order.length === column.length, "An order and its column differ in length.");
  const stretches = stretchesOf(column, order);
  let total = 0;
  for (const stretch of stretches) total += stretch.bins;
  const counts = new Uint32Array(total);
  const from = new Float64Array(total).fill(Infinity);
  const to = new Float64Array(total).fill(-Infinity);
  const binOfDraw = new Uint16Array(column.length);
  let first = 0;
  for (const { start, end, bins } of stretches) {
    let rank = start;
    while (rank < end) {
      const runEnd = endOfRun(column, order, rank, end);
      // A run of equal answers goes where its middle lies.
      const bin = first + Math.floor((bins * ((rank + runEnd - 1) / 2 - start + 0.5)) / (end - start));
      const answer = column[order[rank]];
      from[bin] = Math.min(from[bin], answer);
      to[bin] = Math.max(to[bin], answer);
      counts[bin] += runEnd - rank;
      for (; rank < runEnd; rank++) binOfDraw[order[rank]] = bin;
    }
    first += bins;
  }
  return {
    discrete: false,
    draws: column.length,
    binOfDraw,
    counts,
    from,
    to,
    stretchOfFine: Uint16Array.from(stretches.flatMap(({ bins }, index) => Array<number>(bins).fill(index))),
    levels: levelsOf(stretches),
  };
}

function endOfRun(column: Float64Array, order: Uint32Array, rank: number, end: number): number {
  const answer = column[order[rank]];
  let runEnd = rank + 1;
  while (runEnd < end && column[order[runEnd]] === answer) runEnd++;
  return runEnd;
}

/** Cuts the ranks at atoms: answers as heavy as a fine bin, and never. */
function stretchesOf(column: Float64Array, order: Uint32Array): Stretch[] {
  const draws = order.length;
  const heavy = Math.max(2, draws / fineBins);
  const stretches: Stretch[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end > start) stretches.push({ start, end, bins: binsFor(end - start, draws) });
  };
  for (let rank = 0; rank < draws;) {
    const runEnd = endOfRun(column, order, rank, draws);
    if (runEnd - rank >= heavy || !Number.isFinite(column[order[rank]])) {
      close(rank);
      stretches.push({ start: rank, end: runEnd, bins: 1 });
      start = runEnd;
    }
    rank = runEnd;
  }
  close(draws);
  return stretches;
}

/** A stretch's fair share of the 64 bins, as a multiple of 8 where it is large, so that it halves evenly. */
function binsFor(length: number, draws: number): number {
  const fair = (fineBins * length) / draws;
  const unit = fair >= 8 ? 8 : fair >= 4 ? 4 : fair >= 2 ? 2 : 1;
  return Math.min(unit * Math.max(1, Math.round(fair / unit)), length);
}

/** Every level halves the bins of each stretch, never across an atom; the first `coarse` levels are as they are. */
function levelsOf(stretches: Pick<Stretch, "bins">[], coarse = 0): BinLevel[] {
  return Object.values(levelOf).map((level) => {
    const binOfFine: number[] = [];
    let first = 0;
    const halvings = Math.max(0, level - coarse);
    for (const { bins } of stretches) {
      for (let bin = 0; bin < bins; bin++) binOfFine.push(first + (bin >> halvings));
      first += ((bins - 1) >> halvings) + 1;
    }
    return { binOfFine: Uint16Array.from(binOfFine), count: first };
  });
}

/** Groups of answers whose probabilities are known: how a question's own uniform tells its answers apart. */
export interface KnownAnswers {
  discrete: boolean;
  /** Bins of a number without heavy answers: 64, or 32 for pairs. */
  bins: number;
  probability: Float64Array; // [group]
  from: Float64Array; // [group], smallest and largest answer
  to: Float64Array; // [group]
  /** Bins between heavy answers share a stretch; every heavy or discrete answer is one. */
  stretchOfGroup: Uint16Array; // [group]
}

/** The grouping of a question by exact probabilities instead of drawn ones. */
export function groupingOf(answers: KnownAnswers, draws: number): Grouping {
  const { discrete, bins, probability, from, to, stretchOfGroup } = answers;
  assert(bins === fineBins || bins === fineBins / 2, "Known answers need 64 or 32 bins.");
  const stretches: { bins: number }[] = [];
  for (const stretch of stretchOfGroup) (stretches[stretch] ??= { bins: 0 }).bins++;
  const levels = levelsOf(stretches, bins === fineBins ? 0 : 1);
  const counts = probability.map((share) => share * draws);
  return { discrete, draws, counts, from, to, stretchOfFine: stretchOfGroup, levels };
}

/** Draws in every bin of a level. Float64Array // [bin]. */
export function countsAt(prepared: Grouping, level: number): Float64Array {
  const { binOfFine, count } = prepared.levels[level];
  const counts = new Float64Array(count);
  for (let fine = 0; fine < binOfFine.length; fine++) counts[binOfFine[fine]] += prepared.counts[fine];
  return counts;
}
