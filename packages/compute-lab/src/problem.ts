/** What is wrong with a description, where, and the nearest choice that would do; worded outside this package. */
export interface LabProblem {
  code: LabProblemCode;
  severity: "error" | "warning" | "note";
  /** The field as the input names it: `plan.pp`, `chips.name`. */
  at: string;
  params: Record<string, string | number>;
}

export type LabProblemCode =
  | "missing"
  | "notPositive"
  | "notWhole"
  | "outOfRange"
  | "unknownChip"
  | "unknownName"
  | "unknownPrecision"
  | "unknownWord"
  | "unknownField"
  | "wrongShape"
  | "precisionNotOnChip"
  | "doesNotDivide"
  | "productNotChips"
  | "doesNotFit"
  | "fitsWithinError"
  | "chosen"
  | "assumed"
  | "noSoftware"
  | "neverDone"
  | "unverifiedChip"
  | "sameName"
  | "unknownSite"
  | "noLink"
  | "noSiteFits"
  | "batchCapped"
  | "planSearched"
  | "measuredFarOff";
