import { describe, expect, test } from "vitest";
import { reviewWorkspace } from "./review-workspace.ts";
import { thresholdsOf } from "./thresholds.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const draws = 65_536;

describe("the tiny fund: passing 0, now 240 or -30, waiting 180 or 0", () => {
  const { thresholds, problems } = thresholdsOf(tinyWorkspace(), "acme", { draws });
  const row = (question: string, kind: string) => thresholds!.thresholds.find((one) => one.question === question && one.kind === kind)!;

  test("waiting is best at 15%; investing now from a chance of one third: -30 + 270 p = 180 p", () => {
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const succeeds = row("succeeds", "event");
    if (succeeds.kind !== "event") throw new Error("a yes/no question has an event");
    expect(succeeds).toMatchObject({ event: "yes", up: { best: "now" } });
    expect(succeeds.down).toBeUndefined(); // waiting never nets less than nothing
    expect(succeeds.up!.probability.amount).toBeCloseTo(1 / 3, 3);
    expect(succeeds.up!.change.amount).toBeCloseTo(1 / 3 - 0.15, 3);
    expect(succeeds.nearest).toBeCloseTo(Math.log(0.5) - Math.log(0.15 / 0.85), 2);
    expect(succeeds.lines.map(({ alternative, ifNo, ifYes }) => [alternative, Math.round(ifNo.amount), Math.round(ifYes.amount)])).toEqual([
      ["pass", 0, 0],
      ["now", -30, 240],
      ["wait:shows", 0, 180],
    ]);
  });

  test("the threshold of a question is where a new review decides otherwise", () => {
    const best = (chance: number): string => {
      const workspace = tinyWorkspace();
      for (const forecast of workspace.forecasts) if (forecast.question === "succeeds") forecast.probability = chance;
      return reviewWorkspace(workspace, { draws: 16_384 }).review!.companies[0].best.alternative;
    };
    expect([best(0.32), best(0.35)]).toEqual(["wait:shows", "now"]);
  });

  test("nearest first, and a date of which never is the median says so", () => {
    expect(thresholds!.thresholds[0].nearest).toBeDefined();
    expect(row("shown_on", "shift")).toMatchObject({ kind: "shift", median: "never" });
    expect(thresholds!.best).toMatchObject({ alternative: "wait:shows", clear: true });
  });
});

test("a number: pass at a median of 50, invest once the equity passes 60 on average", () => {
  const workspace = tinyWorkspace();
  workspace.questions.push({
    id: "equity_then",
    text: "Q",
    kind: "number",
    unit: "USD",
    dimension: "d",
    criterion: "c",
    resolveBy: "2024-12-31",
    belief: "normal(50 USD, 10 USD)",
  });
  workspace.cases[0].exitValue = "equity_then";
  workspace.cases[0].wait = [];
  const { thresholds } = thresholdsOf(workspace, "acme", { draws });
  const [row] = thresholds!.thresholds;
  if (row.kind !== "shift") throw new Error("a number has a shift");
  expect(row).toMatchObject({ question: "equity_then", median: expect.closeTo(50, 1), up: { best: "now" } });
  // Proportional odds lift a normal's mean a little less than its median near the middle: 60 on average at a median of about 60.
  expect(row.up!.median).toBeGreaterThan(58);
  expect(row.up!.median).toBeLessThan(62);
  expect(row.up!.change).toBeCloseTo(Number(row.up!.median) - 50, 1);
  expect(row.curve.map(({ netValues }) => netValues[1].netValue.amount)).toEqual(
    row.curve.map(({ netValues }) => netValues[1].netValue.amount).toSorted((one, other) => one - other),
  );
});
