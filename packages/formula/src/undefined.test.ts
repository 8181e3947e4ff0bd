import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import { evaluateDraw } from "./evaluate.ts";
import { testWorld } from "./marked-formula.ts";
import { locateUndefined, undefinedReason } from "./undefined.ts";

const questions = [
  { name: "x", question: { kind: { kind: "number" } as const } },
  { name: "y", question: { kind: { kind: "number" } as const } },
  { name: "when", question: { kind: { kind: "date" } as const } },
];

/** Where and why `z` is undefined, given the answers of the questions; `sound` where it is not. */
function locate(source: string, answers: { x?: number; y?: number; when?: number }, others: Record<string, string> = {}): string {
  const definitions = Object.entries({ ...others, z: source }).map(([name, text]) => ({ name, source: text }));
  const { program, problems } = check([...questions, ...definitions], testWorld);
  expect(problems).toEqual([]);
  const drawn = evaluateDraw(program, (node) => ({ x: 1, y: 1, when: 20_000, ...answers })[node.op === "question" ? node.name : "x"]!);
  const read = (node: number) => drawn[node];
  if (Number.isFinite(read(program.columns.z))) return "sound";
  const index = locateUndefined(program, "z", read);
  const { at } = program.nodes[index];
  const text = { ...others, z: source }[at.definition] ?? at.definition;
  return `${undefinedReason(program.nodes, index, read)} «${text.slice(at.from, at.to)}»`;
}

describe("where a draw went wrong", () => {
  test.each([
    ["1 + log(x) * 2", { x: 0 }, "logOfNonPositive «log(x)»"],
    ["sqrt(x - 2) > 0", { x: 1 }, "sqrtOfNegative «sqrt(x - 2)»"],
    ["max(x ^ y, 3)", { x: -2, y: 0.5 }, "powerOfNegative «x ^ y»"],
    ["x ^ -1", { x: 0 }, "divisionByZero «x ^ -1»"],
    ["not (1 / x > 2)", { x: 0 }, "divisionByZero «1 / x»"],
    ["when - (when + 1 year)", { when: Infinity }, "neverMinusNever «when - (when + 1 year)»"],
    ["(when - today) * x", { when: Infinity, x: 0 }, "neverTimesZero «(when - today) * x»"],
    ["(when - today) / (when - today)", { when: Infinity }, "neverDividedByNever «(when - today) / (when - today)»"],
    ["clip(1, x, y)", { x: 2, y: 1 }, "boundsOutOfOrder «clip(1, x, y)»"],
    ["discount(x, 1 year)", { x: -2 }, "discountRateTooLow «discount(x, 1 year)»"],
    ["normal(0, x) + 1", { x: NaN }, "undefinedInput «»"],
    ["USD 1 * exp(x) + USD 5", { x: 1000 }, "overflow «exp(x)»"],
    ["years(when - today) * USD 5", { when: Infinity }, "never «»"],
    ["log(x) if x > 0 else 7", { x: -1 }, "sound"],
    ["log(x) if x > 0 else sqrt(y)", { x: -1, y: -1 }, "sqrtOfNegative «sqrt(y)»"],
    ["log(x) if y > 0 else sqrt(y)", { x: -1, y: 1 }, "logOfNonPositive «log(x)»"],
    ["if log(x) > 0 then sqrt(y) else 1", { x: -1, y: -1 }, "logOfNonPositive «log(x)»"],
    ["1 year / (when - today)", { when: Infinity }, "sound"],
  ])("[F28] %s with %j: %s", (source, answers, result) => {
    expect(locate(source, answers)).toBe(result);
  });

  test("[F28] the cause is found through other definitions", () => {
    expect(locate("b * 2", { x: -1 }, { a: "log(x)", b: "a + 1" })).toBe("logOfNonPositive «log(x)»");
  });

  test("[F25] a branch that is not taken causes no problem, not even when checked", () => {
    expect(locate("log(0) if x > 5 else 3", { x: 1 })).toBe("sound");
    expect(locate("log(0) if x > 5 else 3", { x: 6 })).toBe("logOfNonPositive «log(0)»");
    expect(locate("if x > 0 then y / x else 0", { x: 0 })).toBe("sound");
  });

  test("[F27] overflow is infinite, and harmless where it ends in a finite result", () => {
    expect(locate("exp(x)", { x: 1000 })).toBe("overflow «exp(x)»");
    expect(locate("min(x * x * x, 5)", { x: 1e200 })).toBe("sound");
    expect(locate("-(x * x)", { x: 1e200 })).toBe("overflow «(x * x)»");
  });

  test("[F26] never: after every date, unmoved by durations, in time for no deadline, worth nothing when discounted", () => {
    const { program } = check(
      [
        ...questions,
        { name: "late", source: "when > 2999-01-01" },
        { name: "moved", source: "when + 6 months - 1 day is never" },
        { name: "met", source: "when by 2999-01-01" },
        { name: "metNever", source: "when by never" },
        { name: "worth", source: "USD 5 * discount(10%, when - today)" },
        { name: "first", source: "min(when, 2025-01-01) by 2025-01-01" },
      ],
      testWorld,
    );
    const drawn = evaluateDraw(program, () => Infinity);
    const results = ["late", "moved", "met", "metNever", "worth", "first"].map((name) => drawn[program.columns[name]]);
    expect(results).toEqual([1, 1, 0, 1, 0, 1]);
  });
});
