import { f32x4, i32x4, v128 } from "./assembler.ts";
import type { Code, FunctionWriter } from "./assembler.ts";
import { exponential, logarithm, polynomial, powerOfMagnitude, unordered } from "./lane-functions.ts";

/** What turns standard draws into draws with drawn parameters, chances into a pooled one, normal scores into words. */
export type DrawnOperator =
  | "normalFrom"
  | "lognormalFrom"
  | "uniformFrom"
  | "triangularFrom"
  | "exponentialFrom"
  | "weibullFrom"
  | "paretoFrom"
  | "chanceFrom"
  | "pooledLinearly"
  | "pooledByOdds"
  | "wordsOfScore";

type Emitter = (writer: FunctionWriter, inputs: Code[]) => Code;

const { add, subtract, multiply } = f32x4;

function finite(writer: FunctionWriter, a: Code): Code {
  return f32x4.less(f32x4.abs(a), writer.constant(Infinity));
}

function positive(writer: FunctionWriter, a: Code): Code {
  return v128.and(f32x4.greater(a, writer.constant(0)), finite(writer, a));
}

/** The draw where the parameters make sense, else NaN. */
function where(sound: Code, drawn: Code): Code {
  return v128.or(drawn, v128.not(sound));
}

/** Operands in locals of their own, so that they can be read twice. */
function held(emit: Emitter): Emitter {
  return (writer, inputs) =>
    emit(
      writer,
      inputs.map((input) => writer.keep("v128", input)),
    );
}

const normalFrom: Emitter = (writer, [score, mean, deviation]) =>
  where(v128.and(finite(writer, mean), positive(writer, deviation)), add(mean, multiply(deviation, score)));

const uniformFrom: Emitter = (writer, [tail, low, high]) => {
  const sound = v128.and(v128.and(finite(writer, low), finite(writer, high)), f32x4.less(low, high));
  const end = v128.select(low, high, f32x4.greater(tail, writer.constant(0)));
  return where(sound, add(end, multiply(subtract(high, low), tail)));
};

/** low + sqrt(p width rise) up to the mode, high - sqrt((1 - p) width fall) from there. */
const triangularFrom: Emitter = (writer, [tail, low, mode, high]) => {
  const [zero, one] = [writer.constant(0), writer.constant(1)];
  const below = f32x4.greater(tail, zero);
  const p = writer.keep("v128", v128.select(tail, add(one, tail), below));
  const rest = v128.select(subtract(one, tail), f32x4.negate(tail), below);
  const width = writer.keep("v128", subtract(high, low));
  const rise = writer.keep("v128", subtract(mode, low));
  const left = add(low, f32x4.sqrt(multiply(multiply(p, width), rise)));
  const right = subtract(high, f32x4.sqrt(multiply(multiply(rest, width), subtract(high, mode))));
  const ends = v128.and(v128.and(finite(writer, low), finite(writer, high)), f32x4.less(low, high));
  const sound = v128.and(ends, v128.and(f32x4.lessOrEqual(low, mode), f32x4.lessOrEqual(mode, high)));
  return where(sound, v128.select(left, right, f32x4.lessOrEqual(multiply(p, width), rise)));
};

const weibullFrom: Emitter = (writer, [drawn, shape, scale]) => {
  const factor = powerOfMagnitude(writer, drawn, f32x4.divide(writer.constant(1), shape));
  return where(v128.and(positive(writer, shape), positive(writer, scale)), multiply(scale, factor));
};

const paretoFrom: Emitter = (writer, [drawn, minimum, shape]) => {
  const factor = exponential(writer, f32x4.divide(drawn, shape));
  return where(v128.and(positive(writer, shape), positive(writer, minimum)), multiply(minimum, factor));
};

/** Yes in the upper end of the unit interval; a chance outside 0..1 is clipped. */
const chanceFrom: Emitter = (writer, [tail, chance]) => {
  const [zero, one] = [writer.constant(0), writer.constant(1)];
  const clipped = writer.keep("v128", f32x4.lower(f32x4.higher(chance, zero), one));
  const below = f32x4.greater(tail, zero);
  const yes = v128.select(f32x4.greater(tail, subtract(one, clipped)), f32x4.less(f32x4.negate(tail), clipped), below);
  return v128.or(v128.and(yes, one), unordered(chance));
};

