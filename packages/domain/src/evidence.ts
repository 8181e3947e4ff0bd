import { z } from "zod";
import { CalendarDate, Identifier, PartialDate, Reference, Text, lastDayOf } from "./scalar.ts";

/** Where something was said: a page, a paper, a data file. */
export const Source = z.strictObject({
  id: Reference,
  title: Text,
  address: z.string().optional(),
  date: z.string().optional(),
  reliability: z.enum(["primary", "data", "secondary", "weak", "ours"]).optional(),
  note: Text.optional(),
});
export type Source = z.infer<typeof Source>;

/** One dated public fact, restated in our words, with its sources. */
export const Fact = z.strictObject({
  id: Reference,
  category: z.string().optional(),
  date: PartialDate.describe("when it happened"),
  knownFrom: PartialDate.optional().describe("when it could be known, where later than the date"),
  text: Text,
  sources: z.array(Reference).min(1),
  certainty: z.enum(["high", "medium", "low", "unchecked"]).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Fact = z.infer<typeof Fact>;

/** The first day on which a fact is surely public, `2024-03-31`. */
export function knownFrom(fact: Pick<Fact, "date" | "knownFrom">): string {
  return lastDayOf(fact.knownFrom ?? fact.date) ?? "9999-12-31";
}

/** Somebody whose forecasts count. */
export const Person = z.strictObject({
  id: Identifier,
  name: Text,
  role: z.enum(["partner", "analyst", "expert", "observer"]).optional(),
  weight: z.number().positive().optional().describe("weight of this person's forecasts in the pool, 1 unless given"),
  illustrative: z.boolean().optional().describe("true for an invented person of an example"),
  description: Text.optional(),
});
export type Person = z.infer<typeof Person>;

/** What the world answered. */
export const Resolution = z.strictObject({
  question: Identifier,
  on: CalendarDate,
  outcome: z
    .union([z.boolean(), z.number(), z.string()])
    .describe("yes or no, a number, a date or never, an option; ambiguous or annulled"),
  evidence: z.array(Reference).optional(),
  by: Identifier.optional(),
  note: Text.optional(),
});
export type Resolution = z.infer<typeof Resolution>;

/** Long text in Markdown about some of the items: a meeting, a memo, an analysis. */
export const Note = z.strictObject({
  id: z.string().min(1).describe("path of the Markdown file without its ending, where the note is a file"),
  about: z.array(Reference).optional().describe("ids of companies, questions, theses ... it is about"),
  by: Identifier.optional(),
  on: CalendarDate.optional(),
  title: Text.optional(),
  private: z.boolean().optional(),
  text: z.string().describe("Markdown"),
});
export type Note = z.infer<typeof Note>;
