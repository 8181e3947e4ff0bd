import { blockSize, prepareStep } from "./block.ts";
import type { Step } from "./block.ts";
import type { Beliefs } from "./belief.ts";
import type { PlanStep, ScenarioPlan } from "./scenario-plan.ts";
import { correlate, uniformBlock } from "./uniforms.ts";

/** Runs a step that no kernel knows, on doubles, between arrays of f32. */
export type HostStep = (shard: number, from: number, arrayOf: (node: number) => Float32Array) => void;

interface Hosting {
  plan: ScenarioPlan;
  beliefs: Beliefs;
  seed: number;
  dimensions: Map<string, number>;
  shardSize: number;
}

/** The host steps of a plan by place, `Map // step -> HostStep`. They share the uniforms of a block. */
export function hostSteps(hosting: Hosting): Map<PlanStep, HostStep> {
  const { plan, beliefs, shardSize } = hosting;
  const block = Math.min(blockSize, shardSize);
  const uniformsAt = hostUniforms(hosting, block);
  const steps = new Map<PlanStep, HostStep>();
  for (const step of plan.steps) {
    if (step.kind !== "host") continue;
    const run = prepareStep(step.node, step.out, beliefs);
    const buffers: Float64Array[] = [];
    for (const node of [step.out, ...step.inputs]) buffers[node] = new Float64Array(block).fill(plan.constants[node] ?? 0);
    steps.set(step, hostStep(plan, step, run, buffers, uniformsAt));
  }
  return steps;
}

function hostStep(
  plan: ScenarioPlan,
  { out, inputs }: Extract<PlanStep, { kind: "host" }>,
  run: Step,
  buffers: Float64Array[],
  uniformsAt: (shard: number, from: number) => Map<string, Float64Array>,
): HostStep {
  const read = inputs.filter((input) => plan.constants[input] === undefined);
  return (shard, from, arrayOf) => {
    for (const input of read) buffers[input].set(arrayOf(input));
    run(buffers, uniformsAt(shard, from));
    arrayOf(out).set(buffers[out]);
  };
}

function hostUniforms({ plan, seed, dimensions }: Hosting, block: number): (shard: number, from: number) => Map<string, Float64Array> {
  const streams = new Set(plan.steps.flatMap((step) => (step.kind === "host" ? [step.node.stream] : [])));
  for (const group of plan.groups) for (const name of group.streams) streams.add(name);
  const uniforms = new Map([...streams].map((name) => [name, new Float64Array(block)]));
  const words = new Uint32Array(block);
  let at = "";
  return (shard, from) => {
    if (at === `${shard} ${from}`) return uniforms;
    at = `${shard} ${from}`;
    for (const [name, out] of uniforms) uniformBlock(seed, shard, name, dimensions.get(name)!, from, out, words);
    for (const group of plan.groups)
      correlate(
        group,
        group.streams.map((name) => uniforms.get(name)!),
      );
    return uniforms;
  };
}
