import { say } from "@watershed/domain";
import type { Estimate } from "@watershed/domain";
import type { AlternativeReview, CompanyExplanation } from "@watershed/workbench";
import { cut, estimatedMoney, money, percent, wrap } from "./figures.ts";
import { indent, rule, table } from "./layout.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import { askedText, impliedLine, reachedMoney } from "./review-text.ts";
import type { Page } from "./review-text.ts";
import { stageLines, waitLines } from "./wait-text.ts";
import { whyText } from "./why-text.ts";
import { worthApartLines } from "./worth-apart-text.ts";

/** Everything behind one company's recommendation: alternatives, price, waiting, exposure, criteria, and the tree down to the sources. */
export function explanationText(page: Page, explanation: CompanyExplanation, everything: boolean): string {
  const { text, terminal, language, review, names } = page;
  const { bold, dim } = terminal.colours;
  const { company } = explanation;
  const [name, track] = [company.company.name, names.tracks.get(company.company.track)].map((words) => say(words, language));
  const title = `${name} · ${track} · ${text.heading(say(review.name, language), review.asOf)}`;
  return [
    ...wrap(title, terminal.width).map((line) => bold(line)),
    dim(text.run(review.draws.toLocaleString("en-US"), review.currency, review.key)),
    "",
    bold(text.alternatives),
    table(
      text.alternativeColumns,
      company.alternatives.map((alternative) => alternativeRow(page, alternative)),
      [terminal.width - 70, 22, 9, 9, 20, 10],
    ),
    ...worthApartLines(page, company),
    ...priceLines(page, explanation),
    ...stageLines(page, explanation),
    ...waitLines(page, explanation),
    ...exposureLines(page, explanation),
    ...scoreLines(page, explanation),
    "",
    bold(text.why),
    rule(terminal.width),
    ...whyText(page, explanation.why, everything ? undefined : questionsThatMatter(explanation)),
    ...(everything ? [] : wrap(text.moreWithAll, terminal.width)),
    "",
  ].join("\n");
}

/** The questions that move a company most, and those whose answer is worth most: their forecasts are opened. */
function questionsThatMatter({ company }: CompanyExplanation): Set<string> {
  const moving = company.exposure.slice(0, 4).map((row) => row.question);
  return new Set([
    ...moving,
    ...company.questions.slice(0, 2).map((row) => row.question),
    ...company.implied.slice(0, 1).map((row) => row.question),
  ]);
}

function alternativeRow(page: Page, alternative: AlternativeReview): string[] {
  const { language } = page;
  const short = (estimate: Estimate): string => money(estimate.amount, "", language);
  return [
    alternativeLong(page, alternative.name),
    estimatedMoney(alternative.worth, language),
    percent(alternative.probabilityBest, false),
    percent(alternative.probabilityLoss, false),
    `${short(alternative.quantile05)} … ${short(alternative.quantile95)}`,
    alternative.multipleOfMoney ? `${alternative.multipleOfMoney.amount.toFixed(1)}x` : "",
  ];
}

function priceLines(page: Page, { company }: CompanyExplanation): string[] {
  const { text, terminal, language } = page;
  const { asked, reservationPrice } = company;
  if (!asked || !reservationPrice) return ["", terminal.colours.bold(text.price), `  ${text.nothingOnOffer}`];
  const rows: [string, string][] = [
    [text.asked, askedText(page, asked)],
    [text.againstBest(alternativeShort(page, reservationPrice.bestOther)), reachedMoney(page, reservationPrice.againstBest)],
    [text.nowOrNever, reachedMoney(page, reservationPrice.nowOrNever)],
    ...(company.strategicWorth ? [[text.strategic, estimatedMoney(company.strategicWorth, language)] as [string, string]] : []),
    ...company.implied.slice(0, 4).map((belief): [string, string] => [text.priceBelieves, impliedLine(page, belief)]),
  ];
  return ["", terminal.colours.bold(text.price), ...labelled(page, rows)];
}

function exposureLines(page: Page, { company }: CompanyExplanation): string[] {
  const { text, terminal, language, names } = page;
  const rows = company.exposure
    .slice(0, 6)
    .map(({ question, difference, varianceShare }): [string, string] => [
      cut(say(names.questions.get(question)?.text, language), 52),
      text.exposureRow(estimatedMoney(difference, language), percent(varianceShare)),
    ]);
  return rows.length === 0 ? [] : ["", terminal.colours.bold(text.exposure), ...labelled(page, rows)];
}

function scoreLines(page: Page, { company }: CompanyExplanation): string[] {
  const { text, terminal, language, names } = page;
  if (company.scores.length === 0) return [];
  const rows = company.scores.map(({ criterion, levels, median }): [string, string] => [
    cut(say(names.criteria.get(criterion), language) || criterion, 60),
    `${text.median} ${median}${text.brackets(
      Object.entries(levels)
        .map(([person, level]) => `${say(names.people.get(person), language)} ${level}`)
        .join(text.listSeparator),
    )}`,
  ]);
  return ["", terminal.colours.bold(text.scores), ...labelled(page, rows)];
}

function labelled({ terminal }: Page, rows: [string, string][]): string[] {
  const width = Math.min(56, Math.max(...rows.map(([label]) => indent.widthOf(label))) + 4);
  return rows.flatMap(([label, content]) => indent(cut(label, width - 3), content, width, terminal.width, terminal.colours.dim));
}
