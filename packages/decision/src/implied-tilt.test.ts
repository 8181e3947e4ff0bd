import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { impliedProbability } from "./implied-probability.ts";
import { explainImpliedTilt, impliedTilt, tiltedShare, tiltPoint } from "./implied-tilt.ts";
import { answerTilt, confirmationTilt, effectiveDraws, levelSums, tiltedChance } from "./tilt.ts";

const run = { shards: 8, shardSize: 4096 };
const small = { shards: 4, shardSize: 25 };
const everyShard = (perShard: number[], amounts: number[]): Float64Array =>
  Float64Array.from(Array.from({ length: 4 }, () => [...exactRows(perShard, amounts)]).flat());
const logit = (p: number): number => Math.log(p / (1 - p));
const noise = normals(sobolColumn(9, run));

test("[TILT1] for yes/no the shift is the log-odds between belief and implied probability", () => {
  const event = everyShard([10, 15], [1, 0]);
  const netValue = event.map((yes) => (yes ? 240 : -30));
  const answer = impliedTilt(netValue, answerTilt(event), small);
  const implied = impliedProbability({ name: "q", netValue, event, belief: 0.4 }, small);
  if (!answer.reachable || !implied.reachable) throw new Error("not reached");
  expect(implied.probability.amount).toBeCloseTo(1 / 9, 12);
  expect(answer.shift.amount).toBeCloseTo(logit(1 / 9) - logit(0.4), 9);
  expect(tiltedChance(0.4, answer.shift.amount)).toBeCloseTo(1 / 9, 9);
  expect(answer.upHelps).toBe(true);
  const tree = explainImpliedTilt("q", netValue, answerTilt(event), small);
  expect(tree).toMatchObject({ measure: "impliedShift", amount: answer.shift.amount });
});

test("[TILT1] a tilt keeps the whole: weights average 1, chances of exceeding move by the shift at every threshold", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Infinity)), { minLength: 100, maxLength: 100 }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      (answers, shift) => {
        const column = Float64Array.from(answers);
        const tilt = answerTilt(column);
        const weights = tilt.weightsAt(shift);
        const mean = column.reduce((sum, _, draw) => sum + weights[tilt.levelOfDraw[draw]], 0) / 100;
        expect(mean).toBeCloseTo(1, 9);
        for (const threshold of [-3, 0, 2, 5]) {
          const before = answers.filter((answer) => answer > threshold).length / 100;
          const after = column.reduce((sum, answer, draw) => sum + (answer > threshold ? weights[tilt.levelOfDraw[draw]] : 0), 0) / 100;
          expect(after).toBeCloseTo(tiltedChance(before, shift), 9);
        }
      },
    ),
    { seed: 8, numRuns: 100 },
  );
});

test("[TILT2] a number's fair median: uniform on 0 to 1 with netValue x - 0.6", () => {
  // Tilted mean of a uniform by proportional odds: E = r / (r - 1) - r ln r / (r - 1)^2 with r = exp(shift).
  const x = sobolColumn(1, run);
  const answer = impliedTilt(
    x.map((amount) => amount - 0.6),
    answerTilt(x),
    run,
  );
  if (!answer.reachable) throw new Error("not reached");
  const r = Math.exp(answer.shift.amount);
  const mean = r / (r - 1) - (r * Math.log(r)) / (r - 1) ** 2;
  expect(Math.abs(mean - 0.6)).toBeLessThan(1e-4);
  expect(answer.effectiveDraws).toBeGreaterThan(0.8 * x.length);
  expect(answer.effectiveDraws).toBeLessThan(x.length);
});

test("[TILT2] the error of the shift covers what independent draws move it by", () => {
  // 60 seeds; nominal 95% intervals (t, 7 degrees of freedom) miss more than 8 times with a chance below 1%.
  const x = sobolColumn(1, run);
  const exact = impliedTilt(
    x.map((amount) => amount - 0.6),
    answerTilt(x),
    run,
  );
  if (!exact.reachable) throw new Error("not reached");
  let misses = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const own = sobolColumn(1, { shards: 8, shardSize: 128 }, seed);
    const jitter = normals(sobolColumn(2, { shards: 8, shardSize: 128 }, seed));
    const answer = impliedTilt(
      own.map((amount, draw) => amount - 0.6 + jitter[draw]),
      answerTilt(own),
      { shards: 8, shardSize: 128 },
    );
    if (!answer.reachable) throw new Error("not reached");
    if (Math.abs(answer.shift.amount - exact.shift.amount) > 2.365 * answer.shift.standardError) misses++;
  }
  expect(misses).toBeLessThanOrEqual(8);
});

