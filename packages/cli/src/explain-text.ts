import { say } from "@watershed/domain";
import type { Estimate } from "@watershed/domain";
import { wordMeasure } from "@watershed/workbench";
import type { AlternativeReview, BeliefSummary, CompanyExplanation, WaitReview, WhyNode } from "@watershed/workbench";
import { eventText } from "./answers.ts";
import { cut, estimatedMoney, money, percent, plain, wrap } from "./figures.ts";
import { indent, rule, table } from "./layout.ts";
import { alternativeLong, alternativeShort, reachedMoney } from "./review-text.ts";
import type { Page } from "./review-text.ts";
import { dayText } from "@watershed/domain";

/** Everything behind one company's recommendation: alternatives, price, waiting, exposure, criteria, and the tree down to the sources. */
export function explanationText(page: Page, explanation: CompanyExplanation): string {
  const { text, terminal, language, review, names } = page;
  const { bold, dim } = terminal.colours;
  const { company } = explanation;
  return [
    bold(
      `${say(company.company.name, language)} · ${say(names.tracks.get(company.company.track), language)} · ${text.heading(say(review.name, language), review.asOf)}`,
    ),
    dim(text.run(review.draws.toLocaleString("en-US"), review.currency, review.key)),
    "",
    bold(text.alternatives),
    table(
      text.alternativeColumns,
      company.alternatives.map((alternative) => alternativeRow(page, alternative)),
      [terminal.width - 72, 21, 7, 8, 19, 11, 6],
    ),
    ...priceLines(page, explanation),
    ...waitLines(page, explanation),
    ...exposureLines(page, explanation),
    ...scoreLines(page, explanation),
    "",
    bold(text.why),
    rule(terminal.width),
    ...explanation.why.flatMap((node) => whyLines(page, node, "", 0)),
    "",
  ].join("\n");
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
    short(alternative.worstTwentieth),
    alternative.multipleOfMoney ? `${alternative.multipleOfMoney.amount.toFixed(1)}x` : "",
  ];
}

function priceLines(page: Page, { company }: CompanyExplanation): string[] {
  const { text, terminal, language, names } = page;
  const { asked, reservationPrice } = company;
  if (!asked || !reservationPrice) return ["", terminal.colours.bold(text.price), `  ${text.nothingOnOffer}`];
  const rows: [string, string][] = [
    [
      text.asked,
      `${money(asked.preMoney, asked.unit, language)} (${asked.text}); ${text.ticket} ${money(asked.ticket, asked.unit, language)}`,
    ],
    [text.againstBest(alternativeShort(page, reservationPrice.bestOther)), reachedMoney(page, reservationPrice.againstBest)],
    [text.nowOrNever, reachedMoney(page, reservationPrice.nowOrNever)],
    ...(company.strategicWorth ? [[text.strategic, estimatedMoney(company.strategicWorth, language)] as [string, string]] : []),
    ...company.implied
      .slice(0, 4)
      .map(({ question, event, implied, belief, edge }): [string, string] => [
        text.priceBelieves,
        text.priceBelief(
          eventText(names.questions.get(question)!, event, language),
          percent(implied),
          percent({ amount: belief }, false),
          `${edge.amount > 0 ? "+" : ""}${(100 * edge.amount).toFixed(0)} ${text.points}`,
        ),
      ]),
  ];
  return ["", terminal.colours.bold(text.price), ...labelled(page, rows)];
}

function waitLines(page: Page, { company, stepUps }: CompanyExplanation): string[] {
  const { text, terminal } = page;
  if (company.waits.length === 0) return [];
  const rows = company.waits.flatMap((wait) => {
    const stepUp = stepUps.find((candidate) => candidate.trigger === wait.trigger)?.at;
    return [
      `  ${text.waitRow(alternativeLong(page, `wait:${wait.trigger}`), percent(wait.probabilityTriggers), percent(wait.probabilityInvests))}`,
      `    ${accessText(page, wait)}${stepUp ? `; ${text.breakEvenStepUp(`${stepUp.amount.toFixed(2)} ± ${stepUp.standardError.toFixed(2)}`)}` : ""}`,
    ];
  });
  return ["", terminal.colours.bold(text.waiting), ...rows.flatMap((row) => wrap(row, terminal.width))];
}

function accessText({ text }: Page, { breakEvenAccess }: WaitReview): string {
  if (breakEvenAccess.reachable) return text.breakEvenAccess(percent(breakEvenAccess.at));
  return breakEvenAccess.side === "alwaysAhead" ? text.breakEvenAccessAlways : text.breakEvenAccessNever;
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
    `${text.median} ${median} (${Object.entries(levels)
      .map(([person, level]) => `${say(names.people.get(person), language)} ${level}`)
      .join(text.listSeparator)})`,
  ]);
  return ["", terminal.colours.bold(text.scores), ...labelled(page, rows)];
}

function labelled({ terminal }: Page, rows: [string, string][]): string[] {
  const width = Math.min(56, Math.max(...rows.map(([label]) => indent.widthOf(label))) + 4);
  return rows.flatMap(([label, content]) => indent(label, content, width, terminal.width, terminal.colours.dim));
}

