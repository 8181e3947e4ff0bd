import { f32, f32x4, functionWriter, i32, i32x4, local, repeatWhile, scalarLanes, v128, whileLoop } from "./assembler.ts";
import type { Code, FunctionWriter } from "./assembler.ts";
import { kernelParameters, operandAddress } from "./formula-kernel.ts";

/** Points that share one word of the coarse level: the fine level is a table of their words. */
export const finePoints = 256;
export const finePointBits = 8;

const [record, offset, bytes] = [0, 1, 2].map((index) => local.get(index));

/** Places in the record of a sampling kernel, in bytes: output (address, mask), words of the fine and the coarse level, then its own. */
export const samplingRecord = { fineWords: 8, coarseWords: 12, own: 16 };

/**
 * The two loops that every sampling kernel shares: word of point i = fine[i mod 256] XOR coarse[i / 256].
 *
 * `flip` is XORed into every word.
 */
function samplingKernel(ofArray: boolean, prepare: (writer: FunctionWriter) => (words: Code) => Code, flip = 0): Code {
  if (ofArray) return arrayKernel(prepare, flip);
  const writer = functionWriter(kernelParameters);
  const out = operandAddress(writer, 0);
  const fine = writer.keep("i32", i32.load(record, samplingRecord.fineWords));
  const shifted = i32.add(i32.load(record, samplingRecord.coarseWords), [...offset, 0x41, 8, 0x76]);
  const coarse = writer.keep("i32", shifted);
  const [all, fineBytes] = [bytes, i32.constant(4 * finePoints)];
  const innerBytes = writer.keep("i32", [...all, ...fineBytes, ...i32.lessUnsigned(all, fineBytes), 0x1b]);
  const draws = prepare(writer);
  const [at, within, target] = ["i32", "i32", "i32"].map((type) => writer.local(type as "i32"));
  const ahead = writer.local("v128");
  const before = writer.taken();

  const words = writer.keep("v128", v128.xor(v128.load(i32.add(fine, local.get(within))), local.get(ahead)));
  writer.emit(v128.store(i32.add(local.get(target), local.get(within)), draws(words)));
  writer.emit(local.set(within, i32.add(local.get(within), i32.constant(16))));
  const inner = writer.taken();

  const coarseWord = v128.loadSplat(i32.add(coarse, [...local.get(at), 0x41, 8, 0x76]));
  const outer = [
    ...local.set(ahead, flip === 0 ? coarseWord : v128.xor(coarseWord, writer.bits(flip))),
    ...local.set(within, i32.constant(0)),
    ...local.set(target, i32.add(out, local.get(at))),
    ...repeatWhile(inner, i32.lessUnsigned(local.get(within), innerBytes)),
    ...local.set(at, i32.add(local.get(at), i32.constant(4 * finePoints))),
  ];
  writer.emit([...before, ...repeatWhile(outer, i32.lessUnsigned(local.get(at), bytes))]);
  return writer.finish();
}

/** The same over an array of words, which stands in the record where the levels would. */
function arrayKernel(prepare: (writer: FunctionWriter) => (words: Code) => Code, flip: number): Code {
  const writer = functionWriter(kernelParameters);
  const [out, source] = [operandAddress(writer, 0), operandAddress(writer, 1)];
  const draws = prepare(writer);
  const at = writer.local("i32");
  const before = writer.taken();
  const read = v128.load(i32.add(source, local.get(at)));
  const words = writer.keep("v128", flip === 0 ? read : v128.xor(read, writer.bits(flip)));
  writer.emit(v128.store(i32.add(out, local.get(at)), draws(words)));
  writer.emit(local.set(at, i32.add(local.get(at), i32.constant(16))));
  const body = writer.taken();
  writer.emit([...before, ...repeatWhile(body, i32.lessUnsigned(local.get(at), bytes))]);
  return writer.finish();
}

const own = (place: number): number => samplingRecord.own + 4 * place;

/** The tail probability's word, below 2^31, and the mask of the upper half. */
function tailOf(writer: FunctionWriter, words: Code): { above: Code; tail: Code } {
  const above = writer.keep("v128", i32x4.shiftRightSigned(words, i32.constant(31)));
  return { above, tail: writer.keep("v128", v128.xor(words, above)) };
}

