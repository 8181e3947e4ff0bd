// Learns how far predictions are off (packages/compute-lab/data/spread.json) from papers predicted by constants that never saw them: first how
// much each source of error adds, then how much of it a site's measured rows tell. Once on all papers, and once without each, so that the
// band of every paper can be tried by numbers that never saw it. Tells how often the 80% band holds the truth.
// `node bench/compute-lab-spread.ts` prints; `--write` also writes the file.
import { writeFileSync } from "node:fs";
import {
  bandFactor,
  calibratedWithout,
  estimateStep,
  logSpread,
  measuredRun,
  readRun,
  likenesses,
  likeness,
  siteCorrection,
  spreadConstants,
  spreadWithout,
} from "../packages/compute-lab/src/index.ts";
import type { Calibration, Estimate, MeasuredRun, OpenRun, SpreadConstants } from "../packages/compute-lab/src/index.ts";
import { isLater, paperOf, publishedRuns, triesEveryPlan } from "../packages/compute-lab/src/published-runs.ts";
import { withoutSplit } from "../packages/compute-lab/src/without-split.fixture.ts";
import { stream, uniformFromWord } from "../packages/probability/src/index.ts";
import { machine } from "./machine.ts";

interface Row {
  group: string;
  site: string;
  experts: boolean;
  estimate: Estimate;
  error: number; // ln(measured / predicted)
  measured: MeasuredRun;
  weight: number;
}

/** Every published run, estimated by its printed plan or by what `estimated` makes of it. */
function rows(estimated = (open: OpenRun, k: Calibration): Estimate => estimateStep(open, k)): Row[] {
  const found = publishedRuns.flatMap((run) => {
    const { aiModel, cluster, printed, software, problems } = readRun(run);
    if (run.stepSeconds === undefined || !aiModel || !cluster || problems.some(({ severity }) => severity === "error")) return [];
    const estimate = estimated({ aiModel, cluster, printed, software }, calibratedWithout(run.group));
    const experts = aiModel.experts !== null;
    return [
      {
        group: run.group,
        site: `${run.group} ${cluster.accelerator.id} ${experts}`,
        experts,
        estimate,
        error: Math.log(run.stepSeconds / estimate.seconds),
        measured: measuredRun(estimate, true, run.stepSeconds),
        weight: 0,
      },
    ];
  });
  const counts = Map.groupBy(found, ({ group, experts }) => `${group} ${experts}`);
  return found.map((row) => ({ ...row, weight: counts.get(`${row.group} ${row.experts}`)!.length ** -0.75 }));
}

/** Minus the log-likelihood of Student's t with four degrees of freedom, papers weighted, deviations held to their first guesses. */
function misfit(all: Row[], s: SpreadConstants, start: SpreadConstants, names: readonly Source[]): number {
  const fit = all.reduce((sum, { estimate, error, weight }) => {
    const spread = logSpread(estimate, true, s);
    return sum + weight * (Math.log(spread) + 2.5 * Math.log1p((error / spread) ** 2 / 4));
  }, 0);
  return fit + names.reduce((sum, name) => sum + 0.5 * Math.log(s[name] / start[name]) ** 2, 0);
}

/** Before any learning; a deviation that is halved or doubled from here costs a quarter of a unit of log-likelihood. */
const firstGuesses: SpreadConstants = {
  ...spreadConstants,
  base: 0.045,
  experts: 0.2,
  attention: 0.3,
  memoryBound: 0.15,
  recomputation: 0.2,
  communication: 0.3,
  expertCommunication: 0.4,
  bubble: 0.3,
  overhead: 0.35,
  microbatchChosen: 0.045,
  planChosen: 0.03,
  planOpen: 0.1,
  expertParallelChosen: 0.1,
  scale: 0.1,
  otherStack: 0.1,
  interleavingChosen: 0.4,
  recomputationChosen: 0.5,
  youngDesign: 0.1,
  fourBits: 0.12,
  siteShare: 0.2,
  siteShareExperts: 0.15,
  likeShare: 0.88,
  likeShareExperts: 0.85,
  otherKindShare: 0.5,
  lengths: {
    release: 1,
    hidden: 1.2,
    layers: 2,
    sequence: 1,
    chips: 4,
    tokens: 1.1,
    tensorParallel: 0.8,
    pipelineParallel: 2.4,
    expertParallel: 1.6,
    contextParallel: 2,
    microbatches: 3,
    precision: 1.4,
    recomputation: 2,
    sharding: 1.8,
  },
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
  "recomputationChosen",
  "youngDesign",
  "fourBits",
] as const;

