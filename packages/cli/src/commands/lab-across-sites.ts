import { acrossSites, citations, readAcrossSites } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { acrossSitesText } from "../lab-across-sites-text.ts";
import { labProblemsText } from "../lab-problems-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabRunWording } from "../wording/lab-run-en.ts";
import { labWording } from "../wording/lab.ts";
import type { LabFlags } from "./lab-flags.ts";
import { readJson } from "./lab-file.ts";
import { numberIn } from "./lab-numbers.ts";
import { infinityAsText } from "./lab-substitute.ts";

export interface AcrossSitesFlags extends LabFlags {
  at?: string[];
  link?: string[];
  aiModel: string;
  software?: string;
  precision: string;
  batch?: string;
  tokens?: string;
  gigabits: string;
  kilometres: string;
  localSteps: string;
  linksGiven: boolean; // --gigabits or --kilometres were written out
}

/** `watershed lab sites FILE` or `--at`: sites that are not alike, by five ways to train on them. */
export async function labAcrossSitesCommand(terminal: Terminal, file: string | undefined, flags: AcrossSitesFlags): Promise<number> {
  const words = labRunWording(flags.lang);
  const fieldWords = labWording(flags.lang);
  const described = file === undefined ? fromFlags(terminal, flags, words) : await readJson(terminal, file, fieldWords);
  if (described === undefined) return exitCodes.wrongCall;
  const { question, problems: read } = readAcrossSites(described);
  const { forecast, problems: found } = question ? acrossSites(question) : { problems: [] };
  const problems = [...read, ...found];
  const shown = flags.json && forecast ? [] : problems;
  if (shown.length > 0) terminal.err(`${labProblemsText(shown, fieldWords, terminal)}\n`);
  if (!question || !forecast) return file === undefined ? exitCodes.wrongCall : exitCodes.materialHasErrors;
  terminal.out(
    flags.json
      ? `${JSON.stringify({ ...forecast, problems, citations }, infinityAsText, 2)}\n`
      : acrossSitesText(question, forecast, words, terminal),
  );
  return exitCodes.done;
}

/** The flags as a file would say them; undefined, with the reason on stderr, where one cannot be read. */
function fromFlags(terminal: Terminal, flags: AcrossSitesFlags, words: LabRunWording): object | undefined {
  const sites = flags.at!.map(siteOf);
  const links = (flags.link ?? []).map(linkOf);
  const wrong = [
    ...flags.at!.filter((_, place) => !sites[place]).map(words.across.unknownSite),
    ...(flags.link ?? []).filter((_, place) => !links[place]).map(words.across.unknownLink),
  ];
  if (wrong.length > 0) return void terminal.err(`${wrong.join("\n")}\n`);
  const usual = { gigabits: numberIn(flags.gigabits), kilometres: numberIn(flags.kilometres) };
  return {
    model: { name: flags.aiModel },
    plan: { precision: flags.precision, ...(flags.batch !== undefined && { gbs: numberIn(flags.batch) }) },
    software: flags.software,
    ...(flags.tokens !== undefined && { tokens: numberIn(flags.tokens) }),
    local_steps: numberIn(flags.localSteps),
    sites,
    links: [...links, ...(flags.linksGiven ? [usual] : [])],
  };
}

/** Shanghai=8192xH800:fp8, or 8192xH800. */
function siteOf(written: string): object | undefined {
  const found = /^(?:(.+?)=)?\s*([\d.,_]+[kM万]?)\s*[x×*]\s*([^:：]+?)(?:[:：](\w+))?$/i.exec(written.trim());
  if (!found) return undefined;
  const [, name, count, chip, precision] = found;
  return { name, chip, count: numberIn(count), precision };
}

/** Shanghai-Ulanqab=800:1500, the distance optional. */
function linkOf(written: string): object | undefined {
  const found = /^(.+?)\s*[-–~]\s*(.+?)=([^:：]+)(?:[:：](.+))?$/.exec(written.trim());
  if (!found) return undefined;
  const [, one, other, rate, distance] = found;
  return { between: [one, other], gigabits: numberIn(rate), ...(distance !== undefined && { kilometres: numberIn(distance) }) };
}
