import { answerRow, rowsOf, trainingTime } from "@watershed/compute-lab";
import type { RowAnswer } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { wrap } from "../figures.ts";
import { seconds } from "../lab-predict-text.ts";
import { labProblemsText } from "../lab-problems-text.ts";
import { table } from "../layout.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import type { LabWording } from "../wording/lab-en.ts";
import type { LabFlags } from "./lab-flags.ts";
import { readJson } from "./lab-file.ts";
import { noRows, siteRows, tokenCount } from "./lab-predict.ts";

export interface CompareFlags extends LabFlags {
  tokens?: string;
  calibrate?: string;
}

/** `watershed lab compare`: the rows of a file side by side, fastest per token first. */
export async function labCompareCommand(terminal: Terminal, file: string, flags: CompareFlags): Promise<number> {
  const words = labWording(flags.lang);
  const content = await readJson(terminal, file, words);
  if (content === undefined) return exitCodes.wrongCall;
  const site = await siteRows(terminal, flags.calibrate, words);
  if (typeof site === "number") return site;
  const tokens = tokenCount(flags.tokens ?? "1T");
  if (tokens === null) {
    terminal.err(`${words.badTokens(flags.tokens!)}\n`);
    return exitCodes.wrongCall;
  }
  const rows = rowsOf(content).rows;
  if (rows.length === 0) return noRows(terminal, file, words);
  const answers = rows.map((row) => answerRow(row, site));
  const chipsOf = (index: number): number => (rows[index] as { chips: { count: number } }).chips.count;
  const compared = answers
    .map((answer, index) => ({ answer, index }))
    .filter(({ answer }) => answer.stepSeconds !== null)
    .map(({ answer, index }) => ({ answer, chips: chipsOf(index), ...timeOf(answer, chipsOf(index), tokens) }))
    .toSorted((one, other) => one.days - other.days);
  if (flags.json)
    terminal.out(
      `${JSON.stringify(
        compared.map(({ answer, ...rest }) => ({ ...answer, ...rest })),
        null,
        2,
      )}\n`,
    );
  else terminal.out(compareText(compared, tokens, words, terminal));
  for (const answer of answers) {
    const told = problemsToTell(answer, flags.json);
    if (told.length > 0) terminal.err(`${labProblemsText(told, words, terminal, answer.id)}\n`);
  }
  return compared.length < answers.length ? exitCodes.materialHasErrors : exitCodes.done;
}

/** Why a row has no answer; of one that has, its warnings, but that a plan does not fit, which stands in the table. The JSON holds everything. */
function problemsToTell({ stepSeconds, problems }: RowAnswer, json: boolean | undefined): RowAnswer["problems"] {
  if (stepSeconds === null) return problems;
  return json ? [] : problems.filter(({ severity, code }) => severity === "warning" && code !== "doesNotFit");
}

type Time = ReturnType<typeof trainingTime>;

function timeOf(answer: RowAnswer, chips: number, tokens: number): Time {
  const { stepSeconds, stepSecondsLow, stepSecondsHigh, tokensPerSecond } = answer;
  const step = { stepSeconds: stepSeconds!, stepSecondsLow: stepSecondsLow!, stepSecondsHigh: stepSecondsHigh! };
  return trainingTime({ ...step, tokensPerSecond: tokensPerSecond! }, chips, tokens);
}

function compareText(
  compared: ({ answer: RowAnswer; chips: number } & Time)[],
  tokens: number,
  words: LabWording,
  terminal: Terminal,
): string {
  const rows = compared.map(({ answer, chips, days, daysLow, daysHigh, chipHours }) => [
    answer.id,
    chips.toLocaleString("en-US"),
    seconds(answer.stepSeconds!),
    `${days.toPrecision(3)} (${daysLow.toPrecision(3)}–${daysHigh.toPrecision(3)})`,
    Math.round(chipHours / 1000).toLocaleString("en-US"),
    `${(100 * answer.mfu!).toFixed(1)}%`,
    answer.fits ? words.yes : words.no,
    largestPart(answer, words),
  ]);
  return [
    ...wrap(words.compareTitle(tokens / 1e12), terminal.width).map((line) => terminal.colours.bold(line)),
    "",
    table(words.compareColumns, rows, [20, 8, 9, 20, 11, 7, 6, 19]),
    "",
  ].join("\n");
}

/** The part of a step that costs most after the matrix products. */
function largestPart({ parts, stepSeconds }: RowAnswer, words: LabWording): string {
  const [part, amount] = Object.entries(parts!)
    .filter(([name]) => name !== "matrixSeconds")
    .toSorted(([, one], [, other]) => other - one)[0];
  return `${words.parts[part as keyof typeof words.parts]} ${((100 * amount) / stepSeconds!).toFixed(0)}%`;
}
