import { exp, log, square } from "@watershed/probability";
import { columnsOf } from "./band.ts";
import type { Uncertain } from "./band.ts";
import type { Estimate } from "./complete-plan.ts";
import { likeness, measuredRun } from "./site.ts";
import { logSpread } from "./spread.ts";

/**
 * The chance of each plan to be the fastest of these, given what predictions err: the error of each, and how much of it like plans share. Normal errors
 * of the logarithm; 2,048 joint draws, so a chance near a half is within 0.02.
 */
export function chancesFastest(estimates: Estimate[], softwareKnown: boolean): number[] {
  const runs = estimates.map((estimate) => measuredRun(estimate, softwareKnown, estimate.seconds));
  const spreads = estimates.map((estimate) => logSpread(estimate, softwareKnown));
  const factor = choleskyFactor(
    runs.map((one, row) => runs.map((other, column) => (row === column ? 1 : Math.min(1, likeness(one, other))))),
  );
  const inputs = Object.fromEntries(
    estimates.map((_, plan): [string, Uncertain] => [`plan${plan}`, { kind: "normal", mean: 0, standardDeviation: 1 }]),
  );
  const names = Object.keys(inputs);
  const { first } = columnsOf(inputs, (drawn) => {
    let [best, least] = [0, Infinity];
    estimates.forEach(({ seconds }, plan) => {
      let error = 0;
      for (let place = 0; place <= plan; place++) error += factor[plan][place] * drawn[names[place]];
      const logSeconds = log(seconds) + spreads[plan] * error;
      if (logSeconds < least) [best, least] = [plan, logSeconds];
    });
    return { first: best };
  });
  const counts = estimates.map(() => 0);
  for (const plan of first) counts[plan]++;
  return counts.map((count) => count / first.length);
}

/** How many times as long as another plan one may take, one standard deviation, when what both share is left out. */
export function apartFactor(one: Estimate, other: Estimate, softwareKnown: boolean): number {
  const [first, second] = [one, other].map((estimate) => logSpread(estimate, softwareKnown));
  const shared = likeness(measuredRun(one, softwareKnown, one.seconds), measuredRun(other, softwareKnown, other.seconds));
  return exp(Math.sqrt(Math.max(0, square(first) + square(second) - 2 * shared * first * second)));
}

/** The lower triangle whose product with its transpose is a correlation matrix. */
function choleskyFactor(matrix: number[][]): number[][] {
  const factor = matrix.map((line) => line.map(() => 0));
  for (let row = 0; row < matrix.length; row++)
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row][column];
      for (let place = 0; place < column; place++) rest -= factor[row][place] * factor[column][place];
      // plans that are all but one leave nothing of their own
      factor[row][column] = row === column ? Math.sqrt(Math.max(rest, 1e-9)) : rest / factor[column][column];
    }
  return factor;
}
