import type { ItemPlace, Question } from "@watershed/domain";
import { dayNumber, formulaText } from "@watershed/domain";
import type { Definition, Kind } from "@watershed/formula";

/** A formula of the workspace on its way to the compiler, and the place it was written at. */
export interface PlacedDefinition extends Definition {
  place?: ItemPlace;
  opinionOn?: string; // the question it is somebody's forecast on
  offset?: number; // characters that the compiled text has before the written one
}

export const probability: Kind = { kind: "probability" };
export const money: Kind = { kind: "money" };
export const date: Kind = { kind: "date" };
export const duration: Kind = { kind: "duration" };
export const number: Kind = { kind: "number" };
export const yesNo: Kind = { kind: "yesNo" };

/** The kind of a question's answer, for the checker. */
export function kindOf(question: Question): Kind {
  if (question.kind === "yesNo") return yesNo;
  if (question.kind === "date") return date;
  if (question.kind === "oneOf") return { kind: "choice", options: question.options?.map((option) => option.id) ?? [] };
  if (/^[A-Z]{3}$/.test(question.unit ?? "")) return money;
  return question.unit === "probability" ? probability : number;
}

/** Days since 1970-01-01 of a date that the schemas have already found sound. */
export function soundDay(text: string): number {
  const day = dayNumber(text);
  if (day === undefined) throw new Error(`${text} passed the schema and is no date`);
  return day;
}

/** A formula of the workspace as a definition. */
export function define(
  name: string,
  source: string | number | boolean,
  place: ItemPlace,
  more: Partial<PlacedDefinition> = {},
): PlacedDefinition {
  return { name, source: formulaText(source), place, ...more };
}
