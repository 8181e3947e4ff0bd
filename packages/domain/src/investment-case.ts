import { z } from "zod";
import { CalendarDate, Formula, Identifier, Reference, Text } from "./scalar.ts";

/** A named expression over questions and other quantities, shared by all cases. */
export const Quantity = z.strictObject({
  id: Identifier,
  name: Text.optional(),
  formula: Formula,
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Quantity = z.infer<typeof Quantity>;

/** A condition over questions, with a deadline, on which the team acts. */
export const Trigger = z.strictObject({
  id: Identifier,
  name: Text,
  when: Formula.describe("a date (the day it comes true, or never) or yes/no (known at the deadline)"),
  deadline: CalendarDate,
  asStated: Text.optional().describe("as somebody said it; the condition is how it should have been said"),
  measure: Text.optional(),
  companies: z.array(Identifier).optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Trigger = z.infer<typeof Trigger>;

const Preference = z.strictObject({
  multiple: z.number().positive().default(1),
  participation: z.enum(["none", "full", "capped"]).default("none"),
  cap: z.number().positive().optional().describe("total multiple at which a capped participation stops"),
  ahead: Formula.optional().describe("claims that are paid before ours"),
});

const Terms = z.strictObject({
  ticket: Formula,
  preMoney: Formula,
  newMoney: Formula.optional().describe("size of the whole round, ours included; the ticket unless given"),
  preference: Preference.optional(),
  closes: CalendarDate.optional().describe("day the round closes: a result that comes later comes too late for it"),
});

/** The terms on the day of a trigger; `triggerDate` and, of several triggers, `fired` are names in these formulas. */
const termsThen = {
  ticket: Formula.optional().describe("what we put in then; the ticket of today unless given"),
  preMoney: Formula.describe("price on the day the trigger fires; triggerDate is a name in this formula"),
  newMoney: Formula.optional(),
  access: Formula.optional().describe("probability that we still get in, 100% unless given"),
  known: z
    .array(Identifier)
    .optional()
    .describe("questions and signals whose answer is known on that day; all that resolve by then unless given"),
  preference: Preference.optional(),
};

/** Waiting for a trigger, or for the first of several. */
export const Wait = z.strictObject({
  trigger: Identifier.optional(),
  triggers: z.array(Identifier).min(1).optional().describe("several: the first that fires comes up for decision, then the next"),
  ...termsThen,
  onTrigger: z
    .record(Identifier, z.strictObject(termsThen).partial())
    .optional()
    .describe("terms that differ where one of several triggers fires"),
  decideOnce: z.boolean().optional().describe("decide when the first trigger fires and do not wait for the next; false unless given"),
});
export type Wait = z.infer<typeof Wait>;

/** A small ticket today with a right, no duty, to follow on. */
export const Stage = z.strictObject({
  ticket: Formula.describe("what we put in today"),
  preMoney: Formula.optional().describe("as for now unless given"),
  newMoney: Formula.optional().describe("as for now unless given"),
  preference: Preference.optional(),
  followOn: Wait.describe("the right: when it can be used, and on what terms"),
});
export type Stage = z.infer<typeof Stage>;

/** Money terms of one company and the alternatives they open: now, staged, wait, pass. */
export const InvestmentCase = z.strictObject({
  id: Identifier,
  company: Identifier,
  on: CalendarDate,
  quantities: z.record(Identifier, Formula).optional().describe("named expressions of this case alone, in any order"),
  exitValue: Formula.describe("equity worth of the whole company at exit"),
  exitDate: Formula.describe("day of the exit, or never"),
  retention: Formula.describe("share of our holding that is left after later dilution"),
  strategicWorth: Formula.optional().describe("worth to the parent beside returns, in money of the day"),
  now: Terms.optional().describe("terms on offer today; leave out where nothing is on offer"),
  stage: Stage.optional().describe("a small ticket today with a right to follow on"),
  wait: z.array(Wait).optional(),
  discountRate: z.number().min(0).max(2).optional(),
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type InvestmentCase = z.infer<typeof InvestmentCase>;

/** What was decided, with the key under which it can be recomputed. */
export const Decision = z.strictObject({
  id: Identifier,
  company: Identifier,
  on: CalendarDate,
  by: z.array(Identifier).min(1),
  alternative: z.enum(["now", "staged", "wait", "pass"]),
  trigger: Identifier.optional(),
  key: z.string().optional().describe("key of the review it rests on"),
  reasons: Text.optional(),
  sources: z.array(Reference).optional(),
});
export type Decision = z.infer<typeof Decision>;
