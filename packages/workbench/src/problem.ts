import type { DomainProblemCode, ItemPlace } from "@watershed/domain";
import type { FormulaProblem } from "@watershed/formula";
import type { StoreProblemCode } from "@watershed/store";
import type { FilePlace, FileProblem } from "@watershed/workspace-files";

/** What can be wrong only when formulas, forecasts and cases meet. */
export type WorkbenchProblemCode =
  | "forecastNotDistribution"
  | "probabilitiesNotWhole"
  | "beliefMissing"
  | "undefinedDraws"
  | "notFinite"
  | "correlationsImpossible"
  | "correlationNotDrawn"
  | "termNotConstant"
  | "riskNotFixed"
  | "riskNotPositive"
  | "casesTwice"
  | "noCases"
  | "caseWithoutAlternative"
  | "triggerLapsed"
  | "exitPassed"
  | "termNotPositive"
  | "ticketAboveCompany"
  | "infiniteMean"
  | "infiniteVariance"
  | "actionNotFixed"
  | "noiseNotPositive"
  | "resultsNotWhole"
  | "unknownChip"
  | "unknownAiModel"
  | "dimensionsMissing"
  | "formatNotOnChip"
  | "noAlternatives";

export type ProblemCode = DomainProblemCode | FileProblem["code"] | FormulaProblem["code"] | WorkbenchProblemCode;
/** What only a database or a backup can have wrong with it. */
export type StoreOwnCode = Exclude<StoreProblemCode, DomainProblemCode>;
export type ProblemParams = Record<string, string | number | string[]>;

/** A problem of the workspace, placed in an item; `within` are characters of that item's text. */
export interface WorkspaceProblem {
  code: ProblemCode;
  severity: "error" | "warning";
  place: ItemPlace;
  within?: { from: number; to: number };
  params: ProblemParams;
}

/** A problem a person can go and mend: file, line, column. */
export interface LocatedProblem {
  code: ProblemCode;
  severity: "error" | "warning";
  at: FilePlace;
  params: ProblemParams;
}
