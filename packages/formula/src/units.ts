import { daysPerMonth, daysPerYear } from "./operators.ts";

/** Suffixes that multiply a number; case matters, because m could be a metre, a month or a million. */
export const multipliers: Record<string, number> = { k: 1e3, M: 1e6, bn: 1e9, B: 1e9, tn: 1e12, T: 1e12 };

const chineseMultipliers: Record<string, number> = { 百: 1e2, 千: 1e3, 万: 1e4, 亿: 1e8 };

export const durationUnits: Record<string, number> = {
  day: 1,
  days: 1,
  week: 7,
  weeks: 7,
  month: daysPerMonth,
  months: daysPerMonth,
  year: daysPerYear,
  years: daysPerYear,
};

/** Signs and words for currencies, and the code each stands for; CNY is written RMB throughout. */
export const currencyWords: Record<string, string> = {
  $: "USD",
  US$: "USD",
  HK$: "HKD",
  "¥": "RMB",
  "￥": "RMB",
  "€": "EUR",
  "£": "GBP",
  CNY: "RMB",
  元: "RMB",
  人民币: "RMB",
  美元: "USD",
  港元: "HKD",
  欧元: "EUR",
  日元: "JPY",
  英镑: "GBP",
};

/** What people write for a unit that exists under another name. */
export const unitSlips: Record<string, string> = {
  m: "M",
  mn: "M",
  mm: "M",
  K: "k",
  b: "bn",
  Bn: "bn",
  BN: "bn",
  t: "tn",
  yr: "years",
  yrs: "years",
  mo: "months",
};

/** The currency code that a word or sign stands for, or undefined where it is none. */
export function currencyCode(word: string): string | undefined {
  if (Object.hasOwn(currencyWords, word)) return currencyWords[word];
  return /^[A-Z]{3}$/.test(word) ? word : undefined;
}

/** What a multiplier multiplies by: `bn` 1e9, `千万` 1e7; undefined where it is none. */
export function multiplierOf(word: string): number | undefined {
  if (Object.hasOwn(multipliers, word)) return multipliers[word];
  return /^[百千万亿]+$/.test(word) ? [...word].reduce((product, sign) => product * chineseMultipliers[sign], 1) : undefined;
}

/** Cuts what follows a number into multiplier and unit: `bnUSD` and `亿元` in two, `months` and `USD` whole. */
export function splitUnit(word: string): string[] {
  if (currencyCode(word) || Object.hasOwn(durationUnits, word)) return [word];
  const multiplier = /^(?:[百千万亿]+|(?:bn|tn|k|M|B|T)(?=[A-Z]{3}$))/.exec(word)?.[0] ?? "";
  return multiplier && multiplier.length < word.length ? [multiplier, word.slice(multiplier.length)] : [word];
}
