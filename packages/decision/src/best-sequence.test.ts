import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pairOfInquiries, resultTable, type ServedCompany } from "./best-sequence.ts";
import { binning } from "./binning.ts";
import { exactRows, plainColumn, sobolColumn } from "./draws.fixture.ts";
import { evsi, inquiredCompany, type Later } from "./evsi.ts";
import { testReading, type Inquiry } from "./reading.ts";
import { ledgerOf, type Ledger } from "./result-sums.ts";
import { rankDummies } from "./stakes.ts";

interface PricedInquiry {
  inquiry: Inquiry;
  cost: number;
}

/** The pair for companies given by their ledgers. */
function plansOf(
  companies: { company: string; ledger: Ledger; later: ServedCompany["later"] }[],
  one: PricedInquiry,
  other: PricedInquiry,
) {
  const served = companies.map(({ company, ledger, later }) => ({
    table: resultTable(company, ledger, one.inquiry, other.inquiry),
    later,
  }));
  return pairOfInquiries(served, one, other);
}

const alike = (later: Later): ServedCompany["later"] => ({ afterOne: [later, later], afterBoth: [later, later], atOnce: later });

const twice = (column: Float64Array) => Float64Array.from([...column, ...column]);
const sharding = { shards: 2, shardSize: 10 };
const event = twice(exactRows([3, 7], [1, 0]));
const bet = event.map((yes) => (yes ? 10 : -4)); // worth 0.2 today

function inquiry(
  name: string,
  column: Float64Array,
  sensitivity: number,
  specificity: number,
  cost: number,
  question = "q",
): PricedInquiry {
  const reading = testReading(question, binning(column, { discrete: true }), 2, (answer) =>
    answer === 1 ? [1 - sensitivity, sensitivity] : [specificity, 1 - specificity],
  );
  return { inquiry: { name, readings: [reading] }, cost };
}

function served(netValue: Float64Array, company = "acme", later: Later = [1, 1]) {
  const ledger = ledgerOf(
    [
      { name: "pass", netValue: new Float64Array(netValue.length) },
      { name: "now", netValue },
    ],
    sharding,
  );
  return { company, ledger, later: alike(later) };
}

test("[SEQ1] first the cheap test; the dear one only where it can still change the decision: worked by hand", () => {
  const cheap = inquiry("cheap", event, 0.9, 0.5, 0.05);
  const dear = inquiry("dear", event, 0.9, 0.9, 0.5);
  const { alone, together, inSequence } = plansOf([served(bet)], cheap, dear);
  // Cheap says yes: 0.3 * 0.9 = 0.27 of a yes, 0.7 * 0.5 = 0.35 of a no; it nets 2.7 - 1.4 = 1.3. No: 0.3 - 1.4 < 0, pass.
  expect(alone[0].worth.amount).toBeCloseTo(1.3 - 0.2 - 0.05, 12);
  // Dear says yes: 0.27 * 10 - 0.07 * 4 = 2.42.
  expect(alone[1].worth.amount).toBeCloseTo(2.42 - 0.2 - 0.5, 12);
  // After yes, yes: 0.243 * 10 - 0.035 * 4 = 2.29. After no from the cheap one, then yes: 0.027 * 10 - 0.035 * 4 = 0.13, dearer than it tells.
  expect(inSequence[0].worth.amount).toBeCloseTo(2.29 - 0.2 - 0.05 - 0.5 * 0.62, 12);
  expect(inSequence[0].goesOn).toEqual([false, true]);
  expect(inSequence[0].probabilityGoesOn).toBeCloseTo(0.62, 12);
  expect(together.worth.amount).toBeCloseTo(2.29 + 0.13 - 0.2 - 0.55, 12);
  // After the dear one nothing that the cheap one says would change the decision.
  expect(inSequence[1].goesOn).toEqual([false, false]);
  expect(inSequence[1].worth.amount).toBeCloseTo(alone[1].worth.amount, 12);
});