/** Four rows of four as their columns. */
function transposed(writer: FunctionWriter, rows: Code[]): Code[] {
  const [a, b, c, d] = rows;
  const [lowAB, lowCD] = [writer.keep("v128", v128.shuffle(a, b, [0, 4, 1, 5])), writer.keep("v128", v128.shuffle(c, d, [0, 4, 1, 5]))];
  const [highAB, highCD] = [writer.keep("v128", v128.shuffle(a, b, [2, 6, 3, 7])), writer.keep("v128", v128.shuffle(c, d, [2, 6, 3, 7]))];
  const pick = (one: Code, other: Code, lanes: number[]): Code => writer.keep("v128", v128.shuffle(one, other, lanes));
  return [
    pick(lowAB, lowCD, [0, 1, 4, 5]),
    pick(lowAB, lowCD, [2, 3, 6, 7]),
    pick(highAB, highCD, [0, 1, 4, 5]),
    pick(highAB, highCD, [2, 3, 6, 7]),
  ];
}

function cubic(coefficients: Code[], x: Code): Code {
  const { add, multiply } = f32x4;
  return coefficients.reduceRight((sum, coefficient) => add(multiply(sum, x), coefficient));
}

/** Words as signed numbers w times 2^-15 plus 2^-16: f = (2 w + 1) 2^-16, whose size is the tail's and whose sign says which. */
export const cellScale = 2 ** -16;

/**
 * Quantile by cells: own = address of the cells of the smallest f, shift of f's bits to a byte offset, mask of the bits that say the cell.
 *
 * The sign of f is the highest bit of the offset: the upper tail's cells lie 2^(31 - shift) bytes behind the lower tail's.
 */
const cells = (ofArray: boolean): Code =>
  samplingKernel(ofArray, (writer) => {
    const start = writer.keep("v128", v128.loadSplat(record, own(0)));
    const shift = writer.keep("i32", i32.load(record, own(1)));
    const leading = writer.keep("v128", v128.loadSplat(record, own(2)));
    return (words) => {
      const doubled = f32x4.multiply(f32x4.fromIntegers(words), writer.constant(2 * cellScale));
      const f = writer.keep("v128", f32x4.add(doubled, writer.constant(cellScale)));
      const cell = writer.keep("v128", v128.and(f, leading));
      const address = writer.keep("v128", i32x4.add(i32x4.shiftRight(cell, shift), start));
      const rows = scalarLanes(writer, address).map((lane) => writer.keep("v128", v128.load(lane)));
      const position = writer.keep("v128", f32x4.subtract(f, cell));
      return cubic(transposed(writer, rows), position);
    };
  });

/** low + sqrt(p rising) up to p = belowMode, high - sqrt((1 - p) falling) from there: own = low, high, rising, falling, belowMode. */
const triangular = (ofArray: boolean): Code =>
  samplingKernel(ofArray, (writer) => {
    const [low, high, rising, falling, belowMode] = [0, 1, 2, 3, 4].map((place) => writer.keep("v128", v128.loadSplat(record, own(place))));
    return (words) => {
      const doubled = f32x4.multiply(f32x4.fromIntegers(words), writer.constant(2 ** -32));
      const signed = writer.keep("v128", f32x4.add(doubled, writer.constant(2 ** -33)));
      const tail = writer.keep("v128", f32x4.abs(signed));
      const rest = writer.keep("v128", f32x4.subtract(writer.constant(1), tail));
      const below = writer.keep("v128", f32x4.greater(signed, writer.constant(0)));
      const p = writer.keep("v128", v128.select(tail, rest, below));
      const left = writer.keep("v128", f32x4.lessOrEqual(p, belowMode));
      const area = v128.select(f32x4.multiply(p, rising), f32x4.multiply(v128.select(rest, tail, below), falling), left);
      const away = f32x4.sqrt(area);
      const inwards = v128.xor(away, v128.andNot(writer.bits(0x80000000), left));
      return f32x4.add(v128.select(low, high, left), inwards);
    };
  });

/** Straight pieces of u: own = for each but the first the last word before it with its top bit turned; then for all their amounts at u = 1/2, and their slopes. */
const pieces = (ofArray: boolean, count: number): Code =>
  samplingKernel(
    ofArray,
    (writer) => {
      const fixed = Array.from({ length: 3 * count - 1 }, (_, place) => writer.keep("v128", v128.loadSplat(record, own(place))));
      const [lasts, starts, slopes] = [fixed.slice(0, count - 1), fixed.slice(count - 1, 2 * count - 1), fixed.slice(2 * count - 1)];
      return (words) => {
        let [start, slope] = [starts[0], slopes[0]];
        lasts.forEach((last, piece) => {
          const reached = writer.keep("v128", i32x4.greater(words, last));
          start = writer.keep("v128", v128.select(starts[piece + 1], start, reached));
          slope = writer.keep("v128", v128.select(slopes[piece + 1], slope, reached));
        });
        // u - 1/2 from the turned word, exact to 24 digits of the distance from the middle
        return f32x4.add(start, f32x4.multiply(slope, f32x4.multiply(f32x4.fromIntegers(words), writer.constant(2 ** -32))));
      };
    },
    0x80000000,
  );

