import { z } from "zod";

/** A name that formulas can use: lower case, digits and underscores. */
export const Identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/)
  .meta({ id: "Identifier", description: "Lower-case letters, digits and underscores, beginning with a letter: passes_gpt4" });

/** A reference to a source or a fact, in the spelling of whoever collected it (`M-CN-12`). */
export const Reference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]*$/)
  .meta({ id: "Reference", description: "Id of a source or a fact: S-EPOCH-HW, V-MM-1" });

/** A calendar day, `2024-03-31`. */
export const CalendarDate = z
  .string()
  .refine((text) => dayNumber(text) !== undefined, { error: "noSuchDate" })
  .meta({ id: "CalendarDate", description: "A day that exists: 2024-03-31", format: "date" });

/** A day, a month or a year, as precisely as it is known: `2024-03-31`, `2024-03`, `2024`. */
export const PartialDate = z
  .string()
  .refine((text) => lastDayOf(text) !== undefined, { error: "noSuchDate" })
  .meta({ id: "PartialDate", description: "A day, a month or a year: 2024-03-31, 2024-03 or 2024" });

/** Text for people: one string, or one per language. */
export const Text = z
  .union([z.string().min(1), z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })])
  .meta({ id: "Text", description: "Text, or { en: ..., zh: ... }" });

/** Formula text; a bare number or yes/no of the YAML file is accepted and kept. */
export const Formula = z
  .union([z.string().min(1), z.number(), z.boolean()])
  .meta({ id: "Formula", description: "A formula: 2.5bn USD, 5 to 50, chance(0.8 if passes_gpt4 else 0.2)" });

export type Text = z.infer<typeof Text>;
export type Formula = z.infer<typeof Formula>;
export type Language = "en" | "zh";

const millisecondsPerDay = 86_400_000;

/** Days since 1970-01-01 of `2024-03-31`; undefined where no such day exists. */
export function dayNumber(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const days = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / millisecondsPerDay;
  return dayText(days) === text ? days : undefined;
}

const firstDay = -719_528; // 0000-01-01, in days since 1970-01-01
const lastDay = 2_932_896; // 9999-12-31

/** `2024-03-31` for days since 1970-01-01; `never` for +Infinity; the nearest day of the years 0 to 9999 for what lies outside them. */
export function dayText(days: number): string {
  if (days === Infinity) return "never";
  const day = Math.min(lastDay, Math.max(firstDay, Math.floor(days)));
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The last day that a partial date may mean: a fact dated `2024-03` is known for sure only from 2024-03-31. */
export function lastDayOf(partial: string): string | undefined {
  if (/^\d{4}$/.test(partial)) return `${partial}-12-31`;
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(partial);
  if (month) return new Date(Date.UTC(Number(month[1]), Number(month[2]), 0)).toISOString().slice(0, 10);
  return dayNumber(partial) === undefined ? undefined : partial;
}

/** A formula as text: YAML's true and false are a yes and a no. */
export function formulaText(formula: Formula): string {
  return formula === true ? "yes" : formula === false ? "no" : String(formula);
}

/** The text in one language, or whatever text there is. */
export function say(text: Text | undefined, language: Language): string {
  if (text === undefined) return "";
  return typeof text === "string" ? text : text[language];
}
