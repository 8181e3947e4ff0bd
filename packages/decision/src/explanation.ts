import type { Measured } from "./sharding.ts";

export type ExplanationUnit = "money" | "probability" | "count" | "multiple";

/** What a node of an explanation shows; wording per language lives outside this package. */
export type ExplanationMeasure =
  | "access"
  | "answer"
  | "belief"
  | "bestOther"
  | "breakEvenAccess"
  | "breakEvenStepUp"
  | "certaintyEquivalent"
  | "column"
  | "conditionalSpread"
  | "discretisation"
  | "dissent"
  | "edge"
  | "evpi"
  | "evppi"
  | "evppiPair"
  | "expectation"
  | "expectedBestPerDraw"
  | "expectedGivenAnswer"
  | "expectedGivenTrigger"
  | "expectedInvested"
  | "expectedNetValue"
  | "expectedProceeds"
  | "expectedRegret"
  | "exposure"
  | "gain"
  | "impliedProbability"
  | "impliedShift"
  | "informationPrice"
  | "investingGivenTrigger"
  | "lead"
  | "multipleOfMoney"
  | "noiseFloor"
  | "nowOrNever"
  | "partner"
  | "policyGroup"
  | "presentTicket"
  | "presentWorthOfWholeCompany"
  | "probabilityBest"
  | "probabilityFirst"
  | "probabilityInvests"
  | "probabilityLoss"
  | "probabilityRuin"
  | "probabilityTriggers"
  | "quantile05"
  | "quantile95"
  | "cvar05"
  | "recommend"
  | "reservationPrice"
  | "riskPremium"
  | "staged"
  | "sellingPrice"
  | "strategicWorth"
  | "sumOfEvppi"
  | "threshold"
  | "valueOfControl"
  | "varianceShare"
  | "waitFor"
  | "withoutRight"
  | "worthOfRight";

/** One node of the "why?" tree: a figure, how it comes from its children, and where it continues (question or column). */
export interface Explanation {
  measure: ExplanationMeasure;
  params: Record<string, string | number>;
  amount?: number;
  standardError?: number;
  unit: ExplanationUnit;
  formula?: string;
  question?: string;
  column?: string;
  children: Explanation[];
}

/** An explanation node from a figure; a plain number has no standard error, undefined no amount. */
export function explained(
  measure: ExplanationMeasure,
  unit: ExplanationUnit,
  figure: Measured | number | undefined,
  rest: Partial<Explanation> = {},
): Explanation {
  const shown =
    figure === undefined
      ? {}
      : typeof figure === "number"
        ? { amount: figure }
        : { amount: figure.amount, standardError: figure.standardError };
  return { measure, unit, ...shown, params: {}, children: [], ...rest };
}
