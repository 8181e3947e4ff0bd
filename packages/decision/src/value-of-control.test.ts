import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binning } from "./binning.ts";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { evppi } from "./evppi.ts";
import { explainValueOfControl, valueOfControl } from "./value-of-control.ts";

const sharding = { shards: 4, shardSize: 16 };
const discrete = (name: string, column: Float64Array) => ({ name, binning: binning(column, { discrete: true }) });

test("[CTRL1] choosing the sun is worth 100 - 48 to the party, learning it 22", () => {
  const ten = { shards: 1, shardSize: 10 };
  const sun = exactRows([4, 6], [1, 0]);
  const alternatives = [
    { name: "out", netValue: sun.map((shines) => (shines ? 100 : 0)) },
    { name: "porch", netValue: sun.map((shines) => (shines ? 90 : 20)) },
    { name: "in", netValue: sun.map((shines) => (shines ? 40 : 50)) },
  ];
  expect(valueOfControl(alternatives, discrete("sun", sun), ten)).toMatchObject({
    amount: 52,
    best: "out",
    answer: { from: 1, to: 1, probability: 0.4 },
  });
  const tree = explainValueOfControl(alternatives, discrete("sun", sun), ten);
  expect(tree.amount).toBe(tree.children[0].amount! - tree.children[1].amount!);
});

const column = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 64, maxLength: 64 })
  .map((amounts) => Float64Array.from(amounts, (amount) => amount / 10));
const answers = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 64, maxLength: 64 }).map((amounts) => Float64Array.from(amounts));

test("[CTRL2] choosing an answer is worth no less than learning it", () => {
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 4 }), answers, (columns, question) => {
      const alternatives = columns.map((netValue, index) => ({ name: `a${index}`, netValue }));
      const asked = discrete("q", question);
      const control = valueOfControl(alternatives, asked, sharding);
      expect(control.amount).toBeGreaterThanOrEqual(evppi(alternatives, asked, sharding).amount - 1e-9);
    }),
    { seed: 4, numRuns: 100 },
  );
});

test("[CTRL1] a normal number chosen to its highest eighth: mean of the normal above its 7/8 quantile", () => {
  const run = { shards: 8, shardSize: 4096 };
  const x = normals(sobolColumn(1, run));
  const alternatives = [
    { name: "pass", netValue: new Float64Array(x.length) },
    { name: "now", netValue: x },
  ];
  const worth = valueOfControl(alternatives, { name: "x", binning: binning(x, { discrete: false }) }, run);
  // phi(1.1503494) / 0.125, less today's best of 0.
  const expected = Math.exp(-(1.1503493803760079 ** 2) / 2) / Math.sqrt(2 * Math.PI) / 0.125;
  expect(Math.abs(worth.amount - expected)).toBeLessThan(3 * worth.standardError + 1e-3);
  expect(worth).toMatchObject({ best: "now" });
});