/** Learned apart, from the same runs with their splits hidden. */
const learnedOpen = ["planOpen", "expertParallelChosen"] as const;
type Source = (typeof learned | typeof learnedOpen)[number];

/** Coordinate search by factors, coarse and fine. */
function descend(cost: (s: SpreadConstants) => number, start: SpreadConstants, moves: Move[], rounds: number): SpreadConstants {
  let s = start;
  let least = cost(s);
  for (let round = 0; round < rounds; round++)
    for (const move of moves)
      for (const factor of round < 2 ? [1.4, 1 / 1.4] : [1.12, 1 / 1.12]) {
        const next = move(s, factor);
        const found = cost(next);
        if (found < least) [s, least] = [next, found];
      }
  return s;
}
type Move = (s: SpreadConstants, factor: number) => SpreadConstants;

const movesOf = (names: readonly Source[]): Move[] => names.map((name) => (s, factor) => ({ ...s, [name]: s[name] * factor }));
const shareNames = ["siteShare", "siteShareExperts", "likeShare", "likeShareExperts", "otherKindShare"] as const;
/** Shares move on the logit scale. */
const shareMoves = shareNames.map((name): Move => (s, factor) => ({
  ...s,
  [name]: Math.min(0.98, 1 / (1 + (1 / s[name] - 1) / factor / factor)),
}));
const lengthMoves = likenesses.map((name): Move => (s, factor) => ({ ...s, lengths: { ...s.lengths, [name]: s.lengths[name] * factor } }));

interface Trial {
  row: Row;
  known: MeasuredRun[];
}

/** Rows with one to three others of their site known, at random and the nearest; large papers by every fourth row. */
function trials(all: Row[]): Trial[] {
  const sites = Map.groupBy(all, ({ site }) => site);
  const draws = stream(11, "trials");
  let drawn = 0;
  return all.flatMap((row, index) => {
    const others = sites.get(row.site)!.filter((other) => other !== row);
    if (others.length < 2 || (others.length > 30 && index % 4 > 0)) return [];
    const near = nearest(row, others, firstGuesses).map(({ measured }) => measured);
    const random = [1, 2, 3].map((count) =>
      Array.from({ length: count }, () => others[Math.floor(uniformFromWord(draws.uint32(drawn++)) * others.length)].measured),
    );
    return [near.slice(0, 1), near.slice(0, 2), ...random].map((known) => ({ row, known: [...new Set(known)] }));
  });
}

function nearest(row: Row, others: Row[], s: SpreadConstants): Row[] {
  const by = new Map(others.map((other) => [other, likeness(row.measured, other.measured, s)]));
  return others.toSorted((one, other) => by.get(other)! - by.get(one)!);
}

/** The same likelihood for predictions that know rows of the site, shares and lengths held to their first guesses. */
function misfitKnown(of: Trial[], s: SpreadConstants): number {
  const fit = of.reduce((sum, { row, known }) => {
    const { shift, spread } = siteCorrection(known, row.estimate, true, s);
    return sum + (row.weight / 5) * (Math.log(spread) + 2.5 * Math.log1p(((row.error - shift) / spread) ** 2 / 4));
  }, 0);
  const logit = (share: number): number => Math.log(share / (1 - share));
  const shares = shareNames.reduce((sum, name) => sum + 0.5 * ((logit(s[name]) - logit(firstGuesses[name])) / 0.5) ** 2, 0);
  return (
    fit + shares + likenesses.reduce((sum, name) => sum + 0.5 * (Math.log(s.lengths[name] / firstGuesses.lengths[name]) / 0.7) ** 2, 0)
  );
}

function learn(all: Row[], open: Row[], start: SpreadConstants, rounds: number): SpreadConstants {
  const sources = descend((s) => misfit(all, s, firstGuesses, learned), start, movesOf(learned), 4 * rounds);
  const withOpen = descend((s) => misfit(open, s, firstGuesses, learnedOpen), sources, movesOf(learnedOpen), 4 * rounds);
  const tried = trials(all);
  return descend((s) => misfitKnown(tried, s), withOpen, [...shareMoves, ...lengthMoves], rounds);
}

