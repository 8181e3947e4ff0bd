import type { MemoryParts, Prediction, StepParts } from "@watershed/compute-lab";
import { memo } from "react";
import type { ReactNode } from "react";
import { StackedBar } from "./stacked-bar.tsx";
import type { Part } from "./stacked-bar.tsx";
import { useLabFigureWords, useLabWords, verdictOf } from "./words.ts";

/** Where a step's time goes, as a bar and a table. */
export const StepSection = memo(function StepSection({ of }: { of: Prediction }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const total = of.stepSeconds;
  const band = (part: keyof StepParts): string => words.band({ ...of.partRanges[part], unit: "seconds" });
  const parts = partsOf<keyof StepParts>({ ...of.parts }, text.parts, total, words.seconds, words.share, band);
  const summary = text.stepSummary(words.seconds(total), parts[0].name, parts[0].share);
  return (
    <section className="card stack tight" aria-labelledby="lab-step">
      <h2 id="lab-step">{text.stepTitle}</h2>
      <p className="small soft">{summary}</p>
      <StackedBar parts={parts} whole={total} summary={summary} columns={[text.part, text.time, text.share1]} />
    </section>
  );
});

/** What fills a chip's memory, against what it has. */
export const MemorySection = memo(function MemorySection({ of: { memory }, mayFit }: { of: Prediction; mayFit: boolean }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const { totalBytes: used, capacityBytes } = memory;
  const parts = partsOf<keyof MemoryParts>({ ...memory.parts }, text.memoryParts, capacityBytes, words.bytes, words.share);
  const verdict = verdictOf({ memory, mayFit }, text, words);
  const summary = text.memorySummary(words.bytes(used), words.bytes(capacityBytes), verdict);
  return (
    <section className="card stack tight" aria-labelledby="lab-memory">
      <h2 id="lab-memory">{text.memoryTitle}</h2>
      <p className="small soft">{summary}</p>
      <StackedBar
        parts={parts}
        whole={Math.max(used, capacityBytes)}
        limit={capacityBytes}
        summary={summary}
        columns={[text.part, text.bytes, text.share1]}
      />
    </section>
  );
});

/** Parts above nothing, largest first. */
function partsOf<Name extends string>(
  amounts: Record<Name, number>,
  names: Record<Name, string>,
  whole: number,
  shown: (amount: number) => string,
  share: (amount: number) => string,
  band?: (name: Name) => string,
): Part[] {
  return (Object.entries(amounts) as [Name, number][])
    .filter(([, amount]) => amount > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, amount]) => ({ name: names[name], amount, shown: shown(amount), band: band?.(name), share: share(amount / whole) }));
}
