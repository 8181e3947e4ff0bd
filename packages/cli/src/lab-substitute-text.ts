import type { SideAnswer, Substitution } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandCell, bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

/** Both sides, the verdict, what it would take, and both in one job. */
export function substituteText(answer: Substitution, words: LabRunWording, terminal: Terminal): string {
  const { bold } = terminal.colours;
  const text = words.substitute;
  const { have, want, ratio, chipsNeeded, chipsPerChipAlone, together } = answer;
  const name = ({ chip, chips, format }: SideAnswer): string => `${chips.toLocaleString("en-US")} × ${chip} (${format})`;
  const needed = (figure: number, digits: number): string => (Number.isFinite(figure) ? shortFigure(figure, digits) : text.never);
  const lines = [
    text.ratio(
      name(have),
      bandText(ratio, (figure, digits) => shortFigure(figure, digits)),
      name(want),
    ),
    text.enough(chance(answer.chanceEnough)),
    text.needed(have.chip, bandText(chipsNeeded, needed)),
    ...(answer.chanceImpossible > 0.005 ? [text.impossible(chance(answer.chanceImpossible))] : []),
    text.alone(have.chip, want.chip, bandText(chipsPerChipAlone)),
    text.together(percentMore(together.naive), percentMore(together.byBatches.slowdown), percentMore(together.byLayers.slowdown)),
  ];
  return [
    bold(text.title(name(have), name(want))),
    ...wrap(words.bandNote, terminal.width),
    "",
    table(
      text.columns,
      [have, want].map((side) => sideCells(side, text)),
      [21, 17, 16, 15, 11, 19],
    ),
    "",
    ...lines.flatMap((line) => wrap(`· ${line}`, terminal.width)),
    "",
    bold(words.sources),
    ...sourceLines(
      [
        ratio,
        ...[have, want].flatMap(({ teraflopsPerChip, powerMegawatts, ownedPerHour }) => [
          teraflopsPerChip,
          ...(powerMegawatts ? [powerMegawatts] : []),
          ...(ownedPerHour ? [ownedPerHour] : []),
        ]),
      ],
      words,
      terminal,
    ),
    "",
  ].join("\n");
}

function sideCells(side: SideAnswer, text: LabRunWording["substitute"]): string[] {
  const { chip, chips, format, basis, publishedRuns, teraflopsPerChip, delivered, goodput, powerMegawatts, ownedPerHour } = side;
  return [
    `${chips.toLocaleString("en-US")} × ${chip}, ${format}`,
    `${bandCell(teraflopsPerChip)}\n${text.basis[basis](publishedRuns)}`,
    bandCell(delivered),
    bandCell(goodput, shareFigure),
    powerMegawatts ? bandCell(powerMegawatts) : text.unknown,
    ownedPerHour ? bandCell(ownedPerHour) : text.unknown,
  ];
}

function chance(share: number): string {
  return share < 0.01 ? "<1%" : share > 0.99 ? ">99%" : `${Math.round(100 * share)}%`;
}

function percentMore(slowdown: number): string {
  return `${(100 * (slowdown - 1)).toFixed(slowdown > 1.1 ? 0 : 1)}%`;
}
