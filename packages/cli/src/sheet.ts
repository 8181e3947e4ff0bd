import type { Language, Text } from "@watershed/domain";
import { say } from "@watershed/domain";
import type { AnswerPlace, RunHeading } from "@watershed/workbench";
import { money, percent, plain, wrap } from "./figures.ts";
import type { NamedAlternatives } from "./alternative-names.ts";
import type { Terminal } from "./terminal.ts";
import type { Wording } from "./wording/en.ts";
import { worthEn } from "./wording/worth-en.ts";
import type { WorthWording } from "./wording/worth-en.ts";
import { worthZh } from "./wording/worth-zh.ts";

/** What renderers of one run share: its heading, the words, the paper. */
export interface Sheet extends NamedAlternatives {
  review: RunHeading;
  text: Wording;
  words: WorthWording;
  language: Language;
  terminal: Terminal;
}

/** A sheet to write the figures of a run on. */
export function sheetOf(review: RunHeading, text: Wording, language: Language, terminal: Terminal): Sheet {
  return { review, text, words: language === "zh" ? worthZh : worthEn, language, terminal };
}

/** What something is called and how its answers are written. */
export interface Answerable {
  text: Text;
  kind: "yesNo" | "number" | "date" | "oneOf";
  unit?: string;
  options?: { id: string; name: Text }[];
}

/** The first two lines of a page. */
export function headingLines({ review, text, language, terminal }: Sheet, title: string): string[] {
  const { bold, dim } = terminal.colours;
  const fund = say(review.name, language);
  const heading = text.heading(fund, review.asOf);
  return [
    ...wrap(title === fund ? heading : `${title} · ${heading}`, terminal.width).map((line) => bold(line)),
    dim(text.run(review.draws.toLocaleString("en-US"), review.currency, review.key)),
    "",
  ];
}

/** One answer of a number or date in words. */
export function placeText({ text, language }: Sheet, of: Pick<Answerable, "unit">, place: AnswerPlace): string {
  if (place === "never") return text.never;
  if (typeof place === "string") return place.replace("infinity", "∞");
  return /^[A-Z]{3}$/.test(of.unit ?? "") ? money(place, of.unit!, language) : plain(place);
}

/** A stretch of answers in words: yes, an option, 40 to 60. */
export function rangeText(sheet: Sheet, of: Answerable, { from, to }: { from: AnswerPlace; to: AnswerPlace }): string {
  const { text, language } = sheet;
  if (of.kind === "yesNo") return from === 1 ? text.ifYes : text.ifNo;
  if (of.kind === "oneOf") return say(of.options?.[Number(from)]?.name, language) || String(from);
  if (from === to) return placeText(sheet, of, from);
  return text.between(placeText(sheet, of, from), placeText(sheet, of, to));
}

/** A bar from zero to an amount on a scale that all bars of a table share. */
export function bar(amount: number, all: number[], width: number): string {
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  if (high === low) return "";
  const place = (of: number): number => Math.round(((of - low) / (high - low)) * (width - 1));
  const [zero, end] = [place(0), place(amount)];
  const cells: string[] = Array.from({ length: width }, (_, cell) =>
    cell >= Math.min(zero, end) && cell <= Math.max(zero, end) && cell !== zero ? "█" : " ",
  );
  cells[zero] = "│";
  return cells.join("").trimEnd();
}

/** A share with one decimal where it is small. */
export function chanceText(probability: number): string {
  return percent({ amount: probability }, false);
}

/** A factor, with as many digits as say something. */
export function times({ amount, standardError }: { amount: number; standardError: number }): string {
  const digits = standardError > 0 && standardError < 0.05 ? (standardError < 0.005 ? 3 : 2) : amount < 10 ? 1 : 0;
  return Number.isFinite(standardError) ? `${amount.toFixed(digits)} ± ${standardError.toFixed(digits)}` : amount.toFixed(digits);
}
