import { checkpointWrite, citations, failures } from "@watershed/compute-lab";
import type { FailureQuestion } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemLines } from "../lab-band-text.ts";
import { failuresText } from "../lab-failures-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn, numbersIn, uncertainIn } from "./lab-numbers.ts";

export interface FailureFlags extends LabFlags {
  chips?: string;
  chipsPerHost?: string;
  fleet?: string;
  chipHoursPerInterruption?: string;
  checkpointSeconds?: string;
  parameters?: string;
  storage?: string;
  restartSeconds?: string;
  restart?: "automatic" | "manual";
  chipHours?: string;
  repairHours?: string;
}

/** `watershed lab failures`: how often a job of each size is interrupted and what that costs. */
export function labFailuresCommand(terminal: Terminal, flags: FailureFlags): number {
  const words = labRunWording(flags.lang);
  const question = questionOf(flags);
  const { rows, components, problems } = failures(question);
  if (problems.length > 0) terminal.err(labProblemLines(problems, words, flags));
  if (rows.length === 0) return exitCodes.wrongCall;
  terminal.out(
    flags.json
      ? `${JSON.stringify({ rows, components, problems, citations }, null, 2)}\n`
      : failuresText({ rows, components, problems }, words, terminal),
  );
  return exitCodes.done;
}

/** Seconds of a checkpoint that is written to storage while training halts. */
function writtenIn({ parameters, storage }: FailureFlags): number | undefined {
  if (parameters === undefined || storage === undefined) return undefined;
  return checkpointWrite({ parameters: numberIn(parameters), storageBytesPerSecond: numberIn(storage) * 1e9 }).durationSeconds;
}

function questionOf(flags: FailureFlags): FailureQuestion {
  const given = <Read>(written: string | undefined, read: (text: string) => Read): Read | undefined =>
    written === undefined ? undefined : read(written);
  return {
    chips: given(flags.chips, numbersIn) ?? [1000, 3000, 10_000, 30_000, 100_000],
    chipsPerHost: given(flags.chipsPerHost, numberIn),
    fleet: flags.fleet,
    chipHoursPerInterruption: given(flags.chipHoursPerInterruption, uncertainIn),
    checkpointSeconds: given(flags.checkpointSeconds, uncertainIn) ?? writtenIn(flags),
    restartSeconds: given(flags.restartSeconds, uncertainIn),
    restart: flags.restart,
    chipHours: given(flags.chipHours, uncertainIn),
    repairHours: given(flags.repairHours, uncertainIn),
  };
}
