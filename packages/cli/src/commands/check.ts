import { resolve } from "node:path";
import { checkWorkspace, openWorkspace, wordProblem } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { problemsText } from "../problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { wordingOf } from "../wording/wording.ts";
import { readFlags } from "./options.ts";

/** `watershed check`: every problem of a workspace on stdout. */
export async function checkCommand(
  terminal: Terminal,
  folder: string,
  flags: { lang?: string; asOf?: string; json?: boolean },
): Promise<number> {
  const { language, text } = wordingOf(flags.lang);
  const options = readFlags(flags, text, terminal);
  if (!options) return exitCodes.wrongCall;
  const reading = await openWorkspace(resolve(terminal.cwd, folder));
  const problems = checkWorkspace(reading, options.asOf);
  const errors = problems.filter((problem) => problem.severity === "error").length;
  if (flags.json)
    terminal.out(
      `${JSON.stringify({ problems: problems.map((problem) => ({ ...problem, ...wordProblem(problem, language) })) }, null, 2)}\n`,
    );
  else if (problems.length > 0) terminal.out(problemsText(problems, text, language, terminal));
  else
    terminal.out(
      `${text.sound(reading.files.length, reading.workspace?.questions.length ?? 0, reading.workspace?.companies.length ?? 0)}\n`,
    );
  return errors === 0 ? exitCodes.done : exitCodes.materialHasErrors;
}
