import { allWords, cubicAt, cubicThrough } from "./word-quantile.ts";
import type { Cubic, WordQuantile } from "./word-quantile.ts";

/** A quantile as equal cells per octave of tail probability, a cubic in each: the table of the fastest kernel. */
export interface QuantileCells {
  mantissaBits: number; // 2^mantissaBits cells per octave
  coefficients: Float32Array; // [(tail * cellsPerTail + cell) * 4]; tail 0 is the lower one
  cellsPerTail: number;
}

const octaves = 32;
const checked = [0.5, 0.9];

/**
 * Cells of a smooth quantile; undefined where a cubic misses it by more than allowed in the middle or near the end of some cell.
 *
 * A cell spans p = f / 2^33 for the f32 numbers f = 2 tail + 1 that share an exponent and their leading mantissa bits.
 */
export function quantileCells(quantile: WordQuantile, mantissaBits: number): QuantileCells | undefined {
  const perOctave = 2 ** mantissaBits;
  const cellsPerTail = octaves * perOctave + 1;
  const coefficients = new Float32Array(2 * cellsPerTail * 4);
  for (const tail of [0, 1]) {
    let cubic: Cubic | undefined;
    let end = amountAt(quantile, tail, 2 ** octaves);
    const last = (tail * cellsPerTail + cellsPerTail - 1) * 4;
    coefficients[last] = end; // f = 2^32, to which the middle rounds
    for (let cell = cellsPerTail - 2; cell >= 0; cell--) {
      const octave = Math.floor(cell / perOctave);
      const from = 2 ** octave * (1 + (cell % perOctave) / perOctave);
      cubic = fittedCell(quantile, tail, from, 2 ** octave / perOctave, end);
      if (!cubic) return undefined;
      end = cubic[0];
      // the kernel's position runs over 0 .. 1 / perOctave
      const place = (tail * cellsPerTail + cell) * 4;
      for (let power = 0; power < 4; power++) coefficients[place + power] = cubic[power] * 2 ** (mantissaBits * power);
    }
  }
  return coefficients.every(Number.isFinite) ? { mantissaBits, coefficients, cellsPerTail } : undefined;
}

function amountAt({ law }: WordQuantile, tail: number, odd: number, guess?: number): number {
  const p = odd / (2 * allWords);
  return tail === 0 ? law.lowerQuantile(p, guess) : law.upperQuantile(p, guess);
}

function fittedCell(quantile: WordQuantile, tail: number, from: number, width: number, end: number): Cubic | undefined {
  if (!Number.isFinite(end)) return undefined;
  const at = (position: number, guess: number): number => amountAt(quantile, tail, from + position * width, guess);
  const late = at(0.75, end);
  const early = at(0.25, late);
  const start = at(0, early);
  const cubic = cubicThrough(start, early, late, end);
  for (const position of checked) {
    const guess = cubicAt(cubic, position);
    const amount = at(position, guess);
    if (!(Math.abs(guess - amount) <= quantile.allowed(amount))) return undefined;
  }
  return cubic;
}
