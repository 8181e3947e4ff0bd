import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { exp, log1p } from "@watershed/probability";
import type { CompiledWorkspace } from "./compile-workspace.ts";

const daysPerYear = 365.25;
const factorsOfRun = new WeakMap<Draws, Map<string, Float64Array>>();

/**
 * (1 + rate)^-years from today to the dates of a column; 1 for a date that has passed, 0 for never. Companies share exit dates and
 * triggers, so the factors of a column and a rate are kept as long as the run. Float64Array // [draw].
 */
export function discountFactors(compiled: CompiledWorkspace, draws: Draws, column: string, yearlyRate: number): Float64Array {
  const kept = factorsOfRun.get(draws) ?? new Map<string, Float64Array>();
  factorsOfRun.set(draws, kept);
  const key = `${compiled.program.columns[column]} ${yearlyRate} ${compiled.today}`;
  const known = kept.get(key);
  if (known) return known;
  const made = factorsOf(columnOf(draws, column), yearlyRate, compiled.today);
  kept.set(key, made);
  return made;
}

function factorsOf(dates: Float64Array, yearlyRate: number, today: number): Float64Array {
  const perDay = -log1p(yearlyRate) / daysPerYear;
  const factors = new Float64Array(dates.length);
  for (let draw = 0; draw < dates.length; draw++) {
    const days = dates[draw] - today;
    factors[draw] = days === Infinity ? 0 : days > 0 ? exp(days * perDay) : 1;
  }
  return factors;
}

const passedUp = new WeakMap<Draws, Float64Array>();

/** What passing nets: nothing, on every draw. Float64Array // [draw]. */
export function nothing(draws: Draws): Float64Array {
  const zeros = passedUp.get(draws) ?? new Float64Array(draws.shards * draws.shardSize);
  passedUp.set(draws, zeros);
  return zeros;
}
