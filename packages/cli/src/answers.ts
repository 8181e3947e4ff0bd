import type { Language, Question } from "@watershed/domain";
import { dayText, say } from "@watershed/domain";
import type { Wording } from "./wording/en.ts";
import { plain } from "./figures.ts";

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
      return `${plain(from)} … ${plain(to)}`;
  }
}

/** The name of an event that a price believes in: the question's own words, and the answer where it is not yes. */
export function eventText(question: Question, event: string, language: Language): string {
  const option = question.options?.find((candidate) => candidate.id === event);
  const words = say(question.text, language).replace(/[??]$/, "");
  if (option) return `${words} → ${say(option.name, language)}`;
  return event === "yes" ? words : `${words} (≤ ${event.replace("by ", "")})`;
}

function dateRange(from: number, to: number, text: Wording): string {
  if (from === Infinity) return text.never;
  return to === Infinity ? text.after(dayText(from)) : text.between(dayText(from), dayText(to));
}
