import type { Question } from "@watershed/domain";
import type { BeliefFigures } from "@watershed/workbench/in-page";
import { plain } from "@watershed/workbench/figures";
import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import { dayOf, toldAt } from "./belief-text.ts";

/** A belief in a few characters: 62%; 15 (5 to 50); 31 Dec 2026, never 20%. */
export function useBeliefWords(): (question: Question, figures: BeliefFigures | undefined) => string {
  const words = useWords();
  return (question, figures) => (figures ? worded(question, figures, words) : "—");
}

/** An amount of a question's answers in its unit. */
export function useAnswerWords(): (question: Question, amount: number) => string {
  const words = useWords();
  return (question, amount) => answerWords(question, amount, words);
}

function answerWords({ kind, unit }: Question, amount: number, { money, day, text }: Words): string {
  if (kind === "date") return Number.isFinite(amount) ? day(dayOf(amount)) : text.state.never;
  if (/^[A-Z]{3}$/.test(unit ?? "")) return money(amount, unit!);
  return unit === "%" ? `${plain(amount)}%` : plain(amount);
}

function worded(question: Question, figures: BeliefFigures, words: Words): string {
  const { text, say, day } = words;
  const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.095 ? 1 : 0)}%`;
  if (figures.kind === "yesNo") return percent(figures.probability);
  if (figures.kind === "oneOf") {
    const sorted = Object.entries(figures.probabilities).sort(([, one], [, other]) => other - one);
    const name = (id: string): string => say(question.options?.find((option) => option.id === id)?.name);
    return sorted
      .slice(0, 2)
      .map(([id, chance]) => `${name(id)} ${percent(chance)}`)
      .join(", ");
  }
  if (figures.quantiles.length === 0) return text.belief.neverMost(percent(figures.never));
  const at = (place: number): number => figures.quantiles[place];
  if (figures.kind === "date") return medianDay(figures, percent, (days) => day(dayOf(days)), text.state.never);
  const [low, median, high] = [toldAt.low, toldAt.median, toldAt.high].map((place) => answerWords(question, at(place), words));
  const unit = /^(?:[A-Z]{3}|%)$/.test(question.unit ?? "") ? "" : ` ${question.unit ?? ""}`;
  return `${median} (${low} – ${high})${unit}`.trimEnd();
}

/** The day by which it is as likely as not, all told; never where it more likely never comes. */
function medianDay(
  { quantiles, never }: BeliefFigures & { kind: "number" | "date" },
  percent: (share: number) => string,
  dayText: (days: number) => string,
  neverText: string,
): string {
  if (never >= 0.5) return `${neverText} ${percent(never)}`;
  const share = 0.5 / (1 - never);
  const place = Math.min(quantiles.length - 1, toldAt.low + Math.round((share - 0.1) / 0.05));
  return never > 0.005 ? `${dayText(quantiles[place])}, ${neverText} ${percent(never)}` : dayText(quantiles[place]);
}
