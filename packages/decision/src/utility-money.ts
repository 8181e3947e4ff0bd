import { expm1 } from "@watershed/probability";
import { utilityScale, type RiskAttitude } from "./certainty-equivalent.ts";
import type { Alternative } from "./expected-net-value.ts";
import { underPolicy, type RiskPolicy } from "./risk-policy.ts";
import type { Sharding } from "./sharding.ts";

/** Larger exponents would overflow the squares of a standard error. */
const largestExponent = 300;

/**
 * The alternatives that a policy admits, each draw in the money of utility: utility counted from today's certainty equivalent
 * and divided by its slope there. Whatever has the larger mean has the larger expected utility, and a small difference of means
 * is that many sure dollars, so that values of information and of choices made on these columns follow the attitude.
 */
export function utilityMoney(alternatives: Alternative[], policy: RiskPolicy, sharding: Sharding): Alternative[] {
  const { alternatives: standings, worth } = underPolicy(alternatives, policy, sharding);
  const admitted = alternatives.filter((_, index) => standings[index].refused === undefined);
  if (policy.attitude.kind === "riskNeutral" || admitted.length === 0) return admitted.length === 0 ? alternatives : admitted;
  const inMoney = utilityAround(policy.attitude, worth.amount);
  return admitted.map(({ name, netValue }) => ({ name, netValue: netValue.map(inMoney) }));
}

/** A netValue in the money of utility around a sure amount, which stays as it is. */
function utilityAround(attitude: RiskAttitude, sure: number): (netValue: number) => number {
  const { scaled, curvature } = utilityScale(attitude);
  const center = scaled(sure);
  const slope = attitude.kind === "crra" ? attitude.wealth + sure : 1;
  if (curvature === 0) return (amount) => sure + slope * (scaled(amount) - center);
  return (amount) => sure + (slope * expm1(Math.min(largestExponent, curvature * (scaled(amount) - center)))) / curvature;
}
