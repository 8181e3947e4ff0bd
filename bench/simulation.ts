// Claim: the kernels draw scenarios at least 5 times as fast as our interpreter, 18 times numpy in blocks and 400 times Squiggle, one thread each.
// Prints million scenario-variables per second on a 60-variable investment case for each, and the ratios, all in one run.
import { spawnSync } from "node:child_process";
import { assignDimensions, interpret, Scenarios, simulate } from "@watershed/engine";
import { check } from "@watershed/formula";
import { average, machine, median } from "./machine.ts";
import { results, variables } from "./simulation-case.ts";

const definitions = variables.map(({ name, ours }) => ({ name, source: ours }));
const { program, problems } = check(definitions, { currency: "USD", rates: { USD: 1 }, today: 19_813 });
if (problems.some(({ severity }) => severity === "error")) throw new Error(JSON.stringify(problems));
const { dimensions } = assignDimensions(program.streams, []);
const shards = 8;
const draws = shards * 16_384;
const million = (variableDraws: number, milliseconds: number): number => variableDraws / milliseconds / 1000;

function timed(work: () => void, scenarios: number): number {
  const started = performance.now();
  work();
  return million(variables.length * scenarios, performance.now() - started);
}

/** One shard after another in WebAssembly memory, where the fast decision reads its columns. */
const passing = new Scenarios(program, {}, { seed: 1, dimensions, keep: results, resident: false });
const kernels = (): number =>
  timed(() => {
    for (let shard = 0; shard < shards; shard++) passing.run(shard);
  }, draws);
/** With every kept column copied out as doubles, which is what `simulate` gives. */
const copied = (): number => timed(() => simulate(program, {}, { seed: 1, shards, dimensions, keep: results }), draws);
const interpreted = (): number => timed(() => interpret(program, {}, { seed: 1, shards, dimensions, keep: results }), draws);

const python = `
import time, numpy as np
rng = np.random.default_rng(1); draws, block = ${draws}, 4096
out = np.empty((${results.length}, draws))
def once():
    started = time.perf_counter()
    for at in range(0, draws, block):
${variables.map(({ name, numpy }) => `        ${name} = ${numpy}`).join("\n")}
${results.map((name, place) => `        out[${place}, at:at + block] = ${name}`).join("\n")}
    return ${variables.length} * draws / (time.perf_counter() - started) / 1e6
once()
print(sorted(once() for _ in range(3))[1], out[-1].mean())
`;

function numpy(): number | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", python], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const [speed, mean] = stdout.trim().split(" ").map(Number);
  requireSameCase("numpy", mean, draws);
  return speed;
}

/** Squiggle where it is installed; it is no dependency of ours. */
async function squiggle(): Promise<number | undefined> {
  const name = "@quri/squiggle-lang";
  const language = (await import(name).catch(() => undefined)) as
    | { run: (code: string, options: object) => Promise<{ result: { ok: boolean; value: { result: { value: number } } } }> }
    | undefined;
  if (!language) return undefined;
  const samples = 10_000;
  const code = [...variables.map((variable) => `${variable.name} = ${variable.squiggle}`), `mean(${results.at(-1)})`].join("\n");
  const once = async (): Promise<number> => {
    const started = performance.now();
    const { result } = await language.run(code, { environment: { sampleCount: samples, xyPointLength: 1000 } });
    const milliseconds = performance.now() - started;
    if (!result.ok) throw new Error(`Squiggle could not run the case: ${String(result.value)}`);
    requireSameCase("Squiggle", result.value.result.value, samples);
    return million(variables.length * samples, milliseconds);
  };
  await once();
  return median([await once(), await once(), await once()]);
}

/** A speed says nothing where something else was computed: the last formula's mean must be ours within five standard errors. */
function requireSameCase(peer: string, mean: number, over: number): void {
  const amounts = simulate(program, {}, { seed: 1, shards, dimensions, keep: results }).columns.get(results.at(-1)!)!;
  const ours = average(amounts);
  const error = Math.sqrt(average(amounts.map((amount) => (amount - ours) ** 2)) / over);
  if (!(Math.abs(mean - ours) < 5 * error))
    throw new Error(`${peer} says ${mean}, we ${ours}, which is more than five times ${error} apart`);
}

for (const warm of [kernels, kernels, copied, interpreted]) warm();
/** One after another, so that what else the machine does meets all alike. */
const rounds: { ours: number; others: Map<string, number | undefined> }[] = [];
for (let round = 0; round < 5; round++) {
  const others = new Map<string, number | undefined>();
  const ours = median(Array.from({ length: 9 }, kernels));
  others.set("the same with columns copied out as doubles", median(Array.from({ length: 3 }, copied)));
  others.set("our interpreter", interpreted());
  others.set("numpy in blocks", numpy());
  others.set("Squiggle", await squiggle());
  rounds.push({ ours: median([ours, ...Array.from({ length: 9 }, kernels)]), others });
}
const compared = [...rounds[0].others.keys()].map((name) => {
  const ratios = rounds.flatMap(({ ours, others }) => (others.get(name) === undefined ? [] : [ours / others.get(name)!]));
  if (ratios.length === 0) return `${name} is not installed`;
  const speed = median(rounds.map(({ others }) => others.get(name)!));
  return `${median(ratios).toFixed(1)} times ${name} (${speed.toPrecision(3)})`;
});
const speed = median(rounds.map(({ ours }) => ours));
console.log(`kernels: ${speed.toFixed(0)} million scenario-variables per second, ${compared.join(", ")} (${machine()})`);
