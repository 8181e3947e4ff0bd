import { exp, log, square } from "@watershed/probability";
import type { Banded } from "./band.ts";
import { bandOf, between, columnsOf } from "./band.ts";
import { positive, within } from "./checked.ts";
import { rentalPrices } from "./cost-prices.ts";
import type { PriceTrend } from "./cost-prices.ts";
import type { LabProblem } from "./problem.ts";

const LN_TWO = 0.6931471805599453;

/**
 * How fast compute gets cheaper, by what is bought: a chip's FLOP, its energy, a rented hour, training to a fixed level, serving a fixed level.
 * The interview's "one tenth" is a different claim on each.
 */
export function priceTrends(): PriceTrend[] {
  const doubling = { median: 2.32, low: 1.69, high: 3.62 }; // years, 95 %
  const halving = { median: 8 / 12, low: 5 / 12, high: 14 / 12 }; // years, 95 %
  return [
    { name: "purchase", logFactorPerYear: rateFromTime(doubling), sources: ["epochPricePerformance"] },
    { name: "energy", logFactorPerYear: between(log(1.3), log(1.5)), sources: ["epochHardware", "assumption"] },
    { name: "rental", logFactorPerYear: rentalTrend(), sources: ["rental", "rentalIndex"] },
    { name: "levelTraining", logFactorPerYear: rateFromTime(halving), sources: ["ho2024"] },
    { name: "levelServing", logFactorPerYear: between(log(9), log(900)), sources: ["epochInference", "a16z"] },
  ];
}

/** ln 2 over a time that is lognormal with a printed 95 % interval. */
function rateFromTime({ median, low, high }: { median: number; low: number; high: number }): PriceTrend["logFactorPerYear"] {
  return { kind: "lognormal", logMean: log(LN_TWO / median), logStandardDeviation: log(high / low) / (2 * 1.959963984540054) };
}

/** Least squares through the logarithms of rental prices since March 2024, Student with n - 2 degrees of freedom: five prices say little. */
function rentalTrend(): PriceTrend["logFactorPerYear"] {
  const since = rentalPrices.filter(({ date }) => date > 2024);
  const xs = since.map(({ date }) => date);
  const ys = since.map(({ low, high }) => (log(low) + log(high)) / 2);
  const n = since.length;
  const [meanX, meanY] = [xs, ys].map((values) => values.reduce((sum, value) => sum + value, 0) / n);
  const spread = xs.reduce((sum, x) => sum + (x - meanX) * (x - meanX), 0);
  const slope = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i] - meanY), 0) / spread;
  const rest = xs.reduce((sum, x, i) => sum + square(ys[i] - meanY - slope * (x - meanX)), 0);
  return { kind: "student", degreesOfFreedom: n - 2, location: -slope, scale: Math.sqrt(rest / (n - 2) / spread) };
}

export interface TrendRow {
  name: PriceTrend["name"];
  factorPerYear: Banded; // how many times cheaper in a year
  priceAtDate: Banded; // share of today's price that is left
  yearsToFactor: Banded; // Infinity where the trend never gets there
  chanceByDate: number; // that the price has fallen by the factor
}

/** Every trend carried on for some years: what is left of a price, and when it has fallen by a factor. Trends are assumed to hold. */
export function priceOutlook({ years, factor }: { years: number; factor: number }): { rows: TrendRow[]; problems: LabProblem[] } {
  const problems = [...positive("years", years), ...within("factor", factor, 1.01, 1e6)];
  if (problems.length > 0) return { rows: [], problems };
  const rows = priceTrends().map(({ name, logFactorPerYear, sources }) => {
    const columns = columnsOf({ rate: logFactorPerYear }, ({ rate }) => ({
      perYear: exp(rate),
      left: exp(-rate * years),
      time: rate > 0 ? log(factor) / rate : Infinity,
    }));
    const reached = columns.time.filter((time) => time <= years).length;
    return {
      name,
      factorPerYear: bandOf(columns.perYear, "factor", sources),
      priceAtDate: bandOf(columns.left, "share", sources),
      yearsToFactor: bandOf(columns.time, "years", sources),
      chanceByDate: reached / columns.time.length,
    };
  });
  return { rows, problems };
}
