import { z } from "zod";
import { CalendarDate, Formula, Identifier, Reference, Text } from "./scalar.ts";

/** Something the team will see that tells of a question, and may mislead. */
export const Signal = z.strictObject({
  id: Identifier,
  name: Text,
  question: Identifier.describe("the question it tells of"),
  readOn: Formula.describe("the day on which it is read: a date, or a formula that gives one"),
  sensitivity: Formula.optional().describe("yes/no or date: chance that it says yes where the answer is yes, 100% unless given"),
  specificity: Formula.optional().describe("yes/no or date: chance that it says no where the answer is no, 100% unless given"),
  by: CalendarDate.optional().describe("of a date question: yes means by this day; the question's resolveBy unless given"),
  noise: Formula.optional().describe("number or date: standard deviation of its error, in the unit of the question or as a duration"),
  accuracy: Formula.optional().describe("oneOf: chance that it names the right answer, any other being equally likely"),
  reading: Formula.optional().describe("what it shows, as a formula of your own, instead of the fields above"),
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Signal = z.infer<typeof Signal>;

const fieldsOfKind = {
  yesNo: ["sensitivity", "specificity"],
  number: ["noise"],
  date: ["sensitivity", "specificity", "by", "noise"],
  oneOf: ["accuracy"],
} as const;
const shapingFields = ["sensitivity", "specificity", "by", "noise", "accuracy", "reading"] as const;
export type SignalField = (typeof shapingFields)[number];

/** Which fields say how a signal on a question of a kind misleads, and which of those given do not belong there. */
export function signalFields(signal: Signal, kind: keyof typeof fieldsOfKind): { wanted: SignalField[]; misplaced: SignalField[] } {
  const given = shapingFields.filter((field) => signal[field] !== undefined);
  const wanted: SignalField[] = [...fieldsOfKind[kind], "reading"];
  if (given.includes("reading")) return { wanted, misplaced: given.filter((field) => field !== "reading") };
  const clashing = given.includes("noise") ? given.filter((field) => field !== "noise") : [];
  return { wanted, misplaced: [...new Set([...given.filter((field) => !wanted.includes(field)), ...clashing])] };
}

/** Whether a signal says at all how it misleads; `by` alone does not. */
export function isShaped(signal: Signal): boolean {
  return shapingFields.some((field) => field !== "by" && signal[field] !== undefined);
}
