import type { Uncertain } from "./band.ts";
import { count, known, notNegative, positive, within } from "./checked.ts";
import { fleetRates } from "./failures-published.ts";
import type { LabProblem } from "./problem.ts";

/** A run whose failures are asked for; all but `chips` may be left out. */
export interface FailureQuestion {
  chips: number[]; // sizes of the synchronous job, one row of the answer each
  chipsPerHost?: number; // 8 unless given
  fleet?: string; // one published fleet instead of the spread of all
  chipHoursPerInterruption?: Uncertain; // the team's own record instead of any published fleet
  checkpointSeconds?: Uncertain; // for which training stands still
  restartSeconds?: Uncertain; // detection, replacement, loading and warming up
  restart?: "automatic" | "manual"; // automatic unless given
  chipHours?: Uncertain; // useful work of the whole run, without failures
  repairHours?: Uncertain; // until a broken host is back
}

const mostRepairHours = 87_600; // ten years, longer than a host lives

function repairProblems(hours: Uncertain | undefined): LabProblem[] {
  const problems = positive("repairHours", hours);
  return problems.length > 0 ? problems : within("repairHours", hours, 0, mostRepairHours);
}

/** What is wrong with a question about failures, field by field. */
export function failureProblems(question: FailureQuestion): LabProblem[] {
  const { chips } = question;
  return [
    ...(chips.length === 0 ? [{ code: "missing", severity: "error", at: "chips", params: {} } as const] : []),
    ...chips.flatMap((each) => count("chips", each)),
    ...count("chipsPerHost", question.chipsPerHost, 1024),
    ...known(
      "fleet",
      question.fleet,
      fleetRates.map(({ fleet }) => fleet),
    ),
    ...positive("chipHoursPerInterruption", question.chipHoursPerInterruption),
    ...notNegative("checkpointSeconds", question.checkpointSeconds),
    ...notNegative("restartSeconds", question.restartSeconds),
    ...positive("chipHours", question.chipHours),
    ...repairProblems(question.repairHours),
  ];
}
