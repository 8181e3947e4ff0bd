import { dayText } from "@watershed/domain";
import type { Question } from "@watershed/domain";

/** One answer of a number or date as data that JSON can hold: a day as text, `never` and an endless number as words. */
export type AnswerPlace = number | string;

/** An answer of a question as data: 42.5, `2026-05-03`, `never`. */
export function answerPlace(kind: Question["kind"], answer: number): AnswerPlace {
  if (kind === "date") return dayText(answer);
  return Number.isFinite(answer) ? answer : answer > 0 ? "infinity" : "-infinity";
}
