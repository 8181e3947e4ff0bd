import {
  batchProblems,
  chancesFastest,
  estimateStep,
  fieldProblems,
  calibrated,
  planSpace,
  predict,
  readRun,
  searchPlans,
  usualTokens,
} from "@watershed/compute-lab";
import type { AiModel, Cluster, ReadRun } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemsText } from "../lab-problems-text.ts";
import { labSearchText } from "../lab-search-text.ts";
import type { SearchAnswer } from "../lab-search-text.ts";
import { progressLine } from "../terminal.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import type { LabFlags } from "./lab-flags.ts";
import { contentOf } from "./lab-predict.ts";

export interface SearchFlags extends LabFlags {
  preset?: string;
  cluster?: string;
  software?: string;
  precision?: string;
  batch?: string; // sequences per step
  keep?: string; // how many plans
  frontier?: string; // numbers of chips
}

/** `watershed lab search`: the fastest plans that fit, over the whole space; with --frontier at several numbers of chips. */
export async function labSearchCommand(terminal: Terminal, file: string | undefined, flags: SearchFlags): Promise<number> {
  const words = labWording(flags.lang);
  const row = await contentOf(terminal, file, flags, words);
  if (row === undefined) return exitCodes.wrongCall;
  const read = readRun(row);
  const problems = [...fieldProblems(row), ...read.problems].filter(({ severity }) => severity !== "note");
  if (problems.length > 0) terminal.err(`${labProblemsText(problems, words, terminal, read.id)}\n`);
  if (!read.aiModel || !read.cluster || problems.some(({ severity }) => severity === "error")) return exitCodes.materialHasErrors;
  const numbers = searchNumbers(flags, read.cluster.chips);
  if (numbers === undefined) {
    terminal.err(`${words.search.badNumber}\n`);
    return exitCodes.wrongCall;
  }
  const progress = progressLine(terminal, words.search.searching);
  const answers = numbers.chips.map((chips, index) =>
    searched(read, { ...read.cluster!, chips }, numbers, (share) => progress.report((index + share) / numbers.chips.length)),
  );
  progress.done();
  if (flags.json) terminal.out(`${JSON.stringify(flags.frontier === undefined ? answers[0] : answers, null, 2)}\n`);
  else {
    terminal.out(labSearchText(read, answers, words, terminal));
    const notes = answers.flatMap(({ problems }) => problems);
    if (notes.length > 0) terminal.err(`${labProblemsText(notes, words, terminal)}\n`);
  }
  return answers.some(({ plans }) => plans.length > 0) ? exitCodes.done : exitCodes.materialHasErrors;
}

interface SearchNumbers {
  keep: number;
  batch?: number;
  chips: number[];
}

function searchNumbers(flags: SearchFlags, chips: number): SearchNumbers | undefined {
  const keep = Number(flags.keep ?? 5);
  const batch = flags.batch === undefined ? undefined : Number(flags.batch);
  const frontier = flags.frontier?.split(",").map(Number) ?? [chips];
  const whole = [keep, ...(batch === undefined ? [] : [batch]), ...frontier].every((amount) => Number.isSafeInteger(amount) && amount > 0);
  return whole ? { keep, batch, chips: frontier } : undefined;
}

function searched(read: ReadRun, cluster: Cluster, { keep, batch }: SearchNumbers, onProgress: (share: number) => void): SearchAnswer {
  const { printed, software, aiModel } = read;
  const globalBatchSize = batch ?? printed.globalBatchSize ?? usualBatch(aiModel!, cluster);
  const space = planSpace(aiModel!, cluster, globalBatchSize, { ...printed, dataParallel: undefined }, software);
  const { plans, ...counts } = searchPlans({ aiModel: aiModel!, cluster, software, space }, { keep, onProgress });
  const opens = plans.map(({ plan }) => ({ aiModel: aiModel!, cluster, printed: plan, software }));
  const chances = chancesFastest(
    opens.map((open) => estimateStep(open, calibrated)),
    software.known,
  );
  const predicted = plans.map((found, place) => ({ ...found, chanceFastest: chances[place], prediction: predict(opens[place]) }));
  const { sequenceLength } = aiModel!;
  const problems = batchProblems(batch ?? printed.globalBatchSize, { sequences: globalBatchSize, sequenceLength, chips: cluster.chips });
  return { chips: cluster.chips, globalBatchSize, plans: predicted, counts, problems };
}

/** A power of two of sequences near the usual tokens, four million at the least, that the chips can share. */
function usualBatch({ sequenceLength }: AiModel, { chips }: Cluster): number {
  const sequences = usualTokens(chips, 4e6) / sequenceLength;
  let batch = 1;
  while (batch * 2 <= sequences) batch *= 2;
  return batch;
}
