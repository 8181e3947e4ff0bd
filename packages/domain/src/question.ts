import { z } from "zod";
import { CalendarDate, Formula, Identifier, Reference, Text } from "./scalar.ts";

/** Something that will turn out one way. */
export const Question = z.strictObject({
  id: Identifier,
  text: Text,
  kind: z.enum(["yesNo", "number", "date", "oneOf"]),
  dimension: Identifier.describe("the side of the world it asks about: compute, ai_model, application ..."),
  unit: z.string().optional().describe("unit of a number: USD, Elo, months; money where it is a currency code"),
  options: z
    .array(z.strictObject({ id: Identifier, name: Text }))
    .min(2)
    .optional()
    .describe("the answers of a oneOf question"),
  criterion: Text.describe("how it resolves, so that two strangers would agree"),
  askedOn: CalendarDate.optional(),
  resolveBy: CalendarDate.describe("the day by which it must resolve"),
  owner: Identifier.optional(),
  belief: Formula.optional().describe("a belief written on other questions; used until somebody forecasts"),
  illustrative: z.boolean().optional().describe("true where the belief is an illustration of ours"),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Question = z.infer<typeof Question>;

/** One person's statement at one moment. Never edited, only superseded by a later one. */
export const Forecast = z.strictObject({
  question: Identifier,
  by: Identifier,
  on: CalendarDate,
  probability: Formula.optional().describe("yesNo: 65%, or a formula on other questions: 0.8 if passes_gpt4 else 0.2"),
  distribution: Formula.optional().describe(
    "number or date: 5 to 50; quantiles(10%: 2, 50%: 5, 90%: 20); dates(2025-12-31: 40%, never: 60%)",
  ),
  probabilities: z.record(Identifier, Formula).optional().describe("oneOf: a probability per option, together 100%"),
  reasons: Text.optional(),
  sources: z.array(Reference).optional(),
  illustrative: z.boolean().optional().describe("true for a forecast that nobody made"),
});
export type Forecast = z.infer<typeof Forecast>;

/** The name of a forecast in explanations and keys: it is unique because forecasts are append-only. */
export function forecastId(forecast: Pick<Forecast, "by" | "question" | "on">): string {
  return `${forecast.by}/${forecast.question}/${forecast.on}`;
}

/** A statement the team stands for, tied to the questions that would confirm or refute it. */
export const Thesis = z.strictObject({
  id: Identifier,
  statement: Text,
  by: Identifier.optional(),
  questions: z
    .array(
      z.strictObject({ question: Identifier, confirmedBy: Formula.describe("the answer that confirms it: yes, no, leader is openai ...") }),
    )
    .min(1),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Thesis = z.infer<typeof Thesis>;

/** Two questions that tend to turn out alike (or unlike). */
export const Correlation = z.strictObject({
  questions: z.tuple([Identifier, Identifier]),
  rank: z.number().min(-0.999).max(0.999).describe("Spearman rank correlation, joined by a Gaussian copula"),
  reasons: Text.optional(),
});
export type Correlation = z.infer<typeof Correlation>;
