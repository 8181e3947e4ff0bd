import { expect, test } from "vitest";
import { checkReferences, parseSettings } from "@watershed/domain";
import type { RiskSettings, Workspace } from "@watershed/domain";
import { compileWorkspace } from "./compile-workspace.ts";
import { explainCompany } from "./explain-company.ts";
import { priceCompany } from "./price-company.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;

/** The tiny fund without the wait: now nets 240 with 15%, else -30; 10.5 expected. */
function nowOrPass(risk?: RiskSettings): Workspace {
  const whole = tinyWorkspace();
  return { ...whole, settings: { ...whole.settings, risk }, cases: whole.cases.map((one) => ({ ...one, wait: undefined })) };
}

function companyOf(whole: Workspace) {
  const { review, problems } = reviewWorkspace(whole, { draws });
  expect(problems).toEqual([]);
  return review!.companies[0];
}

const sure = (tolerance: number, p: number): number =>
  -tolerance * Math.log(p * Math.exp(-240 / tolerance) + (1 - p) * Math.exp(30 / tolerance));

test("neutral, or no attitude at all, changes no figure and says nothing of risk", () => {
  const [plain, neutral] = [companyOf(nowOrPass()), companyOf(nowOrPass({ attitude: "neutral" }))];
  expect(plain.risk).toBeUndefined();
  expect(neutral.risk).toBeUndefined();
  const withoutKey = (company: typeof plain): string => JSON.stringify(company).replaceAll(/"key":"[0-9a-f]+"/g, "");
  expect(withoutKey(neutral)).toBe(withoutKey(plain));
});

test("an exponential attitude decides by certainty equivalent, which stands beside the expected worth", () => {
  expect(companyOf(nowOrPass()).best.alternative).toBe("now");
  const cautious = companyOf(nowOrPass({ attitude: "exponential", tolerance: "60 USD" }));
  expect(cautious.best).toMatchObject({ alternative: "pass", worth: { amount: 0 } });
  expect(cautious.risk).toMatchObject({
    neutralBest: "now",
    certaintyEquivalent: { reachable: true, at: { amount: 0 } },
    noneAdmissible: false,
  });
  const now = cautious.risk!.alternatives.find(({ name }) => name === "now")!.certaintyEquivalent;
  const p = cautious.alternatives.find(({ name }) => name === "now")!.worth.amount / 270 + 30 / 270;
  expect(now.reachable && now.at.amount).toBeCloseTo(sure(60, p), 6);
  // What knowing would be worth to a team that passes today: the equivalent of 240 or nothing.
  const knowing = -60 * Math.log(p * Math.exp(-240 / 60) + 1 - p);
  expect(cautious.risk!.information!.buying.amount).toBeCloseTo(knowing, 6);
  // A bolder one invests; the partners, who say the same, decide the same.
  const bolder = companyOf(nowOrPass({ attitude: "exponential", tolerance: 6000 }));
  expect(bolder.best.alternative).toBe("now");
  expect(cautious.dissent.every(({ flips, best }) => !flips && best === "pass")).toBe(true);
});

test("what an answer is worth is counted in utility: to first order the most one would pay", () => {
  // The only question decides everything, so perfect information is exactly what its answer is worth: b = -T ln(1 - evppi / T).
  const { questions, evpi, risk } = companyOf(nowOrPass({ attitude: "exponential", tolerance: "60 USD" }));
  const { amount } = questions.find(({ question }) => question === "succeeds")!.worth;
  const exact = -60 * Math.log(0.15 * Math.exp(-240 / 60) + 0.85);
  const { buying } = risk!.information!;
  // Columns are summed in 32 bits: seven digits.
  expect(Math.abs(-60 * Math.log1p(-amount / 60) - exact)).toBeLessThan(exact * 2 ** -23);
  expect(Math.abs(buying.amount - exact)).toBeLessThan(3 * buying.standardError);
  expect(Math.abs(evpi.amount - amount)).toBeLessThan(3 * evpi.standardError);
  // Neutral it is another figure: 0.15 x 240 - 10.5.
  expect(Math.abs(companyOf(nowOrPass()).evpi.amount - 25.5)).toBeLessThan(0.5);
});

