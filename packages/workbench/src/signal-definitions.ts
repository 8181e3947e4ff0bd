import type { ItemPlace, Question, Signal } from "@watershed/domain";
import { date, define, duration, kindOf, money, number, probability, yesNo } from "./placed-definition.ts";
import type { PlacedDefinition } from "./placed-definition.ts";

/** The day on which a signal is read. */
export const readOnName = (signal: string): string => `${signal}.readOn`;

/** What a signal shows, drawn from the answer of its question and from an error of its own, and the day it is read. */
export function signalDefinitions(signal: Signal, question: Question, index: number): PlacedDefinition[] {
  const place = (field: string): ItemPlace => ({ kind: "signals", index, path: [field] });
  const part = (field: "sensitivity" | "specificity" | "accuracy" | "noise", expects: PlacedDefinition["expects"]): PlacedDefinition =>
    define(`${signal.id}.${field}`, signal[field] ?? "100%", place(signal[field] === undefined ? "question" : field), { expects });
  const shows = (source: string): PlacedDefinition => ({ name: signal.id, source, place: place("question") });
  const read = define(readOnName(signal.id), signal.readOn, place("readOn"), { expects: [date] });
  if (signal.reading !== undefined) return [read, define(signal.id, signal.reading, place("reading"))];
  if (signal.noise !== undefined) {
    const unit = question.kind === "date" ? duration : kindOf(question).kind === "money" ? money : number;
    return [read, part("noise", [unit]), shows(`${question.id} + ${signal.id}.noise * normal(0, 1)`)];
  }
  if (question.kind === "oneOf") {
    const options = question.options ?? [];
    const any = options.map(({ id }) => `${id}: 1 / ${options.length}`).join(", ");
    // Drawn at random it is right by luck once in as many answers as there are.
    const seen = `clip((${signal.id}.accuracy - 1 / ${options.length}) / (1 - 1 / ${options.length}), 0, 1)`;
    return [read, part("accuracy", [probability]), shows(`if chance(${seen}) then ${question.id} else oneOf(${any})`)];
  }
  const event = question.kind === "date" ? `${question.id} by ${signal.by ?? question.resolveBy}` : question.id;
  const errors = [part("sensitivity", [probability]), part("specificity", [probability])];
  return [
    read,
    ...errors,
    { ...shows(`chance(if ${event} then ${signal.id}.sensitivity else 1 - ${signal.id}.specificity)`), expects: [yesNo] },
  ];
}
