import type { Banded, CostForecast, TrendRow } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandCell, bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import type { Shown } from "./lab-band-text.ts";
import { indent, table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

/** What a run costs rented and owned, its power and carbon. */
export function costText(chip: string, run: Partial<CostForecast>, words: LabRunWording, terminal: Terminal): string {
  const { bold, dim } = terminal.colours;
  const text = words.cost;
  const figures = (Object.keys(text.rows) as (keyof typeof text.rows)[]).flatMap((name): [string, Banded][] => {
    const figure = run[name];
    return figure ? [[text.rows[name], figure]] : [];
  });
  return [
    bold(text.title(chip)),
    ...wrap(words.bandNote, terminal.width),
    "",
    ...figures.flatMap(([label, figure]) =>
      indent(label, `${bandText(figure)} ${text.units[figure.unit] ?? figure.unit}`, 40, terminal.width, dim),
    ),
    "",
    bold(words.sources),
    ...sourceLines(
      figures.map(([, figure]) => figure),
      words,
      terminal,
    ),
    "",
  ].join("\n");
}

/** Every price trend: a year's factor, what is left at a date, and when the price has fallen by a factor. */
export function outlookText(
  rows: TrendRow[],
  { years, factor }: { years: number; factor: number },
  words: LabRunWording,
  terminal: Terminal,
): string {
  const { bold } = terminal.colours;
  const text = words.cost;
  const cells = rows.map(({ name, factorPerYear, priceAtDate, yearsToFactor, chanceByDate }) => [
    text.trends[name],
    bandCell(factorPerYear),
    bandCell(priceAtDate, shareFigure),
    bandCell(yearsToFactor, orNever(text.never)),
    chanceByDate < 0.01 ? "<1%" : chanceByDate > 0.99 ? ">99%" : shareFigure(chanceByDate, 2),
  ]);
  return [
    ...wrap(text.outlookTitle(shortFigure(years), shortFigure(factor)), terminal.width).map((line) => bold(line)),
    "",
    table(text.outlookColumns(shortFigure(years), shortFigure(factor)), cells, [30, 18, 20, 18, 14]),
    "",
    ...wrap(text.outlookNote, terminal.width),
    "",
    bold(words.sources),
    ...sourceLines(
      rows.map(({ factorPerYear }) => factorPerYear),
      words,
      terminal,
    ),
    "",
  ].join("\n");
}

function orNever(never: string): Shown {
  return (figure, digits) => (Number.isFinite(figure) ? shortFigure(figure, digits) : never);
}