test("the price to walk away at follows: where the certainty equivalent of now is nothing", () => {
  const { price } = priceCompany(nowOrPass({ attitude: "exponential", tolerance: "60 USD" }), "acme", { draws });
  const { nowOrNever } = price!.reservationPrice;
  const neutral = companyOf(nowOrPass()).reservationPrice!.nowOrNever;
  expect(nowOrNever.reachable && neutral.reachable && nowOrNever.at.amount < neutral.at.amount).toBe(true);
  expect(price!.best.alternative).toBe("pass");
});

test("constant relative aversion: ruin is refused and said, with no number for it", () => {
  const { risk, best } = companyOf(nowOrPass({ attitude: "crra", relativeAversion: 1, wealth: "30 USD" }));
  expect(best.alternative).toBe("pass");
  expect(risk!.alternatives.find(({ name }) => name === "now")).toMatchObject({
    refused: "ruin",
    certaintyEquivalent: { reachable: false, side: "ruin" },
  });
  expect(JSON.stringify(risk)).not.toContain("null");
  expect(companyOf(nowOrPass({ attitude: "crra", relativeAversion: 1, wealth: "3000 USD" })).best.alternative).toBe("now");
});

test("a limit on the worst scenarios refuses, names what is given up, and leaves passing", () => {
  const { risk, best } = companyOf(nowOrPass({ cvarLimit: { level: 0.05, amount: "20 USD" } }));
  expect(best.alternative).toBe("pass");
  expect(risk!.alternatives.find(({ name }) => name === "now")).toMatchObject({ refused: "cvarLimit", cvar: { amount: -30, unit: "USD" } });
  expect(risk!.limitPrice).toMatchObject({ best: "now" });
  expect(Math.abs(risk!.limitPrice!.amount.amount - 10.5)).toBeLessThan(1);
  expect(companyOf(nowOrPass({ cvarLimit: { level: 0.05, amount: "30 USD" } })).best.alternative).toBe("now");
});

test("explain recommends the same under an attitude", () => {
  const { explanation } = explainCompany(nowOrPass({ attitude: "exponential", tolerance: "60 USD" }), "acme", { draws });
  const [tree] = explanation!.why;
  expect(tree).toMatchObject({ measure: "recommend", params: { best: "pass" } });
  expect(JSON.stringify(tree)).toContain('"certaintyEquivalent"');
});

test("what an attitude lacks, or what is no fixed positive amount, is a problem at its place", () => {
  const missing = (risk: RiskSettings) =>
    checkReferences(nowOrPass(risk)).map(({ code, at, params }) => [code, at.kind, at.path[0], params.field]);
  expect(missing({ attitude: "exponential" })).toEqual([["missingField", "settings", "risk", "risk.tolerance"]]);
  expect(missing({ attitude: "crra", wealth: 5 })).toEqual([["missingField", "settings", "risk", "risk.relativeAversion"]]);
  const found = (risk: RiskSettings) =>
    compileWorkspace(nowOrPass(risk)).problems.map(({ code, place }) => [code, place.kind, place.path.join(".")]);
  expect(found({ attitude: "exponential", tolerance: "5 USD to 50 USD" })).toEqual([["riskNotFixed", "settings", "risk.tolerance"]]);
  expect(found({ attitude: "exponential", tolerance: "0 USD" })).toEqual([["riskNotPositive", "settings", "risk.tolerance"]]);
  expect(found({ cvarLimit: { level: 0.05, amount: "-1 USD" } })).toEqual([["riskNotPositive", "settings", "risk.cvarLimit.amount"]]);
  expect(found({ attitude: "crra", relativeAversion: 2, wealth: "12" })).toHaveLength(1);
  const { problems } = parseSettings({ ...tinyWorkspace().settings, risk: { attitude: "bold", cvarLimit: { level: 0.9, amount: 1 } } });
  expect(problems.map(({ code, params }) => [code, params.field])).toEqual([
    ["notOneOf", "risk.attitude"],
    ["outOfRange", "risk.cvarLimit.level"],
  ]);
});
