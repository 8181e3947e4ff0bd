import type { Banded, Roofline } from "@watershed/compute-lab";
import { memo } from "react";
import type { ReactNode } from "react";
import { Chart } from "../charts/chart.tsx";
import { LogChart } from "../charts/log-chart.tsx";
import type { LogChartProps } from "../charts/log-chart.tsx";
import type { LabPageWording } from "../wording/lab-page-en.ts";
import type { FrontierPoint } from "./lab-answer.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";
import type { LabFigureWords } from "./words.ts";

const least = 0.1; // FLOP per byte at the left edge, as a share of the ridge

/** Where a run's matrix products lie under the chip's roof. */
export const RooflineSection = memo(function RooflineSection({ of }: { of: Roofline }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const lowest = of.points.reduce((low, point) => (point.intensity < low.intensity ? point : low));
  const side = lowest.intensity < of.ridge ? text.forMemory : text.forUnits;
  return (
    <div className="card">
      <Chart
        title={text.rooflineTitle}
        summary={text.rooflineSummary(text.products[lowest.product], words.plain(lowest.intensity), words.plain(of.ridge), side)}
        drawing={<LogChart {...rooflineDrawing(of, text, words)} />}
        table={{
          columns: [
            { name: text.part },
            { name: text.intensity, numeric: true },
            { name: text.reached, numeric: true },
            { name: text.ofRoof, numeric: true },
          ],
          rows: of.points.map((point) => [
            text.products[point.product],
            words.plain(point.intensity),
            words.plain(point.reachedFlopsPerSecond / 1e12),
            words.share(point.reachedFlopsPerSecond / roofAt(of, point.intensity)),
          ]),
        }}
      />
    </div>
  );
});

function roofAt({ peakFlopsPerSecond, memoryBytesPerSecond }: Roofline, intensity: number): number {
  return Math.min(peakFlopsPerSecond, intensity * memoryBytesPerSecond);
}

function rooflineDrawing(of: Roofline, text: LabPageWording, words: LabFigureWords): LogChartProps {
  const [left, right] = [least * of.ridge, Math.max(20 * of.ridge, ...of.points.map(({ intensity }) => 2 * intensity))];
  const teraflops = (intensity: number): number => roofAt(of, intensity) / 1e12;
  return {
    x: { name: text.intensity, min: left, max: right, shown: words.plain },
    y: { name: text.reached, min: 0.5 * teraflops(left), max: 1.6 * teraflops(right), shown: words.plain },
    lines: [{ look: "bound", points: [left, of.ridge, right].map((intensity) => [intensity, teraflops(intensity)]) }],
    dots: of.points.map(({ intensity, reachedFlopsPerSecond, product }) => ({
      look: "main",
      at: [intensity, reachedFlopsPerSecond / 1e12],
      name: text.products[product],
    })),
  };
}

interface FrontierProps {
  points: FrontierPoint[];
  here?: FrontierPoint;
}

/** How many days a training takes on how many chips, with its band, and where the setting stands. */
export const FrontierSection = memo(function FrontierSection({ points, here }: FrontierProps): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const found = points.filter(({ days }) => days);
  if (found.length < 2) return null;
  const [few, many] = [found[0], found[found.length - 1]];
  return (
    <div className="card">
      <Chart
        title={text.frontierTitle}
        summary={text.frontierSummary(
          words.count(few.chips),
          words.of(few.days!.amount, "days"),
          words.count(many.chips),
          words.of(many.days!.amount, "days"),
        )}
        drawing={<LogChart {...frontierDrawing(points, here, text, words)} />}
        table={{
          columns: [
            { name: text.chips, numeric: true },
            { name: text.figures.days, numeric: true },
            { name: text.bandWhy, numeric: true },
          ],
          rows: points.map(({ chips, days }) => [
            words.count(chips),
            days ? words.of(days.amount, "days") : text.frontierNone,
            days ? words.band(days) : "–",
          ]),
        }}
      />
    </div>
  );
});

function frontierDrawing(
  points: FrontierPoint[],
  here: FrontierPoint | undefined,
  text: LabPageWording,
  words: LabFigureWords,
): LogChartProps {
  const found = points.flatMap(({ chips, days }) => (days ? [{ chips, days }] : []));
  const all = [...found, ...(here?.days ? [{ chips: here.chips, days: here.days }] : [])];
  const chips = all.map((point) => point.chips);
  const line = (of: (days: Banded) => number): [number, number][] => found.map((point) => [point.chips, of(point.days)]);
  return {
    x: { name: text.chips, min: Math.min(...chips), max: Math.max(...chips), shown: words.large },
    y: {
      name: text.figures.days + text.inDays,
      min: Math.min(...all.map(({ days }) => days.low)) / 1.2,
      max: 1.2 * Math.max(...all.map(({ days }) => days.high)),
      shown: words.plain,
    },
    lines: [
      { look: "band", points: line(({ low }) => low) },
      { look: "band", points: line(({ high }) => high) },
      { look: "main", points: line(({ amount }) => amount) },
    ],
    dots: [
      ...found.map((point) => ({ look: "main" as const, at: [point.chips, point.days.amount] as [number, number] })),
      ...(here?.days ? [{ look: "here" as const, at: [here.chips, here.days.amount] as [number, number] }] : []),
    ],
  };
}
