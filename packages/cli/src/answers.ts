import type { Language, Question } from "@watershed/domain";
import { dayText, say } from "@watershed/domain";
import type { Wording } from "./wording/en.ts";
import { cut, money, plain } from "./figures.ts";

/** A stretch of answers in words: yes, an option, above 40, 2025-01-01 to 2025-06-30. */
export function answerText(question: Question, from: number, to: number, text: Wording, language: Language): string {
  switch (question.kind) {
    case "yesNo":
      return from === 1 ? text.ifYes : text.ifNo;
    case "oneOf":
      return say(question.options?.[from]?.name, language) || String(from);
    case "date":
      return dateRange(from, to, text);
    case "number":
      return numberRange(question, from, to, text, language);
  }
}

/** The name of an event that a price believes in: the question's own words cut to a width, and the answer where it is not yes. */
export function eventText(question: Question, event: string, language: Language, width = 56): string {
  const option = question.options?.find((candidate) => candidate.id === event);
  const words = cut(say(question.text, language).replace(/[?？]$/, ""), width);
  if (option) return `${words} → ${say(option.name, language)}`;
  return event === "yes" ? words : `${words} ≤ ${event.replace("by ", "")}`;
}

function dateRange(from: number, to: number, text: Wording): string {
  if (from === Infinity) return text.never;
  if (from === -Infinity) return text.by(dayText(to));
  return to === Infinity ? text.after(dayText(from)) : text.between(dayText(from), dayText(to));
}

function numberRange(question: Question, from: number, to: number, text: Wording, language: Language): string {
  const isMoney = /^[A-Z]{3}$/.test(question.unit ?? "");
  const shown = (amount: number): string => (isMoney ? money(amount, question.unit!, language) : plain(amount));
  if (from === -Infinity) return text.below(shown(to));
  return to === Infinity ? text.above(shown(from)) : text.between(shown(from), shown(to));
}
