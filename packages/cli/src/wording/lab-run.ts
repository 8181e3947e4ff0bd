import { labRunEn } from "./lab-run-en.ts";
import type { LabRunWording } from "./lab-run-en.ts";
import { labRunZh } from "./lab-run-zh.ts";
import { wordingOf } from "./wording.ts";

/** The words about running a job in the language asked for, else that of the environment. */
export function labRunWording(asked: string | undefined): LabRunWording {
  return wordingOf(asked).language === "zh" ? labRunZh : labRunEn;
}
