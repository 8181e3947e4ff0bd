import { citations, reportedSites } from "@watershed/compute-lab";
import type { SchemeAnswer, SiteForecast, SiteQuestion } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandCell, bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

/** Share of time that computes by link and scheme, what each scheme takes, and what others report. */
export function sitesText(
  question: SiteQuestion,
  { stepSeconds, schemes }: SiteForecast,
  words: LabRunWording,
  terminal: Terminal,
): string {
  const { bold } = terminal.colours;
  const text = words.sites;
  const rows = question.gigabitsPerSecond.map((rate, row) => [
    shortFigure(rate),
    ...schemes.map(({ utilisation }) => bandText(utilisation[row].share, shareFigure)),
  ]);
  return [
    ...wrap(text.title(question.sites ?? 2, bandText(stepSeconds)), terminal.width).map((line) => bold(line)),
    ...wrap(words.bandNote, terminal.width),
    "",
    table(text.columns, rows, [12, 26, 26, 26]),
    "",
    bold(text.schemeTitle),
    table(
      text.schemeColumns,
      schemes.map((scheme) => schemeCells(scheme, text)),
      [32, 18, 17, 17, 16],
    ),
    "",
    ...wrap(text.note, terminal.width),
    "",
    bold(text.reported),
    ...reportedSites.flatMap(({ run, low, high, kilometres, source }) => {
      const share = low === high ? shareFigure(low) : `${shareFigure(low)}–${shareFigure(high)}`;
      const said = text.reportedRow(run, share, kilometres === undefined ? "" : text.kilometres(kilometres));
      return wrap(`· ${said} [${words.checked[citations[source].checked]}]`, terminal.width);
    }),
    "",
    bold(words.sources),
    ...sourceLines(
      schemes.flatMap(({ gigabitsForNinetyFive, computeForSameLoss, goodput }) => [
        gigabitsForNinetyFive,
        computeForSameLoss,
        ...(goodput ? [goodput] : []),
      ]),
      words,
      terminal,
    ),
    "",
  ].join("\n");
}

function schemeCells(scheme: SchemeAnswer, text: LabRunWording["sites"]): string[] {
  const { lossChange, computeForSameLoss, goodput, gigabitsForNinetyFive, localSteps } = scheme;
  const changes = lossChange.low !== 0 || lossChange.high !== 0;
  const finite = (figure: number, digits: number): string => (Number.isFinite(figure) ? shortFigure(figure, digits) : "∞");
  return [
    text.schemes[scheme.scheme](localSteps),
    bandCell(gigabitsForNinetyFive, finite),
    goodput ? bandCell(goodput, shareFigure) : text.none,
    changes ? bandCell(lossChange, signed) : text.none,
    changes ? bandCell(computeForSameLoss, finite) : text.none,
  ];
}

/** A relative change with its sign: +0.3%, -0.2%, 0.0%. */
export function signed(share: number): string {
  const percent = (100 * Math.abs(share)).toFixed(1);
  const sign = Number(percent) === 0 ? "" : share > 0 ? "+" : "-";
  return `${sign}${percent}%`;
}
