// Claim: Sobol points with one digital shift per shard need far fewer scenarios than independent draws for the same error.
// Prints the median, over the companies of the worked example, of the variance of expected netValue with independent draws
// (variance of one draw over their number) over its variance with our points, both for shards of 2^14.
import { join } from "node:path";
import { readWorkspace } from "@watershed/workspace-files";
import { appraiseCase } from "../packages/workbench/src/appraise-case.ts";
import { compileWorkspace } from "../packages/workbench/src/compile-workspace.ts";
import { runCases } from "../packages/workbench/src/run-cases.ts";
import { machine, median } from "./machine.ts";

const { workspace } = await readWorkspace(join(import.meta.dirname, "../examples/china-ai-2024"));
if (!workspace) throw new Error("the worked example could not be read");
const compiled = compileWorkspace(workspace);
const { run, sound } = runCases(compiled, compiled.workspace.cases, { draws: 32 * 16_384 });
const { shards, shardSize } = run.draws;

const gains = sound.flatMap((investmentCase) => {
  const now = appraiseCase(compiled, run.draws, investmentCase).alternatives.find((alternative) => alternative.name === "now");
  return now ? [gain(now.netValue)] : [];
});
console.log(
  `variance gain over independent draws at 2^14: median ${median(gains).toFixed(1)}, from ${Math.min(...gains).toFixed(1)} to ${Math.max(...gains).toFixed(1)} over ${gains.length} companies (${machine()})`,
);

function gain(netValue: Float64Array): number {
  const means = Array.from({ length: shards }, (_, shard) => average(netValue.subarray(shard * shardSize, (shard + 1) * shardSize)));
  const ofMeans = average(means.map((mean) => (mean - average(means)) ** 2)) * (shards / (shards - 1));
  const whole = average(netValue);
  const ofDraws = average(netValue.map((amount) => (amount - whole) ** 2));
  return ofDraws / shardSize / ofMeans;
}

function average(amounts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < amounts.length; index++) sum += amounts[index];
  return sum / amounts.length;
}
