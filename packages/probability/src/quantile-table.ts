import type { Law } from "./law.ts";
import { slopeOf } from "./law.ts";

/** Below this tail probability the table answers by the direct quantile; it is the smallest one that a 32-bit word can give. */
export const TABLE_END = 2 ** -33;

/** Largest error a segment may have where it is measured, in units of the larger of interquartile range and distance from the median. */
const TOLERANCE = 1e-7;
const CELLS_PER_OCTAVE = 8; // the top three mantissa bits
const OCTAVES = 32;
const CELLS = CELLS_PER_OCTAVE * OCTAVES;
const DEEPEST = 18; // halvings of a cell before it is left to the direct quantile
const MOST_SEGMENTS = 4000; // per tail; enough for any shape but the most extreme
const STRIDE = 6; // end, start, then the cubic's four coefficients

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
double[0] = 1;
const HIGH_HALF = halves[1] === 0x3ff00000 ? 1 : 0;
double[0] = TABLE_END;
const FIRST_CELL = halves[HIGH_HALF] >>> 17;

/**
 * A quantile prepared for millions of calls: one cubic per segment of tail probability, the two tails alike.
 *
 * Every octave of tail probability has eight cells; a cell is halved until the cubic through its ends (values and slopes, Fritsch-Carlson limited, so monotone)
 * meets the direct quantile in its middle to 1e-7 of max(interquartile range, |x - median|). Jumps and flats (atoms, gaps) are enclosed by ever smaller cells,
 * the smallest of which ask the direct quantile, as do tails beyond 2^-33. The stated bound on the error anywhere is 1e-6 of that same measure.
 */
export function quantileTable(law: Law): (probability: number) => number {
  const scale = scaleOf(law);
  const below = buildTail(law, false, scale);
  const above = buildTail(law, true, scale);
  return (probability) => {
    if (probability < 0.5) {
      if (!(probability >= TABLE_END)) return law.lowerQuantile(probability);
      const x = lookUp(below, probability);
      return x === x ? x : law.lowerQuantile(probability);
    }
    const tail = 1 - probability;
    if (!(tail >= TABLE_END)) return law.upperQuantile(tail);
    const x = lookUp(above, tail);
    return x === x ? x : law.upperQuantile(tail);
  };
}

interface TailTable {
  firstSegment: Int32Array; // [cell] where to begin looking
  segments: Float64Array; // [segment * STRIDE]
}

interface Node {
  p: number;
  x: number;
  /** dx/dp along the tail: falling for the upper one. */
  slope: number;
}

function lookUp(table: TailTable, p: number): number {
  double[0] = p;
  const { segments } = table;
  let k = table.firstSegment[(halves[HIGH_HALF] >>> 17) - FIRST_CELL] * STRIDE;
  while (p >= segments[k]) k += STRIDE;
  const t = p - segments[k + 1];
  return segments[k + 2] + t * (segments[k + 3] + t * (segments[k + 4] + t * segments[k + 5]));
}

/** The error measure: interquartile range or distance from the median, whichever is larger. */
function scaleOf(law: Law): (x: number) => number {
  const median = law.lowerQuantile(0.5);
  const width = law.upperQuantile(0.25) - law.lowerQuantile(0.25);
  const centre = Number.isFinite(median) ? median : law.lowerQuantile(0.25);
  const range = Number.isFinite(width) ? width : 0;
  return (x) => Math.max(range, Math.abs(x - centre));
}

function buildTail(law: Law, fromAbove: boolean, scale: (x: number) => number): TailTable {
  const rowsOfCell: number[][] = Array.from({ length: CELLS });
  const nodeAt = (p: number, guess?: number): Node => {
    const x = fromAbove ? law.upperQuantile(p, guess) : law.lowerQuantile(p, guess);
    return { p, x, slope: (fromAbove ? -1 : 1) * slopeOf(law, p, fromAbove, x) };
  };
  let spare = MOST_SEGMENTS;
  let right = nodeAt(0.5);
  // from the middle outwards, so that a shape beyond the limit loses its rarest tail to the direct quantile
  for (let cell = CELLS - 1; cell >= 0; cell--) {
    const left = nodeAt(cellStart(cell), Number.isFinite(right.x) ? right.x : undefined);
    const rows: number[] = [];
    addSegments({ rows, nodeAt, scale, spare }, left, right, 0);
    spare -= rows.length / STRIDE;
    rowsOfCell[cell] = rows;
    right = left;
  }
  const firstSegment = new Int32Array(CELLS + 1);
  for (let cell = 0; cell < CELLS; cell++) {
    firstSegment[cell + 1] = firstSegment[cell] + rowsOfCell[cell].length / STRIDE;
  }
  firstSegment[CELLS] -= 1; // one half itself belongs to the last segment
  const segments = Float64Array.from(rowsOfCell.flat());
  segments[segments.length - STRIDE] = 1;
  return { firstSegment, segments };
}

interface Building {
  rows: number[];
  nodeAt: (p: number, guess?: number) => Node;
  scale: (x: number) => number;
  /** Segments that may still be added. */
  spare: number;
}

function addSegments(building: Building, left: Node, right: Node, depth: number): void {
  const { rows, nodeAt, scale, spare } = building;
  const cubic = cubicThrough(left, right);
  const middle = left.p + (right.p - left.p) / 2;
  const node = nodeAt(middle, cubic && valueAt(cubic, middle - left.p));
  if (cubic && fits(cubic, left, right, node, scale)) {
    rows.push(right.p, left.p, ...cubic);
  } else if (depth >= DEEPEST || rows.length >= spare * STRIDE) {
    rows.push(right.p, left.p, NaN, NaN, NaN, NaN);
  } else {
    addSegments(building, left, node, depth + 1);
    addSegments(building, node, right, depth + 1);
  }
}

function cellStart(cell: number): number {
  const octave = Math.floor(cell / CELLS_PER_OCTAVE);
  return TABLE_END * 2 ** octave * (1 + (cell % CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE);
}

/** Coefficients in p - left.p; undefined where an end is not finite and the segment not flat. */
function cubicThrough(left: Node, right: Node): number[] | undefined {
  if (left.x === right.x) return [left.x, 0, 0, 0];
  const width = right.p - left.p;
  const secant = (right.x - left.x) / width;
  if (!Number.isFinite(secant)) return undefined;
  const from = limited(left.slope, secant);
  const to = limited(right.slope, secant);
  return [left.x, from, (3 * secant - 2 * from - to) / width, (from + to - 2 * secant) / (width * width)];
}

/** A slope no steeper than three times the secant keeps a cubic monotone (Fritsch and Carlson 1980). */
function limited(slope: number, secant: number): number {
  const share = slope / secant;
  return share >= 0 && share <= 3 ? slope : share > 3 ? 3 * secant : 0;
}

function fits(cubic: number[], left: Node, right: Node, middle: Node, scale: (x: number) => number): boolean {
  const half = (right.p - left.p) / 2;
  const allowed = TOLERANCE * scale(middle.x);
  if (cubic[1] === 0 && cubic[2] === 0 && cubic[3] === 0) return middle.x === cubic[0];
  const slope = cubic[1] + half * (2 * cubic[2] + half * 3 * cubic[3]);
  // the slope catches what the middle alone would miss: a flat that lies symmetric about it
  const slopeFits = Math.abs(slope - middle.slope) * half <= 30 * allowed;
  return slopeFits && Math.abs(valueAt(cubic, half) - middle.x) <= allowed;
}

function valueAt(cubic: number[], t: number): number {
  return cubic[0] + t * (cubic[1] + t * (cubic[2] + t * cubic[3]));
}
