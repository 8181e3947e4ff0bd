import { sobolWords } from "@watershed/probability";
import { expect, test } from "vitest";
import { cellsOf, crossed, fillEvenly, pointsIn } from "./sobol-cells.ts";

const shardSize = 2 ** 10;

function counted(dimension: number, digits: number, shift: number): Uint32Array {
  const words = new Uint32Array(shardSize);
  sobolWords(dimension, (shift << (32 - digits)) >>> 0, words);
  return words.map((word) => word >>> (32 - digits));
}

test("ten leading digits of every coordinate fill their cells evenly at 2^14 points and at 2^10", () => {
  for (let dimension = 0; dimension < 200; dimension++)
    for (const size of [2 ** 10, 2 ** 14]) expect(fillEvenly(cellsOf(dimension, 10, size))).toBe(true);
});

test("more digits than a shard resolves do not fill evenly, and their points are counted", () => {
  const cells = cellsOf(20, 12, shardSize);
  expect(fillEvenly(cells)).toBe(false);
  const counts = new Uint32Array(2 ** 12);
  for (const cell of counted(20, 12, 77)) counts[cell]++;
  expect(pointsIn(cells, 77, shardSize)).toEqual(counts);
});

test("the points in the cells of two coordinates, also where their digits depend on each other", () => {
  let uneven = 0;
  for (let second = 21; second < 80; second++) {
    const cells = crossed(cellsOf(20, 5, shardSize), cellsOf(second, 5, shardSize));
    const counts = new Uint32Array(2 ** 10);
    const [rows, columns] = [counted(20, 5, 9), counted(second, 5, 22)];
    rows.forEach((row, point) => counts[row * 32 + columns[point]]++);
    expect(pointsIn(cells, 9 * 32 + 22, shardSize)).toEqual(counts);
    if (!fillEvenly(cells)) uneven++;
  }
  expect(uneven).toBeGreaterThan(0);
});
