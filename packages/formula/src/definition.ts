import type { Distribution } from "@watershed/probability";
import type { Kind } from "./kind.ts";

/** A named formula, or a question whose answer is drawn from a belief supplied at run time. */
export interface Definition {
  name: string; // "passes_gpt4", "minimax.exit_value" (scope.name)
  scope?: string; // names are looked up in this scope first ("minimax.later"), then in the ones around it ("minimax"), then globally
  source?: string; // formula text; absent for a question
  question?: { kind: Kind; given?: string[]; answer?: number }; // given: definitions whose drawn value is the chance, for a belief written on other questions; answer: the amount of one that is settled
  today?: number; // the day this formula was written, where it is not the context's; days since 1970-01-01
  expects?: Kind[]; // the kinds it must have; a choice without options stands for any choice
}

/** What a formula needs to know of the world around it. */
export interface FormulaContext {
  currency: string; // the valuation currency
  rates: Record<string, number>; // worth of one unit of that currency in the valuation currency
  today: number; // days since 1970-01-01
  /** Calendar days to train an AI model on a lab's cluster; without it no lab is known. The same run gives the same answer. */
  trainingDays?: (run: { lab: string; aiModel: string; tokens: number }) => TrainingDays;
}

/** Days of a training, or why there are none: a name that is not described, or a run that cannot be predicted, with the code that says why. */
export type TrainingDays =
  | { distribution: Distribution }
  | { missing: "lab" | "aiModel"; known: string[] }
  | { reason: string; details: string[] };

/** A stretch of a definition's text, in UTF-16 code units: from inclusive, to exclusive. */
export interface Place {
  definition: string;
  from: number;
  to: number;
}
