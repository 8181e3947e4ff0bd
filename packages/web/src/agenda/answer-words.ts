import type { Question } from "@watershed/domain";
import { dayText } from "@watershed/domain";
import type { ActionReview } from "@watershed/workbench";
import type { Words } from "../language/language.tsx";
import type { AgendaWording } from "../wording/agenda-en.ts";

/** The end of a stretch of answers. Over HTTP an open end arrives as null, from the page's own worker as an infinity. */
export type StretchEnd = number | null;

interface RangeWords {
  never: string;
  any: string;
  by: (day: string) => string;
  after: (day: string) => string;
  between: (from: string, to: string) => string;
  below: (amount: string) => string;
  above: (amount: string) => string;
}

/** A stretch of answers to a question as a condition: "if yes", "if above 40", "if by 31 Dec 2025". */
export function answerWords(question: Question, from: StretchEnd, to: StretchEnd, words: Words, { answers }: AgendaWording): string {
  if (question.kind === "yesNo") return from === 1 ? answers.yes : answers.no;
  if (question.kind === "oneOf") return answers.is(optionName(question, from, words));
  return rangeWords(question, from, to, words, answers);
}

/** One result of an action: "2 of 3 say yes", "it reports above 40"; of several questions joined by "and". */
export function resultWords(
  results: ActionReview["changes"][number]["results"],
  questions: Map<string, Question>,
  words: Words,
  agenda: AgendaWording,
): string {
  const { results: text } = agenda;
  const several = results.length > 1;
  return results
    .map((told) => {
      const question = questions.get(told.question)!;
      const said = toldWords(question, told, words, agenda);
      return several ? `${words.say(question.text)} ${said}` : said;
    })
    .join(text.and);
}

type Told = ActionReview["changes"][number]["results"][number];

function toldWords(question: Question, told: Told, words: Words, { results: text }: AgendaWording): string {
  const { says, of = 1, counts = [] } = told;
  const [from, to] = [told.from as StretchEnd, told.to as StretchEnd];
  switch (says) {
    case "votes":
      return from === 0 && to === of ? text.any : text.votes(from!, to!, of);
    case "names":
      return text.names(optionName(question, from, words));
    case "counts":
      return counts
        .flatMap((count, place) => (count > 0 ? [text.counted(optionName(question, place, words), count, of)] : []))
        .join(text.and);
    case "answer":
      if (question.kind === "yesNo") return text.tells(from === 1 ? text.yes : text.no);
      if (question.kind === "oneOf") return text.tells(optionName(question, from, words));
      return text.tells(rangeWords(question, from, to, words, { ...text, never: words.text.state.never }));
    case "report":
      return isOpen(from) && isOpen(to)
        ? text.any
        : text.reports(rangeWords(question, from, to, words, { ...text, never: words.text.state.never }));
  }
}

function optionName(question: Question, place: StretchEnd, { say }: Words): string {
  return say(question.options?.[place ?? -1]?.name) || String(place);
}

function rangeWords(question: Question, from: StretchEnd, to: StretchEnd, words: Words, text: RangeWords): string {
  const shown = (at: number): string =>
    question.kind === "date" ? words.day(dayText(at)) : words.figure({ amount: at, unit: question.unit ?? "", standardError: 0, key: "" });
  const isDate = question.kind === "date";
  // A date that is open at both ends is no stretch of days but their absence.
  if (isOpen(from) && isOpen(to)) return isDate ? text.never : text.any;
  if (isOpen(from)) return isDate ? text.by(shown(to!)) : text.below(shown(to!));
  if (isOpen(to)) return isDate ? text.after(shown(from)) : text.above(shown(from));
  return text.between(shown(from), shown(to));
}

function isOpen(end: StretchEnd): end is null {
  return end === null || !Number.isFinite(end);
}
