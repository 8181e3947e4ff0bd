import { daysPerYear } from "@watershed/formula";
import type { Operator } from "@watershed/formula";
import { f32x4, functionWriter, i32, local, repeatWhile, v128 } from "./assembler.ts";
import type { Code, FunctionWriter } from "./assembler.ts";
import { drawnEmitters } from "./drawn-kernels.ts";
import type { DrawnOperator } from "./drawn-kernels.ts";
import { exponential, logarithm, power, powerOfMagnitude, unordered } from "./lane-functions.ts";

/** An expression without its operands: which array or constant stands where. */
export type Shape = { array: number } | { constant: number } | { operator: KernelOperator; inputs: Shape[] };

/** `discountBy` discounts at a constant rate, its constant ln(1 + rate) per day. */
export type KernelOperator = Operator | DrawnOperator | "discountBy" | "square";

/** What every kernel takes: its record's address, the block's offset in bytes within a shard's column, the block's length in bytes. */
export const kernelParameters = 3;
const [record, offset, bytes] = [0, 1, 2].map((index) => local.get(index));

/** Bytes of an array operand in a record: its address, and the mask that the block's offset is taken under. */
export const operandBytes = 8;

/** The name of a shape: equal shapes share a kernel. */
export function shapeKey(shape: Shape): string {
  if ("array" in shape) return `a${shape.array}`;
  if ("constant" in shape) return `c${shape.constant}`;
  return `(${shape.operator} ${shape.inputs.map(shapeKey).join(" ")})`;
}

/** The address of an array operand for this block. */
export function operandAddress(writer: FunctionWriter, place: number): Code {
  const start = i32.load(record, place * operandBytes);
  const masked = i32.and(offset, i32.load(record, place * operandBytes + 4));
  return writer.keep("i32", i32.add(start, masked));
}

/**
 * The kernel of a shape over `arrays` operands: four lanes at a time, whatever the block's length.
 *
 * Record: the output, the arrays, then the constants as f32.
 */
export function formulaKernel(shape: Shape, arrays: number, constants: number): Code {
  const writer = functionWriter(kernelParameters);
  const out = operandAddress(writer, 0);
  const starts = Array.from({ length: arrays }, (_, index) => operandAddress(writer, index + 1));
  const fixed = Array.from({ length: constants }, (_, index) =>
    writer.keep("v128", v128.loadSplat(record, (arrays + 1) * operandBytes + 4 * index)),
  );
  const at = writer.local("i32");
  const before = writer.taken();
  const lanes = starts.map((start) => writer.keep("v128", v128.load(i32.add(start, local.get(at)))));
  const result = lanesOf(writer, shape, lanes, fixed);
  writer.emit(v128.store(i32.add(out, local.get(at)), result));
  writer.emit(local.set(at, i32.add(local.get(at), i32.constant(16))));
  const body = writer.taken();
  writer.emit([...before, ...repeatWhile(body, i32.lessUnsigned(local.get(at), bytes))]);
  return writer.finish();
}

/** Leaves a v128 that is not all zeros where some amount of an array is NaN, and behind it another where some is not finite. Record: the marks, the array. */
export function soundnessKernel(): Code {
  const writer = functionWriter(kernelParameters);
  const [mark, source] = [operandAddress(writer, 0), operandAddress(writer, 1)];
  const [at, odd, endless] = [writer.local("i32"), writer.local("v128"), writer.local("v128")];
  const before = writer.taken();
  const lanes = writer.keep("v128", v128.load(i32.add(source, local.get(at))));
  const apart = writer.keep("v128", f32x4.subtract(lanes, lanes)); // NaN where infinite
  writer.emit(local.set(odd, v128.or(local.get(odd), unordered(lanes))));
  writer.emit(local.set(endless, v128.or(local.get(endless), unordered(apart))));
  writer.emit(local.set(at, i32.add(local.get(at), i32.constant(16))));
  const body = writer.taken();
  writer.emit([
    ...before,
    ...repeatWhile(body, i32.lessUnsigned(local.get(at), bytes)),
    ...v128.store(mark, local.get(odd)),
    ...v128.store(i32.add(mark, i32.constant(16)), local.get(endless)),
  ]);
  return writer.finish();
}

function lanesOf(writer: FunctionWriter, shape: Shape, lanes: Code[], fixed: Code[]): Code {
  if ("array" in shape) return lanes[shape.array];
  if ("constant" in shape) return fixed[shape.constant];
  const inputs = shape.inputs.map((input) => lanesOf(writer, input, lanes, fixed));
  return emitters[shape.operator](writer, inputs);
}

type Emitter = (writer: FunctionWriter, inputs: Code[]) => Code;

