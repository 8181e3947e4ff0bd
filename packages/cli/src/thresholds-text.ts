import { say } from "@watershed/domain";
import type { Question } from "@watershed/domain";
import type { CompanyThresholds, EventFlip, MedianFlip, QuestionThresholds } from "@watershed/workbench";
import { eventText } from "./answers.ts";
import { cut, estimatedMoney, estimatedPlain, percent, wrap } from "./figures.ts";
import { table } from "./layout.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import { bar, headingLines, placeText } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import type { SettlingWording } from "./wording/settling-en.ts";

const shownBeliefs = 14;

/** How far each belief may move before the decision changes, nearest first, and worth against the nearest one. */
export function thresholdsText(
  sheet: Sheet,
  words: SettlingWording,
  found: CompanyThresholds,
  questions: Map<string, Question>,
  everything: boolean,
): string {
  const { terminal, language, text } = sheet;
  const reached = found.thresholds.filter(({ nearest }) => nearest !== undefined);
  const shown = everything ? found.thresholds : reached.slice(0, shownBeliefs);
  const close = found.best.clear ? "" : text.brackets(words.closeCall);
  const unmoved = found.thresholds.length - reached.length;
  return [
    ...headingLines(sheet, say(found.company.name, language)),
    `${text.decision}${text.colon}${alternativeLong(sheet, found.best.alternative)}${text.brackets(estimatedMoney(found.best.worth, language))}${close}`,
    "",
    terminal.colours.bold(words.thresholds),
    table(
      words.thresholdColumns,
      shown.map((row) => rowOf(sheet, words, row, questions.get(row.question)!)),
      [terminal.width - 66, 18, 24, 24],
    ),
    ...(!everything && reached.length > shown.length ? [words.more(reached.length - shown.length)] : []),
    ...(everything || unmoved === 0 ? [] : wrap(words.unmoved(unmoved), terminal.width)),
    ...(standsTwice(shown) ? wrap(sheet.words.twice, terminal.width).map(terminal.colours.dim) : []),
    ...(reached.length > 0 ? ["", ...nearestLines(sheet, words, reached[0], questions.get(reached[0].question)!)] : []),
    "",
  ].join("\n");
}

/** Whether a question of a date is here both by its chance and by its median. */
export function standsTwice(rows: { kind: string; question: string }[]): boolean {
  const byMedian = new Set(rows.filter(({ kind }) => kind !== "event").map(({ question }) => question));
  return rows.some(({ kind, question }) => kind === "event" && byMedian.has(question));
}

function rowOf(sheet: Sheet, words: SettlingWording, row: QuestionThresholds, question: Question): string[] {
  const { language, terminal } = sheet;
  const name = (label: string): string => `${label} ${terminal.colours.dim(question.id)}`;
  if (row.kind === "event")
    return [
      name(eventText(question, row.event, language, 70)),
      percent({ amount: row.belief }, false),
      eventFlipText(sheet, words, row.down),
      eventFlipText(sheet, words, row.up),
    ];
  return [
    name(cut(say(question.text, language), 70)),
    words.medianIs(placeText(sheet, question, row.median)),
    medianFlipText(sheet, words, question, row.down),
    medianFlipText(sheet, words, question, row.up),
  ];
}

function eventFlipText(sheet: Sheet, words: SettlingWording, flip: EventFlip | undefined): string {
  if (!flip) return words.noFlip;
  const { amount, standardError } = flip.change;
  const points = `${amount > 0 ? "+" : ""}${(100 * amount).toFixed(standardError < 0.005 ? 1 : 0)}`;
  return words.atFlip(percent(flip.probability), words.points(points), alternativeShort(sheet, flip.best));
}

function medianFlipText(sheet: Sheet, words: SettlingWording, question: Question, flip: MedianFlip | undefined): string {
  if (!flip) return words.noFlip;
  const place = placeText(sheet, question, flip.median);
  const would = alternativeShort(sheet, flip.best);
  if (flip.change === undefined) return `${place}\n${would}`;
  const change = `${flip.change > 0 ? "+" : ""}${changeText(sheet, question, flip.change, flip.medianError)}`;
  return words.atFlip(place, question.kind === "date" ? words.days(change) : change, would);
}

function changeText({ language, review }: Sheet, { kind, unit = "" }: Question, amount: number, error: MedianFlip["medianError"]): string {
  const standardError = error === "infinity" ? Infinity : error;
  if (kind === "date") return estimatedPlain(Math.round(amount), Math.max(1, Math.round(standardError)));
  if (/^[A-Z]{3}$/.test(unit)) return estimatedMoney({ amount, standardError, unit, key: review.key }, language);
  return estimatedPlain(amount, standardError);
}

/** What a chart of the nearest belief would draw: two ends of every line, or the curve of today's and the next alternative. */
function nearestLines(sheet: Sheet, words: SettlingWording, row: QuestionThresholds, question: Question): string[] {
  const { terminal, language } = sheet;
  if (row.kind === "event") {
    const title = `${words.lines}${sheet.text.colon}${eventText(question, row.event, language, 60)}`;
    const rows = row.lines.map(({ alternative, ifNo, ifYes }) => [
      cut(alternativeShort(sheet, alternative), terminal.width - 46),
      estimatedMoney(ifNo, language),
      estimatedMoney(ifYes, language),
    ]);
    return [...wrap(title, terminal.width).map(terminal.colours.bold), table(words.lineColumns, rows, [terminal.width - 44, 22, 22])];
  }
  const other = (row.down ?? row.up)!.best;
  const points = row.curve.filter(({ shift }) => Math.abs(shift) <= 2);
  const amounts = points.map(({ netValues }) => netValues.find(({ alternative }) => alternative === other)!.netValue.amount);
  const rows = points.map(({ median, netValues }, place) => [
    placeText(sheet, question, median),
    ...netValues.filter(({ alternative }) => alternative === other).map(({ netValue }) => estimatedMoney(netValue, language)),
    bar(amounts[place], amounts, terminal.width - 44),
  ]);
  return [
    ...wrap(`${words.curve(say(question.text, language))}`, terminal.width).map(terminal.colours.bold),
    table([words.thresholdColumns[1], cut(alternativeShort(sheet, other), 20), ""], rows, [20, 22, terminal.width - 44]),
  ];
}
