import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { power } from "./power.ts";
import type { DistributionOf } from "./distribution.ts";
import type { Law } from "./law.ts";
import { deviationByQuadrature, meanByQuadrature } from "./quadrature.ts";
import { between } from "./tail-inverse.ts";

type Metalog = DistributionOf<"metalog">;

const GRID_END = 40; // logits; beyond, the quantile is straight in the logit to 1e-17
const GRID_STEPS = 1600;

/** Keelin 2016, Decision Analysis 13(4): a quantile linear in `terms`, closed form; log and logit variants by bounds. */
export function metalogLaw(d: Metalog): Law {
  const scale = boundScale(d.low, d.high);
  const logitAt = (at: number): number => {
    if (at <= scale.low) return -Infinity;
    if (at >= scale.high) return Infinity;
    return logitWhere(d.terms, scale.toScore(at));
  };
  const law: Law = {
    cumulative: (at) => 1 / (1 + exp(-logitAt(at))),
    exceedance: (at) => 1 / (1 + exp(logitAt(at))),
    lowerQuantile: (p) => scale.fromScore(scoreAt(d.terms, p - 0.5, logitOf(p, 1 - p))),
    upperQuantile: (p) => scale.fromScore(scoreAt(d.terms, 0.5 - p, logitOf(1 - p, p))),
    density: (at) => {
      const logit = logitAt(at);
      if (!Number.isFinite(logit)) return 0;
      const y = 1 / (1 + exp(-logit));
      return (y * (1 - y)) / (slopeInLogit(d.terms, logit) * scale.slope(at));
    },
    mean: () => meanByQuadrature(law),
    standardDeviation: () => deviationByQuadrature(law),
    hasAtoms: false,
  };
  return law;
}

/** The quantile, prepared: one logarithm, a polynomial, and one exponential where there are bounds. */
export function metalogQuantile(d: Metalog): (probability: number) => number {
  const { fromScore } = boundScale(d.low, d.high);
  const bounded = d.low !== undefined || d.high !== undefined;
  const terms = d.terms;
  const [a1, a2, a3 = 0, a4 = 0] = terms;
  const score =
    terms.length <= 4
      ? (y: number) => {
          const logit = log(y / (1 - y));
          return a1 + a2 * logit + (y - 0.5) * (a3 * logit + a4);
        }
      : (y: number) => scoreAt(terms, y - 0.5, log(y / (1 - y)));
  return bounded ? (probability) => fromScore(score(probability)) : score;
}

/** Where the metalog's density is not positive: the first such probability, or undefined for a sound metalog. Checked on a dense grid of logits. */
export function metalogFlaw(terms: readonly number[]): { probability: number } | undefined {
  for (let step = 0; step <= GRID_STEPS; step++) {
    const logit = GRID_END * ((2 * step) / GRID_STEPS - 1);
    if (!(slopeInLogit(terms, logit) > 0)) return { probability: 1 / (1 + exp(-logit)) };
  }
  return undefined;
}

/** The metalog's basis functions at probability y, as many as asked for: 1, L, cL, c, c^2, c^2 L, c^3, c^3 L ... with c = y - 1/2, L = logit y. */
export function metalogBasis(probability: number, count: number): number[] {
  const logit = log(probability / (1 - probability));
  return Array.from({ length: count }, (_, k) => power(probability - 0.5, powerOf(k)) * (hasLogit(k) ? logit : 1));
}

/** Between the metalog's own axis and the bounded one: identity, log or logit. */
export interface BoundScale {
  low: number;
  high: number;
  toScore: (at: number) => number;
  fromScore: (score: number) => number;
  /** d at / d score. */
  slope: (at: number) => number;
}

export function boundScale(low = -Infinity, high = Infinity): BoundScale {
  if (low === -Infinity && high === Infinity) {
    return { low, high, toScore: (at) => at, fromScore: (score) => score, slope: () => 1 };
  }
  if (high === Infinity) {
    return {
      low,
      high,
      toScore: (at) => log(at - low),
      fromScore: (score) => low + exp(score),
      slope: (at) => at - low,
    };
  }
  if (low === -Infinity) {
    return {
      low,
      high,
      toScore: (at) => -log(high - at),
      fromScore: (score) => high - exp(-score),
      slope: (at) => high - at,
    };
  }
  return {
    low,
    high,
    toScore: (at) => log((at - low) / (high - at)),
    fromScore: (score) =>
      score < 0 ? low + ((high - low) * exp(score)) / (1 + exp(score)) : high - ((high - low) * exp(-score)) / (1 + exp(-score)),
    slope: (at) => ((at - low) * (high - at)) / (high - low),
  };
}

// Term k (from 0) is c^powerOf(k), times L where hasLogit(k): Keelin 2016, equation 6.
function powerOf(k: number): number {
  return k < 2 ? 0 : k < 4 ? 1 : k >> 1;
}

function hasLogit(k: number): boolean {
  return k === 1 || k === 2 || (k > 4 && k % 2 === 1);
}

function scoreAt(terms: readonly number[], centred: number, logit: number): number {
  let plain = 0;
  let withLogit = 0;
  let power = 1;
  let reached = 0;
  for (let k = 0; k < terms.length; k++) {
    for (; reached < powerOf(k); reached++) power *= centred;
    if (hasLogit(k)) withLogit += terms[k] * power;
    else plain += terms[k] * power;
  }
  // 0 * Infinity would be NaN at the very ends
  return withLogit === 0 ? plain : plain + withLogit * logit;
}

/** d score / d logit: what must be positive everywhere. */
function slopeInLogit(terms: readonly number[], logit: number): number {
  const y = 1 / (1 + exp(-logit));
  const spread = y * (1 - y);
  const centred = y - 0.5;
  let slope = 0;
  let [reached, below, raised] = [0, 0, 1]; // below: the power one less
  for (let k = 1; k < terms.length; k++) {
    for (; reached < powerOf(k); reached++) [below, raised] = [raised, raised * centred];
    const derivative = reached * below * spread;
    slope += terms[k] * (hasLogit(k) ? raised + derivative * logit : derivative);
  }
  return slope;
}

function logitOf(y: number, rest: number): number {
  return log(y) - log(rest);
}

function logitWhere(terms: readonly number[], score: number): number {
  const scoreOf = (logit: number) => {
    const y = 1 / (1 + exp(-logit));
    return scoreAt(terms, logit < 0 ? y - 0.5 : 0.5 - 1 / (1 + exp(logit)), logit);
  };
  let low = -745;
  let high = 745;
  let logit = 0;
  for (let step = 0; step < 200; step++) {
    const miss = scoreOf(logit) - score;
    if (miss === 0) return logit;
    if (miss > 0) high = logit;
    else low = logit;
    let next = logit - miss / slopeInLogit(terms, logit);
    if (!(next > low && next < high)) next = between(low, high);
    if (Math.abs(next - logit) <= 1e-15 * Math.max(1, Math.abs(logit))) return next;
    logit = next;
  }
  return logit;
}
