import { describe, expect, test } from "vitest";
import { philox, stream, uniformFromWord } from "./stream.ts";

const COUNT = 100_000;

describe("Philox4x32-10 against the published vectors (Salmon and others 2011, Random123 kat_vectors)", () => {
  const ones = 0xffffffff;
  test("zeros, ones, and digits of pi", () => {
    expect(philox([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
    expect(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });
});

describe("streams", () => {
  test("the same seed, name and counter give the same number, in any order", () => {
    const one = stream(7, "question/q17");
    const other = stream(7, "question/q17");
    const forward = [0, 1, 2, 2 ** 32, 2 ** 40 + 5].map(one.uint32);
    const backward = [2 ** 40 + 5, 2 ** 32, 2, 1, 0].map(other.uint32);
    expect(forward).toEqual(backward.toReversed());
    expect(new Set(forward).size).toBe(5);
    expect(stream("7", "question/q17").uint32(3)).toBe(one.uint32(3));
  });

  test("these numbers are published: they must never change", () => {
    expect([0, 1, 2].map(stream(1, "a").uint32)).toMatchInlineSnapshot(`
      [
        3930458368,
        2228297506,
        2905106654,
      ]
    `);
    expect(stream("season-2024", "分水岭").uint32(9)).toMatchInlineSnapshot(`1146024977`);
  });

  test("seed and name do not run into each other", () => {
    expect(stream("1", "2x").uint32(0)).not.toBe(stream("12", "x").uint32(0));
    expect(stream("", "a").uint32(0)).not.toBe(stream("a", "").uint32(0));
  });

  test("uniforms have the mean, variance and serial correlation of independent uniforms, within 4 standard errors", () => {
    const { uniform } = stream(2024, "moments");
    let [sum, squares, products, before] = [0, 0, 0, uniform(COUNT) - 0.5];
    for (let i = 0; i < COUNT; i++) {
      const u = uniform(i) - 0.5;
      sum += u;
      squares += u * u;
      products += u * before;
      before = u;
    }
    expect(Math.abs(sum / COUNT)).toBeLessThan(4 * Math.sqrt(1 / 12 / COUNT));
    expect(Math.abs(squares / COUNT - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / COUNT));
    expect(Math.abs(products / COUNT)).toBeLessThan((4 * (1 / 12)) / Math.sqrt(COUNT));
  });

  test("different names, and different seeds, are uncorrelated within 4 standard errors", () => {
    const pairs = [
      [stream(1, "a"), stream(1, "b")],
      [stream(1, "question/q1"), stream(1, "question/q2")],
      [stream(1, "a"), stream(2, "a")],
    ];
    for (const [one, other] of pairs) {
      let products = 0;
      for (let i = 0; i < COUNT; i++) products += (one.uniform(i) - 0.5) * (other.uniform(i) - 0.5);
      expect(Math.abs((12 * products) / COUNT)).toBeLessThan(4 / Math.sqrt(COUNT));
    }
  });

  test("every bit is fair within 4 standard errors", () => {
    const { uint32 } = stream("bits", "fair");
    const ones = new Int32Array(32);
    for (let i = 0; i < COUNT; i++) {
      const word = uint32(i);
      for (let bit = 0; bit < 32; bit++) ones[bit] += (word >>> bit) & 1;
    }
    for (const count of ones) expect(Math.abs(count - COUNT / 2)).toBeLessThan(4 * Math.sqrt(COUNT / 4));
  });

  test("a word becomes a number strictly inside (0, 1)", () => {
    expect(uniformFromWord(0)).toBe(2 ** -33);
    expect(uniformFromWord(2 ** 32 - 1)).toBe(1 - 2 ** -33);
  });
});
