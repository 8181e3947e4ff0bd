import type { FoundPlan, LabProblem, Prediction, ReadRun, SearchResult } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { degreesText, seconds } from "./lab-predict-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabWording } from "./wording/lab-en.ts";

/** One number of chips with its fastest plans and what the search looked at. */
export interface SearchAnswer {
  chips: number;
  globalBatchSize: number;
  /** `chanceFastest`: to be the fastest of those shown, given what predictions err. */
  plans: (FoundPlan & { chanceFastest: number; prediction: Prediction })[];
  counts: Omit<SearchResult, "plans">;
  problems: LabProblem[];
}

/** The fastest plans of a search; at several numbers of chips the fastest of each. */
export function labSearchText(read: ReadRun, answers: SearchAnswer[], words: LabWording, terminal: Terminal): string {
  const { bold, dim } = terminal.colours;
  const one = answers.length === 1;
  const [first] = answers;
  const heading = one
    ? words.search.title(read.aiModel!.name, read.cluster!.accelerator.id, first.chips, first.globalBatchSize)
    : words.search.frontierTitle(read.aiModel!.name, read.cluster!.accelerator.id);
  const shown = answers.flatMap(({ chips, plans }) =>
    (one ? plans : plans.slice(0, 1)).map(({ plan, memoryBytes, prediction, chanceFastest }) => ({
      chips,
      plan,
      memoryBytes,
      prediction,
      chanceFastest,
    })),
  );
  const rows = shown.map(({ chips, plan, memoryBytes, prediction, chanceFastest }) => [
    ...(one ? [] : [String(chips)]),
    seconds(prediction.stepSeconds),
    `${seconds(prediction.stepSecondsLow)}–${seconds(prediction.stepSecondsHigh)}`,
    degreesText(plan),
    `${plan.microbatchSize} · ZeRO ${plan.sharding} · ${words.recomputations[plan.recomputation]}`,
    `${(memoryBytes / 1_073_741_824).toFixed(0)}`,
    `${(100 * prediction.mfu).toFixed(1)}%`,
    ...(one ? [`${Math.round(100 * chanceFastest)}%`] : [Math.round(prediction.tokensPerSecond / 1000).toLocaleString("en-US")]),
  ]);
  const columns = one ? words.search.columns : words.search.frontierColumns;
  const widths = one ? [9, 16, 31, 23, 6, 8, 7] : [8, 9, 17, 25, 17, 6, 7, 11];
  const counts = answers.map(({ chips, counts: { considered, timed, pruned, tooLarge } }) =>
    words.search.counts(one ? "" : `${chips}: `, number(considered), number(timed), number(pruned), number(tooLarge)),
  );
  const without = answers.filter(({ plans }) => plans.length === 0).map(({ chips }) => words.search.nothingFits(chips));
  return [
    ...wrap(heading, terminal.width).map((line) => bold(line)),
    "",
    ...(rows.length > 0 ? [table(columns, rows, widths), ""] : []),
    ...(one && rows.length > 1 ? [...wrap(words.search.chance, terminal.width), ""] : []),
    ...without,
    ...counts.flatMap((line) => wrap(line, terminal.width)).map((line) => dim(line)),
    "",
  ].join("\n");
}

function number(amount: number): string {
  return amount.toLocaleString("en-US");
}
