import { exp, log, normalCdf, square } from "@watershed/probability";
import rows from "../data/capability-rows.json" with { type: "json" };
import type { Banded } from "./band.ts";

/** One AI model with its training compute, release and score. */
export interface CapabilityRow {
  family: string;
  released: number; // year and fraction
  flops: number;
  mmlu: number;
  source: string;
}

/** Rows the curve is fitted on, and rows it never sees. */
export const fittedRows: CapabilityRow[] = rows.fitted;
export const heldRows: CapabilityRow[] = rows.held;

/** Levels people speak of, as MMLU scores of the AI models that gave them their names. */
export const capabilityLevels: Record<string, number> = { "gpt-3.5": 0.7, "gpt-4": 0.864 };

const CHANCE = 0.25; // four answers
const CEILING = 0.935; // 6.5 % of the questions are wrong: Gema 2024
const LN_TEN = 2.302585092994046;
const CENTRE = { decade: 23.5, year: 2023.5 };

/**
 * score = chance + (ceiling - chance) exp(-exp(-(level + perDecade x + perYear y))), a Gompertz curve: it leaves chance faster than it nears the ceiling.
 * With families left out in turn it errs less than a logistic (7.7 points against 8.1), and nearer to the ceiling it is less optimistic.
 */
export interface CapabilityCurve {
  level: number;
  perDecade: number; // of compute
  perYear: number; // at fixed compute: data, architecture and training get better
  standardError: number; // of a score, families left out one by one
}

/** The curve through the given rows, least squares in scores (Gauss and Newton), and its error with each family left out in turn. */
export function capabilityCurve(among: CapabilityRow[] = fittedRows): CapabilityCurve {
  const curve = fit(among);
  const families = [...new Set(among.map(({ family }) => family))];
  const errors = families.flatMap((family) => {
    const others = fit(among.filter((row) => row.family !== family));
    return among.filter((row) => row.family === family).map((row) => scoreAt(others, row) - row.mmlu);
  });
  return { ...curve, standardError: Math.sqrt(errors.reduce((sum, error) => sum + square(error), 0) / errors.length) };
}

type Shape = Omit<CapabilityCurve, "standardError">;

let known: CapabilityCurve | undefined;

/** The curve through all fitted rows, made when it is first asked for: most who load the lab never ask. */
function usual(): CapabilityCurve {
  return (known ??= capabilityCurve());
}

/** The middle score of an AI model of so much compute released at a date. */
export function scoreAt(curve: Shape, { flops, released }: Pick<CapabilityRow, "flops" | "released">): number {
  return CHANCE + (CEILING - CHANCE) * exp(-exp(-linear(curve, flops, released)));
}

/** MMLU of a run as a median with an 80 % band, and the chance of reaching a level. Scores spread normally about the curve, cut at chance and ceiling. */
export function capability(
  run: Pick<CapabilityRow, "flops" | "released">,
  curve = usual(),
): { score: Banded; chanceOf: (level: number) => number } {
  const middle = scoreAt(curve, run);
  const inside = (score: number): number => Math.min(CEILING, Math.max(CHANCE, score));
  const away = 1.2815515655446004 * curve.standardError;
  return {
    score: {
      amount: inside(middle),
      low: inside(middle - away),
      high: inside(middle + away),
      unit: "MMLU share",
      sources: ["observational", "mmluReports", "mmluErrors", "owen2024"],
    },
    chanceOf: (level) => normalCdf((middle - level) / curve.standardError),
  };
}

/** Compute at which a score is the middle one at a date, with the band that the error of scores leaves; Infinity above the ceiling. */
export function computeForLevel(level: number, released: number, curve = usual()): Banded {
  const at = (score: number): number => {
    if (score >= CEILING) return Infinity;
    const share = (Math.max(score, CHANCE + 1e-9) - CHANCE) / (CEILING - CHANCE);
    const decades = (-log(-log(share)) - curve.level - curve.perYear * (released - CENTRE.year)) / curve.perDecade;
    return exp((CENTRE.decade + decades) * LN_TEN);
  };
  const away = 1.2815515655446004 * curve.standardError;
  return {
    amount: at(level),
    low: at(level - away),
    high: at(level + away),
    unit: "FLOP",
    sources: ["observational", "mmluReports", "mmluErrors"],
  };
}

function linear({ level, perDecade, perYear }: Shape, flops: number, released: number): number {
  return level + perDecade * (log(flops) / LN_TEN - CENTRE.decade) + perYear * (released - CENTRE.year);
}

function fit(among: CapabilityRow[]): Shape {
  let shape: Shape = { level: 0, perDecade: 1, perYear: 1 };
  for (let round = 0; round < 40; round++) {
    const matrix = [new Float64Array(4), new Float64Array(4), new Float64Array(4)]; // normal equations, right side last
    for (const row of among) {
      const share = (scoreAt(shape, row) - CHANCE) / (CEILING - CHANCE);
      const slope = (CEILING - CHANCE) * share * exp(-linear(shape, row.flops, row.released));
      const gradient = [slope, slope * (log(row.flops) / LN_TEN - CENTRE.decade), slope * (row.released - CENTRE.year)];
      const rest = row.mmlu - scoreAt(shape, row);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) matrix[i][j] += gradient[i] * gradient[j];
        matrix[i][3] += gradient[i] * rest;
      }
    }
    const [level, perDecade, perYear] = solved(matrix);
    shape = { level: shape.level + level, perDecade: shape.perDecade + perDecade, perYear: shape.perYear + perYear };
  }
  return shape;
}

/** Three equations by elimination, largest pivot first. */
function solved(matrix: Float64Array[]): number[] {
  for (let step = 0; step < 3; step++) {
    const pivot = [step, ...[step + 1, step + 2].filter((row) => row < 3)].reduce((best, row) =>
      Math.abs(matrix[row][step]) > Math.abs(matrix[best][step]) ? row : best,
    );
    [matrix[step], matrix[pivot]] = [matrix[pivot], matrix[step]];
    for (let row = 0; row < 3; row++) {
      if (row === step) continue;
      const factor = matrix[row][step] / matrix[step][step];
      for (let column = step; column < 4; column++) matrix[row][column] -= factor * matrix[step][column];
    }
  }
  return matrix.map((row, place) => row[3] / row[place]);
}
