import { expect, test } from "vitest";
import { exactRows, normals, sobolColumn } from "./draws.fixture.ts";
import { expectedNetValue } from "./expected-net-value.ts";
import { investingNetValue, type InvestingTerms } from "./investing.ts";
import { explainReservationPrice, reservationPrice, reservationPriceOf } from "./reservation-price.ts";

const thousand = { shards: 1, shardSize: 1000 };
const pass = { name: "pass", netValue: new Float64Array(1000) };

test("[PRICE2] a price given the wait, and now or never (O06)", () => {
  const exit = exactRows([150, 850], [300, 30]);
  const wait = { name: "wait", netValue: exactRows([150, 850], [162, 0]) };
  const priced = { netValueAt: (price: number) => exit.map((worth) => worth - price), low: 0, high: 1000 };
  const answer = reservationPriceOf(priced, [pass, wait], thousand);
  expect(answer.bestOther).toBe("wait");
  expect(answer.againstBest.reachable && answer.againstBest.at.amount).toBeCloseTo(46.2, 9);
  expect(answer.nowOrNever.reachable && answer.nowOrNever.at.amount).toBeCloseTo(70.5, 9);
});

const terms: InvestingTerms = {
  ticket: 40,
  preMoney: 360,
  newMoney: 40,
  retention: 0.6,
  exitValue: exactRows([200, 800], [10000, 100]),
  discountProceeds: 1.25 ** -6,
  discountTicket: 1,
};

test("[PRICE1] common equity in closed form (O09)", () => {
  const answer = reservationPrice(terms, [pass], thousand);
  // The post-money equals the expected present worth, 327.155712, of which 40 are new.
  expect(answer.nowOrNever.reachable && answer.nowOrNever.at.amount + 40).toBeCloseTo(327.155712, 9);
  expect(answer.againstBest).toEqual(answer.nowOrNever);
});

test("[PRICE1] strategic worth raises the price, a better alternative lowers it", () => {
  // Needed from the share: 40 + 10 - 20 = 30 instead of 40; post-money 40 * 327.155712 / 30.
  const wait = { name: "wait", netValue: new Float64Array(1000).fill(10) };
  const answer = reservationPrice({ ...terms, strategicWorth: 20 }, [pass, wait], thousand);
  expect(answer.againstBest.reachable && answer.againstBest.at.amount).toBeCloseTo((40 * 327.155712) / 30 - 40, 8);
});

test("[PRICE3] unreachable is a value", () => {
  const wait = { name: "wait", netValue: new Float64Array(1000).fill(1000) };
  expect(reservationPrice(terms, [wait], thousand).againstBest).toEqual({ reachable: false, side: "noPriceLowEnough" });
  expect(reservationPrice({ ...terms, strategicWorth: 50 }, [pass], thousand).nowOrNever).toEqual({ reachable: false, side: "anyPrice" });
  const preferred: InvestingTerms = { ...terms, preference: { multiple: 1, participation: "none" } };
  expect(reservationPrice({ ...preferred, strategicWorth: 50 }, [pass], thousand).nowOrNever).toEqual({
    reachable: false,
    side: "anyPrice",
  });
  expect(reservationPrice(preferred, [wait], thousand).againstBest).toEqual({ reachable: false, side: "noPriceLowEnough" });
});

const sharding = { shards: 16, shardSize: 1024 };
const exits = normals(sobolColumn(0, sharding)).map((z) => 200 * Math.exp(1.2 * z));
const wait = { name: "wait", netValue: normals(sobolColumn(1, sharding)).map((z) => 3 + z) };

test.each([
  ["common equity", {}],
  ["a round whose size varies", { newMoney: exits.map((exit) => 40 + exit / 100) }],
  ["a 1x preference", { preference: { multiple: 1, participation: "none" as const } }],
  ["a capped participating preference", { preference: { multiple: 1, participation: "capped" as const, cap: 3, ahead: 20 } }],
])("[PRICE4] at the reservation price now equals the best other alternative: %s", (_, changes) => {
  const given: InvestingTerms = { ...terms, exitValue: exits, retention: 0.8, discountProceeds: 0.6, ...changes };
  const answer = reservationPrice(given, [wait], sharding).againstBest;
  expect(answer.reachable).toBe(true);
  if (!answer.reachable) return;
  const netValue = investingNetValue({ ...given, preMoney: answer.at.amount });
  const now = expectedNetValue({ name: "now", netValue }, sharding);
  expect(now.amount).toBeCloseTo(expectedNetValue(wait, sharding).amount, 9);
  expect(answer.at.standardError).toBeGreaterThan(0);
});

test("[PRICE4] closed form and search agree, error included", () => {
  const given: InvestingTerms = { ...terms, exitValue: exits, discountTicket: 0.95 };
  const closed = reservationPrice(given, [wait], sharding).againstBest;
  const netValueAt = (preMoney: number) => investingNetValue({ ...given, preMoney });
  const searched = reservationPriceOf({ netValueAt, low: 0, high: 1e5 }, [wait], sharding).againstBest;
  if (!closed.reachable || !searched.reachable) throw new Error("A price was expected.");
  expect(searched.at.amount).toBeCloseTo(closed.at.amount, 8);
  expect(searched.at.standardError / closed.at.standardError).toBeCloseTo(1, 5);
});

test("[WHY2] the parts of a reservation price give it", () => {
  const tree = explainReservationPrice(terms, [pass], thousand);
  const part = (measure: string) => tree.children.find((child) => child.measure === measure)?.amount as number;
  const price = (40 * part("presentWorthOfWholeCompany")) / (part("bestOther") + part("presentTicket") - part("strategicWorth")) - 40;
  expect(price).toBeCloseTo(tree.amount as number, 9);
});
