import type { Action, Language, Text } from "@watershed/domain";
import { say } from "@watershed/domain";
import type {
  AgendaItem,
  CompanyReview,
  ImpliedBelief,
  Reached,
  ThesisStanding,
  TriggerWatch,
  WorkspaceReview,
} from "@watershed/workbench";
import { answerText, eventText } from "./answers.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import { breakEvenText, stepUpOfReached } from "./break-even-text.ts";
import { cut, estimatedMoney, isWithinNoise, money, percent, wrap } from "./figures.ts";
import { indent, rule, table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { Wording } from "./wording/en.ts";
import { worthApartFacts } from "./worth-apart-text.ts";

/** What the renderers of a review share: the review with the names it needs, the words, the paper. */
export interface Page {
  review: Omit<WorkspaceReview, "problems">;
  names: {
    questions: Map<string, import("@watershed/domain").Question>;
    actions: Map<string, Action>;
    people: Map<string, Text>;
    tracks: Map<string, Text>;
    companies: Map<string, Text>;
    criteria: Map<string, Text>;
  };
  text: Wording;
  language: Language;
  terminal: Terminal;
}

/** The whole review on paper: companies, then the agenda, then the triggers to watch. */
export function reviewText(page: Page): string {
  const { review, text, terminal, language } = page;
  const { bold, dim } = terminal.colours;
  const companies = review.companies.toSorted((one, other) => other.best.worth.amount - one.best.worth.amount);
  return [
    bold(text.heading(say(review.name, language), review.asOf)),
    dim(text.run(review.draws.toLocaleString("en-US"), review.currency, review.key)),
    "",
    summaryTable(page, companies),
    "",
    ...companies.flatMap((company) => companyLines(page, company)),
    ...notAppraisedLines(page),
    ...agendaLines(page, 12),
    "",
    ...triggerLines(page),
    "",
    ...thesisLines(page),
  ].join("\n");
}

/** One line a company: what to do, what it is worth, and the price at which to walk away beside the one asked. */
function summaryTable(page: Page, companies: CompanyReview[]): string {
  const { text, terminal, language } = page;
  const rows = companies.map(({ company, best, asked, reservationPrice }) => [
    cut(say(company.name, language), 18),
    cut(alternativeShort(page, best.alternative), terminal.width - 77),
    estimatedMoney(best.worth, language),
    asked ? money(asked.preMoney, asked.unit, language) : "",
    reservationPrice ? reachedMoney(page, reservationPrice.againstBest) : "",
  ]);
  return table([text.company, text.decision, text.worth, text.asked, text.walkAway], rows, [19, terminal.width - 76, 20, 16, 21]);
}

function companyLines(page: Page, company: CompanyReview): string[] {
  const { text, terminal, language, names } = page;
  const { bold, dim } = terminal.colours;
  const title = `${bold(say(company.company.name, language))}  ${dim(say(names.tracks.get(company.company.track), language))}`;
  const close =
    company.best.clear || !company.best.runnerUp || company.best.lead?.amount === 0
      ? ""
      : text.brackets(text.notClear(alternativeShort(page, company.best.runnerUp)));
  const { asked } = company;
  const row = [
    [text.decision, `${bold(alternativeLong(page, company.best.alternative))}${close}`],
    [
      text.worth,
      `${estimatedMoney(company.best.worth, language)}${isWithinNoise(company.best.worth) ? text.brackets(text.notDistinguishable) : ""}`,
    ],
    ...worthApartFacts(page, company),
    [text.asked, asked ? askedText(page, asked) : text.nothingOnOffer],
    ...(company.held ? [[text.held, text.heldSince(money(company.held.invested, company.held.unit, language), company.held.since)]] : []),
    ...(company.reservationPrice ? [[text.walkAway, reachedMoney(page, company.reservationPrice.againstBest)]] : []),
  ];
  return [
    rule(terminal.width),
    title,
    ...factLines(page, [
      ...row.map(([label, content]): [string, string] => [label, content]),
      ...(asked ? [[text.priceBelieves, impliedText(page, company)] as [string, string]] : []),
      ...waitFacts(page, company),
      [text.mattersMost, mattersText(page, company)],
      [text.dissent, dissentText(page, company)],
    ]),
    ...(company.tailShare > 0.1
      ? wrap(text.heavyTail(percent({ amount: company.tailShare })), terminal.width - 2).map((line) => dim(`  ${line}`))
      : []),
  ];
}

/** What the recommended wait can bear, and what the right is worth where staging is recommended. */
function waitFacts({ text, language }: Page, { best, waits, stage }: CompanyReview): [string, string][] {
  const wait = waits.find(({ trigger }) => best.alternative === `wait:${trigger}`);
  if (wait) return [[text.waiting, breakEvenText(text, text.waited, wait, stepUpOfReached(wait.breakEvenStepUp))]];
  if (!stage || best.alternative !== "staged") return [];
  const [ticket, alone, right] = [money(stage.ticket, stage.unit, language), stage.withoutRight, stage.worthOfRight];
  return [[text.staging, text.stageRow(ticket, estimatedMoney(alone, language), estimatedMoney(right, language))]];
}

/** The price on offer: before and after the round, our ticket, and the day of the price where it is another one. */
export function askedText({ text, language, review }: Page, asked: NonNullable<CompanyReview["asked"]>): string {
  const [pre, post, ticket] = [asked.preMoney, asked.postMoney, asked.ticket].map((amount) => money(amount, asked.unit, language));
  const stale = asked.on === review.asOf ? "" : `${text.clause}${text.priceOf(asked.on)}`;
  return `${pre}${text.brackets(text.askedTerms(post, ticket) + stale)}`;
}

/** Label and content pairs, contents wrapped beside their labels. */
function factLines({ terminal, text }: Pick<Page, "terminal" | "text">, facts: [string, string][]): string[] {
  const width = Math.max(...Object.values([text.priceBelieves, text.mattersMost, text.walkAway, text.asked]).map(indent.widthOf)) + 4;
  return facts.flatMap(([label, content]) => indent(label, content, width, terminal.width, terminal.colours.dim));
}

/** What the price believes of one event, beside what the team believes. */
export function impliedLine({ text, language, names }: Page, { question, event, implied, belief, edge }: ImpliedBelief): string {
  const points = `${edge.amount > 0 ? "+" : ""}${(100 * edge.amount).toFixed(0)} ${text.points}`;
  return text.priceBelief(
    eventText(names.questions.get(question)!, event, language),
    percent(implied),
    percent({ amount: belief }, false),
    points,
  );
}

function impliedText(page: Page, { implied }: CompanyReview): string {
  return implied.length === 0 ? page.text.noPriceBelief : impliedLine(page, implied[0]);
}

function mattersText(page: Page, company: CompanyReview): string {
  const { text, language, names } = page;
  const worthwhile = company.questions.filter((question) => question.distinguishable).slice(0, 2);
  if (worthwhile.length === 0) return text.nothingMatters;
  return worthwhile
    .map(
      ({ question, worth }) =>
        `${cut(say(names.questions.get(question)?.text, language), 60)}${text.brackets(estimatedMoney(worth, language))}`,
    )
    .join(text.clause);
}

function dissentText(page: Page, company: CompanyReview): string {
  const { text, language, names } = page;
  const flipping = company.dissent.filter((view) => view.flips);
  if (flipping.length === 0) return text.unanimous;
  return flipping
    .map((view) => text.dissentRow(say(names.people.get(view.person), language), alternativeShort(page, view.best)))
    .join(text.clause);
}

function notAppraisedLines({ review, text, language, terminal }: Page): string[] {
  if (review.notAppraised.length === 0) return [rule(terminal.width), ""];
  const rows = review.notAppraised.map(
    ({ company, reason, questions }) =>
      `${say(company.name, language)}${text.brackets(reason === "noBelief" ? text.noBelief(questions!.slice(0, 3).join(text.listSeparator)) : text[reason === "noCase" ? "noCase" : "undefinedCase"])}`,
  );
  return [rule(terminal.width), ...wrap(`${text.notAppraised}${text.colon}${rows.join(text.listSeparator)}`, terminal.width), ""];
}

/** Questions by what answering them is worth, with what each answer would change. */
export function agendaLines(page: Page, most: number): string[] {
  const { review, text, language, terminal } = page;
  const worthwhile = review.agenda.filter((item) => item.distinguishable);
  const rows = worthwhile
    .slice(0, most)
    .map((item) => [
      `${say(item.question.text, language)} ${terminal.colours.dim(item.question.id)}`,
      `${estimatedMoney(item.worth, language)}\n${terminal.colours.dim(text.floor(money(item.floor, item.worth.unit, language)))}`,
      changesText(page, item),
    ]);
  const [unshown, noise] = [Math.max(0, worthwhile.length - most), review.agenda.length - worthwhile.length];
  return [
    terminal.colours.bold(text.agenda),
    table(text.agendaColumns, rows, [42, 22, terminal.width - 68]),
    ...(unshown > 0 && most < Infinity ? wrap(text.agendaGoesOn(unshown), terminal.width) : []),
    ...(noise > 0 ? wrap(text.alsoOpen(noise), terminal.width) : []),
  ];
}

function changesText(page: Page, item: AgendaItem): string {
  const { text, language, names } = page;
  const lines = item.changes
    .slice(0, 4)
    .map(({ company, from, to, best }) =>
      text.change(
        answerText(item.question, from, to, text, language),
        say(names.companies.get(company), language),
        alternativeShort(page, best),
      ),
    );
  return [...lines, ...(item.changes.length > 4 ? [text.andMore(item.changes.length - 4)] : [])].join("\n");
}

function triggerLines(page: Page): string[] {
  const { review, text, language, terminal, names } = page;
  const waited = review.triggers.toSorted(
    (one, other) => other.companies.length - one.companies.length || one.deadline.localeCompare(other.deadline),
  );
  const rows = waited.map((trigger: TriggerWatch) => [
    say(trigger.name, language) + (trigger.asStated ? `\n${text.asStated}${text.colon}${say(trigger.asStated, language)}` : ""),
    trigger.deadline,
    percent(trigger.probability),
    trigger.companies.map((company) => say(names.companies.get(company), language)).join(text.listSeparator) || text.nobodyWaits,
  ]);
  return [terminal.colours.bold(text.triggers), table(text.triggerColumns, rows, [terminal.width - 58, 12, 14, 28])];
}

/** What the team stands for, and how likely its own forecasts make the answers that would confirm it. */
function thesisLines(page: Page): string[] {
  const { review, text, language, terminal } = page;
  const standing = review.theses.filter((thesis) => thesis.confirmations.length > 0);
  if (standing.length === 0) return [];
  const rows = standing.map(({ statement, confirmations }) => [
    say(statement, language),
    confirmations.map((row) => `${percent(row.probability)} ${cut(confirmationText(page, row), 40)}`).join("\n"),
  ]);
  return [terminal.colours.bold(text.theses), table(text.thesisColumns, rows, [terminal.width - 54, 54]), ""];
}

/** The answer that confirms: the question in its own words where it is a yes or a no, else the condition as written. */
function confirmationText({ text, language, names }: Page, { question, confirmedBy }: ThesisStanding["confirmations"][number]): string {
  const words = say(names.questions.get(question)?.text, language);
  if (confirmedBy === "yes" || confirmedBy === "true") return words;
  return confirmedBy === "no" || confirmedBy === "false" ? `${text.ifNo}${text.colon}${words}` : confirmedBy;
}

/** A price limit: the amount with its error, or why there is none. */
export function reachedMoney({ text, language }: Pick<Page, "text" | "language">, place: Reached): string {
  if (place.reachable) return estimatedMoney(place.at, language);
  return place.side === "anyPrice" ? text.anyPrice : text.noPrice;
}
