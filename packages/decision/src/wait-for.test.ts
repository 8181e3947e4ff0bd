import { expect, test } from "vitest";
import { exactRows, normals, plainColumn, sobolColumn } from "./draws.fixture.ts";
import { explainWaitFor, waitFor, type Waiting } from "./wait-for.ts";

const once = (shardSize: number) => ({ shards: 1, shardSize });
const today = 20000;

const waiting = (terms: Partial<Waiting> & Pick<Waiting, "netValueThen">): Waiting => ({
  triggerDate: new Float64Array(terms.netValueThen.length).fill(today + 365),
  deadline: today + 730,
  today,
  access: 1,
  known: [],
  ...terms,
});

test("[WAIT1] nothing is spent where the trigger stays silent, comes too late, or we do not get in", () => {
  const answer = waitFor(
    waiting({
      triggerDate: Float64Array.of(today + 10, Infinity, today + 731, today + 10),
      netValueThen: Float64Array.of(8, NaN, 8, 4),
      access: Float64Array.of(1, 1, 1, 0),
      minimumGroupDraws: 1,
    }),
    { shards: 2, shardSize: 2 },
  );
  // Shards decide for each other: shard 0 learns nothing from shard 1 (never got in there), so its own draw is declined.
  expect(Array.from(answer.netValue)).toEqual([0, 0, 0, 0]);
  expect(answer.probabilityTriggers.amount).toBe(0.5);
});

test("[WAIT2] with nothing else known the policy invests exactly if the expected netValue is above zero", () => {
  const good = waitFor(waiting({ netValueThen: exactRows([50, 50], [30, -10]) }), once(100));
  expect(good.worth.amount).toBe(10);
  expect(good.probabilityInvests.amount).toBe(1);
  expect(good.policy).toMatchObject([{ knows: [], rare: false, probability: 1, investShare: 1 }]);
  const bad = waitFor(waiting({ netValueThen: exactRows([50, 50], [10, -30]) }), once(100));
  expect(bad).toMatchObject({ worth: { amount: 0 }, probabilityInvests: { amount: 0 }, method: "exact groups" });
});

test("[WAIT3] a question known by then is used, one known later is not", () => {
  const event = exactRows([50, 50], [1, 0]);
  const netValueThen = exactRows([50, 50], [30, -50]);
  const known = (knownAt: number) => [{ name: "works", column: event, knownAt, discrete: true }];
  const early = waitFor(waiting({ netValueThen, known: known(today + 300) }), once(100));
  expect(early.worth.amount).toBe(15);
  expect(early.policy.map(({ knows, investShare }) => [knows[0].answer, investShare])).toEqual([
    [1, 1],
    [0, 0],
  ]);
  const late = waitFor(waiting({ netValueThen, known: known(today + 400) }), once(100));
  expect(late.worth.amount).toBe(0);
  expect(late.policy.map(({ knows }) => knows)).toEqual([[{ question: "works", answer: "notYet" }]]);
});

test("[WAIT3] of a date question, that it has not happened yet is known too", () => {
  // A rival ships before the trigger on half the draws, never on the rest; investing pays only if it has not.
  const rival = exactRows([50, 50], [today + 100, Infinity]);
  const answer = waitFor(
    waiting({
      netValueThen: exactRows([50, 50], [-20, 12]),
      known: [{ name: "rival", column: rival, knownAt: rival, discrete: false }],
    }),
    once(100),
  );
  expect(answer.worth.amount).toBe(6);
  expect(answer.policy.map(({ knows }) => knows[0].answer)).toEqual(["someNumber", "notYet"]);
});

test("[WAIT4] a trigger that fired in the past fires today", () => {
  const known = [{ name: "q", column: exactRows([50, 50], [1, 0]), knownAt: today - 1, discrete: true }];
  const netValueThen = exactRows([50, 50], [10, -30]);
  const answer = waitFor(waiting({ netValueThen, known, triggerDate: new Float64Array(100).fill(today - 50) }), once(100));
  expect(answer.worth.amount).toBe(5);
});

test("[WAIT2] Dixit and Pindyck's widget factory: 600 now, 772.727 waiting a year (O01)", () => {
  // Price 300 or 100 for ever from next year, 10%; the factory costs 1600.
  const price = exactRows([500, 500], [300, 100]);
  const now = price.map((amount) => -1600 + 200 + amount / 0.1);
  const netValueThen = price.map((amount) => (-1600 + amount * 11) / 1.1);
  const known = [{ name: "price", column: price, knownAt: today + 365, discrete: true }];
  expect(now.reduce((sum, amount) => sum + amount) / 1000).toBeCloseTo(600, 9);
  expect(waitFor(waiting({ netValueThen, known }), once(1000)).worth.amount).toBeCloseTo(772.7272727272727, 9);
});

