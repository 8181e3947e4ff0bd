import { suggest } from "./nearest.ts";
import type { Token } from "./lexer.ts";
import { fail, finish, peek } from "./parsing.ts";
import type { Parsing } from "./parsing.ts";
import type { Tree } from "./tree.ts";
import { currencyCode, currencyWords, durationUnits, multiplierOf, multipliers, unitSlips } from "./units.ts";

/** Reads what follows a number token: multipliers, then a percent sign, a duration unit or a currency. */
export function parseNumber(parsing: Parsing, token: Token): Tree | undefined {
  const amount = parseMultipliers(parsing, token);
  if (amount === undefined) return undefined;
  const { from } = token;
  const next = peek(parsing);
  const plain = { from, to: parsing.tokens[parsing.at - 1].to };
  if (next.type === "sign" && next.text === "%") {
    parsing.at++;
    return finish(parsing, { type: "number", amount: percent(token, amount), percent: true, from, to: next.to }, []);
  }
  if (next.type !== "name" && next.type !== "currencySign")
    return finish(parsing, { type: "number", amount, percent: false, ...plain }, []);
  parsing.at++;
  if (Object.hasOwn(durationUnits, next.text)) {
    return finish(parsing, { type: "duration", days: amount * durationUnits[next.text], from, to: next.to }, []);
  }
  const currency = currencyCode(next.text);
  if (currency) return finish(parsing, { type: "money", amount, currency, from, to: next.to }, []);
  return fail(parsing, "unknownUnit", next, { found: next.text, suggestions: unitSuggestions(next.text) });
}

/** Reads the number after a currency code or sign. */
export function parsePrefixedMoney(parsing: Parsing, sign: Token): Tree | undefined {
  const token = peek(parsing);
  const currency = currencyCode(sign.text);
  if (token.type !== "number") return fail(parsing, "currencyWithoutAmount", sign, { found: sign.text, suggestion: `${sign.text}100` });
  if (!currency) return failPrefix(parsing, sign, token);
  parsing.at++;
  const amount = parseMultipliers(parsing, token);
  if (amount === undefined) return undefined;
  return finish(parsing, { type: "money", amount, currency, from: sign.from, to: parsing.tokens[parsing.at - 1].to }, []);
}

function failPrefix(parsing: Parsing, name: Token, token: Token): undefined {
  const upper = name.text.toUpperCase();
  if (!currencyCode(upper)) return fail(parsing, "missingOperator", token, { before: name.text, after: token.text });
  return fail(parsing, "unknownUnit", name, { found: name.text, suggestions: [upper] });
}

function parseMultipliers(parsing: Parsing, token: Token): number | undefined {
  let amount = token.amount;
  for (let next = peek(parsing); next.type === "name"; next = peek(parsing)) {
    const multiplier = multiplierOf(next.text);
    if (multiplier === undefined) break;
    amount *= multiplier;
    parsing.at++;
  }
  return Number.isFinite(amount) ? amount : fail(parsing, "numberTooLarge", token, { found: token.text });
}

/** 65% is the double nearest to 0.65, which 65 / 100 is and 65 * 0.01 is not. */
function percent(token: Token, amount: number): number {
  const digits = token.text.replaceAll("_", "");
  return amount === token.amount && !/[eE]/.test(digits) ? Number(`${digits}e-2`) : amount / 100;
}

function unitSuggestions(word: string): string[] {
  if (Object.hasOwn(unitSlips, word)) return [unitSlips[word]];
  const upper = word.toUpperCase();
  if (word.length === 3 && currencyCode(upper)) return [upper];
  const units = [...Object.keys(multipliers), ...Object.keys(durationUnits), ...Object.keys(currencyWords)];
  return suggest(
    word,
    units.filter((unit) => unit.length > 1),
  );
}
