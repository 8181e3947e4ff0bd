import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import { formsEn } from "../wording/forms-en.ts";
import type { FormsWording } from "../wording/forms-en.ts";
import { formsZh } from "../wording/forms-zh.ts";

/** The words of the page with those of its forms, which come with the first of them. */
export function useFormWords(): Words & { forms: FormsWording } {
  const words = useWords();
  return { ...words, forms: words.language === "zh" ? formsZh : formsEn };
}
