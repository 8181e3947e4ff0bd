import { dayNumber } from "@watershed/domain";
import type { Terminal } from "../terminal.ts";
import type { Wording } from "../wording/en.ts";

export interface RunFlags {
  company?: string;
  asOf?: string;
  lang?: string;
  json?: boolean;
  theses?: boolean; // review: how the theses stand
  all?: boolean; // explain: open every question
  together?: string; // agenda: ids of questions
  draws?: string;
  seed?: string;
}

export interface RunChoices {
  asOf?: string;
  company?: string;
  theses?: boolean;
  draws?: number;
  seed?: number;
}

/** The flags of a run as numbers and days; undefined, with the reason on stderr, where one is wrong. */
export function readFlags(flags: RunFlags, text: Wording, terminal: Terminal, mostDraws = mostDrawsOfReview): RunChoices | undefined {
  const wrong = wrongFlag(flags, text, mostDraws);
  if (wrong !== undefined) return void terminal.err(`${wrong}\n`);
  const number = (value: string | undefined): number | undefined => (value === undefined ? undefined : Number(value));
  return { asOf: flags.asOf, company: flags.company, theses: flags.theses, draws: number(flags.draws), seed: number(flags.seed) };
}

/** A review holds some hundred columns of 8 bytes a draw: 2 GB at 2^20. A case file holds few. */
const mostDrawsOfReview = 2 ** 20;
export const mostDrawsOfCase = 2 ** 24;

function wrongFlag(flags: RunFlags, text: Wording, mostDraws: number): string | undefined {
  const limits = { draws: { least: 1, most: mostDraws }, seed: { least: 0, most: 2 ** 32 - 1 } };
  if (flags.asOf !== undefined && dayNumber(flags.asOf) === undefined) return text.badDate(flags.asOf);
  for (const name of ["draws", "seed"] as const) {
    const [given, { least, most }] = [flags[name], limits[name]];
    if (given !== undefined && !(Number.isSafeInteger(Number(given)) && Number(given) >= least && Number(given) <= most))
      return text.badNumber(`--${name}`, given, least, most);
  }
  return undefined;
}
