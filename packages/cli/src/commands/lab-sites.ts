import { citations, reportedSites, sites } from "@watershed/compute-lab";
import type { LabProblem, SiteQuestion } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemLines } from "../lab-band-text.ts";
import { sitesText } from "../lab-sites-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn, numbersIn, scaledBy, uncertainIn } from "./lab-numbers.ts";

export interface SiteFlags extends LabFlags {
  parameters: string;
  active?: string;
  tokensPerStep: string;
  tokens?: string;
  chips: string;
  tflopsPerChip: string;
  stepSeconds?: string;
  sites: string;
  gigabits: string;
  kilometres: string;
  localSteps: string;
  bytesPerNumber: string;
}

/** The command's own flag for a field of the question. */
const flagOf: Record<string, string> = {
  activeParameters: "active",
  gigabitsPerSecond: "gigabits",
  flopsPerSecond: "tflopsPerChip",
};

/** `watershed lab sites`: what it costs to train on several sites. */
export function labSitesCommand(terminal: Terminal, flags: SiteFlags): number {
  const words = labRunWording(flags.lang);
  const question = questionOf(flags);
  const forecast = sites(question);
  const problems: LabProblem[] = forecast.problems.map((problem) => ({ ...problem, at: flagOf[problem.at] ?? problem.at }));
  if (problems.length > 0) terminal.err(labProblemLines(problems, words, flags));
  if (forecast.schemes.length === 0) return exitCodes.wrongCall;
  terminal.out(
    flags.json
      ? `${JSON.stringify({ ...forecast, reported: reportedSites, citations }, null, 2)}\n`
      : sitesText(question, forecast, words, terminal),
  );
  return exitCodes.done;
}

function questionOf(flags: SiteFlags): SiteQuestion {
  const given = (written: string | undefined): number | undefined => (written === undefined ? undefined : numberIn(written));
  const chips = numberIn(flags.chips);
  return {
    parameters: numberIn(flags.parameters),
    activeParameters: given(flags.active),
    tokensPerStep: numberIn(flags.tokensPerStep),
    tokens: given(flags.tokens),
    ...(flags.stepSeconds === undefined
      ? { flopsPerSecond: scaledBy(uncertainIn(flags.tflopsPerChip), 1e12 * chips) }
      : { stepSeconds: numberIn(flags.stepSeconds) }),
    chips,
    sites: numberIn(flags.sites),
    gigabitsPerSecond: numbersIn(flags.gigabits),
    kilometres: numberIn(flags.kilometres),
    localSteps: numberIn(flags.localSteps),
    bytesPerNumber: numberIn(flags.bytesPerNumber),
  };
}