/** A straight line in the tail probability from either end: own = low, high, width. */
const linear = (ofArray: boolean): Code =>
  samplingKernel(ofArray, (writer) => {
    const [low, high, width] = [0, 1, 2].map((place) => writer.keep("v128", v128.loadSplat(record, own(place))));
    const down = writer.keep("v128", f32x4.negate(width));
    return (words) => {
      const { above, tail } = tailOf(writer, words);
      const centred = f32x4.add(f32x4.fromIntegers(tail), writer.constant(0.5));
      const p = f32x4.multiply(centred, writer.constant(2 ** -32));
      return f32x4.add(v128.select(high, low, above), f32x4.multiply(v128.select(down, width, above), p));
    };
  });

/** Few values: own = for each step the last word before it with its top bit turned, then the values, one more than steps. */
const steps = (ofArray: boolean, count: number): Code =>
  samplingKernel(
    ofArray,
    (writer) => {
      const fixed = Array.from({ length: 2 * count + 1 }, (_, place) => writer.keep("v128", v128.loadSplat(record, own(place))));
      return (words) =>
        fixed.slice(0, count).reduce<Code>((value, last, step) => {
          const reached = i32x4.greater(words, last);
          return v128.select(fixed[count + 1 + step], value, reached);
        }, fixed[count]);
    },
    0x80000000,
  );

/** Walks from the guide's first candidate until the entry at hand reaches as far as the word; answers its byte offset. */
function walk(writer: FunctionWriter, word: Code, guide: Code, shift: Code, ends: Code, stride: number): Code {
  const index = writer.local("i32");
  const at = local.get(index);
  const first = [...i32.add(guide, i32.shiftLeft(i32.shiftRight(word, shift), i32.constant(2))), 0x28, 2, 0];
  writer.emit(local.set(index, first));
  const beyond = i32.greaterUnsigned(word, i32.load(i32.add(ends, at)));
  writer.emit(whileLoop(beyond, local.set(index, i32.add(at, i32.constant(stride)))));
  return at;
}

/** Many values: own = guide, its shift, the last word of every value, the values. */
const manySteps = (ofArray: boolean): Code =>
  samplingKernel(ofArray, (writer) => {
    const [guide, shift, ends, values] = [0, 1, 2, 3].map((place) => writer.keep("i32", i32.load(record, own(place))));
    return (words) =>
      [0, 1, 2, 3].reduce<Code>((draws, lane) => {
        const word = writer.keep("i32", i32x4.lane(words, lane));
        const at = walk(writer, word, guide, shift, ends, 4);
        return writer.keep("v128", f32x4.withLane(draws, lane, f32.load(i32.add(values, at))));
      }, writer.constant(0));
  });

/** Bytes of a segment: its last word, its first, 1 / (its words - 1), unused, and the cubic's coefficients. */
export const segmentBytes = 32;

/** Quantile by segments of any length: own = guide, its shift, the segments. */
const segments = (ofArray: boolean): Code =>
  samplingKernel(ofArray, (writer) => {
    const [guide, shift, start] = [0, 1, 2].map((place) => writer.keep("i32", i32.load(record, own(place))));
    return (words) => {
      const found = [0, 1, 2, 3].map((lane) => {
        const word = writer.keep("i32", i32x4.lane(words, lane));
        return writer.keep("i32", i32.add(start, walk(writer, word, guide, shift, start, segmentBytes)));
      });
      const heads = transposed(
        writer,
        found.map((address) => writer.keep("v128", v128.load(address))),
      );
      const rows = found.map((address) => writer.keep("v128", v128.load(address, 16)));
      const position = f32x4.multiply(f32x4.fromIntegers(i32x4.subtract(words, heads[1])), heads[2]);
      return cubic(transposed(writer, rows), writer.keep("v128", position));
    };
  });

/** The most steps, and the most pieces, that are compared one after another. */
export const mostComparedSteps = 8;
export const mostPieces = 8;

/** A sampling kernel by its name: of the words of a stream, or of an array of words. */
export function samplingKernelBody(name: string, ofArray: boolean): Code {
  if (name.startsWith("steps")) return steps(ofArray, Number(name.slice("steps".length)));
  if (name.startsWith("pieces")) return pieces(ofArray, Number(name.slice("pieces".length)));
  return { cells, linear, manySteps, segments, triangular }[name]!(ofArray);
}