/** One node of the tree and, below it, what it comes from. */
function whyLines(page: Page, node: WhyNode, prefix: string, depth: number): string[] {
  const { terminal } = page;
  const own = wrap(nodeText(page, node), Math.max(30, terminal.width - indent.widthOf(prefix)));
  const deeper = prefix.replace("├─ ", "│  ").replace("└─ ", "   ");
  const lines = own.map((line, index) => (index === 0 ? prefix : deeper) + line);
  const below = node.children.flatMap((child, index) =>
    whyLines(page, child, `${deeper}${index === node.children.length - 1 ? "└─ " : "├─ "}`, depth + 1),
  );
  return depth === 0 ? [...lines, ...below, ""] : [...lines, ...below];
}

function nodeText(page: Page, node: WhyNode): string {
  const { text, language, names, terminal } = page;
  const { bold, dim } = terminal.colours;
  const mark = (illustrative?: boolean): string => (illustrative ? ` [${text.illustration}]` : "");
  switch (node.node) {
    case "measure":
      return measureText(page, node);
    case "formula":
      return `${bold(node.name)} = ${node.source.replace(/\s+/g, " ")}${node.means ? dim(` → ${figure(page, node.means)}`) : ""}${mark(node.illustrative)}${node.note ? dim(` · ${say(node.note, language)}`) : ""}`;
    case "question":
      return `${bold(say(node.text, language))} ${dim(node.id)} · ${text.belief} ${beliefText(page, node.belief)}${mark(node.illustrative)}`;
    case "forecast":
      return `${say(names.people.get(node.by), language)}, ${node.on} ${text.says} ${bold(node.says)}${mark(node.illustrative)}${node.reasons ? ` · ${say(node.reasons, language)}` : ""}`;
    case "source":
      return dim(`${node.id}: ${say(node.text, language)}${node.from.length > 0 ? ` (${node.from.join(text.listSeparator)})` : ""}`);
    case "seen":
      return dim(text.seen(node.name));
  }
}

function measureText(page: Page, node: WhyNode & { node: "measure" }): string {
  const { terminal, review, names, language } = page;
  const named = Object.fromEntries(Object.entries(node.params).map(([key, value]) => [key, readable(page, key, value)]));
  const { name, says } = wordMeasure(node.measure, page.language);
  const question =
    node.question === undefined ? "" : ` · ${cut(say(names.questions.get(node.question)?.text, language) || node.question, 60)}`;
  const amount =
    node.amount === undefined
      ? ""
      : ` ${figure(page, { amount: node.amount, standardError: node.standardError ?? 0, unit: node.unit === "money" ? review.currency : node.unit, key: review.key })}`;
  return `${terminal.colours.bold(name)}${detail(named)}${question}${amount}${terminal.colours.dim(` · ${says}`)}`;
}

function detail(params: Record<string, string>): string {
  const told = ["alternative", "partner", "answer", "best", "company"].flatMap((key) => (params[key] === undefined ? [] : [params[key]]));
  return told.length === 0 ? "" : ` [${told.join(" · ")}]`;
}

function readable(page: Page, key: string, value: string | number): string {
  if (["alternative", "best", "runnerUp", "bestToday"].includes(key))
    return /^(now|pass|wait:.*)$/.test(String(value)) ? alternativeShort(page, String(value)) : String(value);
  if (key === "deadline" && typeof value === "number") return dayText(value);
  if (key === "partner") return say(page.names.people.get(String(value)), page.language);
  return typeof value === "number" ? plain(value) : value;
}

function figure(page: Page, estimate: Estimate): string {
  if (estimate.unit === "probability") return estimate.standardError > 0 ? percent(estimate) : percent(estimate, false);
  if (estimate.unit === "multiple" || estimate.unit === "number" || estimate.unit === "count")
    return estimate.standardError > 0 ? `${plain(estimate.amount)} ± ${plain(estimate.standardError)}` : plain(estimate.amount);
  return estimate.standardError > 0 ? estimatedMoney(estimate, page.language) : money(estimate.amount, estimate.unit, page.language);
}

function beliefText(page: Page, belief: BeliefSummary): string {
  const { language, text } = page;
  switch (belief.kind) {
    case "yesNo":
      return percent(belief.probability);
    case "oneOf":
      return belief.options
        .map((option) => `${say(option.name, language)} ${percent({ amount: option.probability })}`)
        .join(text.listSeparator);
    case "number":
      return (
        belief.quantiles.map(({ probability, at }) => `${100 * probability}%: ${plain(at)}`).join(text.listSeparator) +
        (belief.unit ? ` ${belief.unit}` : "")
      );
    case "date":
      return [
        ...belief.quantiles.map(({ probability, at }) => `${100 * probability}%: ${at === Infinity ? text.never : dayText(at)}`),
        `${text.never} ${percent({ amount: belief.never })}`,
      ].join(text.listSeparator);
  }
}
