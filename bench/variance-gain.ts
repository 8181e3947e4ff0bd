// Claim: Sobol points with one digital shift per shard need far fewer scenarios than independent draws for the same error.
// Prints, for shards of 2^14, the variance of an expected amount with independent draws (variance of one draw over their number) over its variance with
// our points: for the formulas of the 60-variable case, and for investing now in the companies of the generated workspace and of the worked example.
import { join } from "node:path";
import type { Workspace } from "@watershed/domain";
import { readWorkspace } from "@watershed/workspace-files";
import { assignDimensions, simulate } from "../packages/engine/src/index.ts";
import { check } from "../packages/formula/src/index.ts";
import { appraiseCase } from "../packages/workbench/src/appraise-case.ts";
import { compileWorkspace } from "../packages/workbench/src/compile-workspace.ts";
import { generateWorkspace } from "../packages/workbench/src/generate-workspace.ts";
import { runCases } from "../packages/workbench/src/run-cases.ts";
import { average, machine, median } from "./machine.ts";
import { results, variables } from "./simulation-case.ts";

const [shards, shardSize] = [32, 16_384];
console.log(machine());
print("the formulas of the 60-variable case", gainsOfFormulas());
print(
  "investing now, generated workspace of 150 questions and 60 companies",
  gainsOfCompanies(generateWorkspace({ questions: 150, companies: 60, seed: 1 })),
);
const { workspace } = await readWorkspace(join(import.meta.dirname, "../examples/china-ai-2024"));
if (!workspace) throw new Error("the worked example could not be read");
print("investing now, worked example", gainsOfCompanies(workspace));

function print(of: string, gains: number[]): void {
  const [low, high] = [Math.min(...gains), Math.max(...gains)];
  console.log(
    `variance gain, ${of}: median ${median(gains).toFixed(1)}, from ${low.toFixed(1)} to ${high.toFixed(1)} over ${gains.length}`,
  );
}

function gainsOfFormulas(): number[] {
  const definitions = variables.map(({ name, ours }) => ({ name, source: ours }));
  const { program } = check(definitions, { currency: "USD", rates: {}, today: 20_000 });
  const { dimensions } = assignDimensions(program.streams, []);
  const { columns } = simulate(program, {}, { seed: 1, shards, shardSize, dimensions, keep: results });
  return [...columns.values()].filter((column) => column.every(Number.isFinite)).map(gain);
}

function gainsOfCompanies(of: Workspace): number[] {
  const compiled = compileWorkspace(of);
  const { run, sound } = runCases(compiled, compiled.workspace.cases, { draws: shards * shardSize });
  return sound.flatMap((investmentCase) => {
    const now = appraiseCase(compiled, run.draws, investmentCase).alternatives.find((alternative) => alternative.name === "now");
    return now ? [gain(now.netValue)] : [];
  });
}

function gain(netValue: Float64Array): number {
  const means = Array.from({ length: shards }, (_, shard) => average(netValue.subarray(shard * shardSize, (shard + 1) * shardSize)));
  const ofMeans = average(means.map((mean) => (mean - average(means)) ** 2)) * (shards / (shards - 1));
  const whole = average(netValue);
  const ofDraws = average(netValue.map((amount) => (amount - whole) ** 2));
  return ofDraws / shardSize / ofMeans;
}
