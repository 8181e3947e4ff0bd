import type { FailureForecast, FailureRow } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandCell, bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

const shownComponents = 8;

/** What failures do to a job of each size, what interrupts it, and who says so. */
export function failuresText({ rows, components }: FailureForecast, words: LabRunWording, terminal: Terminal): string {
  const { bold } = terminal.colours;
  const text = words.failures;
  const timed = rows.some(({ days }) => days !== undefined);
  const largest = components.toSorted((one, other) => other.share - one.share);
  const rest = largest.slice(shownComponents);
  const last = rows[rows.length - 1];
  return [
    bold(text.title),
    ...wrap(words.bandNote, terminal.width),
    "",
    table(
      text.columns.slice(0, timed ? 7 : 5),
      rows.map((row) => [...failureCells(row), ...(timed ? timeCells(row, words.sites.none) : [])]),
      [9, 16, 16, 18, 13, ...(timed ? [14, 14] : [])],
    ),
    "",
    ...wrap(text.slow(bandText(last.slowdownBySlowHost, shareFigure), last.chips.toLocaleString("en-US")), terminal.width),
    "",
    bold(text.components),
    table(
      text.componentColumns,
      [
        ...largest
          .slice(0, shownComponents)
          .map(({ component, share, kind }) => [text.component[component], shareFigure(share), text.kinds[kind]]),
        [text.rest(rest.length), shareFigure(rest.reduce((sum, { share }) => sum + share, 0)), ""],
      ],
      [34, 10, 20],
    ),
    "",
    bold(words.sources),
    ...sourceLines([...rows.flatMap(figuresOf), { ...last.goodput, sources: ["llama3"] }], words, terminal),
    "",
  ].join("\n");
}

function failureCells(row: FailureRow): string[] {
  return [
    row.chips.toLocaleString("en-US"),
    bandCell(row.hoursBetweenInterruptions),
    bandCell(row.checkpointIntervalSeconds, (seconds, digits) => shortFigure(seconds / 60, digits)),
    bandCell(row.goodput, shareFigure),
    bandCell(row.spareHosts),
  ];
}

function timeCells({ days, interruptions }: FailureRow, none: string): string[] {
  return [days, interruptions].map((figure) => (figure ? bandCell(figure) : none));
}

function figuresOf({ hoursBetweenInterruptions, goodput, spareHosts, slowdownBySlowHost }: FailureRow) {
  return [hoursBetweenInterruptions, goodput, spareHosts, slowdownBySlowHost];
}
