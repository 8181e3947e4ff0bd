// Claim: ten million scenarios of a program of 360 variables are summed up without keeping a column, and two workers take about half the time of one.
// Prints seconds for one worker and two, and the most memory that the process ever held.
import { accumulate, assignDimensions } from "../packages/engine/src/index.ts";
import { check } from "../packages/formula/src/index.ts";
import { startWorkers } from "../packages/workbench/src/workers-node.ts";
import { sources } from "./decisions-by-kernels-page.ts";
import { machine } from "./machine.ts";

const definitions = Object.entries(sources()).map(([name, source]) => ({ name, source }));
const { program } = check(definitions, { currency: "USD", rates: {}, today: 0 });
const { dimensions } = assignDimensions(program.streams, []);
const shards = Math.ceil(1e7 / 16_384);
const seconds = new Map<number, number>();
for (const workers of [1, 2]) {
  const pool = startWorkers(workers);
  const start = performance.now();
  await accumulate(pool, program, {}, { seed: 1, shards, dimensions });
  seconds.set(workers, (performance.now() - start) / 1000);
  await pool.close();
}
const [one, two] = [seconds.get(1)!, seconds.get(2)!];
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${shards * 16_384} scenarios of ${definitions.length} variables: ${one.toFixed(1)} s on one worker, ${two.toFixed(1)} s on two (${(one / two).toFixed(2)} times), at most ${peak.toFixed(0)} MB (${machine()})`,
);
