import { z } from "zod";
import { CalendarDate, Formula, Identifier, Reference, Text } from "./scalar.ts";

const quality = {
  sensitivity: Formula.optional().describe("yesNo: how often it says yes where the answer is yes, 80%"),
  specificity: Formula.optional().describe("yesNo: how often it says no where the answer is no, 75%"),
};

/** What an action tells about one question, and how far it can be trusted. */
const Observation = z.strictObject({
  question: Identifier,
  ...quality,
  hitRate: Formula.optional().describe("oneOf: how often it names the right option; the wrong ones equally otherwise"),
  confusion: z
    .record(Identifier, z.record(Identifier, Formula))
    .optional()
    .describe("oneOf: for every true option how often each option is named, together 100%"),
  noise: Formula.optional().describe("number or date: standard deviation of the error in the question's unit, 3 months"),
  relativeNoise: Formula.optional().describe("number above zero: standard deviation of the error as a share of the answer, 20%"),
  experts: z.number().int().min(1).max(50).optional().describe("how many people of this quality answer, 1 unless given"),
  panel: z
    .array(z.strictObject({ name: Text.optional(), ...quality, noise: Formula.optional(), relativeNoise: Formula.optional() }))
    .min(1)
    .max(6)
    .optional()
    .describe("experts of different quality, in place of experts"),
  correlation: z.number().min(0).max(0.99).optional().describe("how far the experts err alike, 0 unless given"),
});
export type Observation = z.infer<typeof Observation>;

/** Something the team can do to learn more before it decides, with what it costs and how long it takes. */
export const Action = z.strictObject({
  id: Identifier,
  name: Text,
  kind: z.enum(["referenceCall", "benchmarkRun", "expertPanel", "dataRoom", "other"]),
  company: Identifier.optional().describe("the company whose decision it serves; every company that depends on its questions unless given"),
  about: z.array(Observation).min(1).max(4).describe("what it tells; a data room tells the answer itself unless a quality is stated"),
  cost: Formula.describe("what it costs, 40k USD"),
  delayDays: z.number().min(0).max(3650).optional().describe("days from today until the result is there, 0 unless given"),
  on: CalendarDate.optional().describe("day of the result, in place of delayDays"),
  owner: Identifier.optional().describe("the person who looks after it"),
  status: z.enum(["planned", "underway", "done", "dropped"]).optional().describe("how far it is, planned unless given"),
  doneOn: CalendarDate.optional().describe("the day on which it was done"),
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Action = z.infer<typeof Action>;
export type ActionStatus = NonNullable<Action["status"]>;

/** How far an action was on a day: one that was done later was still under way. */
export function actionOn(action: Action, day: string): Action {
  if (action.doneOn === undefined || action.doneOn <= day) return action;
  const { doneOn: _, ...rest } = action;
  return { ...rest, status: "underway" };
}

/** Whether nothing is left to do: it was done, or given up. */
export function isClosed({ status }: Pick<Action, "status">): boolean {
  return status === "done" || status === "dropped";
}
