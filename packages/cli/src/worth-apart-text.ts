import type { Estimate } from "@watershed/domain";
import type { CompanyReview, Reached } from "@watershed/workbench";
import { estimatedMoney, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import type { NamedAlternatives } from "./alternative-names.ts";
import type { Terminal } from "./terminal.ts";
import { worthEn } from "./wording/worth-en.ts";
import type { WorthWording } from "./wording/worth-en.ts";
import { worthZh } from "./wording/worth-zh.ts";

interface Page extends NamedAlternatives {
  terminal: Terminal;
}

function wordsOf({ language }: Page): WorthWording {
  return language === "zh" ? worthZh : worthEn;
}

/** Label and content of what an attitude to risk and a strategic worth make of the recommendation; empty where there is neither. */
export function worthApartFacts(page: Page, company: CompanyReview): [string, string][] {
  return [...riskFacts(page, company), ...strategicFacts(page, company)];
}

function riskFacts(page: Page, { risk, best }: CompanyReview): [string, string][] {
  if (!risk) return [];
  const { text } = page;
  const words = wordsOf(page);
  const asides = [
    ...(risk.neutralBest === best.alternative ? [] : [words.neutrally(alternativeShort(page, risk.neutralBest))]),
    ...(risk.information ? [words.learningAll(estimatedMoney(risk.information.buying, page.language))] : []),
  ];
  const worth = `${sureText(page, risk.certaintyEquivalent)}${asides.length > 0 ? text.brackets(asides.join(text.clause)) : ""}`;
  return [[words.certaintyEquivalent, worth], ...limitFacts(page, risk)];
}

function limitFacts(
  page: Page,
  { alternatives, limit, limitPrice, noneAdmissible }: NonNullable<CompanyReview["risk"]>,
): [string, string][] {
  if (!limit) return [];
  const { text, language } = page;
  const words = wordsOf(page);
  const level = `${100 * limit.level}%`;
  const sentences = alternatives.flatMap(({ name, refused, cvar }) => {
    if (refused !== "cvarLimit" || !cvar) return [];
    const [would, loses] = [alternativeShort(page, name), estimatedMoney(cvar, language)];
    return limitPrice?.best === name
      ? [words.limitBinds(level, would, loses, estimatedMoney(limitPrice.amount, language))]
      : [words.limitRefuses(level, would, loses)];
  });
  const all = noneAdmissible ? [words.noneAdmissible, ...sentences] : sentences;
  return all.length === 0 ? [] : [[words.limit, all.join(text.clause)]];
}

function strategicFacts(page: Page, { strategic, best }: CompanyReview): [string, string][] {
  const row = strategic?.alternatives.find(({ name }) => name === best.alternative);
  if (!strategic || !row) return [];
  const { text, language } = page;
  const words = wordsOf(page);
  const { financialBest } = strategic;
  const differs = financialBest.alternative !== best.alternative;
  // Passing has nothing to tell apart.
  if (!differs && best.alternative === "pass") return [];
  const apart = words.apartRow(estimatedMoney(row.financial, language), estimatedMoney(row.strategic, language));
  const alone = words.onMoney(alternativeShort(page, financialBest.alternative), estimatedMoney(financialBest.worth, language));
  return [[words.apart, differs ? apart + text.clause + alone : apart]];
}

/** Every alternative by money and by what the parent gains, and by what it is as good as for sure. */
export function worthApartLines(page: Page, company: CompanyReview): string[] {
  const { terminal, language } = page;
  const words = wordsOf(page);
  const { strategic, risk } = company;
  const rows = strategic?.alternatives.map(({ name, financial, strategic: parent }) => [
    alternativeLong(page, name),
    estimatedMoney(financial, language),
    estimatedMoney(parent, language),
  ]);
  return [
    ...(rows ? ["", table(words.apartColumns, rows, [terminal.width - 48, 24, 24])] : []),
    ...(risk ? ["", table(words.sureColumns, sureRows(page, company, risk), [terminal.width - 66, 22, 22, 22])] : []),
    ...worthApartFacts(page, company).flatMap(([label, content]) => wrap(`${label}${page.text.colon}${content}`, terminal.width)),
  ];
}

function sureRows(page: Page, company: CompanyReview, { alternatives }: NonNullable<CompanyReview["risk"]>): string[][] {
  const { language } = page;
  const words = wordsOf(page);
  return alternatives.map(({ name, certaintyEquivalent, cvar, refused }) => {
    const worth: Estimate = company.alternatives.find((row) => row.name === name)!.worth;
    const sure = certaintyEquivalent.reachable ? estimatedMoney(certaintyEquivalent.at, language) : "";
    const worst = cvar ? estimatedMoney(cvar, language) : "";
    return [alternativeLong(page, name), estimatedMoney(worth, language), sure, refused ? `${worst}\n${words.refused}`.trim() : worst];
  });
}

function sureText(page: Page, sure: Reached): string {
  const words = wordsOf(page);
  return sure.reachable ? words.surely(estimatedMoney(sure.at, page.language)) : words.ruined;
}
