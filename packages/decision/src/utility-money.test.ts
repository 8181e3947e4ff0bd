import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { certaintyEquivalent, type RiskAttitude } from "./certainty-equivalent.ts";
import { evppi } from "./evppi.ts";
import { informationPrice } from "./information-price.ts";
import { leader } from "./leader.ts";
import { recommend } from "./recommend.ts";
import { measured, shardMeans } from "./sharding.ts";
import { moneyOfUtility, utilityMoney } from "./utility-money.ts";
import { answers, decision, sharding } from "./random-decision.fixture.ts";

const attitude: fc.Arbitrary<RiskAttitude> = fc.oneof(
  fc.double({ min: 20, max: 1e4, noNaN: true }).map((riskTolerance) => ({ kind: "exponential" as const, riskTolerance })),
  fc.double({ min: 0.1, max: 6, noNaN: true }).map((relativeRiskAversion) => ({ kind: "crra" as const, relativeRiskAversion, wealth: 60 })),
);

test("[RISK7] the largest mean is the largest certainty equivalent, and the best alternative's mean is its own", () => {
  fc.assert(
    fc.property(decision, attitude, (alternatives, of) => {
      const policy = { attitude: of };
      const best = recommend(alternatives, sharding, policy);
      const inUtility = leader(utilityMoney(alternatives, policy, sharding), sharding);
      expect(inUtility.best).toBe(best.best);
    }),
    { seed: 6, numRuns: 100 },
  );
});

test("[RISK7] exponential: evppi m on these columns is the buying price -T ln(1 - m / T), so the same for small m", () => {
  fc.assert(
    fc.property(decision, answers, fc.double({ min: 50, max: 1e5, noNaN: true }), (alternatives, question, riskTolerance) => {
      const of: RiskAttitude = { kind: "exponential", riskTolerance };
      const asked = { name: "q", binning: binning(question, { discrete: true }) };
      const { amount } = evppi(utilityMoney(alternatives, { attitude: of }, sharding), asked, sharding);
      const price = informationPrice(alternatives, of, sharding, asked.binning);
      const exact = price.reachable ? price.buyingPrice.amount : NaN;
      expect(-riskTolerance * Math.log1p(-amount / riskTolerance)).toBeCloseTo(exact, 6);
      expect(amount).toBeLessThanOrEqual(exact + 1e-9);
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("[RISK7] the mean of any alternative goes back to its certainty equivalent, and the slope is that of the way back", () => {
  fc.assert(
    fc.property(decision, attitude, (alternatives, of) => {
      const { names, inMoney, surely, slope } = moneyOfUtility(alternatives, { attitude: of }, sharding);
      for (const { netValue } of alternatives.filter(({ name }) => names.includes(name))) {
        const mean = measured(shardMeans(netValue.map(inMoney), sharding)).amount;
        const sure = certaintyEquivalent(netValue, of, sharding);
        const step = 1e-4 * (1 + Math.abs(mean));
        expect(sure.reachable && Math.abs(surely(mean) - sure.at.amount)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(surely(mean))));
        expect((surely(mean + step) - surely(mean - step)) / (2 * step) / slope(mean)).toBeCloseTo(1, 4);
      }
    }),
    { seed: 8, numRuns: 100 },
  );
});

test("[RISK7] what the limit refuses is left out, and a tiny tolerance stays finite", () => {
  const now = { name: "now", netValue: Float64Array.from({ length: 64 }, (_, draw) => (draw % 2 === 0 ? -1e9 : 3e9)) };
  const pass = { name: "pass", netValue: new Float64Array(64) };
  const limited = { attitude: { kind: "riskNeutral" as const }, cvarLimit: { level: 0.05, amount: 1e6 } };
  expect(utilityMoney([pass, now], limited, sharding).map(({ name }) => name)).toEqual(["pass"]);
  const [, tiny] = utilityMoney([pass, now], { attitude: { kind: "exponential", riskTolerance: 1 } }, sharding);
  expect(tiny.netValue.every(Number.isFinite)).toBe(true);
  expect(leader([pass, tiny], sharding)).toMatchObject({ best: "pass" });
});
