import { trainingTime } from "@watershed/compute-lab";
import type { Plan, RowAnswer } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { indent, table } from "./layout.ts";
import { labProblemsText } from "./lab-problems-text.ts";
import type { Terminal } from "./terminal.ts";
import type { LabWording } from "./wording/lab-en.ts";

/** One predicted row for people: time with its band and parts, use of the chips, memory, what had to be chosen. */
export function labPredictText(
  row: unknown,
  answer: RowAnswer,
  words: LabWording,
  terminal: Terminal,
  { tokens, measuredRows }: { tokens?: number; measuredRows: number },
): string {
  const { bold, dim } = terminal.colours;
  const { model, chips } = row as { model?: { name?: string }; chips?: { name?: string; count?: number } };
  const heading = [answer.id, model?.name, `${chips?.name} × ${chips?.count}`].filter((part) => part !== undefined && part !== "");
  const facts = factsOf(answer, words, { tokens, chips: chips?.count ?? 1, measuredRows });
  const notes = answer.problems.length > 0 ? ["", labProblemsText(answer.problems, words, terminal)] : [];
  return [
    ...wrap([...new Set(heading)].join(" · "), terminal.width).map((line) => bold(line)),
    ...facts.flatMap(([label, said]) => indent(label, said, 24, terminal.width, dim)),
    "",
    ...wrap(planText(answer, words), terminal.width),
    "",
    bold(words.partsTitle),
    partsTable(answer, words),
    "",
    bold(words.memoryTitle),
    memoryTable(answer, words),
    ...notes,
    "",
    "",
  ].join("\n");
}

function factsOf(
  answer: RowAnswer,
  words: LabWording,
  { tokens, chips, measuredRows }: { tokens?: number; chips: number; measuredRows: number },
): [string, string][] {
  const step = answer.stepSeconds!;
  const ranges = answer.ranges!;
  const facts: [string, string][] = [
    [words.facts.step, words.stepBand(seconds(step), seconds(answer.stepSecondsLow!), seconds(answer.stepSecondsHigh!))],
    [words.facts.level, measuredRows > 0 ? words.calibrated(measuredRows) : words.uncalibrated],
    [
      words.facts.use,
      words.use(shareBand(answer, "mfu", words), shareBand(answer, "mfuFullAttention", words), shareBand(answer, "hfu", words)),
    ],
    [
      words.facts.rate,
      `${words.within(answer.tflopsPerChip!.toFixed(0), ranges.tflopsPerChip.low.toFixed(0), ranges.tflopsPerChip.high.toFixed(0))} TFLOP/s`,
    ],
    [
      words.facts.tokens,
      words.tokensPerSecond(
        words.within(whole(answer.tokensPerSecond!), whole(ranges.tokensPerSecond.low), whole(ranges.tokensPerSecond.high)),
        whole(answer.tokensPerSecond! / chips),
      ),
    ],
    [words.facts.memory, memoryFact(answer, words)],
  ];
  if (tokens !== undefined) {
    const of = { stepSeconds: step, stepSecondsLow: answer.stepSecondsLow!, stepSecondsHigh: answer.stepSecondsHigh! };
    const { days, daysLow, daysHigh, chipHours } = trainingTime({ ...of, tokensPerSecond: answer.tokensPerSecond! }, chips, tokens);
    facts.push([words.facts.training, words.training(tokens / 1e12, days, daysLow, daysHigh, whole(chipHours))]);
  }
  return facts;
}

function memoryFact(answer: RowAnswer, words: LabWording): string {
  const { low, high } = answer.ranges!.memoryBytes;
  const used = words.within(gibibytes(answer.memoryBytes!), gibibytes(low), gibibytes(high));
  return answer.fits
    ? words.fits(used, gibibytes(Math.max(0, answer.memoryMarginBytes!)))
    : words.doesNotFit(used, gibibytes(answer.bytesShort!));
}

function planText({ plan }: RowAnswer, words: LabWording): string {
  const { sharding } = plan!;
  return words.plan(
    degreesText(plan!),
    sharding,
    plan!.microbatchSize,
    plan!.globalBatchSize,
    plan!.precision,
    words.recomputations[plan!.recomputation],
    Math.round(100 * plan!.recomputedShare),
  );
}

/** The degrees of a plan in the order people write them, those of one left out. */
export function degreesText(plan: Plan): string {
  const degrees: [string, number][] = [
    ["TP", plan.tensorParallel],
    ["CP", plan.contextParallel],
    ["PP", plan.pipelineParallel],
    ["VPP", plan.interleaving],
    ["DP", plan.dataParallel],
    ["EP", plan.expertParallel],
  ];
  return (
    degrees
      .filter(([, degree]) => degree !== 1)
      .map(([name, degree]) => `${name} ${degree}`)
      .join(" ") || "DP 1"
  );
}

function shareBand(answer: RowAnswer, name: "mfu" | "mfuFullAttention" | "hfu", words: LabWording): string {
  const { low, high } = answer.ranges![name];
  return words.within(share(answer[name]!), share(low), share(high));
}

function partsTable({ parts, partRanges, stepSeconds }: RowAnswer, words: LabWording): string {
  const rows = Object.entries(parts!)
    .filter(([, amount]) => amount > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([part, amount]) => [
      words.parts[part as keyof typeof words.parts],
      seconds(amount),
      rangeText(partRanges![part as keyof typeof words.parts]),
      share(amount / stepSeconds!),
      "█".repeat(Math.round((26 * amount) / stepSeconds!)),
    ]);
  return table(words.partColumns, rows, [32, 10, 20, 8, 28]);
}

function memoryTable({ memoryParts, memoryBytes, bytesShort }: RowAnswer, words: LabWording): string {
  const all = memoryBytes! - bytesShort!;
  const rows = Object.entries(memoryParts!)
    .filter(([, amount]) => amount > 0)
    .map(([part, amount]) => [
      words.memoryParts[part as keyof typeof words.memoryParts],
      `${gibibytes(amount)} GiB`,
      share(amount / memoryBytes!),
      "█".repeat(Math.min(44, Math.round((40 * amount) / Math.max(all, memoryBytes!)))),
    ]);
  return table(words.memoryColumns, rows, [34, 12, 8, 44]);
}

function rangeText({ low, high }: { low: number; high: number }): string {
  return `${seconds(low)}–${seconds(high)}`;
}

/** Seconds with three digits, milliseconds where they are few. */
export function seconds(amount: number): string {
  return amount < 0.1 ? `${(amount * 1000).toPrecision(2)} ms` : `${Number(amount.toPrecision(3))} s`;
}

function share(amount: number): string {
  return `${(100 * amount).toFixed(1)}%`;
}

function gibibytes(bytes: number): string {
  return (bytes / 1_073_741_824).toFixed(1);
}

function whole(amount: number): string {
  return Math.round(amount).toLocaleString("en-US");
}
