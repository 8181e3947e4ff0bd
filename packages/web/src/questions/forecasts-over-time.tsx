import type { Question } from "@watershed/domain";
import type { BeliefFigures, QuestionBeliefs } from "@watershed/workbench/in-page";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { ReactNode } from "react";
import { useAnswerWords, useBeliefWords } from "../beliefs/belief-words.ts";
import { Chart, axisLook } from "../charts/chart.tsx";
import type { Palette } from "../charts/chart.tsx";
import type { EChartsOption } from "../charts/echarts.ts";
import { useDesk } from "../data/desk.tsx";
import { stateOf } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";
import { Loading } from "../shell/states.tsx";
import { dayOf } from "../beliefs/belief-text.ts";
import { pointOf } from "./spread-line.tsx";

/** Everybody's forecasts over time and the pooled belief among them: chances, or medians. */
export function ForecastsOverTime({ question, told }: { question: Question; told: QuestionBeliefs }): ReactNode {
  const { view, reader } = useDesk();
  const several = new Set(told.forecasts.map(({ forecast }) => forecast.on)).size > 1;
  const { data: pooled, isError } = useQuery({
    queryKey: ["in-page", view.id, "over-time", question.id, ...stateOf(view)],
    queryFn: () => reader().ask({ ask: "overTime", question: question.id }),
    staleTime: Infinity,
    enabled: several && question.kind !== "oneOf",
  });
  if (question.kind === "oneOf")
    return told.forecasts.length === 0 ? null : (
      <section className="card">
        <OptionsTable question={question} told={told} />
      </section>
    );
  if (!several || isError) return null;
  return (
    <section className="card">{pooled ? <TimeChart question={question} told={told} pooled={pooled} /> : <Loading rows={5} />}</section>
  );
}

type ChartProps = { question: Question; told: QuestionBeliefs; pooled: { on: string; belief: BeliefFigures }[] };

function TimeChart({ question, told, pooled }: ChartProps): ReactNode {
  const { text, say, day } = useWords();
  const { workspace } = useDesk();
  const words = useBeliefWords();
  const answer = useAnswerWords();
  const people = useMemo(() => [...new Set(told.forecasts.map(({ forecast }) => forecast.by))], [told]);
  const name = useCallback((id: string): string => say(workspace.people.find((person) => person.id === id)?.name) || id, [say, workspace]);
  const until = workspace.settings.asOf;
  const team = text.questions.belief;
  const option = useCallback(
    (palette: Palette): EChartsOption => {
      const scaled = (figures: BeliefFigures | undefined): number | null => {
        const at = pointOf(figures);
        return at === undefined ? null : question.kind === "yesNo" ? 100 * at : at;
      };
      const own = people.map((by) => ({
        name: name(by),
        points: told.forecasts
          .filter(({ forecast }) => forecast.by === by)
          .map(({ forecast, figures }) => point(forecast.on, scaled(figures))),
      }));
      const ours = { name: team, points: pooled.map(({ on, belief }) => point(on, scaled(belief))) };
      return optionOf(palette, [...own, ours], until, (value) => axisText(question, value, answer), question.kind === "yesNo");
    },
    [people, told, pooled, name, team, question, answer, until],
  );
  const [first, last] = [pooled[0], pooled.at(-1)];
  return (
    <Chart
      title={text.questions.overTime}
      summary={
        first && last ? text.questions.overTimeSummary(words(question, first.belief), day(first.on), words(question, last.belief)) : ""
      }
      option={option}
      height={220 + legendHeight(people.length + 1)}
      table={{
        columns: [{ name: text.questions.day }, { name: text.questions.person }, { name: text.questions.said, numeric: true }],
        rows: told.forecasts.toReversed().map(({ forecast, figures }) => [day(forecast.on), name(forecast.by), words(question, figures)]),
      }}
    />
  );
}

type Point = [day: string, at: number | null];
const point = (day: string, at: number | null): Point => [day, at];

/** The legend stands under the chart, two names in a row where it is as narrow as on a phone. */
function legendHeight(lines: number): number {
  return 24 * Math.ceil(lines / 2);
}

/** Steps from forecast to forecast, each with a shape of its own; the last line is the team's and the strongest. */
function optionOf(
  palette: Palette,
  lines: { name: string; points: Point[] }[],
  until: string,
  say: (value: number) => string,
  percent: boolean,
): EChartsOption {
  const last = lines.length - 1;
  return {
    grid: { left: 64, right: 18, top: 12, bottom: 34 + legendHeight(lines.length) },
    legend: { bottom: 0, textStyle: { color: palette.ink }, icon: "roundRect" },
    tooltip: { trigger: "axis", valueFormatter: (value) => (typeof value === "number" ? say(value) : "—") },
    xAxis: {
      type: "time",
      minInterval: 86_400_000,
      ...axisLook(palette),
      axisLabel: { color: palette.soft, hideOverlap: true, formatter: "{yyyy}-{MM}-{dd}" },
    },
    yAxis: {
      type: "value",
      ...(percent ? { min: 0, max: 100 } : { scale: true }),
      ...axisLook(palette),
      axisLabel: { color: palette.soft, formatter: say },
    },
    series: lines.map(({ name, points }, place) => {
      const color = palette.series[place === last ? 0 : 1 + (place % (palette.series.length - 1))];
      return {
        type: "line" as const,
        name,
        step: "end" as const,
        symbol: ["circle", "rect", "triangle", "diamond"][place % 4],
        symbolSize: 9,
        lineStyle: { color, width: place === last ? 3 : 1.5, type: place === last ? ("solid" as const) : ("dashed" as const) },
        itemStyle: { color },
        data: points.length > 0 ? [...points, point(until, points.at(-1)![1])] : [],
      };
    }),
  };
}

function axisText(question: Question, value: number, answer: ReturnType<typeof useAnswerWords>): string {
  if (question.kind === "yesNo") return `${value.toFixed(0)}%`;
  return question.kind === "date" ? dayOf(value).slice(0, 7) : answer(question, value);
}

/** A list has a chance per option: a table says more than lines that cross. */
function OptionsTable({ question, told }: { question: Question; told: QuestionBeliefs }): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const last = new Map(told.forecasts.map(({ forecast, figures }) => [forecast.by, figures]));
  const share = (of: (typeof told)["belief"], option: string): string =>
    of?.kind === "oneOf" ? `${(100 * of.probabilities[option]).toFixed(0)}%` : "—";
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={text.questions.forecasts}>
      <table className="figures">
        <caption className="hidden-text">{text.questions.forecasts}</caption>
        <thead>
          <tr>
            <th scope="col">{text.questions.option}</th>
            <th scope="col" className="num">
              {text.questions.belief}
            </th>
            {[...last.keys()].map((by) => (
              <th key={by} scope="col" className="num">
                {say(workspace.people.find((person) => person.id === by)?.name) || by}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {question.options!.map((option) => (
            <tr key={option.id}>
              <td>{say(option.name)}</td>
              <td className="num">
                <b>{share(told.belief, option.id)}</b>
              </td>
              {[...last].map(([by, figures]) => (
                <td key={by} className="num">
                  {share(figures, option.id)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