test("[WAIT2] Pindyck's smaller factory: 300 now, 386.364 waiting (O02)", () => {
  const price = exactRows([500, 500], [150, 50]);
  const netValueThen = price.map((amount) => (-800 + amount * 11) / 1.1);
  const known = [{ name: "price", column: price, knownAt: today + 365, discrete: true }];
  expect(price.reduce((sum, amount) => sum - 800 + 100 + amount / 0.1, 0) / 1000).toBeCloseTo(300, 9);
  expect(waitFor(waiting({ netValueThen, known }), once(1000)).worth.amount).toBeCloseTo(386.3636363636364, 9);
});

test("[WAIT2] a perfect trigger after which the price doubles (O06)", () => {
  const success = exactRows([150, 850], [1, 0]);
  const answer = waitFor(
    waiting({
      triggerDate: success.map((happens) => (happens === 1 ? today + 365 : Infinity)),
      netValueThen: success.map(() => 0.9 * (300 - 120)),
    }),
    once(1000),
  );
  expect(answer.worth.amount).toBeCloseTo(24.3, 9);
  expect(answer.probabilityTriggers.amount).toBeCloseTo(0.15, 12);
  expect(answer.expectedGivenTrigger?.amount).toBeCloseTo(162, 9);
});

test.each([
  [2, 1.6, 0.38],
  [4, 0.2, 1.36],
  [6, -1.2, 1.14],
])("[WAIT3] a signal of sensitivity 80% and specificity 70% on a venture that may lose %d (V11)", (loss, mean, worth) => {
  // P = 30%; invest nets +10 or the loss; the signal is read before deciding, with no delay and at today's price.
  const succeeds = exactRows([240, 60, 490, 210], [1, 1, 0, 0]);
  const signal = exactRows([240, 60, 490, 210], [1, 0, 0, 1]);
  const netValueThen = succeeds.map((yes) => (yes === 1 ? 10 : -loss));
  const known = [{ name: "signal", column: signal, knownAt: today, discrete: true }];
  const answer = waitFor(waiting({ netValueThen, known }), once(1000));
  expect(netValueThen.reduce((sum, amount) => sum + amount, 0) / 1000).toBeCloseTo(mean, 12);
  expect(answer.worth.amount - Math.max(mean, 0)).toBeCloseTo(worth, 12);
  // Bayes: P(success | yes) = 0.24 / 0.45.
  const yes = answer.policy.find(({ knows }) => knows[0].answer === 1)!;
  expect(yes.probability).toBeCloseTo(0.45, 12);
  expect((yes.rules[0] as { expected: number }).expected).toBeCloseTo((10 * 0.24 - loss * 0.21) / 0.45, 9);
});

