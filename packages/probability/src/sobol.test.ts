import { describe, expect, test } from "vitest";
import { normalQuantile } from "./normal-integral.ts";
import { primitivePolynomials } from "./primitive-polynomials.ts";
import { bestRows, include, vanDerCorputAlone } from "./sobol-search.ts";
import { sobolDirections, sobolWords } from "./sobol.ts";
import { stream, uniformFromWord } from "./stream.ts";

const POINTS = 2 ** 14;

function wordsOf(dimension: number, shift = 0, from = 0, count = POINTS): Uint32Array {
  const out = new Uint32Array(count);
  sobolWords(dimension, shift, out, from);
  return out;
}

describe("points", () => {
  test("dimension 0 is van der Corput: the index's bits reversed", () => {
    expect([...wordsOf(0, 0, 0, 5)]).toEqual([0, 2 ** 31, 2 ** 30, 2 ** 31 + 2 ** 30, 2 ** 29]);
  });

  test("point i is the XOR of the directions at the set bits of i, wherever one starts", () => {
    for (const dimension of [1, 17, 250]) {
      const directions = sobolDirections(dimension);
      for (const from of [0, 5, 16384 * 3, 2 ** 31 - 7, 2 ** 32 - 10]) {
        const words = wordsOf(dimension, 0xdeadbeef, from, 9);
        for (let i = 0; i < words.length; i++) {
          let expected = 0xdeadbeef;
          for (let k = 0; k < 32; k++) if (((from + i) / 2 ** k) & 1) expected ^= directions[k];
          expect(words[i]).toBe(expected >>> 0);
        }
      }
    }
  });

  test("the starting numbers on record are those that the search finds", () => {
    const polynomials = primitivePolynomials();
    const earlier = vanDerCorputAlone();
    for (let dimension = 1; dimension <= 100; dimension++) {
      const { rows } = bestRows(dimension, polynomials.next().value as number, earlier);
      expect(rows, `dimension ${dimension}`).toEqual(leadingRows(dimension, 7, POINTS));
      include(earlier, rows);
    }
  });

  test("these directions are published: they must never change", () => {
    expect([1, 2, 63, 399].map((dimension) => Array.from(sobolDirections(dimension).subarray(0, 4)))).toMatchInlineSnapshot(`
      [
        [
          2147483648,
          3221225472,
          2684354560,
          4026531840,
        ],
        [
          2147483648,
          3221225472,
          1610612736,
          2415919104,
        ],
        [
          2147483648,
          1073741824,
          536870912,
          1879048192,
        ],
        [
          2147483648,
          1073741824,
          2684354560,
          4026531840,
        ],
      ]
    `);
  });

  test("every dimension of 2^14 points has exactly one point in each of 2^14 intervals, at any aligned place and shift", () => {
    const { uint32 } = stream(5, "shift");
    for (let dimension = 0; dimension < 400; dimension++) {
      const words = wordsOf(dimension, uint32(dimension), POINTS * (dimension % 5));
      const seen = new Uint8Array(POINTS);
      for (const word of words) seen[word >>> 18] = 1;
      expect(seen.every((count) => count === 1)).toBe(true);
    }
  });

  test("thousands of dimensions, all different", () => {
    const starts = new Set(Array.from({ length: 4096 }, (_, dimension) => sobolDirections(dimension).join()));
    expect(starts.size).toBe(4096);
  }, 20_000);
});

describe("ties: leading digits of two dimensions that depend on each other", () => {
  test("at 2^14 points none of five digits or fewer in all among the first 1,100 dimensions, at 2^11 none of two among 400", () => {
    expect(tiedPairs({ dimensions: 1100, points: POINTS }, (one, other) => one + other <= 5)).toBe(0);
    expect(tiedPairs({ dimensions: 400, points: 2 ** 11 }, (one, other) => one + other <= 2)).toBe(0);
  });

  test("none of six among the first 400, and the first four digits of each are independent of those of every other", () => {
    expect(tiedPairs({ dimensions: 400, points: POINTS }, (one, other) => one + other <= 6 || Math.max(one, other) <= 4)).toBe(0);
  });

  test("the first 64 fill a 32 x 32 grid evenly in all 2,016 pairs; among 400 fewer than 2 % do not", () => {
    const onGrid = (one: number, other: number) => Math.max(one, other) <= 5;
    expect(deviations(0, 64)).toEqual({ 0: 2016 });
    expect(tiedPairs({ dimensions: 64, points: POINTS }, onGrid)).toBe(0);
    expect(tiedPairs({ dimensions: 400, points: POINTS }, onGrid)).toBeLessThan(0.02 * ((400 * 399) / 2));
  });

  test("the record is read to its end: among its last 400 dimensions none of three digits in all", () => {
    expect(tiedPairs({ dimensions: 400, points: POINTS, from: 1648 }, (one, other) => one + other <= 3)).toBe(0);
    expect(tiedPairs({ dimensions: 400, points: POINTS, from: 2048 }, (one, other) => one + other <= 3)).toBeGreaterThan(0);
  });

  test("behind the dimensions on record they are those of random starts: 0.3 % of pairs tie with five digits or fewer", () => {
    const share = tiedPairs({ dimensions: 400, points: POINTS, from: 2048 }, (one, other) => one + other <= 5) / ((400 * 399) / 2);
    expect(share).toBeGreaterThan(0.002);
    expect(share).toBeLessThan(0.004);
  });
});

