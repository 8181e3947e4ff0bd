import { expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { priceCompany } from "./price-company.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;
const belief = 0.15; // both partners say so
const logit = (p: number): number => Math.log(p / (1 - p));

/** The tiny fund with a thesis, a number and a date that matter. */
function withMore(): Workspace {
  const whole = tinyWorkspace();
  const common = { dimension: "product", criterion: "c", resolveBy: "2024-12-31" };
  return {
    ...whole,
    questions: [...whole.questions, { ...common, id: "multiple", text: "Which multiple?", kind: "number", belief: "uniform(0.5, 1.5)" }],
    theses: [
      { id: "it_works", statement: "It works", questions: [{ question: "succeeds", confirmedBy: "yes" }] },
      {
        id: "sunny",
        statement: "It works in a dry year",
        questions: [
          { question: "succeeds", confirmedBy: "yes" },
          { question: "weather", confirmedBy: "no" },
        ],
      },
      { id: "apart", statement: "It rains", questions: [{ question: "weather", confirmedBy: "yes" }] },
    ],
    cases: whole.cases.map((investmentCase) => ({
      ...investmentCase,
      quantities: { equity: "(if succeeds then worth_if_it_works else 30 USD) * multiple" },
    })),
  };
}

function priceOf(whole: Workspace, options = {}) {
  const { price, problems } = priceCompany(whole, "acme", { draws, ...options });
  expect(problems).toEqual([]);
  return price!;
}

test("the price of a company agrees with its review", () => {
  const price = priceOf(tinyWorkspace());
  const { review } = reviewWorkspace(tinyWorkspace(), { draws });
  const [company] = review!.companies;
  expect(price.key).toBe(review!.key);
  expect(price.asked).toEqual(company.asked);
  expect(price.reservationPrice).toEqual(company.reservationPrice);
  expect(price.best).toEqual({ alternative: company.best.alternative, worth: company.best.worth });
  const row = price.implied.find(({ question, kind }) => question === "succeeds" && kind === "event");
  expect(row).toMatchObject({ event: "yes", implied: { reachable: true, at: company.implied[0].implied }, edge: company.implied[0].edge });
});

test("worth against price: nothing now-or-never at 70.5, a tie with waiting above it, and every alternative on every point", () => {
  // O06 with no discount: waiting nets 0.15 x 180 = 27, so the reservation price is 60 x 70.5 / (60 + 27).
  const { priceCurve, reservationPrice } = priceOf(tinyWorkspace());
  expect(reservationPrice.nowOrNever.reachable && reservationPrice.nowOrNever.at.amount).toBeCloseTo(70.5, 0);
  const marks = Object.fromEntries(priceCurve.flatMap((point) => (point.mark ? [[point.mark, point]] : [])));
  const nowAt = (mark: string): number => marks[mark].netValues.find(({ alternative }) => alternative === "now")!.netValue.amount;
  expect(nowAt("nowOrNever")).toBeCloseTo(0, 9);
  expect(marks.walkAway.ahead.amount).toBeCloseTo(0, 9);
  expect(nowAt("asked")).toBeCloseTo(10.5, 0);
  for (const point of priceCurve) expect(point.netValues.map(({ alternative }) => alternative)).toEqual(["now", "pass", "wait:shows"]);
  expect(priceCurve.map(({ preMoney }) => preMoney)).toEqual(
    priceCurve.map(({ preMoney }) => preMoney).toSorted((one, other) => one - other),
  );
});

test("along a yes/no question, the thesis made of it alone, and its line all name the same fair belief: 1/9", () => {
  const price = priceOf(withMore(), { question: "succeeds" });
  const event = price.implied.find(({ question, kind }) => question === "succeeds" && kind === "event")!;
  const implied = event.kind === "event" && event.implied.reachable ? event.implied.at : undefined;
  expect(Math.abs(implied!.amount - 1 / 9)).toBeLessThan(3 * implied!.standardError);
  const thesis = price.theses.find(({ thesis }) => thesis === "it_works")!;
  // The one from means by answer, the other from reweighted draws: the same belief within what both say they may be off.
  const apart = Math.abs(thesis.implied!.amount - implied!.amount);
  expect(apart).toBeLessThan(3 * Math.hypot(thesis.implied!.standardError, implied!.standardError));
  expect(thesis.shift.reachable && thesis.shift.at.amount).toBeCloseTo(logit(thesis.implied!.amount) - logit(thesis.belief.amount), 6);
  expect(thesis.favourable).toBe(true);
  const fair = price.beliefCurve!.points.find(({ mark }) => mark === "implied")!;
  expect(fair.at).toBe(implied!.amount);
  const { netValue } = fair.netValues.find(({ alternative }) => alternative === "now")!;
  expect(Math.abs(netValue.amount)).toBeLessThan(3 * netValue.standardError);
});

test("the median of a number at which the price is fair: uniform on 0.5 to 1.5", () => {
  // 70.5 x E[multiple] = 60 at a mean of 0.851: the tilted mean of a uniform is 0.5 + r / (r - 1) - r ln r / (r - 1)^2.
  const { implied } = priceOf(withMore());
  const row = implied.find(({ question }) => question === "multiple")!;
  if (row.kind !== "median" || !row.shift.reachable) throw new Error("not reached");
  const r = Math.exp(row.shift.at.amount);
  const mean = 0.5 + r / (r - 1) - (r * Math.log(r)) / (r - 1) ** 2;
  expect(Math.abs(mean - 60 / 70.5)).toBeLessThan(0.01);
  expect(row.belief).toBeCloseTo(1, 1);
  expect(row.implied!.at).toBeCloseTo(0.5 + r / (1 + r), 1);
  expect(row.favourable).toBe(true);
  expect(row.effectiveDraws).toBeLessThan(draws);
});

test("a thesis of two answers moves both by the same odds; one on which nothing depends makes no difference", () => {
  const { theses } = priceOf(withMore());
  const sunny = theses.find(({ thesis }) => thesis === "sunny")!;
  const [succeeds, dry] = sunny.answers;
  const moved = ({ belief: before, implied }: typeof succeeds): number => logit(implied!.amount) - logit(before.amount);
  expect(moved(succeeds)).toBeCloseTo(moved(dry), 1);
  expect(succeeds.belief.amount).toBeCloseTo(belief, 2);
  // Only what the company depends on is shown at all.
  expect(theses.map(({ thesis }) => thesis)).not.toContain("apart");
});

test("a curve along a thesis: chance of confirmation rising, today's worth at today's belief", () => {
  const price = priceOf(withMore(), { thesis: "sunny" });
  const { points } = price.beliefCurve!;
  expect(price.beliefCurve).toMatchObject({ thesis: "sunny", against: "shift" });
  const chances = points.map(({ chance }) => chance!);
  expect(chances).toEqual(chances.toSorted((one, other) => one - other));
  const today = points.find(({ at }) => at === 0)!;
  const asked = price.priceCurve.find(({ mark }) => mark === "asked")!;
  expect(today.netValues[1].netValue.amount).toBeCloseTo(asked.netValues[0].netValue.amount, 9);
});

test("no case, nothing on offer, no such curve: said, not thrown", () => {
  expect(priceCompany(tinyWorkspace(), "nobody", { draws }).missing).toBe("noCase");
  const whole = tinyWorkspace();
  const later = {
    ...whole,
    cases: whole.cases.map((one) => ({ ...one, now: undefined, wait: [{ trigger: "shows", ticket: "120 USD", preMoney: "120 USD" }] })),
  };
  expect(priceCompany(later, "acme", { draws })).toMatchObject({ missing: "nothingOnOffer", problems: [] });
  expect(priceOf(tinyWorkspace(), { question: "weather" }).beliefCurve).toBeUndefined();
});
