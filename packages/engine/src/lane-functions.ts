import { f32x4, f64x2, i32x4, v128 } from "./assembler.ts";
import type { Code, FunctionWriter } from "./assembler.ts";

const { add, subtract, multiply } = f32x4;

/** sum of coefficients[k] x^k by Horner's rule. */
export function polynomial(writer: FunctionWriter, coefficients: number[], x: Code): Code {
  return coefficients.reduceRight<Code>(
    (sum, coefficient) => (sum.length === 0 ? writer.constant(coefficient) : add(multiply(sum, x), writer.constant(coefficient))),
    [],
  );
}

function polynomialOfDoubles(writer: FunctionWriter, coefficients: number[], x: Code): Code {
  return coefficients.reduceRight<Code>(
    (sum, coefficient) => (sum.length === 0 ? writer.double(coefficient) : f64x2.add(f64x2.multiply(sum, x), writer.double(coefficient))),
    [],
  );
}

/** All ones in the lanes where either is NaN. */
export function unordered(a: Code, b?: Code): Code {
  const left = f32x4.notEqual(a, a);
  return b ? v128.or(left, f32x4.notEqual(b, b)) : left;
}

/** 2^n as f32 lanes, for whole n in -126..127 as i32 lanes. */
function twoToThe(writer: FunctionWriter, n: Code): Code {
  const ones = [...n];
  return i32x4.shiftLeft(i32x4.add(ones, writer.bits(127)), [0x41, 23]);
}

/** x 2^n in two steps, so that results near overflow and the smallest numbers come out. */
function scaled(writer: FunctionWriter, x: Code, n: Code): Code {
  const half = writer.keep("v128", i32x4.shiftRightSigned(n, [0x41, 1]));
  const rest = i32x4.subtract(n, half);
  return multiply(multiply(x, twoToThe(writer, half)), twoToThe(writer, rest));
}

// ln 2 in two parts, the first with so few digits that its product with a whole exponent is exact in f32
const logTwoHigh = 0.693359375;
const logTwoLow = Math.LN2 - logTwoHigh;
// (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2, error 7e-8: e^r to 1e-8
const exponentialTail = [0.5, 0.166665769896987757, 0.0416665546172045742, 0.00836317905272257737, 0.00139261835877134945];
// (ln(1 + f) - f + f^2 / 2) / f^3 on sqrt(1/2) - 1 .. sqrt(2) - 1, error 2e-7: ln to 2e-8 of f
const logarithmTail = [
  0.333333307281906765, -0.250003064225697946, 0.200010450941606803, -0.16641281463106393, 0.142144959239479628, -0.129981837636515291,
  0.126223198492283764, -0.0790274377239344096,
];
// log2((1 + s) / (1 - s)) / s as a polynomial of s^2, error 1e-13
const binaryLogarithm = [
  2.88539008177785062, 0.961796694112264835, 0.577077942660304468, 0.412209224061104352, 0.319906803807013373, 0.282885023407482355,
];
// 2^f on |f| <= 1/2, error 4e-11
const binaryExponential = [
  0.999999999959561751, 0.693147180556832414, 0.240226512134980927, 0.0555041090632586661, 0.00961802561331803425, 0.00133334784736854153,
  0.000154697292141182971, 0.0000153037007113656939,
];

/** e^x; relative error below 2e-7, NaN, overflow and underflow as Math.exp. */
export function exponential(writer: FunctionWriter, operand: Code): Code {
  const clamped = f32x4.lower(f32x4.higher(operand, writer.constant(-104)), writer.constant(89));
  const x = writer.keep("v128", clamped);
  const n = writer.keep("v128", f32x4.nearest(multiply(x, writer.constant(Math.LOG2E))));
  const rough = subtract(x, multiply(n, writer.constant(logTwoHigh)));
  const r = writer.keep("v128", subtract(rough, multiply(n, writer.constant(logTwoLow))));
  const tail = multiply(multiply(r, r), polynomial(writer, exponentialTail, r));
  const mantissa = writer.keep("v128", add(add(tail, r), writer.constant(1)));
  return scaled(writer, mantissa, writer.keep("v128", i32x4.truncate(n)));
}

/** x = m 2^e with m in sqrt(1/2)..sqrt(2), for positive finite x; the smallest numbers too. */
function split(writer: FunctionWriter, x: Code): { mantissa: Code; exponent: Code } {
  const tiny = writer.keep("v128", f32x4.less(x, writer.constant(2 ** -126)));
  const bits = writer.keep("v128", v128.select(multiply(x, writer.constant(2 ** 24)), x, tiny));
  const offset = i32x4.subtract(bits, writer.bits(0x3f3504f3)); // the bits of sqrt(1/2)
  const shift = writer.keep("v128", i32x4.shiftRightSigned(offset, [0x41, 23]));
  const mantissa = writer.keep("v128", i32x4.subtract(bits, i32x4.shiftLeft(shift, [0x41, 23])));
  const exponent = writer.keep("v128", i32x4.subtract(shift, v128.and(tiny, writer.bits(24))));
  return { mantissa, exponent };
}

