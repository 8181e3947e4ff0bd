import type { LabProblem } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import type { Terminal } from "./terminal.ts";
import type { LabWording } from "./wording/lab-en.ts";

/** Problems of one row, each with its field, the rule and the nearest choice that would do; errors first. */
export function labProblemsText(problems: LabProblem[], words: LabWording, terminal: Terminal, row = ""): string {
  const { bold, red, yellow, dim } = terminal.colours;
  const marks = { error: red(words.error), warning: yellow(words.warning), note: dim(words.note) };
  const order = { error: 0, warning: 1, note: 2 };
  return problems
    .toSorted((one, other) => order[one.severity] - order[other.severity])
    .flatMap((problem) => [
      `${bold([row, problem.at].filter((part) => part !== "").join(" "))} ${marks[problem.severity]}`,
      ...wrap(words.problem(problem), terminal.width - 2).map((line) => `  ${line}`),
    ])
    .join("\n");
}
