import type { Estimate, Language, Text } from "@watershed/domain";
import { estimatedMoney, estimatedPlain, money, percent, plain } from "@watershed/workbench/figures";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { en } from "../wording/en.ts";
import type { Wording } from "../wording/en.ts";
import { zh } from "../wording/zh.ts";

/** Everything that is worded: the sentences of the page, the team's own texts, and figures. */
export interface Words {
  language: Language;
  text: Wording;
  setLanguage: (language: Language) => void;
  say: (text: Text | undefined) => string;
  money: (amount: number, currency: string) => string;
  estimate: (estimate: Estimate) => string;
  figure: (estimate: Estimate) => string; // without its error
  day: (day: string) => string;
}

const tables: Record<Language, Wording> = { en, zh };
const Current = createContext<Words | undefined>(undefined);
const kept = "watershed.language";

/** Words in the reader's language: the one chosen here, else the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, choose] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const words = useMemo(
    () =>
      wordsOf(language, (next) => {
        localStorage.setItem(kept, next);
        choose(next);
      }),
    [language],
  );
  return <Current value={words}>{children}</Current>;
}

/** The words of this page. */
export function useWords(): Words {
  const words = useContext(Current);
  if (!words) throw new Error("useWords outside of LanguageProvider");
  return words;
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  if (chosen === "en" || chosen === "zh") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function wordsOf(language: Language, setLanguage: Words["setLanguage"]): Words {
  const days = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  return {
    language,
    setLanguage,
    text: tables[language],
    say: (text) => (text === undefined ? "" : typeof text === "string" ? text : text[language]),
    money: (amount, currency) => minusFirst(money(amount, currency, language)),
    estimate: (estimate) => estimated(estimate, language),
    figure: ({ amount, unit }) =>
      isMoney(unit) ? minusFirst(money(amount, unit, language)) : unit === "probability" ? percent({ amount }, false) : plain(amount),
    day: remembered((day) => (/^\d{4}-\d{2}-\d{2}/.test(day) ? days.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)) : day)),
  };
}

/** The same function, asked once for each text: wording a day takes a hundredth of a millisecond, and a page words hundreds again and again. */
function remembered(word: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text) ?? word(text);
    known.set(text, found);
    return found;
  };
}

/** Digits of an amount beyond which a page shows no more, and the error under which none is shown. */
const significantDigits = 4;
const negligible = 1e-4;

function estimated(estimate: Estimate, language: Language): string {
  const { amount, standardError, unit } = estimate;
  if (!isMoney(unit)) {
    if (unit === "probability") return percent(estimate);
    return standardError > 0 ? estimatedPlain(amount, standardError) : plain(amount);
  }
  if (standardError < negligible * Math.abs(amount)) return minusFirst(money(amount, unit, language));
  return minusFirst(estimatedMoney(estimate, language, significantDigits));
}

/** −USD 24.9M: the sign before the currency, and a true minus. */
function minusFirst(text: string): string {
  return text.replace(/^([A-Z]{3} )?-/, "−$1");
}

function isMoney(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}