/** ln x; relative error below 2e-7, NaN for x <= 0, Infinity for Infinity. */
export function logarithm(writer: FunctionWriter, operand: Code): Code {
  const x = writer.keep("v128", operand);
  const { mantissa, exponent } = split(writer, x);
  const f = writer.keep("v128", subtract(mantissa, writer.constant(1)));
  const e = writer.keep("v128", f32x4.fromIntegers(exponent));
  const square = writer.keep("v128", multiply(f, f));
  const tail = multiply(multiply(square, f), polynomial(writer, logarithmTail, f));
  const low = add(tail, multiply(e, writer.constant(logTwoLow)));
  const log = add(add(subtract(low, multiply(square, writer.constant(0.5))), f), multiply(e, writer.constant(logTwoHigh)));
  const atInfinity = v128.select(x, log, f32x4.equal(x, writer.constant(Infinity)));
  return v128.or(atInfinity, v128.not(f32x4.greater(x, writer.constant(0))));
}

/** a^y for a >= 0 through base-2 logarithm and exponential in doubles: relative error below 1e-7 wherever the result is an ordinary f32. */
export function powerOfMagnitude(writer: FunctionWriter, magnitude: Code, exponent: Code): Code {
  const [a, y] = [writer.keep("v128", magnitude), writer.keep("v128", exponent)];
  const parts = split(writer, a);
  const upper = (lanes: Code): Code => v128.shuffle(lanes, lanes, [2, 3, 2, 3]);
  const halves = [(lanes: Code): Code => lanes, upper].map((half) => {
    const m = writer.keep("v128", f64x2.fromFloats(half(parts.mantissa)));
    const one = writer.double(1);
    const s = writer.keep("v128", f64x2.divide(f64x2.subtract(m, one), f64x2.add(m, one)));
    const t = writer.keep("v128", f64x2.multiply(s, s));
    const fraction = f64x2.multiply(s, polynomialOfDoubles(writer, binaryLogarithm, t));
    const log = f64x2.add(fraction, f64x2.fromIntegers(half(parts.exponent)));
    const product = f64x2.multiply(log, f64x2.fromFloats(half(y)));
    const p = writer.keep("v128", f64x2.lower(f64x2.higher(product, writer.double(-160)), writer.double(160)));
    const n = writer.keep("v128", f64x2.nearest(p));
    const rest = writer.keep("v128", f64x2.subtract(p, n));
    const result = polynomialOfDoubles(writer, binaryExponential, rest);
    return { result: writer.keep("v128", f32x4.fromDoubles(result)), n: writer.keep("v128", i32x4.truncateDoubles(n)) };
  });
  const joined = (of: "result" | "n"): Code => v128.shuffle(halves[0][of], halves[1][of], [0, 1, 4, 5]);
  const ordinary = writer.keep("v128", scaled(writer, writer.keep("v128", joined("result")), writer.keep("v128", joined("n"))));
  return atTheEdges(writer, ordinary, a, y);
}

/** What a^y is where a is 0, 1 or Infinity, or y is 0 or infinite, as ** has it; NaN where either is. */
function atTheEdges(writer: FunctionWriter, ordinary: Code, a: Code, y: Code): Code {
  const [zero, one, infinity] = [writer.constant(0), writer.constant(1), writer.constant(Infinity)];
  const rises = f32x4.greater(y, zero);
  const large = writer.keep(
    "v128",
    v128.or(f32x4.equal(a, infinity), v128.and(f32x4.greater(a, one), f32x4.equal(f32x4.abs(y), infinity))),
  );
  const small = v128.or(f32x4.equal(a, zero), v128.and(f32x4.less(a, one), f32x4.equal(f32x4.abs(y), infinity)));
  const extreme = writer.keep("v128", v128.or(large, small));
  const grows = v128.not(v128.xor(large, rises));
  const limit = v128.and(grows, infinity);
  const result = writer.keep("v128", v128.select(limit, ordinary, extreme));
  const whole = writer.keep("v128", v128.select(one, result, f32x4.equal(y, zero)));
  const lost = v128.and(f32x4.equal(a, one), f32x4.equal(f32x4.abs(y), infinity));
  return v128.or(v128.or(whole, lost), unordered(a, y));
}

/** base^exponent as the operator `power`. */
export function power(writer: FunctionWriter, base: Code, exponent: Code): Code {
  const [b, y] = [writer.keep("v128", base), writer.keep("v128", exponent)];
  const zero = writer.constant(0);
  const magnitude = writer.keep("v128", powerOfMagnitude(writer, f32x4.abs(b), y));
  const isWhole = f32x4.equal(y, f32x4.truncate(y));
  const half = writer.keep("v128", multiply(y, writer.constant(0.5)));
  const isOdd = v128.and(isWhole, f32x4.notEqual(half, f32x4.truncate(half)));
  const negative = writer.keep("v128", f32x4.less(b, zero));
  const signed = v128.xor(magnitude, v128.and(v128.and(isOdd, negative), writer.bits(0x80000000)));
  const fractional = v128.and(v128.and(negative, f32x4.notEqual(b, writer.constant(-Infinity))), v128.not(isWhole));
  const upsideDown = v128.and(f32x4.equal(b, zero), f32x4.less(y, zero));
  return v128.or(signed, v128.or(fractional, upsideDown));
}
