import { operators } from "@watershed/formula";
import type { Operator, Program, ProgramNode } from "@watershed/formula";
import { distributionProblem, poolProbabilities, quantile, quantileFunction } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import type { Beliefs } from "./belief.ts";
import { columnLoops } from "./column-loops.ts";

/** Draws per pass: small enough that all columns of a large case stay near the processor. */
export const blockSize = 4096;

/** Fills the buffers of a step for one block, given the uniforms of every stream. */
export type Step = (buffers: Float64Array[], uniforms: Map<string, Float64Array>) => void;

/** The steps of the needed nodes, in program order; constants have none, their buffers are filled once. */
export function prepareSteps(program: Program, beliefs: Beliefs, needed: Uint8Array): Step[] {
  return program.nodes.flatMap((node, index) => (needed[index] && node.op !== "constant" ? [prepareStep(node, index, beliefs)] : []));
}

/** The step of one node: reads the buffers of its inputs and the uniforms of its stream, fills its own buffer. */
export function prepareStep(node: Exclude<ProgramNode, { op: "constant" }>, index: number, beliefs: Beliefs): Step {
  switch (node.op) {
    case "sample":
      return sampleStep(node.distribution, node.stream, index);
    case "sampleWith":
      return sampleWithStep(node.family, node.parameters, node.stream, index);
    case "question":
      return questionStep(node, index, beliefs);
    case "apply":
      return applyStep(node.operator, node.inputs, index);
  }
}

/** Tables cost milliseconds each, and the same distribution is drawn from in run after run. */
const preparedQuantiles = new WeakMap<Distribution, (probability: number) => number>();

function preparedQuantile(distribution: Distribution): (probability: number) => number {
  const known = preparedQuantiles.get(distribution);
  if (known) return known;
  const made = quantileFunction(distribution);
  preparedQuantiles.set(distribution, made);
  return made;
}

function sampleStep(distribution: Distribution, streamName: string, index: number): Step {
  const draw = preparedQuantile(distribution);
  return (buffers, uniforms) => {
    const out = buffers[index];
    const uniform = uniforms.get(streamName)!;
    for (let point = 0; point < out.length; point++) out[point] = draw(uniform[point]);
  };
}

function questionStep(node: Extract<ProgramNode, { op: "question" }>, index: number, beliefs: Beliefs): Step {
  const belief = beliefs[node.name];
  if (!belief) throw new Error(`no belief was given for question ${node.name}`);
  if (belief.kind === "distribution") return sampleStep(belief.distribution, node.stream, index);
  const { weights, method } = belief;
  const chances = new Array<number>(node.given.length);
  return (buffers, uniforms) => {
    const out = buffers[index];
    const uniform = uniforms.get(node.stream)!;
    for (let point = 0; point < out.length; point++) {
      for (let person = 0; person < chances.length; person++) chances[person] = clipProbability(buffers[node.given[person]][point]);
      const chance = poolProbabilities(chances, { weights, method });
      out[point] = chance === chance ? (uniform[point] > 1 - chance ? 1 : 0) : NaN;
    }
  };
}

function sampleWithStep(family: string, parameters: number[], streamName: string, index: number): Step {
  if (family === "bernoulli") return chanceStep(parameters[0], streamName, index);
  const build = families[family];
  if (!build) throw new Error(`no distribution family ${family}`);
  return (buffers, uniforms) => {
    const out = buffers[index];
    const uniform = uniforms.get(streamName)!;
    for (let point = 0; point < out.length; point++) {
      const distribution = build(parameters.map((parameter) => buffers[parameter][point]));
      out[point] = distributionProblem(distribution) ? NaN : quantile(distribution, uniform[point]);
    }
  };
}

/** A yes with a chance that differs by draw; the same threshold as the quantile of a Bernoulli distribution. */
function chanceStep(parameter: number, streamName: string, index: number): Step {
  return (buffers, uniforms) => {
    const [out, chances, uniform] = [buffers[index], buffers[parameter], uniforms.get(streamName)!];
    for (let point = 0; point < out.length; point++) {
      const chance = clipProbability(chances[point]);
      out[point] = chance === chance ? (uniform[point] > 1 - chance ? 1 : 0) : NaN;
    }
  };
}

const families: Record<string, (parameters: number[]) => Distribution> = {
  normal: ([mean, standardDeviation]) => ({ kind: "normal", mean, standardDeviation }),
  lognormal: ([logMean, logStandardDeviation]) => ({ kind: "lognormal", logMean, logStandardDeviation }),
  beta: ([alpha, beta]) => ({ kind: "beta", alpha, beta }),
  gamma: ([shape, scale]) => ({ kind: "gamma", shape, scale }),
  uniform: ([low, high]) => ({ kind: "uniform", low, high }),
  triangular: ([low, mode, high]) => ({ kind: "triangular", low, mode, high }),
  pert: ([low, mode, high]) => ({ kind: "pert", low, mode, high }),
  exponential: ([mean]) => ({ kind: "exponential", mean }),
  student: ([degreesOfFreedom, location, scale]) => ({ kind: "student", degreesOfFreedom, location, scale }),
  weibull: ([shape, scale]) => ({ kind: "weibull", shape, scale }),
  pareto: ([minimum, shape]) => ({ kind: "pareto", minimum, shape }),
  poisson: ([mean]) => ({ kind: "poisson", mean }),
  binomial: ([trials, probability]) => ({ kind: "binomial", trials, probability }),
};

function applyStep(operator: Operator, inputs: number[], index: number): Step {
  const loop = columnLoops[operator];
  if (loop)
    return (buffers) =>
      loop(
        buffers[index],
        inputs.map((input) => buffers[input]),
      );
  const apply = operators[operator].apply as (...numbers: number[]) => number;
  const [first, second, third] = inputs;
  if (inputs.length === 1)
    return (buffers) => {
      const [out, a] = [buffers[index], buffers[first]];
      for (let point = 0; point < out.length; point++) out[point] = apply(a[point]);
    };
  if (inputs.length === 2)
    return (buffers) => {
      const [out, a, b] = [buffers[index], buffers[first], buffers[second]];
      for (let point = 0; point < out.length; point++) out[point] = apply(a[point], b[point]);
    };
  if (inputs.length === 3)
    return (buffers) => {
      const [out, a, b, c] = [buffers[index], buffers[first], buffers[second], buffers[third]];
      for (let point = 0; point < out.length; point++) out[point] = apply(a[point], b[point], c[point]);
    };
  return (buffers) => {
    const out = buffers[index];
    for (let point = 0; point < out.length; point++) out[point] = apply(...inputs.map((input) => buffers[input][point]));
  };
}

function clipProbability(chance: number): number {
  return chance < 0 ? 0 : chance > 1 ? 1 : chance;
}
