import type { Question } from "@watershed/domain";
import { expect, test } from "vitest";
import type { Words } from "../language/language.tsx";
import { agendaEn } from "../wording/agenda-en.ts";
import { agendaZh } from "../wording/agenda-zh.ts";
import { answerWords, resultWords } from "./answer-words.ts";

const words = {
  text: { state: { never: "never" } },
  say: (text: string | { en: string }) => (typeof text === "string" ? text : text.en),
  day: (day: string) => day,
  figure: ({ amount }: { amount: number }) => String(amount),
} as unknown as Words;
const asked = (kind: Question["kind"], more: Partial<Question> = {}): Question =>
  ({ id: kind, kind, text: kind, dimension: "d", criterion: "c", resolveBy: "2025-12-31", ...more }) as Question;
const options = [
  { id: "a", name: "A" },
  { id: "b", name: "B" },
];

test("a stretch of answers is a condition, whether its open ends came as null or as infinities", () => {
  const said = (kind: Question["kind"], from: number | null, to: number | null): string =>
    answerWords(asked(kind, { options }), from, to, words, agendaEn);
  expect(said("yesNo", 1, 1)).toBe("if yes");
  expect(said("yesNo", 0, 0)).toBe("if no");
  expect(said("oneOf", 1, 1)).toBe("if B");
  expect(said("number", null, 5)).toBe("if below 5");
  expect(said("number", -Infinity, 5)).toBe("if below 5");
  expect(said("number", 5, null)).toBe("if above 5");
  expect(said("number", 5, 6)).toBe("if 5 to 6");
  expect(said("date", null, 19_723)).toBe("if by 2024-01-01");
  expect(said("date", 19_723, Infinity)).toBe("if after 2024-01-01");
  expect(said("date", null, null)).toBe("if never");
  expect(said("date", Infinity, Infinity)).toBe("if never");
  expect(answerWords(asked("date"), null, 19_723, words, agendaZh)).toBe("若在2024-01-01之前");
});

test("a result of an action says who answered what", () => {
  const questions = new Map([asked("yesNo"), asked("number"), asked("oneOf", { options })].map((one) => [one.id as string, one]));
  const said = (...results: Parameters<typeof resultWords>[0]): string => resultWords(results, questions, words, agendaEn);
  expect(said({ question: "yesNo", says: "votes", from: 2, to: 3, of: 3 })).toBe("at least 2 of 3 say yes");
  expect(said({ question: "yesNo", says: "votes", from: 0, to: 3, of: 3 })).toBe("whatever it shows");
  expect(said({ question: "yesNo", says: "answer", from: 1, to: 1 })).toBe("the answer is yes");
  expect(said({ question: "number", says: "report", from: 7, to: Infinity })).toBe("it reports above 7");
  expect(said({ question: "oneOf", says: "counts", from: 0, to: 0, of: 3, counts: [2, 1] })).toBe("2 of 3 name A and 1 of 3 name B");
  expect(said({ question: "yesNo", says: "votes", from: 1, to: 1, of: 1 }, { question: "number", says: "report", from: 1, to: 2 })).toBe(
    "yesNo it says yes and number it reports 1 to 2",
  );
});
