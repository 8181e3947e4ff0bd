import type { Language } from "@watershed/domain";
import { en } from "./en.ts";
import type { Wording } from "./en.ts";
import { zh } from "./zh.ts";

/** The words of a language: the one asked for, else that of the environment, else English. */
export function wordingOf(asked: string | undefined): { language: Language; text: Wording } {
  const language = asked === "zh" || asked === "en" ? asked : environmentLanguage();
  return { language, text: language === "zh" ? zh : en };
}

function environmentLanguage(): Language {
  const { WATERSHED_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^zh/i.test(WATERSHED_LANG ?? LC_ALL ?? LC_MESSAGES ?? LANG ?? "") ? "zh" : "en";
}
