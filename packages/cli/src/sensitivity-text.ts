import { say } from "@watershed/domain";
import type { AnswerRange, InputLabel, OneWayReview, PremortemReview, Sensitivity, SwingEnd, TwoWayReview } from "@watershed/workbench";
import { cut, estimatedMoney, money, percent, wrap } from "./figures.ts";
import { indent, table } from "./layout.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import { chanceText, headingLines, rangeText, times } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";

/** What moves a decision, on paper: tornado, shares, worth of learning and of choosing, pre-mortem, and tables where asked for. */
export function sensitivityText(sheet: Sheet, found: Sensitivity, everything: boolean): string {
  const { words, text, terminal, language } = sheet;
  const title = found.company ? say(found.company.name, language) : words.portfolio(found.companies.length);
  const facts: [string, string][] = [
    [words.lookedAt, `${nameOf(sheet, found, found.alternative)}${text.brackets(estimatedMoney(found.worth, language))}`],
    ...(found.recommended === found.alternative ? [] : [[words.recommended, nameOf(sheet, found, found.recommended)] as [string, string]]),
  ];
  const width = Math.max(...facts.map(([label]) => indent.widthOf(label))) + 4;
  return [
    ...headingLines(sheet, title),
    ...facts.flatMap(([label, content]) => indent(label, content, width, terminal.width, terminal.colours.dim)),
    "",
    ...tornadoLines(sheet, found, everything),
    ...shareLines(sheet, found, everything),
    ...sharedLines(sheet, found, found.worst, everything),
    ...sharedLines(sheet, found, found.best, everything),
    ...(found.oneWay ? oneWayLines(sheet, found, found.oneWay) : []),
    ...(found.twoWay ? twoWayLines(sheet, found, found.twoWay) : []),
  ].join("\n");
}

const shownInputs = 8;
const shownAnswers = 8;

function nameOf(sheet: Sheet, found: Sensitivity, name: string): string {
  return name === "portfolio" ? sheet.words.portfolio(found.companies.length) : alternativeLong(sheet, name);
}

function shortName(sheet: Sheet, name: string): string {
  return name === "portfolio" ? "" : alternativeShort(sheet, name);
}

function labelOf({ labels }: Sensitivity, input: string): InputLabel {
  return labels.find((label) => label.input === input)!;
}

function tornadoLines(sheet: Sheet, found: Sensitivity, everything: boolean): string[] {
  const { words, terminal, language } = sheet;
  const rows = found.inputs.slice(0, everything ? Infinity : shownInputs).map(({ input, low, high, swing }) => {
    const label = labelOf(found, input);
    return [
      `${cut(say(label.text, language), 70)} ${terminal.colours.dim(input)}`,
      endText(sheet, label, low),
      endText(sheet, label, high),
      estimatedMoney(swing, language),
    ];
  });
  return [terminal.colours.bold(words.tornado), table(words.tornadoColumns, rows, [terminal.width - 68, 24, 24, 20]), ""];
}

function endText(sheet: Sheet, label: InputLabel, end: SwingEnd): string {
  const { words, language, text } = sheet;
  const lines = [
    `${rangeText(sheet, label, end)}${text.brackets(chanceText(end.probability))}`,
    estimatedMoney(end.netValue, language),
    ...(end.best.alternative === "portfolio" ? [] : [words.wouldDo(shortName(sheet, end.best.alternative))]),
  ];
  return lines.join("\n");
}

function shareLines(sheet: Sheet, found: Sensitivity, everything: boolean): string[] {
  const { words, terminal, language } = sheet;
  const ordered = found.inputs.toSorted((one, other) => other.varianceShare.amount - one.varianceShare.amount);
  const rows = ordered.slice(0, everything ? Infinity : shownInputs).map(({ input, varianceShare, learning, control }) => {
    const label = labelOf(found, input);
    const chosen = control ? words.choosing(rangeText(sheet, label, control), shortName(sheet, control.best)) : "";
    return [
      cut(say(label.text, language), 70),
      percent(varianceShare),
      learning ? estimatedMoney(learning, language) : "",
      control ? `${estimatedMoney(control, language)}\n${terminal.colours.dim(chosen)}` : "",
    ];
  });
  const single = found.company !== undefined;
  const widths = single ? [terminal.width - 66, 14, 21, 31] : [terminal.width - 16, 16];
  const { total, interactions, dependent } = found.explained;
  return [
    terminal.colours.bold(words.shares),
    table(
      words.sharesColumns.slice(0, widths.length),
      rows.map((row) => row.slice(0, widths.length)),
      widths,
    ),
    ...wrap(words.explained(percent(total), percent(interactions)), terminal.width),
    ...(dependent ? wrap(words.overlap, terminal.width) : []),
    "",
  ];
}

