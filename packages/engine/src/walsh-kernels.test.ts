import { stream } from "@watershed/probability";
import { expect, test } from "vitest";
import { walshKernels } from "./walsh-kernels.ts";

const random = stream(7, "walsh");

/** Both kernels over the same random rows. */
function twins(stages: number, bytes = 16 * 2 ** stages) {
  return [false, true].map((plain) => {
    const kernels = walshKernels(bytes, plain);
    const rows = new Float32Array(kernels.memory.buffer, 0, 4 * 2 ** stages);
    rows.forEach((_, at) => (rows[at] = random.uniform(at) * 10 - 3));
    return { kernels, rows };
  });
}

function oddBits(word: number): boolean {
  let odd = false;
  for (let rest = word; rest > 0; rest >>>= 1) if (rest & 1) odd = !odd;
  return odd;
}

test.each([0, 1, 2, 3, 4, 5, 6, 7])("the transform of 2^%i points by its definition", (stages) => {
  for (const { kernels, rows } of twins(stages)) {
    const before = rows.slice();
    kernels.transform(0, stages);
    for (let row = 0; row < 2 ** stages; row++)
      for (let lane = 0; lane < 4; lane++) {
        let sum = 0;
        for (let point = 0; point < 2 ** stages; point++) sum += (oddBits(row & point) ? -1 : 1) * before[point * 4 + lane];
        // Sizes up to 7, each of the `stages` roundings off by at most 2^-24 of a sum of at most 7 x points.
        expect(Math.abs(rows[row * 4 + lane] - sum)).toBeLessThanOrEqual(stages * 2 ** -24 * 7 * 2 ** stages);
      }
  }
});

test.each([0, 1, 5, 10, 11, 12, 13, 14, 15])("2^%i points: WebAssembly and plain loops agree to the last bit", (stages) => {
  const [fast, plain] = twins(stages);
  fast.kernels.transform(0, stages);
  plain.kernels.transform(0, stages);
  expect(fast.kernels).not.toBe(plain.kernels);
  expect(Buffer.from(fast.rows.buffer, 0, fast.rows.byteLength).equals(Buffer.from(plain.rows.buffer, 0, plain.rows.byteLength))).toBe(
    true,
  );
});

test("twice the transform is the number of points times the rows", () => {
  for (const { kernels, rows } of twins(14)) {
    const before = rows.slice();
    kernels.transform(0, 14);
    kernels.transform(0, 14);
    const far = rows.findIndex((amount, at) => Math.abs(amount / 16_384 - before[at]) > 1e-4);
    expect(far).toBe(-1);
  }
});

test("columns become rows, with the largest size of each, NaN where a draw is none", () => {
  const points = 8;
  for (const plain of [false, true])
    for (const singles of [false, true]) {
      const { memory, rowsOfDoubles, rowsOfSingles } = walshKernels(1024, plain);
      const [columns, largest] = [256, 768];
      const into = singles ? new Float32Array(memory.buffer, columns, 4 * points) : new Float64Array(memory.buffer, columns, 4 * points);
      into.forEach((_, at) => (into[at] = at === 25 ? NaN : -at - 0.5));
      (singles ? rowsOfSingles : rowsOfDoubles)(columns, points, 0, largest);
      const rows = new Float32Array(memory.buffer, 0, 4 * points);
      for (let lane = 0; lane < 4; lane++)
        for (let point = 0; point < points; point++) expect(rows[point * 4 + lane]).toBe(Math.fround(into[lane * points + point]));
      expect(Array.from(new Float32Array(memory.buffer, largest, 4))).toEqual([7.5, 15.5, 23.5, NaN]);
    }
});

test("rows are added to the groups of shifted points", () => {
  for (const plain of [false, true]) {
    const { memory, group } = walshKernels(1024, plain);
    new Float32Array(memory.buffer, 0, 32).forEach((_, at, rows) => (rows[at] = at));
    new Uint16Array(memory.buffer, 256, 8).set([0, 1, 2, 0, 1, 2, 0, 1]);
    group(0, 256, 8, 3, 512);
    // Point i adds row i XOR 3: group 0 has rows 3, 0 and 5, group 1 rows 2, 7 and 4, group 2 rows 1 and 6.
    const first = Array.from(new Float64Array(memory.buffer, 512, 12)).filter((_, at) => at % 4 === 0);
    expect(first).toEqual([4 * 8, 4 * 13, 4 * 7]);
  }
});
