import type { Question } from "@watershed/domain";
import type { BeliefFigures, Move } from "@watershed/workbench/in-page";

/** Places of 10%, 50% and 90% among the shares at which a belief is told. */
export const toldAt = { low: 3, median: 11, high: 19 } as const;

/** A figure with three digits, as formulas write it. */
export function threeDigits(amount: number): number {
  return amount === 0 ? 0 : Number(amount.toPrecision(3));
}

/** A probability as formulas write it: 65%, 0.3%, 99.5%. */
export function percentText(probability: number): string {
  const percent = 100 * probability;
  return `${Number(percent.toFixed(percent < 2 || percent > 98 ? 2 : percent < 10 || percent > 90 ? 1 : 1))}%`;
}

/** The words for a yes/no belief. */
export function probabilityMove(question: string, probability: number): Move {
  return { question, probability: percentText(probability) };
}

/** The probability that a move of {@link probabilityMove} hands over, without waiting for the reader of formulas. */
export function handedProbability(move: Move | undefined): number | undefined {
  const percent = /^([\d.]+)%$/.exec(String(move?.probability ?? ""));
  return percent ? Number(percent[1]) / 100 : undefined;
}

/** The words for three stated quantiles; `unit` is a currency where the question asks for money, `floor` where nothing lies below. */
export function quantileMove(question: Question, quantiles: [number, number, number], floor?: number): Move {
  const currency = /^[A-Z]{3}$/.test(question.unit ?? "") ? ` ${question.unit}` : "";
  const [low, median, high] = quantiles.map((amount) => `${plainDigits(threeDigits(amount))}${currency}`);
  const bound = floor === undefined ? "" : `, low: ${floor}`;
  return { question: question.id, distribution: `quantiles(10%: ${low}, 50%: ${median}, 90%: ${high}${bound})` };
}

/** The three quantiles that a move of {@link quantileMove} hands over, without waiting for the reader of formulas. */
export function handedQuantiles(question: Question, move: Move | undefined): [number, number, number] | undefined {
  const said = /^quantiles\(10%: ([^,]+), 50%: ([^,]+), 90%: ([^,)]+)/.exec(String(move?.distribution ?? ""));
  const three = said?.slice(1).map((amount) => Number(amount.replace(` ${question.unit}`, "")));
  return three?.every(Number.isFinite) ? (three as [number, number, number]) : undefined;
}

/** Digits without an exponent, which formulas do not read. */
function plainDigits(amount: number): string {
  return amount.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 15 });
}

/** The words for cumulative chances by dates; what is left after the last one is never. */
export function datesMove(question: Question, from: string, points: { day: string; by: number }[]): Move {
  const last = points.at(-1)?.by ?? 0;
  const rounded = points.map(({ day, by }) => `${day}: ${percentText(by)}`);
  const never = Math.round((1 - last) * 1000) / 10;
  return { question: question.id, distribution: `dates(from: ${from}, ${rounded.join(", ")}, never: ${never}%)` };
}

/** The words for chips on options: each is worth five per cent. */
export function chipsMove(question: Question, chips: Record<string, number>): Move {
  return {
    question: question.id,
    probabilities: Object.fromEntries(question.options!.map(({ id }) => [id, `${(chips[id] ?? 0) * 5}%`])),
  };
}

export const allChips = 20;

/** Chances as chips, the largest remainders rounded up so that all chips lie. */
export function chipsOf(probabilities: Record<string, number>): Record<string, number> {
  const exact = Object.entries(probabilities).map(([id, chance]) => ({
    id,
    whole: Math.floor(chance * allChips),
    rest: (chance * allChips) % 1,
  }));
  let left = allChips - exact.reduce((sum, { whole }) => sum + whole, 0);
  const chips = Object.fromEntries(exact.map(({ id, whole }) => [id, whole]));
  for (const { id } of exact.toSorted((one, other) => other.rest - one.rest)) if (left-- > 0) chips[id]++;
  return chips;
}

const millisecondsPerDay = 86_400_000;

/** `2025-12-31` for days since 1970-01-01. */
export function dayOf(days: number): string {
  return new Date(Math.round(days) * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of `2025-12-31`. */
export function daysOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay;
}

/** The dates at which a belief about a date is asked: year ends from today, until nearly all that is not never has come. */
export function askedDays(figures: BeliefFigures | undefined, from: string, resolveBy: string): string[] {
  const first = Number(from.slice(0, 4));
  const late = figures?.kind === "date" && figures.quantiles.length > 0 ? dayOf(figures.quantiles.at(-2)!) : resolveBy;
  const last = Math.min(first + 7, Math.max(Number(resolveBy.slice(0, 4)), Number(late.slice(0, 4))));
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, year) => `${first + year}-12-31`).filter((day) => day > from);
}

/** The chance that a date has come by a day, read off the told quantiles. */
export function chanceBy(figures: BeliefFigures & { kind: "date" | "number" }, shares: number[], day: number): number {
  const { quantiles, never } = figures;
  if (quantiles.length === 0) return 0;
  const after = quantiles.findIndex((at) => at > day);
  if (after === 0) return 0;
  if (after < 0) return 1 - never;
  const [low, high] = [quantiles[after - 1], quantiles[after]];
  const part = high > low ? (day - low) / (high - low) : 1;
  return (1 - never) * (shares[after - 1] + part * (shares[after] - shares[after - 1]));
}

/** Odds in small whole numbers, near enough for people: 3 : 1, 1 : 4, 19 : 1. */
export function oddsOf(probability: number): [number, number] {
  if (probability <= 0) return [0, 1];
  if (probability >= 1) return [1, 0];
  const ratio = probability >= 0.5 ? probability / (1 - probability) : (1 - probability) / probability;
  const parts = [1, 2, 3, 4].map((under) => ({ over: Math.round(ratio * under), under }));
  const best =
    ratio >= 10
      ? parts[0]
      : parts.reduce((one, other) =>
          Math.abs(other.over / other.under - ratio) < Math.abs(one.over / one.under - ratio) - 0.01 * ratio ? other : one,
        );
  return probability >= 0.5 ? [best.over, best.under] : [best.under, best.over];
}