function answerOf(sheet: Sheet, found: Sensitivity, range: AnswerRange): string {
  const label = labelOf(found, range.input);
  return `${cut(say(label.text, sheet.language).replace(/[?？]$/, ""), 60)}${sheet.text.colon}${rangeText(sheet, label, range)}`;
}

function sharedLines(sheet: Sheet, found: Sensitivity, looked: PremortemReview, everything: boolean): string[] {
  const { words, terminal, language } = sheet;
  const heading = (looked.side === "worst" ? words.worst : words.best)(
    `${100 * looked.level}%`,
    money(looked.threshold.amount, looked.threshold.unit, language),
    estimatedMoney(looked.mean, language),
  );
  const rows = looked.answers
    .slice(0, everything ? Infinity : shownAnswers)
    .map((answer) => [answerOf(sheet, found, answer), percent(answer.share), chanceText(answer.probability), times(answer.lift)]);
  const pairs = looked.pairs
    .slice(0, everything ? Infinity : 3)
    .map(({ answers: [one, other], share, lift }) =>
      words.pair(answerOf(sheet, found, one), answerOf(sheet, found, other), percent(share), times(lift)),
    );
  return [
    ...wrap(heading, terminal.width).map((line) => terminal.colours.bold(line)),
    ...(rows.length === 0
      ? wrap(words.nothingShared, terminal.width)
      : [table(words.sharedColumns, rows, [terminal.width - 54, 18, 16, 20])]),
    ...(pairs.length === 0 ? [] : [words.pairs, ...pairs.flatMap((line) => wrap(line, terminal.width - 2).map((row) => `  ${row}`))]),
    "",
  ];
}

function oneWayLines(sheet: Sheet, found: Sensitivity, { input, rows }: OneWayReview): string[] {
  const { words, terminal, language } = sheet;
  const label = labelOf(found, input);
  const names = rows[0]?.netValues.map(({ alternative }) => alternative) ?? [];
  const shown = names.filter((name) => name !== "pass").slice(0, 3);
  const width = Math.floor((terminal.width - 42) / Math.max(1, shown.length));
  const body = rows.map((row) => [
    rangeText(sheet, label, row),
    chanceText(row.probability),
    ...shown.map((name) => {
      const { netValue } = row.netValues.find(({ alternative }) => alternative === name)!;
      return `${estimatedMoney(netValue, language)}${row.best === name && names.length > 1 ? " *" : ""}`;
    }),
  ]);
  const headers = [words.answer, words.probability, ...shown.map((name) => shortName(sheet, name))];
  return [terminal.colours.bold(words.oneWay(say(label.text, language))), table(headers, body, [32, 10, ...shown.map(() => width)]), ""];
}

function twoWayLines(sheet: Sheet, found: Sensitivity, { inputs, first, second, cells }: TwoWayReview): string[] {
  const { words, terminal, language } = sheet;
  const [down, across] = inputs.map((input) => labelOf(found, input));
  const columns = second.slice(0, 6);
  const width = Math.floor((terminal.width - 20) / columns.length);
  const rows = first.map((range, row) => [
    rangeText(sheet, down, range),
    ...columns.map((_, column) => {
      const cell = cells.find(({ at }) => at[0] === row && at[1] === column)!;
      if (!cell.best) return words.empty;
      const name = shortName(sheet, cell.best.alternative);
      return [
        ...(name === "" ? [] : [cut(name, width - 1)]),
        estimatedMoney(cell.best.netValue, language),
        chanceText(cell.probability),
      ].join("\n");
    }),
  ]);
  return [
    ...wrap(words.twoWay(say(down.text, language), say(across.text, language)), terminal.width).map((line) => terminal.colours.bold(line)),
    table(["", ...columns.map((range) => rangeText(sheet, across, range))], rows, [20, ...columns.map(() => width)]),
    "",
  ];
}
