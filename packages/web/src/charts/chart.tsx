import { SegmentedControl } from "@mantine/core";
import { useMantineColorScheme } from "@mantine/core";
import type { EChartsOption } from "./echarts.ts";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import "./charts.css";

/** The colours of the page as charts need them: read from the page's own variables, so that both themes have theirs. */
export interface Palette {
  ink: string;
  soft: string;
  line: string;
  paper: string;
  series: string[];
  dear: string;
  cheap: string;
}

export interface ChartTable {
  columns: { name: string; numeric?: boolean }[];
  rows: ReactNode[][];
}

interface ChartProps {
  title: string;
  summary: string; // what the chart says, in a sentence
  /** What ECharts draws, or a drawing of one's own. */
  option?: (palette: Palette) => EChartsOption;
  drawing?: ReactNode;
  table: ChartTable;
  height?: number;
  actions?: ReactNode;
}

/** A chart with what it says in words, and its table one press away. */
export function Chart({ title, summary, option, drawing, table, height = 260, actions }: ChartProps): ReactNode {
  const { text } = useWords();
  const [shown, show] = useState<"chart" | "table">("chart");
  return (
    <figure className="chart" aria-label={title}>
      <div className="row between">
        <h3>{title}</h3>
        <span className="row">
          {actions}
          <SegmentedControl
            size="xs"
            aria-label={title}
            value={shown}
            onChange={(which) => show(which as "chart" | "table")}
            data={[
              { value: "chart", label: text.state.chart },
              { value: "table", label: text.state.table },
            ]}
          />
        </span>
      </div>
      <figcaption className="small soft">{summary}</figcaption>
      {shown === "table" ? <TableTwin {...table} title={title} /> : option ? <Canvas option={option} height={height} /> : drawing}
    </figure>
  );
}

/** The rows of a chart as a table. */
export function TableTwin({ title, columns, rows }: ChartTable & { title: string }): ReactNode {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={title}>
      <table className="figures">
        <thead>
          <tr>
            {columns.map(({ name, numeric }) => (
              <th key={name} scope="col" className={numeric ? "num" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={columns[column].name} className={columns[column].numeric ? "num" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The drawing itself; readers of the screen have the sentence and the table. */
function Canvas({ option, height }: { option: (palette: Palette) => EChartsOption; height: number }): ReactNode {
  const field = useRef<HTMLDivElement>(null);
  const { colorScheme } = useMantineColorScheme();
  const latest = useRef(option);
  const draw = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = option;
    draw.current();
  }, [option, colorScheme]);
  useEffect(() => {
    const element = field.current!;
    const going = new AbortController();
    void startIn(element, going.signal, draw, latest);
    return () => {
      draw.current = () => undefined;
      going.abort();
    };
  }, []);
  return <div ref={field} style={{ height, width: "100%" }} aria-hidden="true" />;
}

/** Loads the charts, draws, and follows the size of the field until the signal. */
async function startIn(
  element: HTMLElement,
  signal: AbortSignal,
  draw: { current: () => void },
  latest: { current: NonNullable<ChartProps["option"]> },
): Promise<void> {
  const { startChart } = await import("./echarts.ts");
  if (signal.aborted) return;
  const chart = startChart(element);
  draw.current = () => chart.setOption({ animation: false, ...latest.current(paletteOf(element)) }, true);
  draw.current();
  const watcher = new ResizeObserver(() => chart.resize());
  watcher.observe(element);
  signal.addEventListener("abort", () => {
    watcher.disconnect();
    chart.dispose();
  });
}

function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    soft: of("--ink-soft"),
    line: of("--line"),
    paper: of("--paper"),
    dear: of("--dear"),
    cheap: of("--cheap"),
    series: ["--water", "--wait", "--dear", "--cheap", "--invest", "--pass"].map(of),
  };
}

/** What the axes of all charts have in common. */
export function axisLook({ soft, line }: Palette): object {
  return {
    axisLine: { lineStyle: { color: line } },
    axisTick: { lineStyle: { color: line } },
    axisLabel: { color: soft, fontSize: 12 },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } },
    nameTextStyle: { color: soft },
  };
}
