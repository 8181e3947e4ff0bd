import { scratch } from "./scratch.ts";

const sampleSize = 1024;
const mostKept = 64;

/**
 * The amounts at the places floor(0.005 last) and ceil(0.995 last) of the sorted column, without sorting it: a sample of 1,024
 * bounds both tails, and only what lies beyond the bounds is sorted.
 */
export function middleOf(amounts: Float64Array): { low: number; high: number } {
  const last = amounts.length - 1;
  const [lowPlace, highPlace] = [Math.floor(0.005 * last), Math.ceil(0.995 * last)];
  if (lowPlace < mostKept) return extremes(amounts, lowPlace, last - highPlace);
  const [lowBound, highBound] = sampledBounds(amounts);
  const room = amounts.length >>> 3;
  const [below, above] = [scratch.float64("below", room), scratch.float64("above", room)];
  let [belows, aboves, atLow, atHigh] = [0, 0, 0, 0];
  for (let row = 0; row <= last; row++) {
    const amount = amounts[row];
    if (amount > lowBound && amount < highBound) continue;
    if (amount < lowBound) below[belows++] = amount;
    else if (amount === lowBound) atLow++;
    if (amount > highBound) above[aboves++] = amount;
    else if (amount === highBound) atHigh++;
  }
  const fromTop = last - highPlace;
  const outOfReach = belows > room || aboves > room || lowPlace >= belows + atLow || fromTop >= aboves + atHigh;
  if (outOfReach) return placesOf(amounts, lowPlace, highPlace);
  return {
    low: lowPlace < belows ? below.subarray(0, belows).sort()[lowPlace] : lowBound,
    high: fromTop < aboves ? above.subarray(0, aboves).sort()[aboves - 1 - fromTop] : highBound,
  };
}

/** The amounts with so many smaller ones and so many larger ones: short sorted lists that few rows enter. */
function extremes(amounts: Float64Array, fromBottom: number, fromTop: number): { low: number; high: number } {
  const smallest = new Float64Array(fromBottom + 1).fill(Infinity);
  const largest = new Float64Array(fromTop + 1).fill(-Infinity);
  let [low, high] = [Infinity, -Infinity];
  for (let row = 0; row < amounts.length; row++) {
    const amount = amounts[row];
    if (amount < low) {
      let at = fromBottom;
      for (; at > 0 && smallest[at - 1] > amount; at--) smallest[at] = smallest[at - 1];
      smallest[at] = amount;
      low = smallest[fromBottom];
    }
    if (amount > high) {
      let at = fromTop;
      for (; at > 0 && largest[at - 1] < amount; at--) largest[at] = largest[at - 1];
      largest[at] = amount;
      high = largest[fromTop];
    }
  }
  return { low, high };
}

function placesOf(amounts: Float64Array, lowPlace: number, highPlace: number): { low: number; high: number } {
  const sorted = amounts.slice().sort();
  return { low: sorted[lowPlace], high: sorted[highPlace] };
}

/** Bounds with about 2% of the amounts on either side. The rows are spread by the golden ratio, which no Sobol digit follows. */
function sampledBounds(amounts: Float64Array): [low: number, high: number] {
  const sample = new Float64Array(sampleSize);
  let at = 0;
  for (let row = 0; row < sampleSize; row++) {
    sample[row] = amounts[Math.floor(at * amounts.length)];
    at = (at + 0.6180339887498949) % 1;
  }
  sample.sort();
  return [sample[20], sample[sampleSize - 21]];
}
