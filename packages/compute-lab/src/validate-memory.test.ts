import { expect, test } from "vitest";
import { answerRow } from "./answer.ts";
import { memoryError } from "./memory.ts";
import { publishedMemory, publishedMemorySources } from "./published-memory.ts";
import { publishedRuns } from "./published-runs.ts";
import { readRun } from "./read-run.ts";
import { validateMemory } from "./validate-memory.ts";

const { sources, all, fits } = validateMemory(publishedMemory, publishedRuns);

test("[LAB27] published totals of memory: 92 rows of four sources, read without problems, each source named", () => {
  expect(all.rows).toBe(92);
  expect(sources.map(({ group }) => group).toSorted()).toEqual(Object.keys(publishedMemorySources).toSorted());
  for (const row of publishedMemory)
    expect(
      readRun(row).problems.filter(({ severity }) => severity === "error"),
      row.id,
    ).toEqual([]);
});

test("[LAB27] the mean absolute error is below a tenth over all rows and in every source", () => {
  expect(all.meanAbsoluteError).toBeLessThan(0.1);
  for (const { group, meanAbsoluteError } of sources) expect(meanAbsoluteError, group).toBeLessThan(0.1);
});

test("[LAB60] nanotron's totals, with and without tensor parallelism, are told within a tenth", () => {
  const { worst, rows } = sources.find(({ group }) => group === "nanotron-2024-07")!;
  expect(rows).toBe(3);
  expect(Math.abs(worst.error)).toBeLessThan(0.1);
});

test("[LAB27] the band holds four in five", () => {
  expect(all.coverage).toBeGreaterThan(0.8);
  expect(all.coverage).toBeLessThan(0.95);
});

test("[LAB27] fits or does not fit is right in nine of ten, of runs that ran and of those that found no room", () => {
  for (const { rows, right } of [fits.ran, fits.ranElsewhere, fits.outOfMemory]) expect(right / rows).toBeGreaterThan(0.9);
  expect(fits.outOfMemory.rows).toBe(5);
});

// GiB reserved, lowest and highest over ranks and trials: torchtitan, docs/dsv3_671b_dist_moe_256gpu_report.md.
test.each([
  ["torchtitan-gb300-pp1-eager", 249, 265],
  ["torchtitan-gb300-pp2-eager", 231, 263],
])("[LAB60] %s: DeepSeek-V3 on 256 GB300 keeps inputs in sixteen bits, and whole gradients in a pipeline", (id, least, most) => {
  const { memoryBytes } = answerRow(publishedRuns.find((run) => run.id === id));
  const told = memoryBytes! / 2 ** 30;
  expect(told * (1 + memoryError)).toBeGreaterThan(most);
  expect(told * (1 - memoryError)).toBeLessThan(least);
});
