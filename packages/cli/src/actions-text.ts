import { say } from "@watershed/domain";
import type { ActionResult, ActionReview, ActionsReview, SequenceReview, ToldResult } from "@watershed/workbench";
import { answerText } from "./answers.ts";
import { cut, estimatedMoney, money, percent, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import { alternativeShort } from "./alternative-names.ts";
import type { Page } from "./review-text.ts";

/** What the team can do before it decides, by what it nets; then the best sequence of two. */
export function actionLines(page: Page, { actions, sequences, notAppraised }: ActionsReview): string[] {
  const { text, terminal, language, names } = page;
  if (actions.length + notAppraised.length === 0) return [];
  const rows = actions.map((action) => [
    [
      `${say(action.name, language)} ${terminal.colours.dim(action.action)}`,
      ...[costText(page, action), ...trackedText(page, action.action)].map(terminal.colours.dim),
    ].join("\n"),
    [estimatedMoney(action.net, language), ...worthText(page, action).map(terminal.colours.dim)].join("\n"),
    changesText(page, action),
  ]);
  const left = notAppraised.map(({ action, reason }) => {
    const isClosed = reason === "done" || reason === "dropped";
    const why = isClosed ? trackedText(page, action).join(text.listSeparator) : text.actionNot[reason];
    return text.actionsNot(say(names.actions.get(action)?.name, language), why);
  });
  return [
    "",
    terminal.colours.bold(text.actions),
    ...(rows.length > 0 ? [table(text.actionColumns, rows, [38, 28, terminal.width - 70])] : []),
    ...left.flatMap((line) => wrap(line, terminal.width)),
    ...(sequences.length > 0 ? sequenceLines(page, sequences[0]) : []),
  ];
}

/** Who looks after an action and how far it is, where anybody said so. */
function trackedText({ text, language, names }: Page, id: string): string[] {
  const { owner, status, doneOn } = names.actions.get(id) ?? {};
  const who = owner === undefined ? [] : [say(names.people.get(owner), language) || owner];
  const where = doneOn !== undefined ? [text.actionDone(doneOn)] : status !== undefined ? [text.actionStatus[status]] : [];
  return who.length + where.length === 0 ? [] : [[...who, ...where].join(text.listSeparator)];
}

function costText({ text, language, review }: Page, { cost, delayDays }: ActionReview): string {
  return text.actionCost(money(cost, review.currency, language), text.actionDays(delayDays));
}

function worthText({ text, language, names }: Page, action: ActionReview): string[] {
  const { evsi, floor, distinguishable, delayCost, probabilityChanges, waiting, tooLate } = action;
  const late = tooLate.map((company) => say(names.companies.get(company), language));
  return [
    text.actionWorth(estimatedMoney(evsi, language), estimatedMoney(delayCost, language)),
    ...(distinguishable ? [] : [`${text.notDistinguishable}${text.brackets(text.floor(money(floor, evsi.unit, language)))}`]),
    ...(waiting.length > 0 ? [text.actionChanges(percent({ amount: probabilityChanges }))] : []),
    ...(late.length > 0 ? [text.actionTooLate(late.join(text.listSeparator))] : []),
  ];
}

const mostChanges = 4;

function changesText(page: Page, { changes }: ActionReview): string {
  const { text, language, names } = page;
  if (changes.length === 0) return text.actionNoChange;
  const lines = changes
    .slice(0, mostChanges)
    .map(({ company, results, best }) =>
      text.change(resultText(page, results), say(names.companies.get(company), language), alternativeShort(page, best)),
    );
  return [...lines, ...(changes.length > mostChanges ? [text.andMore(changes.length - mostChanges)] : [])].join("\n");
}

/** First this; if it shows that, then the other; and what each would net alone. */
function sequenceLines(page: Page, sequence: SequenceReview): string[] {
  const { text, language, terminal } = page;
  const { net, firstAlone, secondAlone, together, probabilityGoesOn } = sequence;
  const shown = (figure: SequenceReview["net"]): string => estimatedMoney(figure, language);
  return [
    "",
    terminal.colours.bold(text.sequence),
    ...wrap(planText(page, sequence), terminal.width),
    ...wrap(text.sequenceFigures(shown(net), percent({ amount: probabilityGoesOn })), terminal.width),
    ...wrap(text.sequenceBeside(shown(firstAlone), shown(secondAlone), shown(together)), terminal.width),
    ...wrap(text.sequenceCrossed, terminal.width).map(terminal.colours.dim),
  ];
}

function planText(page: Page, { first, second, goesOn, stops }: SequenceReview): string {
  const { text, language, names } = page;
  const name = (action: string): string => say(names.actions.get(action)?.name, language);
  if (goesOn.length === 0) return text.sequenceNever(name(first), name(second));
  if (stops.length === 0) return text.sequenceAlways(name(first), name(second));
  const named = goesOn.slice(0, mostChanges).map((results) => resultText(page, results));
  const more = goesOn.length > mostChanges ? [text.andMore(goesOn.length - mostChanges)] : [];
  return text.sequencePlan(name(first), [...named, ...more].join(text.or), name(second));
}

/** What an action says, of one question or of several. */
export function resultText(page: Page, results: ActionResult): string {
  const several = results.length > 1;
  return results
    .map((told) => {
      const { id, text: words } = page.names.questions.get(told.question)!;
      return several ? `${cut(say(words, page.language), 30)} ${id}${page.text.colon}${toldText(page, told)}` : toldText(page, told);
    })
    .join(page.text.and);
}

function toldText({ text, language, names }: Page, { question: id, says, from, to, of = 1, counts = [] }: ToldResult): string {
  const question = names.questions.get(id)!;
  const option = (place: number): string => say(question.options?.[place]?.name, language);
  switch (says) {
    case "votes":
      return from === 0 && to === of ? text.anyResult : text.votes(from, to, of);
    case "names":
      return text.named(option(from));
    case "counts":
      return counts.flatMap((count, place) => (count > 0 ? [text.counted(option(place), count, of)] : [])).join(text.listSeparator);
    case "answer":
      return answerText(question, from, to, text, language);
    case "report":
      return from === -Infinity && to === Infinity ? text.anyResult : text.reported(answerText(question, from, to, text, language));
  }
}
