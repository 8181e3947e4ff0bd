import { dayNumber, lastDayOfMonth } from "./calendar.ts";
import type { Place } from "./definition.ts";
import { formulaProblem } from "./problem.ts";
import type { FormulaProblem, FormulaProblemCode, ProblemParams } from "./problem.ts";
import { splitUnit } from "./units.ts";

export interface Token {
  type: "number" | "name" | "keyword" | "date" | "text" | "currencySign" | "sign" | "end";
  text: string; // as ASCII twin for signs
  from: number;
  to: number;
  amount: number; // of a number; days since 1970-01-01 of a date
}

interface Lexing {
  source: string;
  definition: string;
  at: number;
  tokens: Token[];
  problems: FormulaProblem[];
}

/** Words with a meaning of their own; none can name a definition. */
export const keywords = new Set(["if", "then", "else", "and", "or", "not", "to", "by", "is", "today", "never", "yes", "no"]);

/** A definition's name: words of letters, digits and _, joined by dots. */
export const namePattern = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;

const asciiTwins: Record<string, string> = {
  "（": "(",
  "）": ")",
  "，": ",",
  "、": ",",
  "：": ":",
  "％": "%",
  "＋": "+",
  "－": "-",
  "−": "-",
  "＊": "*",
  "×": "*",
  "／": "/",
  "÷": "/",
  "＝": "=",
  "＜": "<",
  "＞": ">",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};

const foreignOperators: Record<string, string> = {
  "&&": "and",
  "&": "and",
  "||": "or",
  "|": "or",
  "!": "not",
  "**": "^",
  "===": "=",
  "!==": "!=",
  "<>": "!=",
  "=<": "<=",
  "=>": ">=",
  ":=": "=",
  "?": "if ... then ... else ...",
};

const space = /(?:\s|#[^\n]*)+/y;
const date = /(\d{4})-(\d{1,2})-(\d{1,2})(?![\p{L}\p{N}_.])/uy;
const number = /\.?\d[\d_]*(?:\.[\d_]+)*\.?(?:[eE][+-]?\d+)?/uy;
const soundNumber = /^(?:\d+(?:_\d+)*)?(?:\.\d+(?:_\d+)*|(?<=\d))(?:[eE][+-]?\d+)?$/;
const currencySign = /(?:US|HK)?\$|[¥￥€£]/y;
const text = /["“”]([^"“”\n]*)(["“”])?/y;
const foreign = /===|!==|&&?|\|\|?|\*\*|<>|=<|=>|:=|\?|!(?!=)/y;
const sign = /==|!=|<=|>=|[-+*/^()=<>,:%（），、：％＋－−＊×／÷＝＜＞≤≥≠]/y;

/** Cuts a formula into tokens, the last one `end`; characters that fit nothing are problems and leave no token. */
export function tokens(source: string, definition: string): { tokens: Token[]; problems: FormulaProblem[] } {
  const lexing: Lexing = { source, definition, at: 0, tokens: [], problems: [] };
  while (lexing.at < source.length) if (!match(lexing, space)) lexOne(lexing);
  push(lexing, "end", source.length, "");
  return { tokens: lexing.tokens, problems: lexing.problems };
}

function lexOne(lexing: Lexing): void {
  const from = lexing.at;
  let found: RegExpExecArray | null;
  if ((found = match(lexing, date))) lexDate(lexing, from, found);
  else if ((found = match(lexing, number))) lexNumber(lexing, from, found[0]);
  else if ((found = match(lexing, currencySign))) push(lexing, "currencySign", from, found[0]);
  else if ((found = match(lexing, namePattern))) lexName(lexing, from, found[0]);
  else if ((found = match(lexing, text))) lexText(lexing, from, found);
  else if ((found = match(lexing, foreign)))
    report(lexing, from, "foreignOperator", { found: found[0], suggestion: foreignOperators[found[0]] });
  else if ((found = match(lexing, sign))) push(lexing, "sign", from, ascii(found[0]));
  else {
    const character = String.fromCodePoint(lexing.source.codePointAt(from)!);
    lexing.at += character.length;
    report(lexing, from, "unexpectedCharacter", { found: character });
  }
}

function lexDate(lexing: Lexing, from: number, found: RegExpExecArray): void {
  const [year, month, day] = found.slice(1).map(Number);
  const days = dayNumber(year, month, day);
  if (days !== undefined) push(lexing, "date", from, found[0], days);
  else report(lexing, from, "noSuchDate", { found: found[0], lastDay: month >= 1 && month <= 12 ? lastDayOfMonth(year, month) : "" });
}

function lexNumber(lexing: Lexing, from: number, found: string): void {
  const digits = found.replaceAll("_", "");
  const amount = Number(digits);
  const before = lexing.tokens.at(-1);
  if (!soundNumber.test(found)) report(lexing, from, "malformedNumber", { found, suggestion: mendNumber(digits) });
  else if (!Number.isFinite(amount)) report(lexing, from, "numberTooLarge", { found });
  else if (/^0\d\d$/.test(found) && before?.text === "," && before.to === from && lexing.tokens.at(-2)?.type === "number")
    reportComma(lexing, found);
  else push(lexing, "number", from, found, amount);
}

function reportComma(lexing: Lexing, found: string): void {
  const number = lexing.tokens.at(-2)!;
  report(lexing, number.from, "commaInNumber", { found: `${number.text},${found}`, suggestion: `${number.text}_${found}` });
}

function mendNumber(digits: string): string {
  const [whole, fraction, ...more] = digits.split(".");
  return more.length > 0 ? "" : `${whole || "0"}.${fraction || "0"}`;
}

function lexName(lexing: Lexing, from: number, found: string): void {
  if (keywords.has(found)) return push(lexing, "keyword", from, found);
  const afterNumber = lexing.tokens.at(-1)?.type === "number";
  let at = from;
  for (const part of afterNumber ? splitUnit(found) : [found]) {
    lexing.tokens.push({ type: "name", text: part, from: at, to: at + part.length, amount: 0 });
    at += part.length;
  }
}

function lexText(lexing: Lexing, from: number, found: RegExpExecArray): void {
  if (found[2]) push(lexing, "text", from, found[1]);
  else report(lexing, from, "unclosedText", { found: found[1] });
}

function match(lexing: Lexing, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = lexing.at;
  const found = pattern.exec(lexing.source);
  if (found) lexing.at += found[0].length;
  return found;
}

function ascii(found: string): string {
  return asciiTwins[found] ?? found;
}

function push(lexing: Lexing, type: Token["type"], from: number, found: string, amount = 0): void {
  lexing.tokens.push({ type, text: found, from, to: lexing.at, amount });
}

function report<Code extends FormulaProblemCode>(lexing: Lexing, from: number, code: Code, params: ProblemParams<Code>): void {
  const at: Place = { definition: lexing.definition, from, to: lexing.at };
  lexing.problems.push(formulaProblem(code, at, params));
}
