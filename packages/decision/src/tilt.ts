import { exp, square } from "@watershed/probability";
import { assert } from "./assert.ts";
import { drawOrder } from "./draw-order.ts";
import { drawCount, type Sharding } from "./sharding.ts";

/**
 * A family of beliefs reached from today's by one shift of log-odds: draws keep their answers and change their weights.
 * Levels are sets of draws that always weigh the same.
 */
export interface Tilt {
  levelOfDraw: Uint32Array; // [draw]
  counts: Float64Array; // [level]
  /** Weight of a draw of every level after a shift; the mean over all draws is 1. */
  weightsAt: (shift: number) => Float64Array; // [level]
}

/** Neighbouring answers share a level where there would be more. */
const mostLevels = 4096;

/**
 * The tilt along one question: the log-odds of exceeding any threshold move by the shift (proportional odds; McCullagh 1980).
 * For yes/no those are the log-odds of yes; for a number or date the new median is the old quantile at 1 / (1 + exp(-shift)).
 * Never counts as later than every date.
 */
export function answerTilt(column: Float64Array): Tilt {
  const order = drawOrder(column);
  const levelOfDraw = new Uint32Array(column.length);
  const ends: number[] = []; // rank after the last draw of every level
  const fewest = Math.ceil(column.length / mostLevels);
  for (let rank = 0; rank < order.length; rank++) {
    const differs = rank === 0 || column[order[rank]] !== column[order[rank - 1]];
    const full = rank > 0 && rank - (ends.at(-2) ?? 0) >= fewest;
    // Never stands alone: it is not a late date.
    if (differs && (rank === 0 || full || column[order[rank]] === Infinity)) ends.push(rank + 1);
    else ends[ends.length - 1] = rank + 1;
    levelOfDraw[order[rank]] = ends.length - 1;
  }
  const draws = column.length;
  const counts = Float64Array.from(ends, (end, level) => end - (level === 0 ? 0 : ends[level - 1]));
  return {
    levelOfDraw,
    counts,
    weightsAt: (shift) => {
      const weights = new Float64Array(ends.length);
      let exceeding = 1; // tilted chance of an answer beyond the levels so far
      for (let level = 0; level < ends.length; level++) {
        const beyond = tiltedChance(1 - ends[level] / draws, shift);
        weights[level] = ((exceeding - beyond) * draws) / counts[level];
        exceeding = beyond;
      }
      return weights;
    },
  };
}

/** A probability after its log-odds have moved by a shift. */
export function tiltedChance(probability: number, shift: number): number {
  // Written so that neither end overflows.
  if (shift >= 0) return probability / (probability + (1 - probability) * exp(-shift));
  const factor = exp(shift);
  return (probability * factor) / (1 - probability + probability * factor);
}

/**
 * The tilt along a thesis: a draw on which n of the answers that confirm it hold weighs exp(shift n). Of all beliefs with the
 * same expected number of confirmations this is the one nearest to today's (least relative entropy; Csiszar 1975). Where the
 * answers are independent it moves the log-odds of each by the shift; where they are not, those of each given the others.
 */
export function confirmationTilt(confirmations: Float64Array[]): Tilt {
  assert(confirmations.length > 0, "A thesis needs at least one answer that confirms it.");
  const levelOfDraw = new Uint32Array(confirmations[0].length);
  for (const column of confirmations) {
    assert(column.length === levelOfDraw.length, "Columns of a thesis differ in length.");
    for (let draw = 0; draw < column.length; draw++) {
      assert(column[draw] === 0 || column[draw] === 1, "A confirmation holds 0 and 1 only.");
      levelOfDraw[draw] += column[draw];
    }
  }
  const counts = new Float64Array(confirmations.length + 1);
  for (const level of levelOfDraw) counts[level]++;
  const draws = levelOfDraw.length;
  return {
    levelOfDraw,
    counts,
    weightsAt: (shift) => {
      // Counted from the end the shift favours, so that nothing overflows.
      const most = shift > 0 ? counts.findLastIndex((count) => count > 0) : counts.findIndex((count) => count > 0);
      const odds = counts.map((_, level) => exp(shift * (level - most)));
      let total = 0;
      for (let level = 0; level < counts.length; level++) total += counts[level] * odds[level];
      return odds.map((weight) => (weight * draws) / total);
    },
  };
}

/** How many equal draws would tell as much as the reweighted ones: (sum w)^2 / sum w^2 (Kish 1965). */
export function effectiveDraws(tilt: Tilt, shift: number): number {
  const weights = tilt.weightsAt(shift);
  let [sum, squares] = [0, 0];
  for (let level = 0; level < weights.length; level++) {
    sum += tilt.counts[level] * weights[level];
    squares += tilt.counts[level] * square(weights[level]);
  }
  return squares === 0 ? 0 : square(sum) / squares;
}

/** Sums of a column and counts of draws by level, prepared once for many shifts. */
export interface LevelSums {
  tilt: Tilt;
  sharding: Sharding;
  sums: Float64Array; // [shard][level]
  counts: Float64Array; // [shard][level]
}

/** Sums of a column by the levels of a tilt. */
export function levelSums(column: Float64Array, tilt: Tilt, sharding: Sharding): LevelSums {
  assert(
    column.length === drawCount(sharding) && tilt.levelOfDraw.length === column.length,
    "A tilt has another number of draws than the run.",
  );
  const levels = tilt.counts.length;
  const sums = new Float64Array(sharding.shards * levels);
  const counts = new Float64Array(sums.length);
  for (let draw = 0; draw < column.length; draw++) {
    const at = Math.floor(draw / sharding.shardSize) * levels + tilt.levelOfDraw[draw];
    sums[at] += column[draw];
    counts[at]++;
  }
  return { tilt, sharding, sums, counts };
}

/** Means of a column after a shift, per shard: contributions whose mean is the amount and whose spread its error. */
export function tiltedMeans({ tilt, sharding, sums, counts }: LevelSums, shift: number): Float64Array {
  const weights = tilt.weightsAt(shift);
  const levels = weights.length;
  const above = new Float64Array(sharding.shards);
  const below = new Float64Array(sharding.shards);
  let [allAbove, allBelow] = [0, 0];
  for (let shard = 0; shard < sharding.shards; shard++) {
    for (let level = 0; level < levels; level++) {
      above[shard] += weights[level] * sums[shard * levels + level];
      below[shard] += weights[level] * counts[shard * levels + level];
    }
    allAbove += above[shard];
    allBelow += below[shard];
  }
  const mean = allAbove / allBelow;
  // A shard that holds more of the heavy draws than others is put right, as in any ratio.
  return above.map((sum, shard) => mean + ((sum - mean * below[shard]) * sharding.shards) / allBelow);
}
