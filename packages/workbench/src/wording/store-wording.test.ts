import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ProblemParams, StoreOwnCode } from "../problem.ts";
import { wordProblem } from "./problem-wording.ts";
import { storeProblemsEn } from "./store-problems-en.ts";
import { storeProblemsZh } from "./store-problems-zh.ts";

const codes = Object.keys(storeProblemsEn) as StoreOwnCode[];
/** Params of every name that a problem of the store has. */
const params: ProblemParams = {
  id: "china-ai",
  key: "passes",
  kind: "forecasts",
  kinds: ["questions", "forecasts"],
  expected: 3,
  found: 7,
  known: 1,
  wanted: "15",
  change: 12,
  since: "2026-03-31T10:00:00.000Z",
  address: "postgresql://me:***@host/fund",
  folder: "/data/watershed",
  file: "fund.backup",
  process: 4711,
  reason: "ECONNREFUSED",
};

test.each(codes)("%s is said in both languages, with what is wrong and how to mend it", (code) => {
  for (const given of [
    params,
    {},
    { ...params, reason: "cutOff", found: ["postgres-17"] },
    { ...params, reason: "noBinaries", kind: "theses" },
  ]) {
    const [en, zh] = [wordProblem({ code, params: given }, "en"), wordProblem({ code, params: given }, "zh")];
    for (const text of [en.what, en.mend, zh.what, zh.mend]) {
      expect(text).not.toMatch(/undefined|null|\[object|NaN|\{|\}|  /);
      expect(text.length).toBeGreaterThan(5);
    }
    for (const text of [en.what, en.mend]) expect(text).toMatch(/^[A-Z`].*\.$/s);
    for (const text of [zh.what, zh.mend]) expect(text).toMatch(/。$/);
    expect(zh.what).toMatch(/[\u4e00-\u9fff]/);
  }
});

test("both tables know the same codes, and those that the store names", () => {
  expect(Object.keys(storeProblemsZh)).toEqual(codes);
  const source = readFileSync(join(import.meta.dirname, "../../../store/src/problem.ts"), "utf8");
  const named = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code);
  expect(codes.toSorted()).toEqual(named.toSorted());
});
