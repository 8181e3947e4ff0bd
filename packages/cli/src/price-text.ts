import { say } from "@watershed/domain";
import type { Question } from "@watershed/domain";
import type { BeliefCurve, BeliefCurvePoint, CompanyPrice, ImpliedAnswer, ImpliedThesis, PriceCurvePoint } from "@watershed/workbench";
import { eventText } from "./answers.ts";
import { cut, estimatedMoney, money, percent, wrap } from "./figures.ts";
import { indent, table } from "./layout.ts";
import { alternativeLong, alternativeShort } from "./alternative-names.ts";
import { askedText, reachedMoney } from "./review-text.ts";
import type { Page } from "./review-text.ts";
import { standsTwice } from "./thresholds-text.ts";
import { bar, chanceText, headingLines, placeText } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";

/** One company's price on paper: where to walk away, what would make it fair, and how worth moves with price and belief. */
export function priceText(sheet: Sheet, price: CompanyPrice, questions: Map<string, Question>, everything: boolean): string {
  return [
    ...headingLines(sheet, say(price.company.name, sheet.language)),
    ...termLines(sheet, price),
    "",
    ...fairLines(sheet, price.implied, questions, everything),
    ...thesisLines(sheet, price.theses, everything),
    ...priceCurveLines(sheet, price),
    ...(price.beliefCurve ? beliefCurveLines(sheet, price.beliefCurve, questions) : []),
    "",
  ].join("\n");
}

function termLines(sheet: Sheet, { best, asked, reservationPrice }: CompanyPrice): string[] {
  const { text, terminal, words } = sheet;
  const rows: [string, string][] = [
    [text.decision, `${alternativeLong(sheet, best.alternative)}${text.brackets(estimatedMoney(best.worth, sheet.language))}`],
    [text.asked, askedText(sheet as unknown as Page, asked)],
    [
      text.walkAway,
      `${reachedMoney(sheet, reservationPrice.againstBest)}${text.brackets(words.against(alternativeShort(sheet, reservationPrice.bestOther)))}`,
    ],
    ["", `${reachedMoney(sheet, reservationPrice.nowOrNever)}${text.brackets(words.marks.nowOrNever)}`],
  ];
  const width = Math.max(...rows.map(([label]) => indent.widthOf(label))) + 4;
  return rows.flatMap(([label, content]) => indent(label, content, width, terminal.width, terminal.colours.dim));
}

const shownAnswers = 12;
const shownTheses = 6;

function fairLines(sheet: Sheet, implied: ImpliedAnswer[], questions: Map<string, Question>, everything: boolean): string[] {
  const { words, terminal } = sheet;
  const reached = implied.filter((row) => (row.kind === "event" ? row.implied.reachable : row.shift.reachable));
  const shown = everything ? implied : reached.slice(0, shownAnswers);
  const unreached = implied.length - reached.length;
  return [
    terminal.colours.bold(words.fairAt),
    table(
      words.fairColumns,
      shown.map((row) => fairRow(sheet, row, questions.get(row.question)!)),
      [terminal.width - 62, 20, 22, 20],
    ),
    ...(everything || reached.length <= shownAnswers ? [] : wrap(words.moreAnswers(reached.length - shownAnswers), terminal.width)),
    ...(everything || unreached === 0 ? [] : wrap(words.unreachedAnswers(unreached), terminal.width)),
    ...(standsTwice(shown) ? wrap(sheet.words.twice, terminal.width).map(terminal.colours.dim) : []),
    "",
  ];
}

function fairRow(sheet: Sheet, row: ImpliedAnswer, question: Question): string[] {
  const { words, text, language } = sheet;
  const effect = estimatedMoney(row.effect, language);
  if (row.kind === "event") {
    const points = row.edge && `${row.edge.amount > 0 ? "+" : ""}${(100 * row.edge.amount).toFixed(0)} ${text.points}`;
    const fair = row.implied.reachable ? `${percent(row.implied.at)}\n${words.edge(points!)}` : sideText(sheet, row.implied.side);
    return [eventText(question, row.event, language, 60), chanceText(row.belief), fair, effect];
  }
  const place = (at: typeof row.belief): string => placeText(sheet, question, at);
  const fair = row.implied
    ? words.medianRange(place(row.implied.at), place(row.implied.from), place(row.implied.to))
    : sideText(sheet, row.shift.reachable ? "" : row.shift.side);
  return [cut(say(question.text, language), 60), words.median(place(row.belief)), fair, effect];
}

function sideText({ words }: Sheet, side: string): string {
  if (side === "alwaysWorth") return words.alwaysWorth;
  if (side === "neverWorth") return words.neverWorth;
  return side === "oneAnswerOnly" ? words.oneAnswerOnly : words.noEffect;
}

