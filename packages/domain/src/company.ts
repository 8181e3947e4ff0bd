import { z } from "zod";
import { CalendarDate, Formula, Identifier, PartialDate, Reference, Text } from "./scalar.ts";

/** A field in which companies are compared by the same criteria. */
export const Track = z.strictObject({
  id: Identifier,
  name: Text,
  criteria: z
    .array(
      z.strictObject({
        id: Identifier,
        text: Text,
        weight: z.number().nonnegative().optional(),
        levels: z.array(Text).optional().describe("anchors from worst to best"),
        sources: z.array(Reference).optional(),
      }),
    )
    .min(1),
  description: Text.optional(),
});
export type Track = z.infer<typeof Track>;

/** A company in the circle that is watched, investable or not. */
export const Company = z.strictObject({
  id: Identifier,
  name: Text,
  track: Identifier,
  status: z.enum(["watched", "held", "passed", "uninvestable"]).optional(),
  description: Text.optional(),
  sources: z.array(Reference).optional(),
});
export type Company = z.infer<typeof Company>;

/** How one person scores a company on one criterion. Append-only, like a forecast. */
export const Assessment = z.strictObject({
  company: Identifier,
  criterion: Identifier,
  by: Identifier,
  on: CalendarDate,
  level: z.number().min(0).max(4).describe("0 fails, 1 weak, 2 open, 3 good, 4 excellent"),
  reasons: Text.optional(),
  sources: z.array(Reference).optional(),
  illustrative: z.boolean().optional(),
});
export type Assessment = z.infer<typeof Assessment>;

/** A financing round as it was known. */
export const Round = z.strictObject({
  id: Identifier,
  company: Identifier,
  name: Text,
  date: PartialDate,
  knownFrom: PartialDate.optional(),
  preMoney: Formula.optional(),
  postMoney: Formula.optional(),
  newMoney: Formula.optional(),
  sources: z.array(Reference).min(1),
  note: Text.optional(),
});
export type Round = z.infer<typeof Round>;

/** What the fund already holds. */
export const Position = z.strictObject({
  company: Identifier,
  on: CalendarDate,
  invested: Formula,
  ownership: z.number().min(0).max(1).optional(),
  sources: z.array(Reference).optional(),
  illustrative: z.boolean().optional(),
  note: Text.optional(),
});
export type Position = z.infer<typeof Position>;