test("[WAIT3] Raiffa's wildcatter drills on the seismic test: 22.5 after its cost, 12.5 more than without (D01)", () => {
  const counts = [30, 15, 5, 9, 12, 9, 2, 8, 10]; // dry, wet, soaking; each with no, open and closed structure
  const netValueThen = exactRows(counts, [-70, -70, -70, 50, 50, 50, 200, 200, 200]);
  const seismic = exactRows(counts, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
  const known = [{ name: "seismic", column: seismic, knownAt: today, discrete: true }];
  const exact = waitFor(waiting({ ...twice({ netValueThen, known }), minimumGroupDraws: 1 }), { shards: 2, shardSize: 100 });
  expect(exact.worth.amount - 10).toBeCloseTo(22.5, 9);
  expect(exact.worth.amount - 20).toBeCloseTo(12.5, 9);
  expect(exact.policy.map(({ probability, investShare }) => [probability, investShare])).toEqual([
    [0.41, 0],
    [0.35, 1],
    [0.24, 1],
  ]);
  [-30.48780487804878, 32.85714285714286, 87.5].forEach((published, structure) =>
    expect((exact.policy[structure].rules[0] as { expected: number }).expected).toBeCloseTo(published, 9),
  );
});

/** Two shards of the same rows: what either learns is exact for the other. */
function twice({ netValueThen, known }: Pick<Waiting, "netValueThen" | "known">): Pick<Waiting, "netValueThen" | "known" | "triggerDate"> {
  const doubled = (column: Float64Array): Float64Array => Float64Array.from([...column, ...column]);
  return {
    netValueThen: doubled(netValueThen),
    known: known.map((question) => ({ ...question, column: doubled(question.column) })),
    triggerDate: new Float64Array(2 * netValueThen.length).fill(today),
  };
}

const sharding = { shards: 16, shardSize: 4096 };
const draws = 16 * 4096;

test("[WAIT6] regression on a known number finds E[max(x, 0)]", () => {
  // netValue x + noise, x known: 0.3989 for standard normal x.
  const [x, noise] = [normals(sobolColumn(0, sharding)), normals(sobolColumn(1, sharding))];
  const answer = waitFor(
    waiting({
      netValueThen: x.map((amount, draw) => amount + 2 * noise[draw]),
      known: [{ name: "x", column: x, knownAt: 0, discrete: false }],
    }),
    sharding,
  );
  expect(answer.method).toBe("regression");
  expect(Math.abs(answer.worth.amount - 0.3989422804)).toBeLessThanOrEqual(3 * answer.worth.standardError);
  expect(answer.policy[0].rules[0]).toMatchObject({ kind: "quadratic", fit: { features: ["x"], terms: ["1", "x", "x^2"] } });
});

test("[WAIT6] the surface may curve: worth of x^2 - 1", () => {
  // E[max(x^2 - 1, 0)] = 2 phi(1) = 0.4839414490.
  const x = normals(sobolColumn(0, sharding));
  const noise = normals(sobolColumn(1, sharding));
  const answer = waitFor(
    waiting({
      netValueThen: x.map((amount, draw) => amount * amount - 1 + noise[draw]),
      known: [{ name: "x", column: x, knownAt: 0, discrete: false }],
    }),
    sharding,
  );
  // Clipping to the middle 99% bends the surface only where the decision is not in doubt.
  expect(Math.abs(answer.worth.amount - 0.483941449)).toBeLessThanOrEqual(3 * answer.worth.standardError);
});

test("[WAIT5] choosing on noise is not flattered: knowledge without meaning is worth nothing or less", () => {
  // 64 meaningless groups at a tie; deciding and valuing on the same draws would show about 0.02.
  const worths = Array.from({ length: 12 }, (_, seed) => {
    const noise = normals(plainColumn(0, sharding, seed));
    const group = plainColumn(1, sharding, seed).map((chance) => Math.floor(chance * 64));
    const known = [{ name: "group", column: group, knownAt: 0, discrete: true }];
    return waitFor(waiting({ netValueThen: noise, known }), sharding).worth.amount;
  });
  const mean = worths.reduce((sum, worth) => sum + worth) / worths.length;
  const spread = Math.sqrt(worths.reduce((sum, worth) => sum + (worth - mean) ** 2, 0) / 11 / 12);
  expect(Math.abs(mean)).toBeLessThanOrEqual(3 * spread);
});

test("[WAIT5] a single shard is halved at random within every group", () => {
  const x = exactRows([512, 512], [1, 0]);
  const noise = normals(sobolColumn(1, once(1024)));
  const known = [{ name: "x", column: x, knownAt: 0, discrete: true }];
  const answer = waitFor(waiting({ netValueThen: x.map((yes, draw) => (yes ? 1 : -1) + noise[draw]), known }), once(1024));
  expect(answer.policy.map(({ investShare }) => investShare)).toEqual([1, 0]);
  expect(answer.worth.standardError).toBe(Infinity);
});

test("[WAIT7] states of knowledge with too few draws are decided together", () => {
  const column = Float64Array.from({ length: draws }, (_, draw) => (draw % 1000 === 0 ? draw : -1));
  const answer = waitFor(
    waiting({ netValueThen: new Float64Array(draws).fill(2), known: [{ name: "many", column, knownAt: 0, discrete: true }] }),
    sharding,
  );
  expect(answer.policy.map(({ rare, knows }) => [rare, knows.length])).toEqual([
    [false, 1],
    [true, 0],
  ]);
  expect(answer.worth).toEqual({ amount: 2, standardError: 0 });
});

test("[WAIT8] access is not known when deciding, and may be worse where the company is good", () => {
  // Good draws (+10) let us in one time in ten, bad ones (-2) always: 0.5 * 1 - 0.5 * 2 < 0, so we decline.
  const access = exactRows([40, 360, 400], [1, 0, 1]);
  const netValueThen = exactRows([400, 400], [10, -2]);
  const answer = waitFor(waiting({ netValueThen, access }), once(800));
  expect(answer.worth.amount).toBe(0);
  expect(answer.investingGivenTrigger?.amount).toBeCloseTo(-0.5, 12);
  expect(() => waitFor(waiting({ netValueThen, access: 1.5 }), once(800))).toThrow("between 0 and 1");
});

test("[WAIT9] the date of the trigger can be what decides", () => {
  const early = plainColumn(0, sharding);
  const terms = waiting({
    triggerDate: early.map((chance) => today + 700 * chance),
    netValueThen: early.map((chance) => 1 - 2 * chance),
  });
  // E[max(1 - 2u, 0)] = 1/4; without the date the mean is 0 and at most noise is gained.
  const dated = waitFor({ ...terms, decidesOnDate: true }, sharding).worth;
  expect(Math.abs(dated.amount - 0.25)).toBeLessThanOrEqual(3 * dated.standardError);
  expect(waitFor(terms, sharding).method).toBe("exact groups");
});

test("[WAIT1] a trigger that never fires leaves nothing to condition on", () => {
  const answer = waitFor(waiting({ netValueThen: new Float64Array(4), triggerDate: new Float64Array(4).fill(Infinity) }), once(4));
  expect(answer).toMatchObject({ worth: { amount: 0 }, expectedGivenTrigger: undefined, policy: [] });
});

test("[WHY2] the tree of a wait multiplies to its worth", () => {
  const success = exactRows([150, 850], [1, 0]);
  const tree = explainWaitFor(
    waiting({ triggerDate: success.map((yes) => (yes ? today + 1 : Infinity)), netValueThen: success.map(() => 162) }),
    once(1000),
  );
  expect((tree.children[0].amount as number) * (tree.children[1].amount as number)).toBeCloseTo(tree.amount as number, 12);
});
