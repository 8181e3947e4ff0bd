import { visibleIndexes } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import type { WorkspaceReading } from "@watershed/workspace-files";
import { compileWorkspace } from "./compile-workspace.ts";
import type { LocatedProblem, WorkspaceProblem } from "./problem.ts";
import { runCases } from "./run-cases.ts";

/** Every problem of a workspace that was read: its files, its items, its formulas, and what a short run of all cases shows. */
export function checkWorkspace(reading: WorkspaceReading, asOf?: string): LocatedProblem[] {
  if (!reading.workspace) return reading.problems;
  const compiled = compileWorkspace(reading.workspace, asOf);
  const unread = reading.problems.some((problem) => problem.severity === "error");
  // What could not be read may hold the missing beliefs.
  const problems = compiled.problems.filter((problem) => !(unread && problem.code === "beliefMissing"));
  const sound = !unread && !problems.some((problem) => problem.severity === "error");
  if (sound) problems.push(...runCases(compiled, compiled.workspace.cases, { draws: 1024 }).problems);
  return [...reading.problems, ...locateProblems(reading, problems, asOf)];
}

/** Puts the problems of a workspace as of a day back to the file, line and column they were written at. */
export function locateProblems(reading: WorkspaceReading, problems: WorkspaceProblem[], asOf?: string): LocatedProblem[] {
  const whole = reading.workspace as Workspace;
  const indexes = visibleIndexes(whole, asOf ?? whole.settings.asOf);
  return problems.map(({ code, severity, place, within, params }) => {
    const index = place.kind === "settings" ? place.index : (indexes[place.kind][place.index] ?? place.index);
    return { code, severity, params, at: reading.locate({ ...place, index }, within) };
  });
}
