// Finds the constants of the compute lab (packages/compute-lab/data/calibration.json) on the published runs, once on all of them and once
// without each paper, so that every paper can be predicted by constants that never saw it. Prints the values, and what each is worth:
// how much the mean absolute error of step time grows when its effect is switched off.
// `node bench/compute-lab-calibration.ts` prints; `--write` also writes the file.
import { writeFileSync } from "node:fs";
import { calibrated, constants, estimateStep, readRun, uncalibrated } from "../packages/compute-lab/src/index.ts";
import type { Calibration, ConstantName, OpenRun } from "../packages/compute-lab/src/index.ts";
import { secondsOf } from "../packages/compute-lab/src/complete-plan.ts";
import type { Plan } from "../packages/compute-lab/src/plan.ts";
import { isLater, paperOf, publishedRuns } from "../packages/compute-lab/src/published-runs.ts";
import { runOf } from "../packages/compute-lab/src/run.ts";
import { stepParts } from "../packages/compute-lab/src/step.ts";
import { machine } from "./machine.ts";

interface Row {
  id: string;
  group: string;
  experts: boolean;
  open: OpenRun;
  measured: number;
}

const names = Object.keys(constants) as ConstantName[];
const span = (name: ConstantName): number => constants[name].high - constants[name].low;
/** Errors beyond these count by their size, no longer by their square: a broken run must not bend the constants. */
const usualError = { dense: 0.08, experts: 0.3 };
/** How strongly a constant is held to its first guess: one whole range off costs as much as eight rows with twice the usual error. */
const tie = 0.05;

function rows(): Row[] {
  return publishedRuns.flatMap((run) => {
    const { aiModel, cluster, printed, software, problems } = readRun(run);
    // token-dropping runs compute less than their printed shape says
    if (isLater(run.group) || run.stepSeconds === undefined || !aiModel || !cluster || /tokendrop/.test(run.notes ?? "")) return [];
    if (problems.some(({ severity }) => severity === "error")) return [];
    const open = { aiModel, cluster, printed, software };
    return [{ id: run.id, group: run.group, experts: aiModel.experts !== null, open, measured: run.stepSeconds }];
  });
}

/** What the source leaves open of the plans, as these constants choose it. */
function plansOf(k: Calibration, of: Row[]): Plan[] {
  return of.map(({ open }) => estimateStep(open, k).plan);
}

function errors(k: Calibration, of: Row[], plans = plansOf(k, of)): number[] {
  return of.map(({ open, measured }, row) => Math.log(secondsOf(stepParts(runOf({ ...open, plan: plans[row] }, k))) / measured));
}

/** Every paper counts as the square root of its rows, one kind of AI model at a time; those with experts count seven tenths. */
function weights(of: Row[], found: number[]): number[] {
  const counts = Map.groupBy(of, ({ group, experts }) => `${group} ${experts}`);
  return of.map(({ group, experts }, row) => {
    const usual = experts ? usualError.experts : usualError.dense;
    const size = Math.abs(found[row]);
    return ((experts ? 0.7 : 1) / Math.sqrt(counts.get(`${group} ${experts}`)!.length)) * (size <= usual ? 1 : usual / size);
  });
}

function loss(k: Calibration, found: number[], weight: number[]): number {
  const misfit = found.reduce((sum, error, row) => sum + weight[row] * error * error, 0);
  return misfit + names.reduce((sum, name) => sum + tie * ((k[name] - constants[name].start) / span(name)) ** 2, 0);
}

/** Levenberg-Marquardt from first guesses, in units of the constants' ranges, reweighted at each step; plans stand still within one. */
function fit(of: Row[], iterations = 60): Calibration {
  let k = { ...uncalibrated };
  let damping = 0.01;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const plans = plansOf(k, of);
    const found = errors(k, of, plans);
    const weight = weights(of, found);
    const before = loss(k, found, weight);
    const slopes = names.map((name) => slope(k, name, of, found, plans));
    const normal = names.map((_, one) => names.map((__, other) => dot(slopes[one], slopes[other], weight) + (one === other ? tie : 0)));
    const pull = names.map((name, one) => -dot(slopes[one], found, weight) - (tie * (k[name] - constants[name].start)) / span(name));
    let better = false;
    for (let attempt = 0; attempt < 8 && !better; attempt++) {
      const damped = normal.map((line, one) =>
        line.map((entry, other) => (one === other ? entry * (1 + damping) + 1e-3 * damping : entry)),
      );
      const move = solve(damped, pull);
      const next = Object.fromEntries(names.map((name, one) => [name, clamp(name, k[name] + move[one] * span(name))])) as Calibration;
      const after = loss(next, errors(next, of, plans), weight);
      better = after < before;
      damping = better ? Math.max(1e-4, damping / 3) : damping * 4;
      if (better) k = next;
      if (better && before - after < 1e-4 * before) return k;
    }
    if (!better) return k;
  }
  return k;
}