describe("integration", () => {
  test("of a 20-variable smooth sum: at least ten times less variance than independent draws at 2^14", () => {
    const { sobol, independent } = variances(0);
    expect(independent / sobol).toBeGreaterThan(10);
  });
});

function varianceOf(numbers: number[]): number {
  const mean = numbers.reduce((sum, number) => sum + number) / numbers.length;
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1);
}

/** Row r says which bits of a point's number enter binary digit r. */
function leadingRows(dimension: number, count: number, points: number): number[] {
  const directions = sobolDirections(dimension);
  return Array.from({ length: count }, (_, row) => {
    let bits = 0;
    for (let k = 0; 2 ** k < points; k++) bits |= ((directions[k] >>> (31 - row)) & 1) << k;
    return bits;
  });
}

/** How many pairs have digits up to two places, one of each dimension, whose sum is constant: those places are what `counts` judges. */
function tiedPairs(
  { dimensions, points, from = 0 }: { dimensions: number; points: number; from?: number },
  counts: (one: number, other: number) => boolean,
): number {
  const sums = Array.from({ length: dimensions }, (_, dimension) => {
    const found = [0];
    for (const row of leadingRows(from + dimension, 5, points)) found.push(...found.map((sum) => sum ^ row));
    return found;
  });
  const placeOf = (selection: number): number => 32 - Math.clz32(selection);
  let tied = 0;
  sums.forEach((mine, dimension) => {
    const place = new Uint8Array(points); // of the last digit in the sum of this dimension that a combination is
    for (let selection = 31; selection > 0; selection--) place[mine[selection]] = placeOf(selection);
    for (let other = 0; other < dimension; other++) {
      if (sums[other].some((sum, selection) => selection > 0 && place[sum] > 0 && counts(place[sum], placeOf(selection)))) tied++;
    }
  });
  return tied;
}

/** How many pairs have which largest deviation from 16. */
function deviations(first: number, last: number): Record<number, number> {
  const cells = Array.from({ length: last - first }, (_, i) => Uint8Array.from(wordsOf(first + i), (word) => word >>> 27));
  const pairs: Record<number, number> = {};
  for (let i = 0; i < cells.length; i++) {
    for (let j = 0; j < i; j++) {
      const counts = new Int32Array(1024);
      for (let point = 0; point < POINTS; point++) counts[cells[i][point] * 32 + cells[j][point]]++;
      let worst = 0;
      for (const count of counts) worst = Math.max(worst, Math.abs(count - 16));
      pairs[worst] = (pairs[worst] ?? 0) + 1;
    }
  }
  return pairs;
}

/** Variance over shifted shards of the mean of a smooth sum of 20 variables, from Sobol points and from independent draws. */
function variances(first: number): { sobol: number; independent: number } {
  const shards = 16;
  const size = POINTS;
  const estimate = (uniformsOf: (k: number) => Float64Array): number => {
    const total = new Float64Array(size);
    for (let k = 0; k < 20; k++) {
      const uniforms = uniformsOf(k);
      for (let i = 0; i < size; i++) total[i] += smooth(uniforms[i], k);
    }
    // an option on the sum, so that the integrand is not merely additive
    return total.reduce((sum, amount) => sum + Math.max(0, amount - 40), 0) / size;
  };
  const shifts = stream(3, "shifts");
  const draws = stream(3, "draws");
  const [sobol, independent] = [[] as number[], [] as number[]];
  for (let shard = 0; shard < shards; shard++) {
    sobol.push(estimate((k) => Float64Array.from(wordsOf(first + k, shifts.uint32(shard * 20 + k)), uniformFromWord)));
    if (shard < 8)
      independent.push(estimate((k) => Float64Array.from({ length: size }, (_, i) => draws.uniform((shard * 20 + k) * size + i))));
  }
  return { sobol: varianceOf(sobol), independent: varianceOf(independent) };
}

function smooth(u: number, k: number): number {
  return Math.exp(0.3 * normalQuantile(u)) * (1 + (k % 3));
}
