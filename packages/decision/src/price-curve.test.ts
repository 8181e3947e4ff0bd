import { expect, test } from "vitest";
import { exactRows } from "./draws.fixture.ts";
import { beliefLine, priceCurve, tiltCurve } from "./price-curve.ts";
import { reservationPrice } from "./reservation-price.ts";
import { answerTilt } from "./tilt.ts";

const sharding = { shards: 4, shardSize: 20 };
const everyShard = (perShard: number[], amounts: number[]): Float64Array =>
  Float64Array.from(Array.from({ length: 4 }, () => [...exactRows(perShard, amounts)]).flat());
const event = everyShard([3, 17], [1, 0]);
const exitValue = event.map((yes) => (yes ? 300 : 30));
const terms = { ticket: 60, preMoney: 60, newMoney: 0, retention: 1, exitValue, discountProceeds: 1, discountTicket: 1 };
const wait = { name: "wait", netValue: event.map((yes) => (yes ? 162 : 0)) };

test("[CURVE1] falls with the price, is nothing at the now-or-never price and ties with waiting at the reservation price", () => {
  const { againstBest, nowOrNever } = reservationPrice(terms, [{ name: "pass", netValue: new Float64Array(80) }, wait], sharding);
  if (!againstBest.reachable || !nowOrNever.reachable) throw new Error("no price");
  const prices = [20, againstBest.at.amount, nowOrNever.at.amount, 200];
  const curve = priceCurve(terms, wait, prices, sharding);
  expect(curve.map(({ preMoney }) => preMoney)).toEqual(prices);
  expect(curve[1].aheadOfOther.amount).toBeCloseTo(0, 9);
  expect(curve[2].netValue.amount).toBeCloseTo(0, 9);
  for (let place = 1; place < curve.length; place++) expect(curve[place].netValue.amount).toBeLessThan(curve[place - 1].netValue.amount);
});

test("[CURVE2] against the probability of yes it is the straight line between the two answers", () => {
  const netValue = event.map((yes) => (yes ? 240 : -30));
  const line = beliefLine(netValue, event, [0, 1 / 9, 0.15, 1], sharding);
  expect(line.map(({ netValue: { amount } }) => amount)).toEqual([-30, expect.closeTo(0, 9), expect.closeTo(10.5, 9), 240]);
  expect(beliefLine(netValue, new Float64Array(80), [0.5], sharding)).toEqual([]);
});

test("[CURVE2] against a shift it passes through today's worth and stays where draws remain", () => {
  const netValue = event.map((yes) => (yes ? 240 : -30));
  const curve = tiltCurve(netValue, answerTilt(event), [-20, -1, 0, 1, 20], sharding);
  expect(curve.map(({ at }) => at)).toEqual([-1, 0, 1]);
  expect(curve[1].netValue.amount).toBeCloseTo(10.5, 9);
});
