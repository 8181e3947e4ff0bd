import { disagreementOf, thresholdsOf } from "@watershed/workbench";
import { disagreementText } from "../disagreement-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { sheetOf } from "../sheet.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { thresholdsText } from "../thresholds-text.ts";
import { settlingEn } from "../wording/settling-en.ts";
import { settlingZh } from "../wording/settling-zh.ts";
import type { RunFlags } from "./options.ts";
import { exitOf, jsonText, open, tellProblems } from "./review.ts";

/** `watershed disagreement`: where partners differ, who would decide what, and what settling it is worth. */
export async function disagreementCommand(
  terminal: Terminal,
  folder: string,
  company: string | undefined,
  flags: RunFlags,
): Promise<number> {
  const opened = await open(terminal, folder, { ...flags, company });
  if (typeof opened === "number") return opened;
  const { workspace, options, text, language } = opened;
  const progress = progressLine(terminal, text.simulating);
  const { disagreement, problems } = disagreementOf(workspace, { ...options, onProgress: progress.report });
  progress.done();
  const located = tellProblems(terminal, opened, problems);
  if (!disagreement || disagreement.companies.length === 0) {
    if (located.length === 0) terminal.err(`${company ?? folder}: ${text.noCase}\n`);
    return exitCodes.materialHasErrors;
  }
  const names = {
    people: new Map(workspace.people.map(({ id, name }) => [id, name])),
    questions: new Map(workspace.questions.map((question) => [question.id, question])),
  };
  const words = language === "zh" ? settlingZh : settlingEn;
  const sheet = sheetOf(disagreement, text, language, terminal);
  terminal.out(
    flags.json ? jsonText({ ...disagreement, problems: located }) : disagreementText(sheet, words, disagreement, names, flags.all ?? false),
  );
  return exitOf(located);
}

/** `watershed thresholds`: the smallest change of each belief that changes what to do about a company. */
export async function thresholdsCommand(terminal: Terminal, folder: string, company: string, flags: RunFlags): Promise<number> {
  const opened = await open(terminal, folder, { ...flags, company });
  if (typeof opened === "number") return opened;
  const { workspace, options, text, language } = opened;
  const progress = progressLine(terminal, text.simulating);
  const { asOf, draws, seed } = options;
  const { thresholds, problems } = thresholdsOf(workspace, company, { asOf, draws, seed, onProgress: progress.report });
  progress.done();
  const located = tellProblems(terminal, opened, problems);
  if (!thresholds) {
    if (located.length === 0) terminal.err(`${company}: ${text.noCase}\n`);
    return exitCodes.materialHasErrors;
  }
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  const words = language === "zh" ? settlingZh : settlingEn;
  const sheet = sheetOf(thresholds, text, language, terminal);
  terminal.out(
    flags.json ? jsonText({ ...thresholds, problems: located }) : thresholdsText(sheet, words, thresholds, questions, flags.all ?? false),
  );
  return exitOf(located);
}
