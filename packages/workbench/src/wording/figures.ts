import type { Estimate, Language } from "@watershed/domain";

/** What a currency is called in Chinese text; its code elsewhere. */
const currencyZh: Record<string, string> = { USD: "美元", RMB: "元", CNY: "元", HKD: "港元", EUR: "欧元" };

interface Scale {
  factor: number;
  name: string;
}

const scales: Record<Language, Scale[]> = {
  en: [
    { factor: 1e9, name: "bn" },
    { factor: 1e6, name: "M" },
    { factor: 1e3, name: "k" },
    { factor: 1, name: "" },
  ],
  zh: [
    { factor: 1e8, name: "亿" },
    { factor: 1e4, name: "万" },
    { factor: 1, name: "" },
  ],
};

/** An amount of money for people: USD 2.50bn, 25.0亿美元. */
export function money(amount: number, currency: string, language: Language): string {
  return withCurrency(scaled(amount, scaleOf(amount, language)), currency, language);
}

/** An estimated amount of money with its standard error on the same scale: USD 12.4M ± 0.3M, 12.4 ± 0.3万美元. In English a shared suffix would leave the amount to be read without it. With `significant` the amount has at most so many digits, and an error that they do not show is "under" the last of them. */
export function estimatedMoney({ amount, standardError, unit }: Estimate, language: Language, significant = Infinity): string {
  if (standardError === 0) return money(amount, unit, language);
  const scale = scaleOf(Math.max(Math.abs(amount), Number.isFinite(standardError) ? standardError : 0), language);
  const whole = Math.max(1, Math.floor(Math.log10(Math.max(1, Math.abs(amount / scale.factor)))) + 1);
  const digits = Math.min(digitsFor(amount / scale.factor, standardError / scale.factor), Math.max(0, significant - whole));
  const shown = (amount / scale.factor).toFixed(digits).replace(/^-(0(?:\.0*)?)$/, "$1");
  const error = errorText(standardError / scale.factor, digits);
  // Nothing needs no suffix: USD 0 ± 115k.
  const withSuffix = (digitsOf: string): string => (/[1-9]/.test(digitsOf) ? digitsOf + scale.name : digitsOf);
  const figure = language === "zh" ? `${shown} ± ${error}${scale.name}` : `${withSuffix(shown)} ± ${withSuffix(error)}`;
  return withCurrency(figure, unit, language);
}

/** Whether an amount is within two of its standard errors, so that the run cannot tell it from zero; an exact zero is told. */
export function isWithinNoise({ amount, standardError }: Pick<Estimate, "amount" | "standardError">): boolean {
  return standardError > 0 && Math.abs(amount) <= 2 * standardError;
}

/** A number with its standard error: 9.22 ± 0.08. */
export function estimatedPlain(amount: number, standardError: number): string {
  if (!(standardError > 0) || !Number.isFinite(standardError)) return plain(amount);
  const digits = digitsFor(amount, standardError);
  return `${withThousands(amount, digits)} ± ${errorText(standardError, digits)}`;
}

function withThousands(amount: number, digits: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A share as a percentage with as many digits as its error allows. */
export function percent({ amount, standardError = 0 }: { amount: number; standardError?: number }, withError = true): string {
  const shown = withError && standardError > 0;
  const digits = shown ? (standardError < 0.0005 ? 2 : standardError < 0.005 ? 1 : 0) : amount > 0 && amount < 0.1 ? 1 : 0;
  const figure = (100 * amount).toFixed(digits);
  return shown ? `${figure} ± ${errorText(100 * standardError, digits)}%` : `${figure}%`;
}

/** A plain number with about three figures; whole up to ten thousand, as a year is. */
export function plain(amount: number): string {
  if (!Number.isFinite(amount)) return amount > 0 ? "∞" : "-∞";
  if (amount === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(amount))));
  const kept = Math.abs(amount) >= 10_000 ? Number(amount.toPrecision(3)) : Number(amount.toFixed(Math.min(digits, 12)));
  return kept.toLocaleString("en-US", { maximumFractionDigits: 12 });
}

function scaleOf(amount: number, language: Language): Scale {
  const steps = scales[language];
  return steps.find((scale) => Math.abs(amount) >= scale.factor) ?? steps[steps.length - 1];
}

function scaled(amount: number, scale: Scale): string {
  const reduced = amount / scale.factor;
  if (amount === 0) return "0";
  return `${reduced.toFixed(Math.abs(reduced) >= 100 ? 0 : Math.abs(reduced) >= 10 ? 1 : 2)}${scale.name}`;
}

function withCurrency(figure: string, currency: string, language: Language): string {
  if (currency === "") return figure;
  return language === "zh" ? `${figure}${currencyZh[currency] ?? ` ${currency}`}` : `${currency} ${figure}`;
}

/** Decimals so that the error shows with one or two figures, and the amount with no more than four where there is none. */
function digitsFor(amount: number, standardError: number): number {
  if (!Number.isFinite(standardError) || standardError <= 0) return Math.abs(amount) >= 100 ? 0 : Math.abs(amount) >= 10 ? 1 : 2;
  return Math.min(4, Math.max(0, Math.ceil(-Math.log10(standardError))));
}

function errorText(standardError: number, digits: number): string {
  if (!Number.isFinite(standardError)) return "?";
  const text = standardError.toFixed(digits);
  return Number(text) === 0 && standardError > 0 ? `<${(10 ** -digits).toFixed(digits)}` : text;
}
