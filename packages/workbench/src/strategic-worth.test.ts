import { expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 16_384;

function companyOf(
  strategicWorth: string | undefined,
  change: (one: Workspace["cases"][number]) => Workspace["cases"][number] = (one) => one,
) {
  const whole = tinyWorkspace();
  const { review, problems } = reviewWorkspace(
    { ...whole, cases: whole.cases.map((one) => change({ ...one, strategicWorth })) },
    { draws },
  );
  expect(problems).toEqual([]);
  return review!.companies[0];
}

const share = (company: ReturnType<typeof companyOf>, name: string) => company.strategic!.alternatives.find((row) => row.name === name)!;

test("a case without strategic worth says nothing of it", () => {
  expect(companyOf(undefined).strategic).toBeUndefined();
});

test("financial and strategic worth add up to the worth of every alternative, with unit and error", () => {
  const company = companyOf("20 USD if succeeds else 0 USD");
  for (const { name, worth } of company.alternatives) {
    const { financial, strategic } = share(company, name);
    expect(financial.amount + strategic.amount).toBeCloseTo(worth.amount, 9);
    expect([financial.unit, strategic.unit, strategic.key]).toEqual(["USD", "USD", worth.key]);
  }
  // Success with 15%: 3 on average, whether now or later, because waiting invests only then.
  expect(share(company, "now").strategic.amount).toBeCloseTo(share(company, "wait:shows").strategic.amount, 9);
  expect(Math.abs(share(company, "now").strategic.amount - 3)).toBeLessThan(0.1);
  expect(share(company, "pass")).toMatchObject({ financial: { amount: 0 }, strategic: { amount: 0 } });
});

test("what money alone would recommend is named where it differs", () => {
  // 60 for the parent whatever happens: now nets 70.5, of which 10.5 is money; waiting nets 36, of which 27 is money.
  const company = companyOf("60 USD");
  expect(company.best.alternative).toBe("now");
  expect(company.strategic!.financialBest.alternative).toBe("wait:shows");
  expect(company.strategic!.financialBest.worth.amount).toBeCloseTo(share(company, "wait:shows").financial.amount, 9);
});

test("waiting for money alone follows rules of its own", () => {
  // Once success shows the price is 280: 20 in money. With 30 for the parent whatever shows, a wait on failure at 40 also invests.
  const dear = (one: Workspace["cases"][number]): Workspace["cases"][number] => ({
    ...one,
    quantities: { equity: "if succeeds then worth_if_it_works else 30 USD" },
    now: { ticket: "60 USD", preMoney: "200 USD", newMoney: "0 USD" },
    wait: [{ trigger: "shows", ticket: "310 USD", preMoney: "310 USD", newMoney: "0 USD" }],
  });
  const company = companyOf("30 USD if succeeds else 0 USD", dear);
  // 300 - 310 + 30 = 20 once it shows: worth waiting for the parent, not for money.
  expect(company.best.alternative).toBe("wait:shows");
  expect(share(company, "wait:shows").financial.amount).toBeLessThan(0);
  expect(company.strategic!.financialBest).toMatchObject({ alternative: "pass", worth: { amount: 0 } });
});