function slope(k: Calibration, name: ConstantName, of: Row[], found: number[], plans: Plan[]): number[] {
  const step = (k[name] > constants[name].high - 0.02 * span(name) ? -0.01 : 0.01) * span(name);
  return errors({ ...k, [name]: k[name] + step }, of, plans).map((error, row) => ((error - found[row]) / step) * span(name));
}

function clamp(name: ConstantName, amount: number): number {
  return Math.min(constants[name].high, Math.max(constants[name].low, amount));
}

function dot(one: number[], other: number[], weight: number[]): number {
  return one.reduce((sum, entry, row) => sum + weight[row] * entry * other[row], 0);
}

function solve(matrix: number[][], right: number[]): number[] {
  const lines = matrix.map((line, row) => [...line, right[row]]);
  lines.forEach((_, column) => {
    const pivot = lines.findIndex(
      (line, row) => row >= column && Math.abs(line[column]) === Math.max(...lines.slice(column).map((rest) => Math.abs(rest[column]))),
    );
    [lines[column], lines[pivot]] = [lines[pivot], lines[column]];
    for (let row = column + 1; row < lines.length; row++) {
      const factor = lines[row][column] / lines[column][column];
      for (let entry = column; entry <= lines.length; entry++) lines[row][entry] -= factor * lines[column][entry];
    }
  });
  const found = new Array<number>(lines.length).fill(0);
  for (let row = lines.length - 1; row >= 0; row--)
    found[row] =
      (lines[row].at(-1)! - lines[row].slice(row + 1, -1).reduce((sum, entry, index) => sum + entry * found[row + 1 + index], 0)) /
      lines[row][row];
  return found;
}

function rounded(k: Calibration): Calibration {
  return Object.fromEntries(names.map((name) => [name, Number(k[name].toPrecision(5))])) as Calibration;
}

function meanError(k: Calibration, of: Row[]): number {
  return errors(k, of).reduce((sum, error) => sum + Math.abs(Math.expm1(error)), 0) / of.length;
}

const all = rows();
console.log(machine());
const fresh = process.argv.includes("--write");
const values = fresh ? rounded(fit(all)) : calibrated;
const [dense, experts] = [all.filter((row) => !row.experts), all.filter((row) => row.experts)];
console.log(
  `${all.length} rows; mean absolute error of step time: dense ${(100 * meanError(values, dense)).toFixed(2)}%, with experts ${(100 * meanError(values, experts)).toFixed(2)}%`,
);
for (const name of names) {
  const { low, high, unit, meaning, without } = constants[name];
  const off = { ...values, [name]: without };
  const worth = [dense, experts].map((of) => (100 * (meanError(off, of) - meanError(values, of))).toFixed(1).padStart(6)).join(" ");
  const edge = values[name] <= low * 1.0001 ? " at its lower end" : values[name] >= high * 0.9999 ? " at its upper end" : "";
  console.log(
    `${name.padEnd(22)}${values[name].toPrecision(4).padStart(10)} ${unit}${edge}; off: ${worth} points dense, experts; ${meaning}`,
  );
}
if (fresh) {
  const papers = [...new Set(all.map(({ group }) => paperOf(group)))];
  const left = (paper: string): Row[] => all.filter((row) => paperOf(row.group) !== paper);
  // each from first guesses too: constants that began where all papers led would remember the one left out
  const without = Object.fromEntries(papers.map((paper) => [paper, rounded(fit(left(paper)))]));
  const place = new URL("../packages/compute-lab/data/calibration.json", import.meta.url);
  const text = (k: Calibration): string => JSON.stringify(k);
  const folds = papers.map((paper) => `${JSON.stringify(paper)}: ${text(without[paper])}`).join(",\n");
  writeFileSync(place, `{\n"all": ${text(values)},\n"without": {\n${folds}\n}\n}\n`);
}
