import type { Language } from "@watershed/domain";
import { wordProblem } from "@watershed/workbench";
import type { ProblemCode, ProblemParams } from "@watershed/workbench";
import { wrap } from "./figures.ts";
import type { Terminal } from "./terminal.ts";
import type { Wording } from "./wording/en.ts";

export interface ShownProblem {
  code: ProblemCode;
  severity: "error" | "warning";
  at: { file: string; line: number; column: number };
  params: ProblemParams;
}

/** Every problem with its place, what is wrong and how to mend it; errors first, then by file and line. */
export function problemsText(problems: ShownProblem[], text: Wording, language: Language, terminal: Terminal): string {
  const { bold, red, yellow, dim } = terminal.colours;
  const ordered = problems.toSorted(
    (one, other) =>
      one.severity.localeCompare(other.severity) ||
      one.at.file.localeCompare(other.at.file) ||
      one.at.line - other.at.line ||
      one.at.column - other.at.column,
  );
  const lines = ordered.flatMap((problem) => {
    const { what, mend } = wordProblem(problem, language);
    const { file, line, column } = problem.at;
    const mark = problem.severity === "error" ? red(text.error) : yellow(text.warning);
    return [
      `${bold(file === "" ? "." : `${file}:${line}:${column}`)} ${mark}`,
      ...wrap(what, terminal.width - 2).map((row) => `  ${row}`),
      ...wrap(`${text.mend}${text.colon}${mend}`, terminal.width - 2).map((row) => dim(`  ${row}`)),
    ];
  });
  const errors = problems.filter((problem) => problem.severity === "error").length;
  return [...lines, text.problems(errors, problems.length - errors), ""].join("\n");
}