test("[SEQ2] the second inquiry is paid once for all companies, and a company that loses by waiting decides today", () => {
  const cheap = inquiry("cheap", event, 0.9, 0.5, 0.05);
  const dear = inquiry("dear", event, 0.9, 0.9, 0.5);
  const single = plansOf([served(bet)], cheap, dear).inSequence[0];
  const double = plansOf([served(bet), served(bet, "other")], cheap, dear).inSequence[0];
  // For two it is worth going on after a no as well: 2 * 0.13 is more than 0.5 * 0.38.
  expect(single.goesOn).toEqual([false, true]);
  expect(double.goesOn).toEqual([true, true]);
  expect(double.worth.amount).toBeCloseTo(2 * (2.42 - 0.2) - 0.05 - 0.5, 12);
  const late = plansOf(
    [
      served(bet),
      served(
        bet.map((amount) => amount + 8),
        "sure",
        [1, 0.5],
      ),
    ],
    cheap,
    dear,
  ).inSequence[0];
  expect(late.waiting).toEqual(["acme"]);
  expect(late.worth.amount).toBeCloseTo(single.worth.amount, 12);
});

const small = { shards: 4, shardSize: 16 };
const amounts = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 64, maxLength: 64 })
  .map((column) => Float64Array.from(column));
const answers = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 64, maxLength: 64 }).map((column) => Float64Array.from(column));
const chance = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

test("[SEQ3] chosen and valued on all draws: at no cost a sequence is worth both at once, and never less than one alone", () => {
  fc.assert(
    fc.property(
      amounts,
      answers,
      answers,
      chance,
      chance,
      fc.integer({ min: 0, max: 300 }),
      (netValue, a, b, sensitivity, specificity, cost) => {
        const ledger = ledgerOf(
          [
            { name: "pass", netValue: new Float64Array(64) },
            { name: "now", netValue },
          ],
          small,
        );
        const later: Later = [1, 1];
        const company = {
          company: "acme",
          ledger,
          later: alike(later),
        };
        const [first, second] = [inquiry("a", a, sensitivity, specificity, 0, "a"), inquiry("b", b, specificity, sensitivity, 0, "b")];
        const free = plansOf([company], first, second);
        expect(free.inSequence[0].plugIn).toBeCloseTo(free.together.plugIn, 6);
        expect(free.inSequence[1].plugIn).toBeCloseTo(free.together.plugIn, 6);
        const alone = evsi(inquiredCompany("acme", ledger, rankDummies([])), first.inquiry).amount;
        expect(free.alone[0].plugIn).toBeCloseTo(alone, 6);
        const priced = plansOf([company], first, { ...second, cost });
        expect(priced.inSequence[0].plugIn).toBeGreaterThanOrEqual(priced.alone[0].plugIn - 1e-9);
        expect(priced.inSequence[0].plugIn).toBeGreaterThanOrEqual(priced.together.plugIn - 1e-9);
        expect(priced.inSequence[0].plugIn).toBeLessThanOrEqual(free.inSequence[0].plugIn + 1e-9);
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

test("[SEQ4] valued on other draws than it was chosen on, inquiries that tell nothing are worth nothing: no flattery", () => {
  const sharded = { shards: 16, shardSize: 512 };
  const noise = sobolColumn(3, sharded).map((uniform) => uniform - 0.5);
  const ledger = ledgerOf(
    [
      { name: "pass", netValue: new Float64Array(noise.length) },
      { name: "now", netValue: noise },
    ],
    sharded,
  );
  const later: Later = [1, 1];
  const company = { company: "acme", ledger, later: alike(later) };
  const groups = (name: number) => plainColumn(name, sharded).map((uniform) => Math.floor(uniform * 8));
  const ask = (name: string, column: Float64Array): PricedInquiry => ({
    cost: 0,
    inquiry: {
      name,
      readings: [
        testReading(name, binning(column, { discrete: true }), 8, (answer) => Array.from({ length: 8 }, (_, at) => Number(at === answer))),
      ],
    },
  });
  const { inSequence } = plansOf([company], ask("a", groups(7)), ask("b", groups(11)));
  expect(inSequence[0].plugIn).toBeGreaterThan(0.001);
  expect(inSequence[0].worth.amount).toBeLessThan(3 * inSequence[0].worth.standardError);
});
