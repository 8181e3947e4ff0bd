import { explained, type Explanation } from "./explanation.ts";
import type { Leader } from "./leader.ts";
import type { Measured } from "./sharding.ts";

/** What the decision would be under one partner's own beliefs. */
export interface PartnerRecommendation {
  partner: string;
  recommendation: Pick<Leader, "best" | "lead" | "clear">;
}

export interface Dissent {
  pooledBest: string;
  agreeing: string[];
  /** Partners whose own beliefs recommend another alternative, with how surely. */
  flipping: { partner: string; best: string; lead: Measured | undefined; clear: boolean }[];
  unanimous: boolean;
}

/** Who would decide otherwise on their own beliefs than the team does on the pooled ones. */
export function flips(partners: PartnerRecommendation[], pooled: Pick<Leader, "best">): Dissent {
  const agreeing = partners.filter(({ recommendation }) => recommendation.best === pooled.best);
  const flipping = partners.filter(({ recommendation }) => recommendation.best !== pooled.best);
  return {
    pooledBest: pooled.best,
    agreeing: agreeing.map(({ partner }) => partner),
    flipping: flipping.map(({ partner, recommendation: { best, lead, clear } }) => ({
      partner,
      best,
      lead,
      clear,
    })),
    unanimous: flipping.length === 0,
  };
}

/** The tree behind flips: each partner's best alternative and its lead. */
export function explainFlips(partners: PartnerRecommendation[], pooled: Pick<Leader, "best">): Explanation {
  return explained("dissent", "count", flips(partners, pooled).flipping.length, {
    params: { best: pooled.best, partners: partners.length },
    formula: "partners whose own beliefs recommend another alternative",
    children: partners.map(({ partner, recommendation }) =>
      explained("partner", "money", recommendation.lead, {
        params: { partner, best: recommendation.best, clear: String(recommendation.clear) },
      }),
    ),
  });
}