function thesisLines(sheet: Sheet, theses: ImpliedThesis[], everything: boolean): string[] {
  const { words, terminal, language, review } = sheet;
  const moving = everything ? theses : theses.filter(({ shift }) => shift.reachable || shift.side !== "noEffect").slice(0, shownTheses);
  if (moving.length === 0) return [];
  const rows = moving.map((thesis) => {
    const { shift, implied, belief, effectiveDraws, looked } = thesis;
    const details = effectiveDraws
      ? words.tilted(effectiveDraws.toLocaleString("en-US"), review.draws.toLocaleString("en-US"))
      : words.looked(chanceText(looked.from.amount), chanceText(looked.to.amount));
    return [
      `${say(thesis.statement, language)}\n${terminal.colours.dim(details)}`,
      percent(belief),
      implied ? percent(implied) : sideText(sheet, shift.reachable ? "" : shift.side),
      shift.reachable ? oddsText(shift.at) : "",
    ];
  });
  return [terminal.colours.bold(words.theses), table(words.thesisColumns, rows, [terminal.width - 62, 23, 19, 20]), ""];
}

/** exp of a shift of log-odds, with a standard error to either side. */
function oddsText({ amount, standardError }: { amount: number; standardError: number }): string {
  const odds = (shift: number): string => Math.exp(shift).toFixed(2);
  return Number.isFinite(standardError)
    ? `${odds(amount)} (${odds(amount - standardError)}…${odds(amount + standardError)})`
    : odds(amount);
}

function priceCurveLines(sheet: Sheet, { priceCurve, against }: CompanyPrice): string[] {
  const { words, terminal, language, review } = sheet;
  const amounts = priceCurve.map((point) => nowOf(point)!.amount);
  const rows = priceCurve.map((point) => [
    `${money(point.preMoney, review.currency, language)}${point.mark ? `\n${terminal.colours.dim(words.marks[point.mark])}` : ""}`,
    estimatedMoney(nowOf(point)!, language),
    estimatedMoney(point.ahead, language),
    bar(nowOf(point)!.amount, amounts, terminal.width - 60),
  ]);
  return [
    ...wrap(words.priceCurve(alternativeShort(sheet, against)), terminal.width).map((line) => terminal.colours.bold(line)),
    table(words.priceColumns, rows, [18, 20, 20, terminal.width - 58]),
    "",
  ];
}

function nowOf({
  netValues,
}: Pick<PriceCurvePoint, "netValues">): { amount: number; standardError: number; unit: string; key: string } | undefined {
  return netValues.find(({ alternative }) => alternative === "now")?.netValue;
}

function beliefCurveLines(sheet: Sheet, curve: BeliefCurve, questions: Map<string, Question>): string[] {
  const { words, terminal, language } = sheet;
  if (curve.points.length === 0) return [];
  const question = "question" in curve ? questions.get(curve.question) : undefined;
  const title =
    "thesis" in curve
      ? say(curve.statement, language)
      : curve.event === undefined
        ? say(question?.text, language)
        : eventText(question!, curve.event, language, 80);
  // Of the alternatives besides now, those that are worth anything anywhere; two of them fit on the page.
  const others = [...new Set(curve.points.flatMap(({ netValues }) => netValues.map(({ alternative }) => alternative)))]
    .filter((name) => name !== "now" && curve.points.some((point) => (worthAt(point, name)?.amount ?? 0) !== 0))
    .sort((one, other) => mostOf(curve, other) - mostOf(curve, one))
    .slice(0, 2);
  const amounts = curve.points.map((point) => nowOf(point)?.amount ?? 0);
  const width = terminal.width - 38 - 20 * others.length;
  const rows = curve.points.map((point) => [
    `${placeOf(sheet, curve, point, question)}${point.mark ? `\n${terminal.colours.dim(words.marks[point.mark])}` : ""}`,
    ...["now", ...others].map((name) => (worthAt(point, name) ? estimatedMoney(worthAt(point, name)!, language) : "")),
    bar(nowOf(point)?.amount ?? 0, amounts, width - 2),
  ]);
  const first = curve.against === "probability" ? words.chance : "thesis" in curve ? words.confirmedColumn : words.medianColumn;
  const headers = [first, sheet.text.now, ...others.map((name) => alternativeShort(sheet, name)), ""];
  return [
    ...wrap(words.beliefCurve(title), terminal.width).map((line) => terminal.colours.bold(line)),
    table(headers, rows, [18, 20, ...others.map(() => 20), width]),
  ];
}

function placeOf(sheet: Sheet, curve: BeliefCurve, point: BeliefCurvePoint, question: Question | undefined): string {
  if (point.median !== undefined) return placeText(sheet, question ?? {}, point.median);
  return "thesis" in curve ? chanceText(point.chance ?? 0) : chanceText(point.at);
}

function worthAt(
  { netValues }: BeliefCurvePoint,
  name: string,
): { amount: number; standardError: number; unit: string; key: string } | undefined {
  return netValues.find(({ alternative }) => alternative === name)?.netValue;
}

function mostOf(curve: BeliefCurve, name: string): number {
  return Math.max(...curve.points.map((point) => worthAt(point, name)?.amount ?? 0));
}
