// Claim: a whole review of the worked example (17 companies, 125 questions, 131,072 scenarios) takes under 5 seconds as a process.
// Prints the median wall time over five runs and its ratio to starting Node alone, in turn.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { machine, median } from "./machine.ts";

const root = join(import.meta.dirname, "..");
const command = [join(root, "packages/cli/bin/watershed.mjs"), "review", join(root, "examples/china-ai-2024"), "--json"];

function seconds(argv: string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, argv, { stdio: ["ignore", "ignore", "ignore"] });
  if (status !== 0) throw new Error(`node ${argv.join(" ")} ended with ${status}`);
  return (performance.now() - started) / 1000;
}

seconds(command);
const runs = Array.from({ length: 5 }, () => ({ review: seconds(command), start: seconds(["-e", "0"]) }));
const review = median(runs.map((run) => run.review));
const ratio = median(runs.map((run) => run.review / run.start));
console.log(`review of the example: ${review.toFixed(2)} s, ${ratio.toFixed(0)} times starting Node (${machine()})`);
