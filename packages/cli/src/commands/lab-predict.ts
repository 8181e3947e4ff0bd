import { answerRow, nearestAiModels, aiModelNamed, publishedClusters, readSite, rowsOf } from "@watershed/compute-lab";
import type { MeasuredRun, RowAnswer } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labPredictText } from "../lab-predict-text.ts";
import { labProblemsText } from "../lab-problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import type { LabWording } from "../wording/lab-en.ts";
import type { LabFlags } from "./lab-flags.ts";
import { readJson } from "./lab-file.ts";

export interface PredictFlags extends LabFlags {
  preset?: string; // an AI model's name
  cluster?: string; // a published cluster, or CHIPxCOUNT
  software?: string;
  precision?: string;
  calibrate?: string; // a file of measured rows
  tokens?: string;
}

/** `watershed lab predict`: step time, use, memory of every row of a file, or of a published AI model on a cluster. */
export async function labPredictCommand(terminal: Terminal, file: string | undefined, flags: PredictFlags): Promise<number> {
  const words = labWording(flags.lang);
  const content = await contentOf(terminal, file, flags, words);
  if (content === undefined) return exitCodes.wrongCall;
  const site = await siteRows(terminal, flags.calibrate, words);
  if (typeof site === "number") return site;
  const tokens = flags.tokens === undefined ? undefined : tokenCount(flags.tokens);
  if (tokens === null) {
    terminal.err(`${words.badTokens(flags.tokens!)}\n`);
    return exitCodes.wrongCall;
  }
  const { rows, list } = rowsOf(content);
  if (rows.length === 0) return noRows(terminal, file!, words);
  const answers = rows.map((row) => answerRow(row, site));
  if (flags.json) terminal.out(`${JSON.stringify(list ? answers : answers[0], null, 2)}\n`);
  else for (const [index, answer] of answers.entries()) tell(terminal, rows[index], answer, { words, tokens, site });
  return answers.some(({ stepSeconds }) => stepSeconds === null) ? exitCodes.materialHasErrors : exitCodes.done;
}

function tell(
  terminal: Terminal,
  row: unknown,
  answer: RowAnswer,
  { words, tokens, site }: { words: LabWording; tokens?: number; site: MeasuredRun[] },
): void {
  if (answer.stepSeconds === null) terminal.err(`${labProblemsText(answer.problems, words, terminal, answer.id)}\n`);
  else terminal.out(labPredictText(row, answer, words, terminal, { tokens, measuredRows: site.length }));
}

/** What a call asks for: the rows of its file, or the row that its flags name; undefined, with the reason on stderr, where it is neither or both. */
export async function contentOf(terminal: Terminal, file: string | undefined, flags: PresetFlags, words: LabWording): Promise<unknown> {
  if (file === undefined) return presetRow(terminal, flags, words);
  const beside = (["preset", "cluster", "software", "precision"] as const).filter((flag) => flags[flag] !== undefined);
  if (beside.length === 0) return readJson(terminal, file, words);
  return void terminal.err(`${words.onlyWithoutFile(beside.map((flag) => `--${flag}`).join(words.separator), file)}\n`);
}

/** Tells that a file holds no row. */
export function noRows(terminal: Terminal, file: string, words: LabWording): number {
  terminal.err(`${words.noRows(file)}\n`);
  return exitCodes.materialHasErrors;
}

type PresetFlags = Pick<PredictFlags, "preset" | "cluster" | "software" | "precision">;

/** A row for a published AI model on a cluster, as the flags of a call name them; undefined, with the reason on stderr, where they do not. */
function presetRow(terminal: Terminal, flags: PresetFlags, words: LabWording): unknown {
  const name = flags.preset;
  if (name === undefined) return void terminal.err(`${words.nothingToPredict}\n`);
  if (!aiModelNamed(name)) return void terminal.err(`${words.unknownAiModel(name, nearestAiModels(name).join(words.separator))}\n`);
  const chips = clusterChips(flags.cluster ?? "gb200-10k");
  if (!chips) return void terminal.err(`${words.unknownCluster(flags.cluster!, Object.keys(publishedClusters).join(words.separator))}\n`);
  return { id: name, model: { name }, chips, plan: { precision: flags.precision }, software: flags.software };
}

/** A published cluster by name, or "H100-80GBx1024". */
export function clusterChips(asked: string): Record<string, unknown> | undefined {
  const published = publishedClusters[asked];
  if (published) {
    const rate = published.scaleOutBytesPerSecond;
    return { ...published.chips, ...(rate !== undefined && { network_gbit_s: (rate * 8) / 1e9 }) };
  }
  const [, name, count] = /^(.+?)\s*[x×*]\s*(\d+)$/.exec(asked) ?? [];
  return name === undefined ? undefined : { name, count: Number(count) };
}

/** The measured rows of a site in a file, none without one; the exit code where any cannot be used. What is wrong or doubtful goes to stderr. */
export async function siteRows(terminal: Terminal, file: string | undefined, words: LabWording): Promise<MeasuredRun[] | number> {
  if (file === undefined) return [];
  const content = await readJson(terminal, file, words);
  if (content === undefined) return exitCodes.wrongCall;
  if (rowsOf(content).rows.length === 0) return noRows(terminal, file, words);
  const { site, problems } = readSite(content);
  if (problems.length > 0) terminal.err(`${labProblemsText(problems, words, terminal, file)}\n`);
  return problems.some(({ severity }) => severity === "error") ? exitCodes.materialHasErrors : site;
}

/** "14.8T", "300B", "2e12" as a number of tokens; null where it is none. */
export function tokenCount(text: string): number | null {
  const [, digits, unit] = /^([\d.]+(?:e\d+)?)\s*([kmbt]?)$/i.exec(text.trim()) ?? [];
  const amount = Number(digits) * { "": 1, k: 1e3, m: 1e6, b: 1e9, t: 1e12 }[(unit ?? "").toLowerCase() as "" | "k" | "m" | "b" | "t"]!;
  return Number.isFinite(amount) && amount > 0 ? amount : null;
}
