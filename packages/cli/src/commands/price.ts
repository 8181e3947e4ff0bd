import { priceCompany } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { priceText } from "../price-text.ts";
import { sheetOf } from "../sheet.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { worthEn } from "../wording/worth-en.ts";
import { worthZh } from "../wording/worth-zh.ts";
import type { RunFlags } from "./options.ts";
import { exitOf, jsonText, open, tellProblems } from "./review.ts";

export interface PriceFlags extends RunFlags {
  question?: string; // the belief curve's question
  thesis?: string;
}

/** `watershed price`: where to walk away, what makes the price fair, and worth against price and belief. */
export async function priceCommand(terminal: Terminal, folder: string, company: string, flags: PriceFlags): Promise<number> {
  const opened = await open(terminal, folder, { ...flags, company });
  if (typeof opened === "number") return opened;
  const { workspace, options, text, language } = opened;
  const words = language === "zh" ? worthZh : worthEn;
  const theses = workspace.theses.map(({ id }) => id);
  if (flags.thesis !== undefined && !theses.includes(flags.thesis)) {
    terminal.err(`${words.noThesis(flags.thesis, theses.join(text.listSeparator))}\n`);
    return exitCodes.wrongCall;
  }
  const progress = progressLine(terminal, text.simulating);
  const { asOf, draws, seed } = options;
  const { question, thesis } = flags;
  const { price, missing, problems } = priceCompany(workspace, company, {
    asOf,
    draws,
    seed,
    question,
    thesis,
    onProgress: progress.report,
  });
  progress.done();
  const located = tellProblems(terminal, opened, problems);
  if (!price) {
    if (missing === "nothingOnOffer") terminal.err(`${words.nothingOnOffer(company)}\n`);
    else if (located.length === 0) terminal.err(`${company}: ${text.noCase}\n`);
    return missing === "nothingOnOffer" ? exitCodes.wrongCall : exitCodes.materialHasErrors;
  }
  if (price.beliefCurve === undefined && (question ?? thesis) !== undefined) {
    terminal.err(`${words.noBelief((question ?? thesis)!)}\n`);
    return exitCodes.wrongCall;
  }
  const questions = new Map(workspace.questions.map((item) => [item.id, item]));
  terminal.out(
    flags.json
      ? jsonText({ ...price, problems: located })
      : priceText(sheetOf(price, text, language, terminal), price, questions, flags.all ?? false),
  );
  return exitOf(located);
}
