import { sensitivityOf } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { sensitivityText } from "../sensitivity-text.ts";
import { sheetOf } from "../sheet.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { worthEn } from "../wording/worth-en.ts";
import { worthZh } from "../wording/worth-zh.ts";
import type { RunFlags } from "./options.ts";
import { exitOf, jsonText, open, tellProblems } from "./review.ts";

export interface SensitivityFlags extends RunFlags {
  question?: string; // a one-way table
  with?: string; // a two-way table
  quantities?: boolean;
}

/** `watershed sensitivity`: what moves a company's decision, or all recommended investments together. */
export async function sensitivityCommand(
  terminal: Terminal,
  folder: string,
  company: string | undefined,
  flags: SensitivityFlags,
): Promise<number> {
  const opened = await open(terminal, folder, { ...flags, company });
  if (typeof opened === "number") return opened;
  const { workspace, options, text, language } = opened;
  const words = language === "zh" ? worthZh : worthEn;
  const progress = progressLine(terminal, text.simulating);
  const { asOf, draws, seed } = options;
  const { question, quantities } = flags;
  const found = sensitivityOf(workspace, {
    company,
    asOf,
    draws,
    seed,
    question,
    with: flags.with,
    quantities,
    onProgress: progress.report,
  });
  progress.done();
  const located = tellProblems(terminal, opened, found.problems);
  if (found.missing === "unknownInput") {
    terminal.err(`${words.unknownInput(found.unknown!, found.known!.join(text.listSeparator))}\n`);
    return exitCodes.wrongCall;
  }
  if (found.missing === "nothingInvested") {
    terminal.err(`${words.nothingInvested}\n`);
    return exitOf(located);
  }
  if (!found.sensitivity) {
    if (located.length === 0) terminal.err(`${company ?? folder}: ${text.noCase}\n`);
    return exitCodes.materialHasErrors;
  }
  const sheet = sheetOf(found.sensitivity, text, language, terminal);
  terminal.out(
    flags.json ? jsonText({ ...found.sensitivity, problems: located }) : sensitivityText(sheet, found.sensitivity, flags.all ?? false),
  );
  return exitOf(located);
}
