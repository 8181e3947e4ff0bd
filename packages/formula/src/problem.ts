import type { Place } from "./definition.ts";

/** What can be wrong with formulas, and what each problem says: the names of its params. Wording in each language lives outside. */
export const formulaProblemParams = {
  emptyFormula: [],
  unexpectedCharacter: ["found"],
  foreignOperator: ["found", "suggestion"],
  malformedNumber: ["found", "suggestion"],
  numberTooLarge: ["found"],
  commaInNumber: ["found", "suggestion"],
  noSuchDate: ["found", "lastDay"],
  unclosedText: ["found"],
  unexpectedToken: ["found", "expected"],
  unexpectedEnd: ["expected"],
  missingOperator: ["before", "after"],
  unclosedParenthesis: ["expected"],
  unopenedParenthesis: [],
  chainedComparison: ["operator", "suggestion"],
  unknownUnit: ["found", "suggestions"],
  tooLarge: ["limit"],
  tooDeep: ["limit"],
  invalidName: ["name"],
  reservedName: ["name"],
  duplicateName: ["name"],
  questionWithFormula: ["name"],
  cycle: ["path"],
  unknownName: ["name", "suggestions"],
  unknownFunction: ["name", "suggestions"],
  functionNotCalled: ["name", "signature"],
  notAFunction: ["name"],
  wrongArgumentCount: ["function", "expected", "found", "signature"],
  unknownArgument: ["function", "found", "suggestions"],
  duplicateArgument: ["function", "argument"],
  missingArgument: ["function", "argument", "signature"],
  labelNeeded: ["function", "example"],
  kindMismatch: ["expected", "found", "what"],
  operandsMismatch: ["operator", "left", "right"],
  yesNoArithmetic: ["operator", "suggestion"],
  moneyWithoutCurrency: ["found", "suggestion"],
  durationWithoutUnit: ["found", "suggestion"],
  unknownCurrency: ["found", "known"],
  currencyWithoutAmount: ["found", "suggestion"],
  choiceUnknownOption: ["option", "options", "suggestions"],
  duplicateOption: ["option"],
  textOutsideComparison: ["found"],
  notADistribution: ["function", "found"],
  parameterMustBeConstant: ["what"],
  notFinite: ["what"],
  probabilityOutsideUnit: ["found", "suggestion"],
  weightsNotPositive: ["found"],
  weightsRescaled: ["total"],
  unassignedProbability: ["assigned", "unassigned"],
  intervalOutOfOrder: ["low", "high"],
  quantilesOutOfOrder: ["found", "after"],
  metalogInfeasible: ["kind", "medianLow", "medianHigh", "probability"],
  distributionParameters: ["family", "reason", "details"],
  textNeeded: ["function", "argument", "found"],
  unknownLabItem: ["what", "found", "suggestions"],
  trainingUnpredicted: ["lab", "aiModel", "reason", "details"],
  undefinedResult: ["reason", "operator"],
} as const satisfies Record<string, string[]>;

export type FormulaProblemCode = keyof typeof formulaProblemParams;

/** Every code a problem can carry, so that a wording table can be checked for completeness. */
export const formulaProblemCodes = Object.keys(formulaProblemParams) as FormulaProblemCode[];

/** The params of a code: texts, amounts, or lists of texts. */
export type ProblemParams<Code extends FormulaProblemCode> = Record<
  (typeof formulaProblemParams)[Code][number],
  string | number | string[]
>;

/** One thing that is wrong, as data. An error keeps its definition out of the program; a warning does not. */
export interface FormulaProblem {
  code: FormulaProblemCode;
  severity: "error" | "warning";
  at: Place;
  params: Record<string, string | number | string[]>; // named in formulaProblemParams
}

/** The problem of a code at a place; params are checked against the code. */
export function formulaProblem<Code extends FormulaProblemCode>(code: Code, at: Place, params: ProblemParams<Code>): FormulaProblem {
  return { code, severity: code === "weightsRescaled" ? "warning" : "error", at, params };
}
