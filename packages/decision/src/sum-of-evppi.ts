import { hypotenuse } from "@watershed/probability";
import { assert } from "./assert.ts";
import { judged, type Evppi } from "./evppi.ts";
import { explained, type Explanation } from "./explanation.ts";
import type { Measured } from "./sharding.ts";

/** What one question is worth to one company. */
export interface CompanyEvppi {
  company: string;
  evppi: Pick<Evppi, "amount" | "standardError" | "discretisation" | "tie" | "perShard" | "perDummy">;
}

export interface EvppiSum extends Measured {
  floor: number;
  distinguishable: boolean;
  perShard: Float64Array; // [shard]
}

/**
 * What answering one question is worth over several companies decided apart: sums per shard and per dummy, so that the
 * common draws enter the standard error and the floor; discretisation errors share a sign and add up.
 */
export function sumOfEvppi(companies: CompanyEvppi[]): EvppiSum {
  assert(companies.length > 0, "A sum of evppi needs at least one company.");
  const perShard = new Float64Array(companies[0].evppi.perShard.length);
  const perDummy = new Float64Array(companies[0].evppi.perDummy.length);
  let discretisation = 0;
  let tie = 0;
  for (const { evppi } of companies) {
    addTo(perShard, evppi.perShard);
    addTo(perDummy, evppi.perDummy);
    discretisation += evppi.discretisation;
    tie = hypotenuse(tie, evppi.tie);
  }
  const { amount, standardError, floor, distinguishable } = judged({ perShard, perDummy, discretisation, tie });
  return { amount, standardError, floor, distinguishable, perShard };
}

function addTo(total: Float64Array, part: Float64Array): void {
  assert(total.length === part.length, "Results of different runs cannot be added.");
  for (let index = 0; index < part.length; index++) total[index] += part[index];
}

/** The tree behind sumOfEvppi: every company's part. */
export function explainSumOfEvppi(companies: CompanyEvppi[]): Explanation {
  const sum = sumOfEvppi(companies);
  return explained("sumOfEvppi", "money", sum, {
    formula: "sum over companies of evppi",
    params: { distinguishable: String(sum.distinguishable) },
    children: [
      ...companies.map(({ company, evppi }) => explained("evppi", "money", evppi, { params: { company } })),
      explained("noiseFloor", "money", sum.floor),
    ],
  });
}
