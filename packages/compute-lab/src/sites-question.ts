import type { Uncertain } from "./band.ts";
import { count, notNegative, positive, within } from "./checked.ts";
import type { LabProblem } from "./problem.ts";

/** A run over several equal sites; either `flopsPerSecond` of all sites together or `stepSeconds` says how fast they compute. */
export interface SiteQuestion {
  parameters: number;
  activeParameters?: number; // per token, all of them unless given
  tokensPerStep: number;
  tokens?: number; // of the whole run, 20 per parameter unless given
  flopsPerSecond?: Uncertain;
  stepSeconds?: number;
  sites?: number; // 2 unless given
  gigabitsPerSecond: number[]; // link rates to try, per site and direction
  kilometres?: number; // between neighbours, 0 unless given
  localSteps?: number; // 100 unless given
  bytesPerNumber?: number; // of a number sent every H steps, 1 unless given
  overlap?: Uncertain; // share of a step that hides gradients
  linkShare?: Uncertain; // of a link's rate that arrives
  chips?: number; // of all sites, for their failures
}

/** What is wrong with a question about sites, field by field. */
export function siteProblems(question: SiteQuestion): LabProblem[] {
  const { flopsPerSecond, stepSeconds, gigabitsPerSecond } = question;
  const missing: LabProblem[] =
    flopsPerSecond === undefined && stepSeconds === undefined
      ? [{ code: "missing", severity: "error", at: "flopsPerSecond", params: {} }]
      : [];
  return [
    ...missing,
    ...positive("parameters", question.parameters),
    ...positive("activeParameters", question.activeParameters),
    ...within("activeParameters", question.activeParameters, 0, question.parameters),
    ...positive("tokensPerStep", question.tokensPerStep),
    ...positive("tokens", question.tokens),
    ...positive("flopsPerSecond", flopsPerSecond),
    ...positive("stepSeconds", stepSeconds),
    ...within("sites", question.sites, 2, 64),
    ...count("sites", question.sites, 64),
    ...(gigabitsPerSecond.length === 0 ? [{ code: "missing", severity: "error", at: "gigabitsPerSecond", params: {} } as const] : []),
    ...gigabitsPerSecond.flatMap((rate) => positive("gigabitsPerSecond", rate)),
    ...notNegative("kilometres", question.kilometres),
    ...count("localSteps", question.localSteps, 100_000),
    ...positive("bytesPerNumber", question.bytesPerNumber),
    ...within("overlap", question.overlap, 0, 1),
    ...within("linkShare", question.linkShare, 0.01, 1.2),
    ...count("chips", question.chips),
  ];
}
