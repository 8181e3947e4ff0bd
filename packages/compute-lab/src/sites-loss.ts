import type { Distribution } from "@watershed/probability";
import { log, power } from "@watershed/probability";
import type { LossLaw } from "./scaling-published.ts";
import { localStepLosses } from "./sites-published.ts";
import type { LocalStepLoss } from "./sites-published.ts";

const LN_TEN = 2.302585092994046;
const PER_DECADE_OF_STEPS = 0.002; // assumption: longer intervals cost something (Charles 2025, figure 9, prints no numbers)

/** The straight line through relative losses against log10 parameters for one number of replicas. */
export interface LossTrend {
  atTenBillion: number; // relative change of loss
  perDecade: number; // of parameters
  residual: number; // standard deviation about the line
  largestParameters: number;
}

/** Least squares over rows with this many replicas (1, 2, 4 or 8); all published ones unless given. */
export function lossTrend(replicas: number, among: LocalStepLoss[] = localStepLosses.rows): LossTrend {
  const rows = among.filter((row) => row.replicas[replicas] !== undefined);
  const xs = rows.map(({ parameters }) => log(parameters / 10e9) / LN_TEN);
  const ys = rows.map((row) => row.replicas[replicas]! / row.everyStep - 1);
  const [meanX, meanY] = [meanOf(xs), meanOf(ys)];
  const slope = sumOf(xs.map((x, i) => (x - meanX) * (ys[i] - meanY))) / sumOf(xs.map((x) => (x - meanX) * (x - meanX)));
  const rest = xs.map((x, i) => ys[i] - meanY - slope * (x - meanX));
  return {
    atTenBillion: meanY - slope * meanX,
    perDecade: slope,
    residual: Math.sqrt(sumOf(rest.map((one) => one * one)) / (rows.length - 2)),
    largestParameters: Math.max(...rows.map(({ parameters }) => parameters)),
  };
}

/**
 * Relative change of loss when replicas meet only every `localSteps` steps, against a synchronisation every step.
 * Within the published sizes the fitted line and its residual. Beyond them the line is held where the data end and walks at random, with what it
 * moves per factor of ten as the standard deviation of each: the trend may go on, stop or turn back, nobody has shown which.
 */
export function lossChange({
  parameters,
  replicas,
  localSteps,
}: {
  parameters: number;
  replicas: number;
  localSteps: number;
}): Distribution {
  // loss grows with the logarithm of replicas: between, and beyond eight, along the line through two published counts
  const [fewer, more] = replicas <= 4 ? [2, 4] : [4, 8];
  const [below, above] = [lossTrend(fewer), lossTrend(more)];
  const weight = log(replicas / fewer) / log(2);
  const mix = (of: (trend: LossTrend) => number): number => (1 - weight) * of(below) + weight * of(above);
  const residual = Math.max(below.residual, above.residual);
  const largest = Math.min(below.largestParameters, above.largestParameters);
  const decades = log(Math.min(parameters, largest) / 10e9) / LN_TEN;
  const beyond = Math.max(0, log(parameters / largest) / LN_TEN);
  const longer = Math.max(0, log(localSteps / localStepLosses.localSteps) / LN_TEN);
  const unknown = mix(({ perDecade }) => perDecade) * Math.sqrt(beyond);
  const steps = PER_DECADE_OF_STEPS * longer;
  return {
    kind: "normal",
    mean: mix(({ atTenBillion, perDecade }) => atTenBillion + perDecade * decades) + steps,
    standardDeviation: Math.sqrt(residual * residual + unknown * unknown + steps * steps),
  };
}

/** How many times the compute a compute-optimal run needs to make up for a relative change of its loss, by the law of loss. */
export function computeForSameLoss(
  relativeChange: number,
  law: LossLaw,
  { parameters, tokens }: { parameters: number; tokens: number },
): number {
  const { irreducible, parameterFactor, tokenFactor, parameterExponent: alpha, tokenExponent: beta } = law;
  const fromParameters = parameterFactor / power(parameters, alpha);
  const fromTokens = tokenFactor / power(tokens, beta);
  const reducible = fromParameters + fromTokens;
  const left = reducible - relativeChange * (irreducible + reducible);
  if (left <= 0) return Infinity; // no compute makes up for more than there is to gain
  // along the optimum the reducible part falls with compute to the power alpha beta / (alpha + beta)
  return power(reducible / left, (alpha + beta) / (alpha * beta));
}

function sumOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: number[]): number {
  return sumOf(values) / values.length;
}
