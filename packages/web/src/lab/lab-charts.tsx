import type { Roofline, RooflinePoint } from "@watershed/compute-lab";
import { memo, useMemo } from "react";
import type { ReactNode } from "react";
import { Chart, axisLook } from "../charts/chart.tsx";
import type { Palette } from "../charts/chart.tsx";
import type { EChartsOption } from "../charts/echarts.ts";
import type { LabPageWording } from "../wording/lab-page-en.ts";
import type { FrontierPoint } from "./lab-answer.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";
import type { LabFigureWords } from "./words.ts";

const least = 0.1; // FLOP per byte at the left edge, as a share of the ridge

/** Where a run's matrix products lie under the chip's roof. */
export const RooflineSection = memo(function RooflineSection({ of }: { of: Roofline }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const option = useMemo(() => (palette: Palette) => rooflineOption(of, palette, text, words), [of, text, words]);
  const lowest = of.points.reduce((low, point) => (point.intensity < low.intensity ? point : low));
  const side = lowest.intensity < of.ridge ? text.forMemory : text.forUnits;
  return (
    <div className="card">
      <Chart
        title={text.rooflineTitle}
        summary={text.rooflineSummary(text.products[lowest.product], words.plain(lowest.intensity), words.plain(of.ridge), side)}
        option={option}
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

function rooflineOption(of: Roofline, palette: Palette, text: LabPageWording, words: LabFigureWords): EChartsOption {
  const [left, right] = [least * of.ridge, Math.max(20 * of.ridge, ...of.points.map(({ intensity }) => 2 * intensity))];
  const look = axisLook(palette);
  const logAxis = (name: string): object => ({
    type: "log",
    name,
    nameLocation: "middle",
    ...look,
    axisLabel: { color: palette.soft, hideOverlap: true, formatter: (amount: number) => words.plain(amount) },
  });
  const roof = [left, of.ridge, right].map((intensity) => [intensity, roofAt(of, intensity) / 1e12]);
  const dot = ({ intensity, reachedFlopsPerSecond, product }: RooflinePoint, place: number): object => ({
    name: text.products[product],
    value: [intensity, reachedFlopsPerSecond / 1e12],
    label: { distance: 6 + 16 * place }, // one below the other where dots lie side by side
  });
  return {
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 56, right: 24, top: 16, bottom: 48 },
    tooltip: { confine: true },
    xAxis: { ...logAxis(text.intensity), nameGap: 28, min: left, max: right } as EChartsOption["xAxis"],
    yAxis: { ...logAxis(text.reached), nameGap: 42 } as EChartsOption["yAxis"],
    series: [
      { type: "line", name: text.roof, data: roof, symbol: "none", lineStyle: { color: palette.ink, width: 2 }, silent: true },
      {
        type: "scatter",
        data: of.points.map(dot),
        symbolSize: 12,
        itemStyle: { color: palette.series[0], borderColor: palette.paper, borderWidth: 1 },
        label: { show: true, position: "bottom", color: palette.ink, formatter: "{b}", distance: 6 },
        labelLayout: { moveOverlap: "shiftY" },
      },
    ],
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
  const option = useMemo(() => (palette: Palette) => frontierOption(points, here, palette, text, words), [points, here, text, words]);
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
        option={option}
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

function frontierOption(
  points: FrontierPoint[],
  here: FrontierPoint | undefined,
  palette: Palette,
  text: LabPageWording,
  words: LabFigureWords,
): EChartsOption {
  const look = axisLook(palette);
  const found = points.filter(({ days }) => days);
  const line = (of: (point: FrontierPoint) => number, style: object): object => ({
    type: "line",
    data: found.map((point) => [point.chips, of(point)]),
    symbol: "none",
    ...style,
  });
  const axis = (name: string, gap: number, formatter: (amount: number) => string): object => ({
    type: "log",
    name,
    nameLocation: "middle",
    nameGap: gap,
    ...look,
    axisLabel: { color: palette.soft, hideOverlap: true, formatter },
  });
  return {
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 56, right: 24, top: 16, bottom: 48 },
    tooltip: { trigger: "axis", confine: true, valueFormatter: (amount) => words.of(Number(amount), "days") },
    xAxis: {
      ...axis(text.chips, 28, (amount) => words.large(amount)),
      min: points[0].chips,
      max: points[points.length - 1].chips,
    } as EChartsOption["xAxis"],
    yAxis: axis(text.days("").trim(), 42, (amount) => words.plain(amount)) as EChartsOption["yAxis"],
    series: [
      line(({ days }) => days!.high, { name: text.bandWhy, lineStyle: { color: palette.soft, type: "dashed", width: 1 } }),
      line(({ days }) => days!.amount, {
        name: text.figures.days,
        symbol: "circle",
        symbolSize: 6,
        itemStyle: { color: palette.series[0] },
        lineStyle: { color: palette.series[0], width: 2 },
      }),
      line(({ days }) => days!.low, { name: text.bandWhy, lineStyle: { color: palette.soft, type: "dashed", width: 1 } }),
      ...(here?.days
        ? [
            {
              type: "scatter",
              name: text.here,
              data: [[here.chips, here.days.amount]],
              symbol: "diamond",
              symbolSize: 16,
              itemStyle: { color: palette.series[1], borderColor: palette.paper, borderWidth: 1 },
            },
          ]
        : []),
    ] as EChartsOption["series"],
  };
}