function pairs(inputs: Code[]): { weight: Code; chance: Code }[] {
  return Array.from({ length: inputs.length / 2 }, (_, index) => ({ weight: inputs[2 * index], chance: inputs[2 * index + 1] }));
}

function clippedChances(writer: FunctionWriter, inputs: Code[]): { weight: Code; chance: Code }[] {
  const clip = (chance: Code): Code => f32x4.lower(f32x4.higher(chance, writer.constant(0)), writer.constant(1));
  return pairs(inputs).map(({ weight, chance }) => ({ weight, chance: writer.keep("v128", clip(chance)) }));
}

function linearly(voices: { weight: Code; chance: Code }[]): Code {
  return voices.map(({ weight, chance }) => multiply(weight, chance)).reduce(add);
}

/** The weighted mean of the chances; weights sum to one. */
const pooledLinearly: Emitter = (writer, inputs) => linearly(clippedChances(writer, inputs));

/** The weighted geometric mean of the odds; a certain voice decides, opposed ones give the linear mean. */
const pooledByOdds: Emitter = (writer, inputs) => {
  const voices = clippedChances(writer, inputs);
  const [zero, one, infinity] = [writer.constant(0), writer.constant(1), writer.constant(Infinity)];
  const logOdds = voices.map(({ weight, chance }) => {
    const ordinary = writer.keep("v128", logarithm(writer, f32x4.divide(chance, subtract(one, chance)))); // Infinity at 1
    const impossible = v128.select(f32x4.negate(infinity), ordinary, f32x4.equal(chance, zero));
    return writer.keep("v128", multiply(weight, impossible));
  });
  const sum = writer.keep("v128", logOdds.reduce(add));
  const pooled = f32x4.divide(one, add(one, exponential(writer, f32x4.negate(sum))));
  return v128.select(linearly(voices), pooled, unordered(sum));
};

// P(Z > a) e^(a^2 / 2) as a polynomial of (a - 4) / (a + 4), relative error 4e-9 on 0..6.8
const tailRatio = [
  0.094410641211199728, -0.17039772136184772, 0.12437927284454371, -0.071707417065674904, 0.030864257477014575, -0.0084925486417170976,
  0.00051272170093713722, 0.00064935592630756385, -0.00019248574688030877, -7.7261607438469433e-5,
];

/** The 32-bit word whose standard normal quantile a score is; tail probabilities to 2e-6 of themselves and half a word. */
const wordsOfScore: Emitter = (writer, [score]) => {
  const a = writer.keep("v128", f32x4.lower(f32x4.abs(score), writer.constant(6.8)));
  const four = writer.constant(4);
  const x = writer.keep("v128", f32x4.divide(subtract(a, four), add(a, four)));
  const ratio = writer.keep("v128", polynomial(writer, tailRatio, x));
  const density = exponential(writer, multiply(multiply(a, a), writer.constant(-0.5)));
  const tail = writer.keep("v128", i32x4.truncate(multiply(multiply(ratio, density), writer.constant(2 ** 32))));
  return v128.select(tail, v128.not(tail), f32x4.less(score, writer.constant(0)));
};

export const drawnEmitters: Record<DrawnOperator, Emitter> = {
  normalFrom: held(normalFrom),
  lognormalFrom: held((writer, inputs) => exponential(writer, normalFrom(writer, inputs))),
  uniformFrom: held(uniformFrom),
  triangularFrom: held(triangularFrom),
  exponentialFrom: held((writer, [drawn, mean]) => where(positive(writer, mean), multiply(mean, drawn))),
  weibullFrom: held(weibullFrom),
  paretoFrom: held(paretoFrom),
  chanceFrom: held(chanceFrom),
  pooledLinearly,
  pooledByOdds,
  wordsOfScore: held(wordsOfScore),
};