/** 1 where the mask is set, 0 elsewhere, NaN where an operand is. */
function truth(writer: FunctionWriter, mask: Code, undefinedLanes: Code): Code {
  return v128.or(v128.and(mask, writer.constant(1)), undefinedLanes);
}

function compare(mask: (a: Code, b: Code) => Code): Emitter {
  return (writer, inputs) => {
    const [a, b] = inputs.map((input) => writer.keep("v128", input));
    return truth(writer, mask(a, b), unordered(a, b));
  };
}

const isTrue = (writer: FunctionWriter, a: Code): Code => f32x4.notEqual(a, writer.constant(0));

function divide(writer: FunctionWriter, [left, right]: Code[]): Code {
  const b = writer.keep("v128", right);
  return v128.or(f32x4.divide(left, b), f32x4.equal(b, writer.constant(0)));
}

function choose(writer: FunctionWriter, [condition, whenTrue, whenFalse]: Code[]): Code {
  const answer = writer.keep("v128", condition);
  return v128.or(v128.select(whenTrue, whenFalse, isTrue(writer, answer)), unordered(answer));
}

function clip(writer: FunctionWriter, inputs: Code[]): Code {
  const [low, high] = [writer.keep("v128", inputs[1]), writer.keep("v128", inputs[2])];
  return v128.or(f32x4.min(f32x4.max(inputs[0], low), high), v128.not(f32x4.lessOrEqual(low, high)));
}

function discountBy(writer: FunctionWriter, [intensity, days]: Code[]): Code {
  const d = writer.keep("v128", days);
  const factor = exponential(writer, f32x4.negate(f32x4.multiply(intensity, d)));
  const never = v128.and(f32x4.equal(d, writer.constant(Infinity)), f32x4.equal(intensity, intensity));
  return v128.andNot(factor, never);
}

function discount(writer: FunctionWriter, [rate, days]: Code[]): Code {
  const [r, d] = [writer.keep("v128", rate), writer.keep("v128", days)];
  const years = f32x4.multiply(d, writer.constant(-1 / daysPerYear));
  const factor = writer.keep("v128", powerOfMagnitude(writer, f32x4.add(r, writer.constant(1)), years));
  const ended = v128.andNot(factor, f32x4.equal(d, writer.constant(Infinity)));
  return v128.or(ended, v128.or(unordered(r, d), f32x4.lessOrEqual(r, writer.constant(-1))));
}

const both =
  (operation: (a: Code, b: Code) => Code): Emitter =>
  (_, [a, b]) =>
    operation(a, b);
const folded =
  (operation: (a: Code, b: Code) => Code): Emitter =>
  (_, inputs) =>
    inputs.reduce(operation);

/** Every operator over four lanes, with the edges of `operators` in formula. */
const emitters: Record<KernelOperator, Emitter> = {
  add: both(f32x4.add),
  subtract: both(f32x4.subtract),
  multiply: both(f32x4.multiply),
  divide,
  power: (writer, [base, exponent]) => power(writer, base, exponent),
  negate: (_, [a]) => f32x4.negate(a),
  exp: (writer, [a]) => exponential(writer, a),
  log: (writer, [a]) => logarithm(writer, a),
  sqrt: (_, [a]) => f32x4.sqrt(a),
  abs: (_, [a]) => f32x4.abs(a),
  round: (writer, [a]) => f32x4.floor(f32x4.add(a, writer.constant(0.5))),
  floor: (_, [a]) => f32x4.floor(a),
  min: folded(f32x4.min),
  max: folded(f32x4.max),
  sum: folded(f32x4.add),
  clip,
  less: compare(f32x4.less),
  lessOrEqual: compare(f32x4.lessOrEqual),
  greater: compare(f32x4.greater),
  greaterOrEqual: compare(f32x4.greaterOrEqual),
  equal: compare(f32x4.equal),
  notEqual: compare(f32x4.notEqual),
  by: compare(f32x4.lessOrEqual),
  and: (writer, inputs) => {
    const [a, b] = inputs.map((input) => writer.keep("v128", input));
    return truth(writer, v128.and(isTrue(writer, a), isTrue(writer, b)), unordered(a, b));
  },
  or: (writer, inputs) => {
    const [a, b] = inputs.map((input) => writer.keep("v128", input));
    return truth(writer, v128.or(isTrue(writer, a), isTrue(writer, b)), unordered(a, b));
  },
  not: (writer, [operand]) => {
    const a = writer.keep("v128", operand);
    return truth(writer, f32x4.equal(a, writer.constant(0)), unordered(a));
  },
  if: choose,
  ...drawnEmitters,
  discount,
  discountBy,
  square: (writer, [operand]) => {
    const a = writer.keep("v128", operand);
    return f32x4.multiply(a, a);
  },
};
