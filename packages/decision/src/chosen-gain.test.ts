import { expect, test } from "vitest";
import { choiceIn, lossAtSwitches } from "./chosen-gain.ts";

const bins = 32;
const places = Uint16Array.from({ length: bins }, (_, bin) => bin);
const joined = new Uint8Array(bins).fill(1);

test.each([0.2, 0.31, 0.468, 0.5, 0.77])("[VOI6] a straight line against passing loses what its own bin loses, kink at %d", (kink) => {
  // now = u - kink on 3200 even draws: the sum in a bin, and what choosing draw by draw would gain there.
  const counts = new Float64Array(bins).fill(100);
  const sums = Float64Array.from(places, (bin) => 100 * ((bin + 0.5) / bins - kink));
  const [within, width] = [kink * bins - Math.floor(kink * bins), 1 / bins];
  const side = Math.min(within, 1 - within) * width;
  const choice = choiceIn(sums, 1, places, bins);
  expect(lossAtSwitches(choice, 1, counts, joined)).toBeCloseTo((100 * bins * side * side) / 2, 9);
});

test("[VOI6] nothing is lost between heavy answers, nor where the best alternative stays", () => {
  const counts = new Float64Array(bins).fill(100);
  const sums = Float64Array.from(places, (bin) => bin - 15.2);
  expect(lossAtSwitches(choiceIn(sums, 1, places, bins), 1, counts, new Uint8Array(bins))).toBe(0);
  const above = sums.map((sum) => sum + 100);
  expect(lossAtSwitches(choiceIn(above, 1, places, bins), 1, counts, joined)).toBe(0);
});

test("[VOI6] a switch between two other alternatives counts their difference", () => {
  const counts = new Float64Array(bins).fill(100);
  // Column 0 falls, column 1 rises, both above today's best: they cross within bin 8.
  const pairs = Float64Array.from({ length: 2 * bins }, (_, at) => {
    const middle = (Math.floor(at / 2) + 0.5) / bins;
    return 100 * (at % 2 === 0 ? 2 - middle : 1.5 + middle - 0.02);
  });
  const kink = 0.26;
  const within = kink * bins - Math.floor(kink * bins);
  const side = Math.min(within, 1 - within) / bins;
  expect(lossAtSwitches(choiceIn(pairs, 2, places, bins), 2, counts, joined)).toBeCloseTo(100 * bins * side * side, 9);
});
