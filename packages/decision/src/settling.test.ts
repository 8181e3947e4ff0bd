import { cdf, quantileFunction, type Distribution } from "@watershed/probability";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerGrid, gridOfBins } from "./answer-grid.ts";
import { binning } from "./binning.ts";
import { exactRows, sobolColumn } from "./draws.fixture.ts";
import { distanceApart, meansUnder, settlingWorth } from "./settling.ts";
import { ledgerOf } from "./result-sums.ts";
import { measured } from "./sharding.ts";

const names = ["pass", "now"];
const partner = (name: string, weight: number, ...worths: number[]) => ({
  partner: name,
  weight,
  means: worths.map((worth) => Float64Array.of(worth)),
});
const one = { shards: 1, shardSize: 10 };

describe("[SET1] the worth of settling who is right", () => {
  test("worked by hand: a bet of +10 or -4; one says 60%, the other 10%, the second counts double", () => {
    // 60%: now nets 4.4; 10%: -2.6. Mixture (4.4 - 5.2) / 3 < 0: pass. Knowing: 4.4 / 3.
    const settled = settlingWorth(names, [partner("ann", 1, 0, 4.4), partner("bo", 2, 0, -2.6)], one);
    expect(settled.worth.amount).toBeCloseTo(4.4 / 3, 12);
    expect(settled.unsettled).toBe("pass");
    expect(settled.partners.map(({ best }) => best)).toEqual(["now", "pass"]);
  });

  test("partners who would decide alike have nothing to settle, however far apart they are", () => {
    expect(settlingWorth(names, [partner("ann", 1, 0, 9), partner("bo", 1, 0, 0.1)], one).worth.amount).toBe(0);
  });

  test("0 <= worth <= what perfect knowledge of the question would be worth to the mixture", () => {
    const chance = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(chance, chance, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 50 }), (ann, bo, weight, loss) => {
        const worth = (p: number) => p * 10 - (1 - p) * loss;
        const settled = settlingWorth(names, [partner("ann", weight, 0, worth(ann)), partner("bo", 1, 0, worth(bo))], one).worth.amount;
        const mixed = (weight * ann + bo) / (weight + 1);
        expect(settled).toBeGreaterThanOrEqual(-1e-12);
        expect(settled).toBeLessThanOrEqual(mixed * 10 - Math.max(0, worth(mixed)) + 1e-9);
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});

describe("[SET2] one partner right on one question, the team on the rest", () => {
  test("a yes/no question: the draws of either answer weighted by the partner's chance, exactly", () => {
    const event = exactRows([3, 7], [1, 0]);
    const ledger = ledgerOf([{ name: "now", netValue: event.map((yes) => (yes ? 10 : -4)) }], one);
    const [under] = meansUnder(ledger, gridOfBins(binning(event, { discrete: true })), [
      { partner: "ann", weight: 1, probabilities: Float64Array.of(0.4, 0.6) },
    ]);
    expect(under.means[0][0]).toBeCloseTo(0.6 * 10 - 0.4 * 4, 12);
  });

  test("a number pooled linearly: each partner's mean comes back from the pool within its error", () => {
    const sharding = { shards: 16, shardSize: 4096 };
    const ann: Distribution = { kind: "lognormal", logMean: 1, logStandardDeviation: 0.5 };
    const bo: Distribution = { kind: "lognormal", logMean: 2, logStandardDeviation: 0.8 };
    const pool: Distribution = {
      kind: "mixture",
      components: [
        { weight: 1, distribution: ann },
        { weight: 1, distribution: bo },
      ],
    };
    const draw = quantileFunction(pool);
    const column = sobolColumn(0, sharding).map((uniform) => draw(uniform));
    const grid = answerGrid(column, binning(column, { discrete: false }));
    const edges = cellEdges(column, grid.cellOfDraw, grid.counts.length);
    const ledger = ledgerOf([{ name: "worth", netValue: column.map((amount) => amount - 5) }], sharding);
    const under = meansUnder(
      ledger,
      grid,
      [ann, bo].map((distribution, place) => ({ partner: String(place), weight: 1, probabilities: shares(distribution, edges) })),
    );
    for (const [place, { logMean, logStandardDeviation: sd }] of [ann, bo].entries()) {
      const mean = measured(under[place].means[0]);
      expect(Math.abs(mean.amount + 5 - Math.exp(logMean + (sd * sd) / 2))).toBeLessThan(3 * mean.standardError + 0.01);
    }
  });
});

test("[SET3] the distance of two partners is the difference of their chances, and 1 where they exclude each other", () => {
  expect(distanceApart(Float64Array.of(0.4, 0.6), Float64Array.of(0.9, 0.1))).toBeCloseTo(0.5, 12);
  expect(distanceApart(Float64Array.of(1, 0), Float64Array.of(0, 1))).toBe(1);
});

/** Largest answer of every cell. */
function cellEdges(column: Float64Array, cellOfDraw: Uint16Array, cells: number): Float64Array {
  const edges = new Float64Array(cells).fill(-Infinity);
  column.forEach((answer, draw) => (edges[cellOfDraw[draw]] = Math.max(edges[cellOfDraw[draw]], answer)));
  return edges;
}

function shares(distribution: Distribution, edges: Float64Array): Float64Array {
  let below = 0;
  return edges.map((edge, cell) => {
    const upTo = cell === edges.length - 1 ? 1 : cdf(distribution, edge);
    const share = Math.max(0, upTo - below);
    below = Math.max(below, upTo);
    return share;
  });
}
