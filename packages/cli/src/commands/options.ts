import { dayNumber } from "@watershed/domain";
import type { Wording } from "../wording/en.ts";

export interface RunFlags {
  company?: string;
  asOf?: string;
  lang?: string;
  json?: boolean;
  all?: boolean; // explain: open every question
  draws?: string;
  seed?: string;
}

/** The flags of a run as numbers and days, or the sentence that says which one is wrong. */
export function readFlags(
  flags: RunFlags,
  text: Wording,
): { options?: { asOf?: string; draws?: number; seed?: number; company?: string }; wrong?: string } {
  if (flags.asOf !== undefined && dayNumber(flags.asOf) === undefined) return { wrong: text.badDate(flags.asOf) };
  for (const name of ["draws", "seed"] as const) {
    const given = flags[name];
    if (
      given !== undefined &&
      !(
        Number.isSafeInteger(Number(given)) &&
        Number(given) >= (name === "draws" ? 1 : 0) &&
        Number(given) <= (name === "draws" ? 2 ** 24 : 2 ** 32 - 1)
      )
    )
      return { wrong: text.badNumber(`--${name}`, given) };
  }
  const number = (value: string | undefined): number | undefined => (value === undefined ? undefined : Number(value));
  return { options: { asOf: flags.asOf, company: flags.company, draws: number(flags.draws), seed: number(flags.seed) } };
}
