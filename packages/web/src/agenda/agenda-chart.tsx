import type { AgendaItem } from "@watershed/workbench";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { Chart, axisLook } from "../charts/chart.tsx";
import type { Palette } from "../charts/chart.tsx";
import type { EChartsOption } from "../charts/echarts.ts";
import { useDesk } from "../data/desk.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import type { AgendaWording } from "../wording/agenda-en.ts";
import { useAgendaWords } from "./words.ts";

const mostBars = 12;

/** The questions most worth answering as bars, each with two standard errors and its noise floor. */
export function AgendaChart({ items }: { items: AgendaItem[] }): ReactNode {
  const words = useWords();
  const text = useAgendaWords();
  const { workspace } = useDesk();
  const shown = useMemo(() => items.filter(({ distinguishable }) => distinguishable).slice(0, mostBars), [items]);
  const option = useMemo(() => (palette: Palette) => barsOf(shown, palette, words, text), [shown, words, text]);
  if (shown.length < 2) return null;
  const [first, last] = [shown[0], shown[shown.length - 1]];
  return (
    <div className="card">
      <Chart
        title={text.questions}
        summary={text.chartSummary(
          shown.length,
          words.say(first.question.text),
          words.estimate(first.worth),
          words.say(last.question.text),
          words.estimate(last.worth),
        )}
        option={option}
        height={46 + 30 * shown.length}
        table={{
          columns: [
            { name: text.question },
            { name: `${text.worth} (${workspace.settings.currency})`, numeric: true },
            { name: text.floorShort, numeric: true },
          ],
          rows: shown.map(({ question, worth, floor }) => [
            words.say(question.text),
            <Figure key="worth" of={worth} />,
            words.figure({ ...worth, amount: floor }),
          ]),
        }}
      />
    </div>
  );
}

function barsOf(items: AgendaItem[], palette: Palette, { say, money }: Words, text: AgendaWording): EChartsOption {
  const unit = items[0].worth.unit;
  const narrow = window.innerWidth < 760;
  const names = items.map(({ question }) => say(question.text));
  const look = axisLook(palette);
  return {
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 24, top: 8, bottom: narrow ? 50 : 28, containLabel: true },
    legend: {
      bottom: 0,
      data: [text.worth, text.error, text.floorShort],
      textStyle: { color: palette.soft },
      itemWidth: 14,
      itemHeight: 9,
    },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      confine: true,
      formatter: undefined,
      valueFormatter: (amount) => money(Number(amount), unit),
    },
    xAxis: {
      type: "value",
      splitNumber: narrow ? 2 : 5,
      ...look,
      axisLabel: { color: palette.soft, hideOverlap: true, formatter: (amount: number) => money(amount, unit) },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: names,
      ...look,
      axisLabel: { color: palette.ink, width: narrow ? 130 : 340, overflow: "truncate" },
    },
    series: [
      {
        name: text.worth,
        type: "bar",
        data: items.map(({ worth }) => worth.amount),
        itemStyle: { color: palette.series[0] },
        barWidth: 14,
      },
      errorBars(items, palette, text),
      {
        name: text.floorShort,
        type: "scatter",
        symbol: "rect",
        symbolSize: [3, 18],
        data: items.map(({ floor }, place) => [floor, place]),
        itemStyle: { color: palette.series[2] },
      },
    ],
  };
}

type Series = Exclude<NonNullable<EChartsOption["series"]>, unknown[]>;

/** A line from two standard errors below to two above, with its ends marked. */
function errorBars(items: AgendaItem[], { ink }: Palette, text: AgendaWording): Series {
  return {
    name: text.error,
    type: "custom",
    itemStyle: { color: ink },
    encode: { x: [1, 2], y: 0 },
    tooltip: { show: false },
    data: items.map(({ worth }, place) => [
      place,
      Math.max(0, worth.amount - 2 * worth.standardError),
      worth.amount + 2 * worth.standardError,
    ]),
    renderItem: (_params: unknown, api: { value: (at: number) => number; coord: (at: [number, number]) => number[] }) => {
      const [low, y] = api.coord([api.value(1), api.value(0)]);
      const [high] = api.coord([api.value(2), api.value(0)]);
      const line = (x1: number, y1: number, x2: number, y2: number): object => ({
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: ink, lineWidth: 1.5 },
      });
      return { type: "group", children: [line(low, y, high, y), line(low, y - 4, low, y + 4), line(high, y - 4, high, y + 4)] };
    },
    z: 3,
  } as unknown as Series;
}
