import type { Item } from "@watershed/domain";
import { labPageEn } from "../wording/lab-page-en.ts";
import { labPageZh } from "../wording/lab-page-zh.ts";
import type { LabFigures } from "./use-lab.ts";
import type { LabSetting } from "./setting.ts";

/** A result as a fact that others can cite, in both languages, with its key and the source that stands for the lab itself. */
export function resultAsFact(
  { tokens }: LabSetting,
  { step, run }: LabFigures,
  link: string,
  title: string,
): { source: Item<"sources">; fact: Omit<Item<"facts">, "date"> } {
  const { key } = run!;
  const days = run!.days!;
  const { stepSeconds, stepSecondsLow, stepSecondsHigh, mfu } = step!.prediction!;
  const whole = (amount: number): string => Number(amount.toPrecision(3)).toLocaleString("en-US");
  const said = [title, whole(tokens / 1e12), whole(days.amount), whole(days.low), whole(days.high), key] as const;
  return {
    source: { id: "compute-lab", title: { en: labPageEn.factSource, zh: labPageZh.factSource }, reliability: "ours" },
    fact: {
      id: `lab-${key}`,
      category: "compute-lab",
      text: { en: labPageEn.factText(...said), zh: labPageZh.factText(...said) },
      sources: ["compute-lab"],
      certainty: "medium",
      data: {
        key,
        link,
        tokens,
        days: days.amount,
        daysLow: days.low,
        daysHigh: days.high,
        stepSeconds,
        stepSecondsLow,
        stepSecondsHigh,
        mfu,
      },
    },
  };
}
