import { distributionProblem, quantile } from "@watershed/probability";
import type { Uncertain } from "./band.ts";
import type { LabProblem } from "./problem.ts";

/** Nothing where a figure is above zero (or not given), else what is wrong with it. */
export function positive(at: string, figure: Uncertain | undefined): LabProblem[] {
  return figure === undefined || least(figure) > 0
    ? []
    : [{ code: "notPositive", severity: "error", at, params: { given: shown(figure) } }];
}

/** The same for a figure that may be zero. */
export function notNegative(at: string, figure: Uncertain | undefined): LabProblem[] {
  return within(at, figure, 0, Infinity);
}

/** Nothing where a figure lies in a range, ends included. */
export function within(at: string, figure: Uncertain | undefined, low: number, high: number): LabProblem[] {
  if (figure === undefined || (least(figure) >= low && most(figure) <= high)) return [];
  return [{ code: "outOfRange", severity: "error", at, params: { given: shown(figure), low, high } }];
}

/** Nothing where a count is whole and from 1 to `most`. */
export function count(at: string, given: number | undefined, high = 1e7): LabProblem[] {
  if (given === undefined) return [];
  if (!(given > 0)) return [{ code: "notPositive", severity: "error", at, params: { given } }];
  if (!Number.isInteger(given))
    return [{ code: "notWhole", severity: "error", at, params: { given, nearest: Math.max(1, Math.round(given)) } }];
  return within(at, given, 1, high);
}

/** Nothing where a name is one of those known, else the nearest of them. */
export function known(at: string, given: string | undefined, names: readonly string[]): LabProblem[] {
  if (given === undefined || names.includes(given)) return [];
  return [{ code: "unknownName", severity: "error", at, params: { given, nearest: names.join(", ") } }];
}

function least(figure: Uncertain): number {
  if (typeof figure === "number") return Number.isFinite(figure) ? figure : NaN;
  return distributionProblem(figure) ? NaN : quantile(figure, 1e-4);
}

function most(figure: Uncertain): number {
  if (typeof figure === "number") return figure;
  return distributionProblem(figure) ? NaN : quantile(figure, 1 - 1e-4);
}

function shown(figure: Uncertain): string | number {
  return typeof figure === "number" ? figure : figure.kind;
}
