import { useQuery } from "@tanstack/react-query";
import type { CompanyPrice } from "@watershed/workbench";
import { useCallback } from "react";
import type { ReactNode } from "react";
import { Chart, axisLook } from "../charts/chart.tsx";
import type { Palette } from "../charts/chart.tsx";
import type { EChartsOption } from "../charts/echarts.ts";
import { useDesk } from "../data/desk.tsx";
import { priceQuery } from "../data/queries.ts";
import { useAlternativeName } from "../figures/alternative.tsx";
import { EdgeLine } from "../figures/edge-line.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { SavedOnly } from "../what-if/saved-only.tsx";
import { Failed, Loading } from "../shell/states.tsx";

/** How worth moves with the price, and what the asked price makes one believe. */
export function PriceSection({ company }: { company: string }): ReactNode {
  const { text } = useWords();
  const { view, review } = useDesk();
  const { data, error, refetch } = useQuery(priceQuery(view, company));
  const reviewed = review?.companies.find((one) => one.company.id === company);
  if (!reviewed?.asked) return null;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={4} label={text.state.computing} />;
  if (!data.price) return null;
  return (
    <div className="two">
      <section className="card">
        <PriceChart price={data.price} />
      </section>
      <section className="card stack tight" aria-labelledby="implied-title">
        <h2 id="implied-title">
          {text.companies.implied} <SavedOnly />
        </h2>
        <p className="small soft">{text.companies.impliedWhy}</p>
        {reviewed.implied.length === 0 && <p className="soft">{text.decisions.noImplied}</p>}
        <ul className="plain stack tight">
          {reviewed.implied.slice(0, 6).map((one) => (
            <li key={`${one.question} ${one.event}`}>
              <EdgeLine of={one} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function PriceChart({ price }: { price: CompanyPrice }): ReactNode {
  const { text, money, language } = useWords();
  const nameOf = useAlternativeName();
  const { currency, priceCurve: rows } = price;
  const option = useCallback(
    (palette: Palette): EChartsOption =>
      optionOf(palette, {
        rows,
        currency,
        scales: scales[language],
        name: (alternative) => nameOf(alternative).name,
        mark: (mark) => text.companies.mark[mark],
        axes: [text.companies.preMoney, text.companies.netValue],
        say: (worth) => money(worth, currency),
      }),
    [rows, text, money, currency, nameOf, language],
  );
  const walkAway = price.reservationPrice.againstBest;
  const summary = text.companies.priceSummary(
    money(price.asked.preMoney, currency),
    walkAway.reachable ? money(walkAway.at.amount, currency) : text.decisions[walkAway.side === "anyPrice" ? "anyPrice" : "noPrice"],
    nameOf(price.against).name,
  );
  const lines = rows[0]?.netValues.map(({ alternative }) => ({ name: nameOf(alternative).name, numeric: true })) ?? [];
  return (
    <Chart
      title={text.companies.priceCurve}
      summary={summary}
      option={option}
      height={300 + legendHeight(lines.length)}
      actions={<SavedOnly />}
      table={{
        columns: [{ name: text.companies.preMoney, numeric: true }, { name: text.companies.marked }, ...lines],
        rows: rows.map(({ preMoney, mark, netValues }) => [
          money(preMoney, currency),
          mark ? text.companies.mark[mark] : "",
          ...netValues.map(({ alternative, netValue }) => <Figure key={alternative} of={netValue} />),
        ]),
      }}
    />
  );
}

/** The units of the two axes: companies are priced in billions, decisions are worth millions. */
const scales = {
  en: { prices: { by: 1e9, unit: "bn" }, worths: { by: 1e6, unit: "M" } },
  zh: { prices: { by: 1e8, unit: "亿" }, worths: { by: 1e4, unit: "万" } },
};

/** Prices to walk away at often stand close together: each has its name above the chart, in a row of its own. */
const nameRows = { asked: 0, walkAway: 1, nowOrNever: 2 } as const;
const rowHeight = 15;

/** A row for each alternative under the chart, which is as long as a wait's name on a phone too. */
function legendHeight(lines: number): number {
  return 20 * lines;
}

interface Drawn {
  rows: CompanyPrice["priceCurve"];
  currency: string;
  scales: (typeof scales)["en"];
  name: (alternative: string) => string;
  mark: (mark: NonNullable<CompanyPrice["priceCurve"][number]["mark"]>) => string;
  axes: [string, string];
  say: (worth: number) => string;
}

/** A line per alternative; investing now strongest, with the asked price and both prices to walk away at as upright lines. */
function optionOf(palette: Palette, { rows, currency, scales: { prices, worths }, name, mark, axes, say }: Drawn): EChartsOption {
  const names = rows[0]?.netValues.map(({ alternative }) => alternative) ?? [];
  const marks = rows.flatMap((row) =>
    row.mark ? [{ xAxis: row.preMoney / prices.by, name: mark(row.mark), label: { distance: 3 + rowHeight * nameRows[row.mark] } }] : [],
  );
  const worthAt = (row: Drawn["rows"][number], alternative: string): number =>
    (row.netValues.find((one) => one.alternative === alternative)?.netValue.amount ?? 0) / worths.by;
  return {
    grid: { left: 70, right: 48, top: 28 + 3 * rowHeight, bottom: 52 + legendHeight(names.length) },
    legend: { left: 0, bottom: 0, orient: "vertical", itemGap: 6, textStyle: { color: palette.ink, width: 300, overflow: "truncate" } },
    tooltip: { trigger: "axis", valueFormatter: (worth) => (typeof worth === "number" ? say(worth * worths.by) : "—") },
    xAxis: { type: "value", name: `${axes[0]}, ${currency} ${prices.unit}`, nameLocation: "middle", nameGap: 28, ...axisLook(palette) },
    yAxis: {
      type: "value",
      name: `${axes[1]}, ${currency} ${worths.unit}`,
      nameGap: 3 + 3 * rowHeight, // above the names of the prices
      ...axisLook(palette),
    },
    series: names.map((alternative, place) => ({
      type: "line" as const,
      name: name(alternative),
      symbol: place === 0 ? "circle" : "none",
      lineStyle: { width: place === 0 ? 3 : 1.5, type: place === 0 ? ("solid" as const) : ("dashed" as const) },
      color: palette.series[place % palette.series.length],
      data: rows.map((row) => [row.preMoney / prices.by, worthAt(row, alternative)]),
      ...(place === 0
        ? {
            markLine: {
              symbol: "none",
              label: { position: "end" as const, rotate: 0, color: palette.ink, formatter: "{b}", fontSize: 11 },
              lineStyle: { color: palette.soft, type: "solid" as const },
              data: marks,
            },
          }
        : {}),
    })),
  };
}
