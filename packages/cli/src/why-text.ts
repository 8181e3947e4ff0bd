import { dayText, say } from "@watershed/domain";
import type { Estimate } from "@watershed/domain";
import { wordMeasure } from "@watershed/workbench";
import type { BeliefSummary, WhyNode } from "@watershed/workbench";
import { answerText } from "./answers.ts";
import { cut, estimatedMoney, money, percent, plain, wrap } from "./figures.ts";
import { indent } from "./layout.ts";
import { alternativeShort } from "./alternative-names.ts";
import type { Page } from "./review-text.ts";

type MeasureNode = WhyNode & { node: "measure" };

/** A page, the measures whose meaning has been told on it already, and the questions whose forecasts it opens. */
interface Telling extends Page {
  told: Set<string>;
  opened: Set<string> | undefined; // all where undefined
}

/** States of knowledge beyond these are too rare to be read. */
const statesShown = 6;

/**
 * The trees behind a company's review; what the tables above them say already is left out.
 *
 * Forecasts and sources are opened for the questions in `opened`, for all where it is undefined; the others show their belief.
 */
export function whyText(page: Page, trees: WhyNode[], opened?: Set<string>): string[] {
  const telling: Telling = { ...page, told: new Set(), opened };
  const untold = trees.filter((tree) => !(tree.node === "measure" && tree.measure === "recommend"));
  return untold.flatMap((tree) => treeLines(telling, tree, "", 0));
}

function treeLines(page: Telling, node: WhyNode, prefix: string, depth: number): string[] {
  const own = wrap(nodeText(page, node), Math.max(30, page.terminal.width - indent.widthOf(prefix)));
  const deeper = prefix.replace("├─ ", "│  ").replace("└─ ", "   ");
  const lines = own.map((line, index) => (index === 0 ? prefix : deeper) + line);
  const children = shownChildren(page, node);
  const below = children.flatMap((child, index) =>
    treeLines(page, child, `${deeper}${index === children.length - 1 ? "└─ " : "├─ "}`, depth + 1),
  );
  return depth === 0 ? [...lines, ...below, ""] : [...lines, ...below];
}

/** The forecasts of the questions that are opened, the likeliest states of knowledge at a trigger, everything else in full. */
function shownChildren(page: Telling, node: WhyNode): WhyNode[] {
  if (node.node === "question" && page.opened && !page.opened.has(node.id)) return [];
  const states = node.children.filter((child) => child.node === "measure" && child.measure === "policyGroup");
  if (states.length <= statesShown) return node.children;
  const likely = new Set(states.toSorted((one, other) => amountOf(other) - amountOf(one)).slice(0, statesShown));
  return node.children.filter((child) => !states.includes(child) || likely.has(child));
}

function amountOf(node: WhyNode): number {
  return node.node === "measure" ? (node.amount ?? 0) : 0;
}

function nodeText(page: Telling, node: WhyNode): string {
  const { text, language, names, terminal } = page;
  const { bold, dim } = terminal.colours;
  const mark = (illustrative?: boolean): string => (illustrative ? ` [${text.illustration}]` : "");
  switch (node.node) {
    case "measure":
      return measureText(page, node);
    case "formula": {
      const means = node.means ? dim(` → ${figure(page, node.means)}`) : "";
      const note = node.note ? dim(` · ${say(node.note, language)}`) : "";
      return `${bold(node.name)} = ${node.source.replace(/\s+/g, " ")}${means}${mark(node.illustrative)}${note}`;
    }
    case "question":
      return `${bold(say(node.text, language))} ${dim(node.id)} · ${text.belief} ${beliefText(page, node.belief)}${mark(node.illustrative)}${closedText(page, node)}`;
    case "forecast": {
      const reasons = node.reasons ? ` · ${say(node.reasons, language)}` : "";
      return `${say(names.people.get(node.by), language)} ${node.on} ${text.says} ${bold(node.says)}${mark(node.illustrative)}${reasons}`;
    }
    case "source":
      return dim(`${node.id}: ${say(node.text, language)}${node.from.length > 0 ? text.brackets(node.from.join(text.listSeparator)) : ""}`);
    case "seen":
      return dim(text.seen(node.name));
  }
}