test("[TILT3] a thesis of independent answers moves the log-odds of each by the shift, exactly", () => {
  const [a, b] = [everyShard([5, 5, 3, 12], [1, 1, 0, 0]), everyShard([5, 5, 3, 12], [1, 0, 1, 0])];
  // 0.4 and 0.32 with 5 of 25 both: not independent; take an independent pair instead.
  const c = everyShard([4, 6, 6, 9], [1, 1, 0, 0]);
  const d = everyShard([4, 6, 6, 9], [1, 0, 1, 0]);
  expect([c, d].map((column) => column.reduce((sum, yes) => sum + yes, 0) / 100)).toEqual([0.4, 0.4]);
  const tilt = confirmationTilt([c, d]);
  const share = (column: Float64Array, shift: number): number =>
    tiltedShare(column, tilt, { amount: shift, standardError: 0 }, small).amount;
  for (const shift of [-2, 0, 0.7, 3]) {
    expect(share(c, shift)).toBeCloseTo(tiltedChance(0.4, shift), 12);
    expect(share(d, shift)).toBeCloseTo(tiltedChance(0.4, shift), 12);
    expect(
      share(
        c.map((yes, draw) => yes * d[draw]),
        shift,
      ),
    ).toBeCloseTo(tiltedChance(0.4, shift) ** 2, 12);
  }
  // Dependent answers: the odds of one given the other still move by the shift.
  const tied = confirmationTilt([a, b]);
  const at = (column: Float64Array): number => tiltedShare(column, tied, { amount: 1, standardError: 0 }, small).amount;
  const both = at(a.map((yes, draw) => yes * b[draw]));
  const onlyB = at(a.map((yes, draw) => (1 - yes) * b[draw]));
  expect(Math.log(both / onlyB)).toBeCloseTo(Math.log(5 / 3) + 1, 12);
});

test("[TILT4] at the implied shift the tilted netValue is nothing, along an answer and along a thesis", () => {
  const [a, b, c] = [1, 2, 3].map((dimension) => sobolColumn(dimension, run).map((u) => (u < 0.3 ? 1 : 0)));
  const netValue = noise.map((amount, draw) => 0.5 * amount + 4 * a[draw] * b[draw] + c[draw] - 1);
  for (const tilt of [confirmationTilt([a, b, c]), answerTilt(c)]) {
    const answer = impliedTilt(netValue, tilt, run);
    if (!answer.reachable) throw new Error("not reached");
    expect(tiltPoint(levelSums(netValue, tilt, run), answer.shift.amount).netValue.amount).toBeCloseTo(0, 9);
  }
});

test("[TILT5] no fair belief: always worth it, never, no effect, and how far that was looked", () => {
  const event = everyShard([10, 15], [1, 0]);
  const sided = (yes: number, no: number) =>
    impliedTilt(
      event.map((answer) => (answer ? yes : no)),
      answerTilt(event),
      small,
    );
  expect(sided(5, 1)).toMatchObject({ reachable: false, side: "alwaysWorth" });
  expect(sided(-1, -5)).toMatchObject({ reachable: false, side: "neverWorth" });
  expect(sided(3, 3)).toMatchObject({ reachable: false, side: "noEffect" });
  const unrelated = sobolColumn(5, run);
  expect(
    impliedTilt(
      noise.map((amount) => amount + 1),
      answerTilt(unrelated),
      run,
    ),
  ).toMatchObject({ reachable: false, side: "noEffect" });
  expect(impliedTilt(noise, answerTilt(unrelated), run)).toMatchObject({ reachable: false, side: "noEffect" });
});

test("[TILT6] a tilt ends where a hundredth of the draws remains effective", () => {
  const x = sobolColumn(1, run);
  const answer = impliedTilt(
    x.map((amount) => amount - 0.9999),
    answerTilt(x),
    run,
  );
  if (answer.reachable) throw new Error("reached");
  expect(answer.side).toBe("neverWorth");
  expect(answer.high.effectiveDraws).toBeGreaterThanOrEqual(0.01 * x.length);
  expect(effectiveDraws(answerTilt(x), answer.high.shift + 0.25)).toBeLessThan(0.01 * x.length);
  // Kish: (sum w)^2 / sum w^2 = 3 / (r (1 + 1 / r + 1 / r^2)) of a uniform's draws at r = exp(shift).
  const r = Math.exp(3);
  expect(effectiveDraws(answerTilt(x), 3) / x.length).toBeCloseTo(3 / (r * (1 + 1 / r + 1 / r ** 2)), 3);
});

test("[TILT5] of several fair beliefs the nearest one is named", () => {
  // Worth it in the middle only: fair at two medians.
  const x = sobolColumn(1, run);
  const answer = impliedTilt(
    x.map((amount) => 0.1 - (amount - 0.35) ** 2),
    answerTilt(x),
    run,
  );
  if (!answer.reachable) throw new Error("not reached");
  expect(Math.abs(answer.shift.amount)).toBeLessThan(1);
});
