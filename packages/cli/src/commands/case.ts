import { basename, resolve } from "node:path";
import { openCaseFile, runCase } from "@watershed/workbench";
import { caseText } from "../case-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { problemsText } from "../problems-text.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { wordingOf } from "../wording/wording.ts";
import { mostDrawsOfCase, readFlags } from "./options.ts";
import type { RunFlags } from "./options.ts";

/** `watershed case`: one decision in one file. */
export async function caseCommand(terminal: Terminal, file: string, flags: RunFlags): Promise<number> {
  const { language, text } = wordingOf(flags.lang);
  const options = readFlags(flags, text, terminal, mostDrawsOfCase);
  if (!options) return exitCodes.wrongCall;
  const { caseFile, problems, locate } = await openCaseFile(resolve(terminal.cwd, file));
  if (!caseFile || problems.some((problem) => problem.severity === "error")) {
    terminal.err(problemsText(problems, text, language, terminal));
    return exitCodes.materialHasErrors;
  }
  const progress = progressLine(terminal, text.simulating);
  const { result, problems: found } = runCase(caseFile, { ...options, onProgress: progress.report });
  progress.done();
  const located = [...problems, ...found.map(({ path, within, ...problem }) => ({ ...problem, at: locate(path, within) }))];
  if (located.length > 0) terminal.err(problemsText(located, text, language, terminal));
  if (!result) return exitCodes.materialHasErrors;
  const { best, alternatives, evpi, evppi, pairs, studies, ...run } = result;
  if (flags.json) terminal.out(`${JSON.stringify({ best, alternatives, evpi, evppi, pairs, studies, run }, null, 2)}\n`);
  else terminal.out(caseText(caseFile.name ?? basename(file), result, text, terminal));
  return exitCodes.done;
}
