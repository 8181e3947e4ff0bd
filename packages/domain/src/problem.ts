import type { ItemKind } from "./workspace.ts";

/** Where in a workspace something is wrong: an item by its place in its list, and the path of a field within it. */
export interface ItemPlace {
  kind: ItemKind | "settings";
  index: number;
  path: (string | number)[];
}

/** What can be wrong with the items of a workspace, apart from its formulas. */
export type DomainProblemCode =
  | "unknownField"
  | "missingField"
  | "wrongType"
  | "badIdentifier"
  | "noSuchDate"
  | "notOneOf"
  | "outOfRange"
  | "tooFew"
  | "duplicateId"
  | "unknownReference"
  | "answerMissing"
  | "answerOfWrongKind"
  | "optionsMissing"
  | "optionUnknown"
  | "forecastRepeated"
  | "qualityMissing"
  | "qualityOfWrongKind"
  | "observedTwice"
  | "delayTwice"
  | "doneWithoutDay"
  | "dayWithoutDone"
  | "triggerTwice"
  | "triggerNotWaitedFor"
  | "signalUnfit";

/** One problem as data; its wording in each language lives outside. */
export interface DomainProblem {
  code: DomainProblemCode;
  severity: "error" | "warning";
  at: ItemPlace;
  params: Record<string, string | number | string[]>;
}

/** Every figure shown to a person: amount, unit, Monte Carlo standard error, and the key under which it can be had again. */
export interface Estimate {
  amount: number;
  unit: string;
  standardError: number;
  key: string;
}
