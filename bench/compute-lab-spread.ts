// Learns how far predictions are off (packages/compute-lab/data/spread.json) from papers predicted by constants that never saw them, and
// tells how often the 80% band holds the truth: per paper, without and with one to three measured rows of the site.
// `node bench/compute-lab-spread.ts` prints; `--write` also writes the file.
import { writeFileSync } from "node:fs";
import {
  bandFactor,
  calibratedWithout,
  estimateStep,
  logSpread,
  measuredRun,
  readRun,
  siteCorrection,
  spreadConstants,
} from "../packages/compute-lab/src/index.ts";
import type { Estimate, SpreadConstants } from "../packages/compute-lab/src/index.ts";
import { publishedRuns } from "../packages/compute-lab/src/published-runs.ts";
import { stream, uniformFromWord } from "../packages/probability/src/index.ts";
import { machine } from "./machine.ts";

interface Row {
  group: string;
  site: string;
  experts: boolean;
  estimate: Estimate;
  error: number; // ln(measured / predicted)
  measured: number;
  weight: number;
}

function rows(): Row[] {
  const found = publishedRuns.flatMap((run) => {
    const { aiModel, cluster, printed, software, problems } = readRun(run);
    if (run.stepSeconds === undefined || !aiModel || !cluster || problems.some(({ severity }) => severity === "error")) return [];
    const estimate = estimateStep({ aiModel, cluster, printed, software }, calibratedWithout(run.group));
    const experts = aiModel.experts !== null;
    return [
      {
        group: run.group,
        site: `${run.group} ${run.software} ${cluster.accelerator.id}`,
        experts,
        estimate,
        error: Math.log(run.stepSeconds / estimate.seconds),
        measured: run.stepSeconds,
        weight: 0,
      },
    ];
  });
  const counts = Map.groupBy(found, ({ group, experts }) => `${group} ${experts}`);
  return found.map((row) => ({ ...row, weight: counts.get(`${row.group} ${row.experts}`)!.length ** -0.75 }));
}

/** Minus the log-likelihood of Student's t with four degrees of freedom, papers weighted, deviations held to their first guesses. */
function misfit(all: Row[], s: SpreadConstants, start: SpreadConstants): number {
  const fit = all.reduce((sum, { estimate, error, weight }) => {
    const spread = logSpread(estimate, true, s);
    return sum + weight * (Math.log(spread) + 2.5 * Math.log1p((error / spread) ** 2 / 4));
  }, 0);
  return fit + learned.reduce((sum, name) => sum + 0.5 * Math.log(s[name] / start[name]) ** 2, 0);
}

/** Before any learning; a deviation that is halved or doubled from here costs a quarter of a unit of log-likelihood. */
const firstGuesses = {
  base: 0.045,
  experts: 0.15,
  attention: 0.3,
  memoryBound: 0.15,
  recomputation: 0.2,
  communication: 0.3,
  expertCommunication: 0.4,
  bubble: 0.3,
  overhead: 0.35,
  microbatchChosen: 0.045,
  planChosen: 0.03,
  scale: 0.1,
  otherStack: 0.1,
  interleavingChosen: 0.4,
};
const learned = [
  "base",
  "experts",
  "attention",
  "memoryBound",
  "recomputation",
  "communication",
  "expertCommunication",
  "bubble",
  "overhead",
  "microbatchChosen",
  "planChosen",
  "scale",
  "otherStack",
  "interleavingChosen",
] as const;

function learn(all: Row[], start: SpreadConstants): SpreadConstants {
  let s = { ...start };
  for (let round = 0; round < 60; round++)
    for (const name of learned)
      for (const factor of [1.15, 1 / 1.15, 1.03, 1 / 1.03]) {
        const next = { ...s, [name]: s[name] * factor };
        if (misfit(all, next, start) < misfit(all, s, start)) s = next;
      }
  return s;
}

interface Outcome {
  within: boolean;
  error: number;
  weight: number;
}

function summary(outcomes: Outcome[]): string {
  const sizes = outcomes.map(({ error }) => Math.abs(Math.expm1(error))).toSorted((one, other) => one - other);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const held = outcomes.filter(({ within }) => within).length / outcomes.length;
  const weight = outcomes.reduce((sum, outcome) => sum + outcome.weight, 0);
  const heldByPaper = outcomes.reduce((sum, outcome) => sum + (outcome.within ? outcome.weight : 0), 0) / weight;
  return `${String(outcomes.length).padStart(5)} mean ${(100 * mean).toFixed(1).padStart(5)}% median ${(100 * sizes[sizes.length >> 1]).toFixed(1).padStart(5)}% band holds ${(100 * held).toFixed(0)}% (papers weighted ${(100 * heldByPaper).toFixed(0)}%)`;
}

/** Every row of a site predicted with so many other rows of that site known, drawn anew for each. */
function afterCalibration(all: Row[], count: number, s: SpreadConstants): { row: Row; outcome: Outcome }[] {
  const sites = Map.groupBy(all, ({ site }) => site);
  const draws = stream(7, `rows/${count}`);
  let drawn = 0;
  return all.flatMap((row) => {
    const others = sites.get(row.site)!.filter((other) => other !== row);
    if (others.length < count) return [];
    return Array.from({ length: 5 }, () => {
      const chosen = [...others];
      while (chosen.length > count) chosen.splice(Math.floor(uniformFromWord(draws.uint32(drawn++)) * chosen.length), 1);
      const known = chosen.map(({ estimate, measured }) => measuredRun(estimate, true, measured));
      const { shift, spread } = siteCorrection(known, row.estimate, true, s);
      const error = shift - row.error;
      return { row, outcome: { within: Math.abs(error) <= bandFactor * spread, error, weight: row.weight } };
    });
  });
}

const all = rows();
console.log(machine());
const write = process.argv.includes("--write");
const s = write ? learn(all, { ...spreadConstants, ...firstGuesses }) : spreadConstants;
console.log(JSON.stringify(s));
for (const [label, of] of [
  ["dense", all.filter((row) => !row.experts)],
  ["experts", all.filter((row) => row.experts)],
  ["all", all],
] as const) {
  const outcomes = of.map(({ estimate, error, weight }) => ({
    within: Math.abs(error) <= bandFactor * logSpread(estimate, true, s),
    error: -error,
    weight,
  }));
  console.log(`${label.padEnd(8)} 0 rows of the site: ${summary(outcomes)}`);
  for (const count of [1, 2, 3]) {
    const calibrated = afterCalibration(all, count, s).filter(({ row }) => of.includes(row));
    console.log(`${label.padEnd(8)} ${count} rows of the site: ${summary(calibrated.map(({ outcome }) => outcome))}`);
  }
}
for (const [group, of] of Map.groupBy(all, ({ group, experts }) => group + (experts ? " experts" : ""))) {
  const outcomes = of.map(({ estimate, error, weight }) => ({
    within: Math.abs(error) <= bandFactor * logSpread(estimate, true, s),
    error: -error,
    weight,
  }));
  const three = afterCalibration(all, 3, s).filter(({ row }) => of.includes(row));
  console.log(
    `${group.padEnd(24)} ${summary(outcomes)}${three.length > 0 ? `; 3 rows: ${summary(three.map(({ outcome }) => outcome))}` : ""}`,
  );
}
if (write)
  writeFileSync(
    new URL("../packages/compute-lab/data/spread.json", import.meta.url),
    `${JSON.stringify(Object.fromEntries(Object.entries(s).map(([name, amount]) => [name, Number(amount.toPrecision(3))])), null, 1)}\n`,
  );
