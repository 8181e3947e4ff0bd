import { log, power } from "@watershed/probability";
import { cellScale } from "./sampling-kernels.ts";
import { allWords, cubicAt, cubicThrough } from "./word-quantile.ts";
import type { Cubic, WordQuantile } from "./word-quantile.ts";

/** A quantile as equal cells per octave of tail probability, a cubic in each: the table of the fastest kernel. */
export interface QuantileCells {
  mantissaBits: number; // 2^mantissaBits cells per octave
  coefficients: Float32Array; // [(tail * cellsPerTail + cell) * 4]; tail 0 is the lower one
  cellsPerTail: number;
}

const octaves = 32;
const farOctaves = 24; // tail probabilities below 2^-9 are first tried by interpolation in their logarithm

/**
 * Cells of a smooth quantile; undefined where a cubic misses it by more than allowed in the middle of some cell.
 *
 * A cell spans p = f / 2^33 for the f32 numbers f = 2 tail + 1 that share an exponent and their leading mantissa bits.
 */
export function quantileCells(quantile: WordQuantile, mantissaBits: number): QuantileCells | undefined {
  const perOctave = 2 ** mantissaBits;
  const cellsPerTail = octaves * perOctave + 1;
  const coefficients = new Float32Array(2 * cellsPerTail * 4);
  for (const tail of [0, 1]) {
    const direct = (odd: number, guess?: number): number => quantile.ofTail(odd / (2 * allWords), tail === 1, guess);
    let end = direct(2 ** octaves);
    coefficients[(tail * cellsPerTail + cellsPerTail - 1) * 4] = end; // f = 2^32, to which the middle rounds
    for (let octave = octaves - 1; octave >= 0; octave--) {
      const near = octave < farOctaves ? interpolated(quantile, direct, octave, end) : undefined;
      for (let cell = perOctave - 1; cell >= 0; cell--) {
        const from = 2 ** octave * (1 + cell / perOctave);
        const cubic = fittedCell(quantile, near ?? direct, from, 2 ** octave / perOctave, end);
        if (!cubic) return undefined;
        end = cubic[0];
        const place = (tail * cellsPerTail + octave * perOctave + cell) * 4;
        writeCell(coefficients.subarray(place, place + 4), cubic, (tail === 1 ? -1 : 1) * (2 ** octave / perOctave) * cellScale);
      }
    }
  }
  return coefficients.every(Number.isFinite) && isOrdinary(quantile) ? { mantissaBits, coefficients, cellsPerTail } : undefined;
}

/** Coefficients of the kernel's position, which runs from 0 to the cell's width, downwards in the upper tail. */
function writeCell(row: Float32Array, cubic: Cubic, width: number): void {
  let scale = 1;
  for (let degree = 0; degree < 4; degree++, scale /= width) row[degree] = cubic[degree] * scale;
}

/** Whether the coefficients of narrow and wide cells all stay far inside the range of f32. */
function isOrdinary({ law }: WordQuantile): boolean {
  const range = law.upperQuantile(0.25) - law.lowerQuantile(0.25);
  return range > 1e-15 && range < 1e15;
}

function fittedCell(
  quantile: WordQuantile,
  amountAt: (odd: number, guess?: number) => number,
  from: number,
  width: number,
  end: number,
): Cubic | undefined {
  if (!Number.isFinite(end)) return undefined;
  const late = amountAt(from + 0.75 * width, end);
  const early = amountAt(from + 0.25 * width, late);
  const start = amountAt(from, early);
  const cubic = cubicThrough(start, early, late, end);
  const guess = cubicAt(cubic, 0.5);
  const middle = amountAt(from + 0.5 * width, guess);
  return Math.abs(guess - middle) <= quantile.allowed(middle) ? cubic : undefined;
}

/** Two cubics over the logarithm of an octave's tail probabilities; undefined where they miss the quantile. */
function interpolated(
  quantile: WordQuantile,
  direct: (odd: number, guess?: number) => number,
  octave: number,
  end: number,
): ((odd: number) => number) | undefined {
  const first = 2 ** octave;
  const amounts: number[] = [];
  for (const eighth of [8, 7, 5, 4, 3, 1, 0])
    amounts[eighth] = eighth === 8 ? end : direct(first * ladder[eighth], amounts.find(Number.isFinite));
  const [low, high] = [cubicThrough(amounts[0], amounts[1], amounts[3], amounts[4]), cubicThrough(amounts[4], amounts[5], amounts[7], end)];
  const at = (odd: number): number => {
    const position = positionOf(odd / first);
    return position < 1 ? cubicAt(low, position) : cubicAt(high, position - 1);
  };
  for (const eighth of [2, 6]) {
    const odd = first * ladder[eighth];
    const guess = at(odd);
    const amount = direct(odd, guess);
    if (!(Math.abs(guess - amount) <= quantile.allowed(amount) / 4)) return undefined;
  }
  return at;
}

/** Where in its octave a multiple of the octave's start lies, in halves by logarithm. */
function positionOf(multiple: number): number {
  const place = (multiple - 1) * positionsPerOctave;
  return place === Math.floor(place) ? positions[place] : positionAt(multiple);
}

function positionAt(multiple: number): number {
  return (2 * log(multiple)) / Math.LN2;
}

// Cells begin and are measured at the same few places of every octave.
const positionsPerOctave = 64;
const positions = Float64Array.from({ length: positionsPerOctave + 1 }, (_, place) => positionAt(1 + place / positionsPerOctave));

const ladder = Array.from({ length: 9 }, (_, eighth) => power(2, eighth / 8));
