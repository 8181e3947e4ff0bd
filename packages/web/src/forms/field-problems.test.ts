import { expect, test } from "vitest";
import { placeProblems, placeWorded } from "./field-problems.ts";

const message = (words: string) => ({ en: words, zh: `${words}！` });
const at = (kind: string, ...path: (string | number)[]) => ({ kind, index: 3, path });

test("a problem stands at the field whose path leads to it, the longest first; what belongs to no field is kept apart", () => {
  const problems = [
    { at: at("cases", "wait", 1, "preMoney"), message: message("price") },
    { at: at("cases", "wait", 1, "known", 0), message: message("unknown question") },
    { at: at("cases", "wait", 10, "preMoney"), message: message("another wait") },
    { at: at("rounds", "wait", 1, "preMoney"), message: message("another kind") },
  ];
  const { placed, rest } = placeProblems(problems, { kind: "cases", fields: ["wait.1", "wait.1.preMoney"], language: "zh" });
  expect(placed).toEqual({ "wait.1.preMoney": "price！", "wait.1": "unknown question！" });
  expect(rest.map(({ message: { en } }) => en)).toEqual(["another wait", "another kind"]);
});

test("of several problems of a field the first is told", () => {
  const problems = ["first", "second"].map((words) => ({
    code: words,
    severity: "error" as const,
    place: { kind: "rounds" as const, index: 0, path: ["preMoney"] },
    message: message(words),
  }));
  expect(placeWorded(problems, ["preMoney", "postMoney"], "en")).toEqual({ preMoney: "first" });
});
