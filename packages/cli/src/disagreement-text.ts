import { say } from "@watershed/domain";
import type { Question, Text } from "@watershed/domain";
import type { CompanyDisagreement, Disagreement, DisputedQuestion, ForecastFigures, SettlingReview } from "@watershed/workbench";
import { cut, estimatedMoney, isWithinNoise, percent, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import { alternativeShort } from "./alternative-names.ts";
import { chanceText, headingLines, placeText } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import type { SettlingWording } from "./wording/settling-en.ts";

/** The names a page of disagreement needs. */
export interface Names {
  people: Map<string, Text>;
  questions: Map<string, Question>;
}

const shownQuestions = 10;

/** Where partners differ and what settling it is worth: over all companies, or one company question by question. */
export function disagreementText(sheet: Sheet, words: SettlingWording, found: Disagreement, names: Names, everything: boolean): string {
  const { terminal, language } = sheet;
  const one = found.companies.length === 1 ? found.companies[0] : undefined;
  const title = one ? say(one.name, language) : say(found.name, language);
  if (found.questions.length === 0) return [...headingLines(sheet, title), words.nobodyDiffers, ""].join("\n");
  return [
    ...headingLines(sheet, title),
    ...everythingLines(sheet, words, found.companies, names),
    ...disputedLines(sheet, words, found, names, everything),
    ...(one ? companyLines(sheet, words, one, names, everything) : []),
    ...wrap(words.howSettled, terminal.width).map(terminal.colours.dim),
    "",
  ].join("\n");
}

function everythingLines(sheet: Sheet, words: SettlingWording, companies: CompanyDisagreement[], names: Names): string[] {
  const { terminal, language } = sheet;
  const judged = companies
    .flatMap(({ name, everything }) => (everything ? [{ name, everything }] : []))
    .sort((one, other) => other.everything.worth.amount - one.everything.worth.amount);
  if (judged.length === 0) return [];
  const rows = judged.map(({ name, everything }) => [
    cut(say(name, language), 18),
    settlingCell(sheet, words, everything),
    decisions(sheet, words, everything, names),
  ]);
  return [terminal.colours.bold(words.everything), table(words.everythingColumns, rows, [20, 26, terminal.width - 50]), ""];
}

/** The worth of settling, and what is done without. */
function settlingCell(sheet: Sheet, words: SettlingWording, { worth, clear, unsettled }: SettlingReview): string {
  const { language, terminal, text } = sheet;
  const doubt = worth.amount > 0 && !clear ? `\n${terminal.colours.dim(text.notDistinguishable)}` : "";
  return `${estimatedMoney(worth, language)}${doubt}\n${terminal.colours.dim(words.unsettled(alternativeShort(sheet, unsettled)))}`;
}

function decisions(sheet: Sheet, words: SettlingWording, { partners }: SettlingReview, names: Names): string {
  const { language, text } = sheet;
  return partners
    .map(({ person, best, worth }) => {
      const told = isWithinNoise(worth) ? text.notDistinguishable : estimatedMoney(worth, language);
      return words.decides(say(names.people.get(person), language), alternativeShort(sheet, best), told);
    })
    .join("\n");
}

function disputedLines(sheet: Sheet, words: SettlingWording, found: Disagreement, names: Names, everything: boolean): string[] {
  const { terminal, language } = sheet;
  const company = new Map(found.companies.map(({ company: id, name }) => [id, say(name, language)]));
  const shown = everything ? found.questions : found.questions.slice(0, shownQuestions);
  const rows = shown.map((disputed) => [
    `${say(disputed.question.text, language)} ${terminal.colours.dim(disputed.question.id)}`,
    disputedCell(sheet, words, disputed, company),
    disputed.forecasts
      .map(
        ({ person, ...figures }) =>
          `${say(names.people.get(person), language)}${sheet.text.colon}${figuresText(sheet, words, disputed.question, figures)}`,
      )
      .join("\n"),
  ]);
  return [
    terminal.colours.bold(words.disputed),
    table(words.disputedColumns, rows, [38, 24, terminal.width - 66]),
    ...(shown.length < found.questions.length ? [words.more(found.questions.length - shown.length)] : []),
    "",
  ];
}

function disputedCell(sheet: Sheet, words: SettlingWording, disputed: DisputedQuestion, names: Map<string, string>): string {
  const { language, terminal, text } = sheet;
  const { worth, clear, spread, companies } = disputed;
  const moved = companies.slice(0, 3).map((id) => names.get(id)!);
  const more = companies.length > 3 ? [text.andMore(companies.length - 3)] : [];
  return [
    estimatedMoney(worth, language),
    ...(worth.amount > 0 && !clear ? [terminal.colours.dim(text.notDistinguishable)] : []),
    terminal.colours.dim(words.spread((100 * spread).toFixed(0))),
    terminal.colours.dim(companies.length === 0 ? words.noChange : words.changes([...moved, ...more].join(text.listSeparator))),
  ].join("\n");
}

/** A forecast in a few words: a chance, the options from the likeliest, or the median with nine in ten of the answers. */
export function figuresText(sheet: Sheet, words: SettlingWording, question: Question, figures: ForecastFigures): string {
  const { probability, probabilities, median, low, high } = figures;
  if (probability !== undefined) return chanceText(probability);
  if (probabilities !== undefined)
    return Object.entries(probabilities)
      .sort(([, one], [, other]) => other - one)
      .slice(0, 3)
      .map(
        ([option, chance]) =>
          `${say(question.options?.find(({ id }) => id === option)?.name, sheet.language)} ${percent({ amount: chance }, false)}`,
      )
      .join(sheet.text.listSeparator);
  return words.median(placeText(sheet, question, median!), placeText(sheet, question, low!), placeText(sheet, question, high!));
}

function companyLines(sheet: Sheet, words: SettlingWording, one: CompanyDisagreement, names: Names, everything: boolean): string[] {
  const { terminal, language } = sheet;
  const shown = everything ? one.questions : one.questions.slice(0, shownQuestions);
  const rows = shown.map((settling) => [
    `${cut(say(names.questions.get(settling.question)?.text, language), 70)} ${terminal.colours.dim(settling.question)}`,
    settlingCell(sheet, words, settling),
    decisions(sheet, words, settling, names),
  ]);
  const columns = [words.disputedColumns[0], ...words.everythingColumns.slice(1)];
  return [
    ...wrap(words.questionsOf(say(one.name, language)), terminal.width).map(terminal.colours.bold),
    table(columns, rows, [34, 24, terminal.width - 62]),
    ...(shown.length < one.questions.length ? [words.more(one.questions.length - shown.length)] : []),
    "",
  ];
}
