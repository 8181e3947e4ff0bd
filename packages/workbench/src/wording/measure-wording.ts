import type { ExplanationMeasure } from "@watershed/decision";
import type { Language } from "@watershed/domain";
import { measuresEn } from "./measures-en.ts";
import type { MeasureWording } from "./measures-en.ts";
import { measuresZh } from "./measures-zh.ts";

/** The label of a figure and one sentence on how it comes about. */
export function wordMeasure(measure: ExplanationMeasure, language: Language): MeasureWording {
  return (language === "zh" ? measuresZh : measuresEn)[measure];
}