function rounded(s: SpreadConstants): SpreadConstants {
  const three = (amount: number): number => Number(amount.toPrecision(3));
  const plain = Object.fromEntries(Object.entries(s).map(([name, amount]) => [name, typeof amount === "number" ? three(amount) : amount]));
  return { ...plain, lengths: Object.fromEntries(likenesses.map((name) => [name, three(s.lengths[name])])) } as unknown as SpreadConstants;
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

/** Every row of a site predicted with so many other rows of that site known: drawn anew for each, or the ones most like it. */
function afterCalibration(all: Row[], count: number, near: boolean, of: (row: Row) => SpreadConstants): { row: Row; outcome: Outcome }[] {
  const sites = Map.groupBy(all, ({ site }) => site);
  const draws = stream(7, `rows/${count}`);
  let drawn = 0;
  return all.flatMap((row) => {
    const others = sites.get(row.site)!.filter((other) => other !== row);
    if (others.length < count) return [];
    const s = of(row);
    return Array.from({ length: near || count === 0 ? 1 : 5 }, () => {
      const chosen = near ? nearest(row, others, s).slice(0, count) : [...others];
      while (chosen.length > count) chosen.splice(Math.floor(uniformFromWord(draws.uint32(drawn++)) * chosen.length), 1);
      const { shift, spread } = siteCorrection(
        chosen.map(({ measured }) => measured),
        row.estimate,
        true,
        s,
      );
      const error = shift - row.error;
      return { row, outcome: { within: Math.abs(error) <= bandFactor * spread, error, weight: row.weight } };
    });
  });
}

/** A prediction before any row of the site is known. */
function untold(row: Row): Outcome {
  return { within: Math.abs(row.error) <= bandFactor * logSpread(row.estimate, true, of(row)), error: -row.error, weight: row.weight };
}

const all = rows();
console.log(machine());
const write = process.argv.includes("--write");
const seen = all.filter(({ group }) => !isLater(group));
const papers = [...new Set(seen.map(({ group }) => paperOf(group)))];
const open = rows(withoutSplit).filter(({ group }) => !triesEveryPlan(group));
const openSeen = open.filter(({ group }) => !isLater(group));
const s = write ? rounded(learn(seen, openSeen, firstGuesses, 6)) : spreadConstants;
console.log(JSON.stringify(s));
const without = new Map(
  papers.map((paper) => [
    paper,
    write
      ? rounded(
          learn(
            seen.filter(({ group }) => paperOf(group) !== paper),
            openSeen.filter(({ group }) => paperOf(group) !== paper),
            s,
            3,
          ),
        )
      : spreadWithout(paper),
  ]),
);
const of = (row: Row): SpreadConstants => without.get(paperOf(row.group)) ?? s;
console.log("nothing told of the split:");
const kindOf = ({ experts }: Row): string => (experts ? "experts" : "dense");
const paperAndKind = ({ group, experts }: Row): string => group + (experts ? " experts" : "");
for (const by of [kindOf, paperAndKind])
  for (const [name, those] of Map.groupBy(open, by)) console.log(`  ${name.padEnd(24)} ${summary(those.map((row) => untold(row)))}`);
for (const near of [false, true])
  for (const count of near ? [1, 2, 3] : [0, 1, 2, 3]) {
    const outcomes = afterCalibration(all, count, near, of);
    console.log(`${count} rows of the site, ${near ? "the nearest" : "at random"}:`);
    const kinds = Map.groupBy(outcomes, ({ row }) => kindOf(row));
    for (const [kind, those] of kinds) console.log(`  ${kind.padEnd(24)} ${summary(those.map(({ outcome }) => outcome))}`);
    if (count !== 1 && count !== 2)
      for (const [group, those] of Map.groupBy(outcomes, ({ row }) => paperAndKind(row)))
        console.log(`  ${group.padEnd(24)} ${summary(those.map(({ outcome }) => outcome))}`);
  }
if (write) {
  const folds = papers.map((paper) => `${JSON.stringify(paper)}: ${JSON.stringify(without.get(paper))}`).join(",\n");
  writeFileSync(
    new URL("../packages/compute-lab/data/spread.json", import.meta.url),
    `{\n"all": ${JSON.stringify(s)},\n"without": {\n${folds}\n}\n}\n`,
  );
}
