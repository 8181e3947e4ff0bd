import { exp, expm1, log1p } from "@watershed/probability";
import { utilityScale, type RiskAttitude } from "./certainty-equivalent.ts";
import type { Alternative } from "./expected-net-value.ts";
import { underPolicy, type RiskPolicy } from "./risk-policy.ts";
import type { Sharding } from "./sharding.ts";

/** Larger exponents would overflow the squares of a standard error. */
const largestExponent = 300;

/** A mean in the money of utility as the sure amount that is as good, and how fast that grows with the mean. */
export interface SureMoney {
  surely: (mean: number) => number;
  slope: (mean: number) => number;
}

/** Money as it is, for who is indifferent to risk. */
export const plainMoney: SureMoney = { surely: (mean) => mean, slope: () => 1 };

/** Which alternatives a policy admits, and the way of an amount into the money of utility and back. */
export interface UtilityMoney extends SureMoney {
  names: string[];
  inMoney: (netValue: number) => number;
}

/**
 * The alternatives that a policy admits, each draw in the money of utility: utility counted from today's certainty equivalent
 * and divided by its slope there. Whatever has the larger mean has the larger expected utility, and a small difference of means
 * is that many sure dollars, so that values of information and of choices made on these columns follow the attitude.
 */
export function utilityMoney(alternatives: Alternative[], policy: RiskPolicy, sharding: Sharding): Alternative[] {
  const { names, inMoney } = moneyOfUtility(alternatives, policy, sharding);
  const admitted = alternatives.filter(({ name }) => names.includes(name));
  if (policy.attitude.kind === "riskNeutral") return admitted;
  return admitted.map(({ name, netValue }) => ({ name, netValue: netValue.map(inMoney) }));
}

/** The same as a scale around today's certainty equivalent, for columns of other draws; all alternatives and plain money where the policy admits none. */
export function moneyOfUtility(alternatives: Alternative[], policy: RiskPolicy, sharding: Sharding): UtilityMoney {
  const { alternatives: standings, worth } = underPolicy(alternatives, policy, sharding);
  const admitted = standings.filter(({ refused }) => refused === undefined).map(({ name }) => name);
  if (admitted.length === 0) return { names: alternatives.map(({ name }) => name), inMoney: (amount) => amount, ...plainMoney };
  if (policy.attitude.kind === "riskNeutral") return { names: admitted, inMoney: (amount) => amount, ...plainMoney };
  return { names: admitted, ...utilityAround(policy.attitude, worth.amount) };
}

/** A netValue in the money of utility around a sure amount, which stays as it is, and back. */
function utilityAround(attitude: RiskAttitude, sure: number): Omit<UtilityMoney, "names"> {
  const { scaled, amountOf, curvature } = utilityScale(attitude);
  const center = scaled(sure);
  const slopeAt = (amount: number): number => (attitude.kind === "crra" ? attitude.wealth + amount : 1);
  const slope = slopeAt(sure);
  // How far the scaled amount behind a mean is from the center.
  const distance = (mean: number): number =>
    curvature === 0 ? (mean - sure) / slope : log1p((curvature * (mean - sure)) / slope) / curvature;
  const surely = (mean: number): number => amountOf(center + distance(mean));
  return {
    inMoney:
      curvature === 0
        ? (amount) => sure + slope * (scaled(amount) - center)
        : (amount) => sure + (slope * expm1(Math.min(largestExponent, curvature * (scaled(amount) - center)))) / curvature,
    surely,
    slope: (mean) => (slopeAt(surely(mean)) / slope) * exp(-curvature * distance(mean)),
  };
}