/** How many forecasts a question has that is not opened here. */
function closedText({ opened, text }: Telling, node: WhyNode & { node: "question" }): string {
  const forecasts = node.children.filter((child) => child.node === "forecast").length;
  return opened && !opened.has(node.id) && forecasts > 0 ? text.brackets(text.forecastCount(forecasts)) : "";
}

function measureText(page: Telling, node: MeasureNode): string {
  const { terminal, review, told } = page;
  const { name, says } = wordMeasure(node.measure, page.language);
  const unit = node.unit === "money" ? review.currency : node.unit;
  const shown = { amount: node.amount ?? 0, standardError: node.standardError ?? 0, unit, key: review.key };
  // What is known then is told in words; its code says nothing more.
  const amount = node.amount === undefined || (node.measure === "answer" && node.unit === "count") ? "" : ` ${figure(page, shown)}`;
  const meaning = told.has(node.measure) ? "" : terminal.colours.dim(` · ${says}`);
  told.add(node.measure);
  return `${terminal.colours.bold(name)}${detailText(page, node)}${amount}${meaning}`;
}

/** What a measure is about: the alternative, the partner, the question and its answer. */
function detailText(page: Telling, { measure, params, question: id, column }: MeasureNode): string {
  const { language, names, text } = page;
  const question = id === undefined ? undefined : names.questions.get(id);
  const parts: string[] = [];
  if (question) parts.push(cut(say(question.text, language), 60));
  if (question && measure === "answer") {
    if (typeof params.from === "number") parts.push(answerText(question, params.from, Number(params.to), text, language));
    else parts.push(knowledgeText(page, question, params.answer));
  }
  if (question && measure === "expectedGivenAnswer") parts.push(params.answer === 1 ? text.ifYes : text.ifNo);
  for (const key of ["alternative", "best"]) if (params[key] !== undefined) parts.push(alternativeText(page, String(params[key])));
  if (params.partner !== undefined) parts.push(say(names.people.get(String(params.partner)), language));
  for (const id of triggerIds(params)) {
    const trigger = page.review.triggers.find((candidate) => candidate.trigger === id);
    if (trigger) parts.push(id === params.trigger ? say(trigger.name, language) : text.afterTrigger(say(trigger.name, language)));
  }
  if (measure === "policyGroup") parts.push(text.investsIn(percent({ amount: Number(params.investShare) })));
  if (measure === "column" && column !== undefined) parts.push(column);
  return parts.length === 0 ? "" : ` [${parts.join(" · ")}]`;
}

/** The trigger a measure is about, and those that fired before it. */
function triggerIds({ trigger, after }: MeasureNode["params"]): string[] {
  const before = after === undefined || after === "" ? [] : String(after).split(", ");
  return trigger === undefined ? [] : [String(trigger), ...before];
}

function knowledgeText(
  page: Telling,
  question: NonNullable<ReturnType<Page["names"]["questions"]["get"]>>,
  answer: string | number,
): string {
  if (answer === "notYet") return page.text.notYet;
  if (answer === "never") return page.text.never;
  return typeof answer === "number" ? answerText(question, answer, answer, page.text, page.language) : page.text.known;
}

function alternativeText(page: Page, name: string): string {
  return /^(now|staged|pass|wait:.*)$/.test(name) ? alternativeShort(page, name) : name;
}

function figure(page: Page, estimate: Estimate): string {
  const { amount, standardError, unit } = estimate;
  if (unit === "probability") return percent(estimate);
  if (unit === "multiple" || unit === "number" || unit === "count")
    return standardError > 1e-9 * Math.abs(amount) ? `${plain(amount)} ± ${plain(standardError)}` : plain(amount);
  return standardError > 0 ? estimatedMoney(estimate, page.language) : money(amount, unit, page.language);
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
      return belief.quantiles
        .map(({ probability, at }) => `${100 * probability}%: ${quantityText(at, belief.unit, language)}`)
        .join(text.listSeparator);
    case "date":
      return [
        ...belief.quantiles.map(({ probability, at }) => `${100 * probability}%: ${at === Infinity ? text.never : dayText(at)}`),
        `${text.never} ${percent({ amount: belief.never })}`,
      ].join(text.listSeparator);
  }
}

function quantityText(amount: number, unit: string | undefined, language: Page["language"]): string {
  if (/^[A-Z]{3}$/.test(unit ?? "")) return money(amount, unit!, language);
  return `${plain(amount)}${unit ? (unit === "%" ? "%" : ` ${unit}`) : ""}`;
}
