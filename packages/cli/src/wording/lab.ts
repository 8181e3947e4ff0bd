import { labEn } from "./lab-en.ts";
import type { LabWording } from "./lab-en.ts";
import { labZh } from "./lab-zh.ts";
import { wordingOf } from "./wording.ts";

/** The compute lab's words in the language asked for, else that of the environment. */
export function labWording(asked: string | undefined): LabWording {
  return wordingOf(asked).language === "zh" ? labZh : labEn;
}
