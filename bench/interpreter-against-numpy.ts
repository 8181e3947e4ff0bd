// Baseline for any faster engine: how far the reference interpreter, plain doubles in TypeScript, is from the same case in numpy.
// Prints million scenario-variables per second of both (numpy where python3 has it), and their ratio, in one run.
import { spawnSync } from "node:child_process";
import { assignDimensions, simulate } from "@watershed/engine";
import { check } from "@watershed/formula";
import { machine, median } from "./machine.ts";

const size = 20; // questions of each of three kinds, and as many formulas over them
const names = Array.from({ length: size }, (_, index) => index);
const definitions = names.flatMap((index) => [
  { name: `n${index}`, source: "normal(1, 2)" },
  { name: `l${index}`, source: "lognormal(0, 0.5)" },
  { name: `b${index}`, source: "chance(30%)" },
  { name: `f${index}`, source: `if b${index} then l${index} * 3 else max(n${index}, 0) / 2` },
]);
const { program } = check(definitions, { currency: "USD", rates: { USD: 1 }, today: 0 });
const { dimensions } = assignDimensions(program.streams, []);
const draws = 8 * 16_384;

function ours(): number {
  const started = performance.now();
  simulate(program, {}, { seed: 1, shards: 8, dimensions, keep: names.map((index) => `f${index}`) });
  return (definitions.length * draws) / (performance.now() - started) / 1000;
}

const python = `
import time, numpy as np
rng = np.random.default_rng(1); size, draws, block = ${size}, ${draws}, 4096
started = time.perf_counter()
out = np.empty((size, draws))
for at in range(0, draws, block):
    for i in range(size):
        n = rng.normal(1, 2, block); l = rng.lognormal(0, 0.5, block); b = rng.random(block) < 0.3
        out[i, at:at + block] = np.where(b, l * 3, np.maximum(n, 0) / 2)
print(4 * size * draws / (time.perf_counter() - started) / 1e6)
`;

function numpy(): number | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", python], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

ours();
const runs = Array.from({ length: 5 }, () => ({ ours: ours(), numpy: numpy() }));
const speed = median(runs.map((run) => run.ours));
const theirs = runs.flatMap((run) => (run.numpy === undefined ? [] : [run.numpy]));
const against =
  theirs.length === 0
    ? "numpy is not installed"
    : `${(speed / median(theirs)).toFixed(2)} times numpy in blocks (${median(theirs).toFixed(0)})`;
console.log(`reference interpreter: ${speed.toFixed(0)} million scenario-variables per second, ${against} (${machine()})`);
