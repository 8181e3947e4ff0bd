import type { ItemPlace, Workspace } from "@watershed/domain";
import { standingForecasts } from "@watershed/domain";
import { date, define, kindOf, money, probability, soundDay, yesNo } from "./placed-definition.ts";
import type { PlacedDefinition } from "./placed-definition.ts";
import { signalDefinitions } from "./signal-definitions.ts";

type Question = Workspace["questions"][number];

export { kindOf, soundDay } from "./placed-definition.ts";
export type { PlacedDefinition } from "./placed-definition.ts";

export const forecastName = (by: string, question: string): string => `forecast.${by}.${question}`;
export const triggerName = (trigger: string): string => `trigger.${trigger}`;

/** Every formula of the workspace that stands on a day: questions with their forecasts, shared quantities, triggers. */
export function sharedDefinitions(workspace: Workspace, day: string): PlacedDefinition[] {
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  const places = new Map(workspace.forecasts.map((forecast, index) => [forecast, index]));
  const forecasts = standingForecasts(workspace, day).filter((forecast) => questions.has(forecast.question));
  const opinions = forecasts.flatMap((forecast) => forecastDefinitions(questions.get(forecast.question)!, forecast, places.get(forecast)!));
  const resolved = new Set(workspace.resolutions.map((resolution) => resolution.question));
  return [
    ...opinions,
    ...workspace.questions.flatMap((question, index) => questionDefinitions(question, index, opinions, resolved.has(question.id))),
    ...workspace.quantities.map((quantity, index) =>
      define(quantity.id, quantity.formula, { kind: "quantities", index, path: ["formula"] }),
    ),
    ...workspace.signals.flatMap((signal, index) => {
      const question = questions.get(signal.question);
      return question ? signalDefinitions(signal, question, index) : [];
    }),
    ...workspace.triggers.map((trigger, index) =>
      define(triggerName(trigger.id), trigger.when, { kind: "triggers", index, path: ["when"] }, { expects: [date, yesNo] }),
    ),
    ...moneyDefinitions(workspace),
    ...workspace.theses.flatMap((thesis, index) => thesis.questions.map((row, place) => confirmation(thesis.id, row, index, place))),
  ];
}

export const positionName = (company: string, index: number): string => `position.${company}.n${index}`;

/** The amounts of rounds and positions: nothing depends on them, but they are to be sound money all the same. */
function moneyDefinitions({ rounds, positions }: Workspace): PlacedDefinition[] {
  return [
    ...rounds.flatMap((round, index) =>
      (["preMoney", "postMoney", "newMoney"] as const).flatMap((field) =>
        round[field] === undefined
          ? []
          : [define(`round.${round.id}.${field}`, round[field], { kind: "rounds", index, path: [field] }, { expects: [money] })],
      ),
    ),
    ...positions.map((position, index) =>
      define(
        positionName(position.company, index),
        position.invested,
        { kind: "positions", index, path: ["invested"] },
        { expects: [money] },
      ),
    ),
  ];
}

export const confirmationName = (thesis: string, place: number): string => `thesis.${thesis}.n${place}`;

/** The answer that confirms a thesis, as a yes or no: `yes` and `no` are those of the question itself. */
function confirmation(
  thesis: string,
  row: Workspace["theses"][number]["questions"][number],
  index: number,
  place: number,
): PlacedDefinition {
  const name = confirmationName(thesis, place);
  const written = define(name, row.confirmedBy, { kind: "theses", index, path: ["questions", place, "confirmedBy"] }, { expects: [yesNo] });
  if (written.source === "yes") return { ...written, source: row.question };
  return written.source === "no" ? { ...written, source: `not ${row.question}`, offset: "not ".length } : written;
}

function forecastDefinitions(question: Question, forecast: Workspace["forecasts"][number], index: number): PlacedDefinition[] {
  const name = forecastName(forecast.by, question.id);
  const today = soundDay(forecast.on);
  const place = (...path: string[]): ItemPlace => ({ kind: "forecasts", index, path });
  if (question.kind === "yesNo" && forecast.probability !== undefined)
    return [define(name, forecast.probability, place("probability"), { today, expects: [probability], opinionOn: question.id })];
  if (question.kind === "oneOf")
    return Object.entries(forecast.probabilities ?? {}).map(([option, chance]) =>
      define(`${name}.${option}`, chance, place("probabilities", option), { today, expects: [probability], opinionOn: question.id }),
    );
  if (forecast.distribution === undefined) return [];
  return [define(name, forecast.distribution, place("distribution"), { today, expects: [kindOf(question)], opinionOn: question.id })];
}

/** A question is drawn from its belief where anybody forecast it or the world answered it, else it is what its own formula says. */
function questionDefinitions(question: Question, index: number, opinions: PlacedDefinition[], resolved: boolean): PlacedDefinition[] {
  const own = opinions.filter((opinion) => opinion.opinionOn === question.id).map((opinion) => opinion.name);
  const place: ItemPlace = { kind: "questions", index, path: ["belief"] };
  if (own.length > 0 || resolved || question.belief === undefined) {
    const given = question.kind === "yesNo" ? own : [];
    return [{ name: question.id, question: { kind: kindOf(question), given }, place: { ...place, path: ["id"] } }];
  }
  if (question.kind !== "yesNo") return [define(question.id, question.belief, place, { expects: [kindOf(question)] })];
  const prior = forecastName("prior", question.id);
  return [
    define(prior, question.belief, place, { expects: [probability, yesNo] }),
    { name: question.id, question: { kind: yesNo, given: [prior] }, place },
  ];
}

/** Characters of a compiled text as characters of the text its author wrote. */
export function withinWritten({ from, to }: { from: number; to: number }, { offset = 0 }: PlacedDefinition): { from: number; to: number } {
  return { from: Math.max(0, from - offset), to: Math.max(0, to - offset) };
}
