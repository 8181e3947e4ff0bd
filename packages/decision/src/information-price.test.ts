import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { certaintyEquivalent, type RiskAttitude } from "./certainty-equivalent.ts";
import { exactRows } from "./draws.fixture.ts";
import { evpi } from "./evpi.ts";
import { evppi } from "./evppi.ts";
import { explainInformationPrice, informationPrice } from "./information-price.ts";
import { answers, decision, sharding } from "./random-decision.fixture.ts";

const fifty = { shards: 1, shardSize: 50 };
const party: RiskAttitude = { kind: "exponential", riskTolerance: 50 / Math.LN2 };
/** 50 draws: sun and a detector that says so rightly in 8 of 10; (sun, says sun) 16, (sun, not) 4, (rain, says sun) 6, (rain, not) 24. */
const rows = [16, 4, 6, 24];
const sun = exactRows(rows, [1, 1, 0, 0]);
const detector = exactRows(rows, [1, 0, 1, 0]);
const alternatives = [
  { name: "out", netValue: sun.map((shines) => (shines ? 100 : 0)) },
  { name: "porch", netValue: sun.map((shines) => (shines ? 90 : 20)) },
  { name: "in", netValue: sun.map((shines) => (shines ? 40 : 50)) },
];
const discrete = (column: Float64Array) => binning(column, { discrete: true });

function prices(attitude: RiskAttitude, question?: Float64Array, of = alternatives, sharding = fifty) {
  const price = informationPrice(of, attitude, sharding, question && discrete(question));
  if (!price.reachable) throw new Error("ruin");
  return { buying: price.buyingPrice.amount, selling: price.sellingPrice.amount };
}

test("[RISK6] D04: clairvoyance is worth 22 to a neutral host and 20.264 to a cautious one", () => {
  expect(prices({ kind: "riskNeutral" }).buying).toBeCloseTo(22, 9);
  expect(prices(party).buying).toBeCloseTo(20.26417764160331, 9);
  expect(prices(party, sun).buying).toBeCloseTo(20.26417764160331, 9);
});

test("[RISK6] D04: a detector that is right in 80% is worth 11.2 neutrally and 8.818 cautiously", () => {
  expect(prices({ kind: "riskNeutral" }, detector).buying).toBeCloseTo(11.2, 9);
  expect(prices(party, detector).buying).toBeCloseTo(8.81758080483155, 9);
});

const runs = { seed: 3, numRuns: 40 };

test("[RISK6] under a neutral attitude these are evpi and evppi", () => {
  fc.assert(
    fc.property(decision, answers, (of, question) => {
      const neutral: RiskAttitude = { kind: "riskNeutral" };
      expect(prices(neutral, undefined, of, sharding).buying).toBeCloseTo(evpi(of, sharding).amount, 9);
      const worth = evppi(of, { name: "q", binning: discrete(question) }, sharding).amount;
      expect(prices(neutral, question, of, sharding).buying).toBeCloseTo(worth, 9);
    }),
    runs,
  );
});

test("[RISK6] 0 <= a question <= everything; an attitude that cares ever less comes to the neutral price", () => {
  fc.assert(
    fc.property(decision, answers, fc.double({ min: 5, max: 1000, noNaN: true }), (of, question, riskTolerance) => {
      const attitude: RiskAttitude = { kind: "exponential", riskTolerance };
      const [one, all] = [prices(attitude, question, of, sharding), prices(attitude, undefined, of, sharding)];
      expect(one.buying).toBeGreaterThanOrEqual(-1e-9);
      expect(all.buying).toBeGreaterThanOrEqual(one.buying - 1e-9);
      const nearlyNeutral = prices({ kind: "exponential", riskTolerance: 1e9 }, undefined, of, sharding).buying;
      expect(nearlyNeutral).toBeCloseTo(evpi(of, sharding).amount, 3);
    }),
    runs,
  );
});

test("[RISK6] under CRRA the buying price leaves expected utility where it is, and so does the selling price", () => {
  fc.assert(
    fc.property(decision, fc.double({ min: 0.2, max: 5, noNaN: true }), (of, relativeRiskAversion) => {
      const attitude: RiskAttitude = { kind: "crra", relativeRiskAversion, wealth: 60 };
      const { buying, selling } = prices(attitude, undefined, of, sharding);
      const sure = (netValue: Float64Array): number => {
        const answer = certaintyEquivalent(netValue, attitude, sharding);
        return answer.reachable ? answer.at.amount : -Infinity;
      };
      const most = of[0].netValue.map((_, draw) => Math.max(...of.map(({ netValue }) => netValue[draw])));
      const today = Math.max(...of.map(({ netValue }) => sure(netValue)));
      const informed = sure(most.map((amount) => amount - buying));
      // With a small aversion it may be worth paying until the poorest draw has nothing left; more would be ruin.
      if (buying > 60 + Math.min(...most) - 1e-6) expect(informed).toBeGreaterThanOrEqual(today - 1e-6);
      else expect(informed).toBeCloseTo(today, 6);
      const paid = Math.max(...of.map(({ netValue }) => sure(netValue.map((amount) => amount + selling))));
      expect(paid).toBeCloseTo(sure(most), 6);
    }),
    runs,
  );
});

test("[RISK6] where every alternative may ruin there is no price", () => {
  const attitude: RiskAttitude = { kind: "crra", relativeRiskAversion: 2, wealth: 20 };
  const risky = [{ name: "now", netValue: sun.map((shines) => (shines ? 100 : -30)) }];
  expect(informationPrice(risky, attitude, fifty)).toEqual({ reachable: false, side: "ruin" });
});

test("[WHY1] the tree of a price of information carries both prices, or why there is none", () => {
  const tree = explainInformationPrice(alternatives, party, fifty);
  expect(tree.amount).toBeCloseTo(20.26417764160331, 9);
  expect(tree.children).toMatchObject([{ measure: "sellingPrice", amount: tree.amount }]);
  const poor: RiskAttitude = { kind: "crra", relativeRiskAversion: 2, wealth: 20 };
  const risky = [{ name: "now", netValue: sun.map((shines) => (shines ? 100 : -30)) }];
  expect(explainInformationPrice(risky, poor, fifty)).toMatchObject({ params: { side: "ruin" }, children: [] });
});
