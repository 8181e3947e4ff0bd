import { checkpointWrite, citations, failures } from "@watershed/compute-lab";
import type { FailureQuestion } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemLines } from "../lab-band-text.ts";
import { failuresText } from "../lab-failures-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabRunWording } from "../wording/lab-run-en.ts";
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
  const wrong = wrongWriting(flags, words);
  if (wrong !== undefined) {
    terminal.err(`${wrong}\n`);
    return exitCodes.wrongCall;
  }
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

/** What is wrong with the flags of a checkpoint that is written to storage: one without the other, or no number. */
function wrongWriting(flags: FailureFlags, words: LabRunWording): string | undefined {
  const pair = ["parameters", "storage"] as const;
  const given = pair.filter((flag) => flags[flag] !== undefined);
  if (given.length === 1) return words.countsOnlyWith(`--${given[0]}`, given[0] === "storage" ? "--parameters" : "--storage");
  const bad = given.find((flag) => !(numberIn(flags[flag]!) > 0));
  if (bad === undefined) return undefined;
  const amount = numberIn(flags[bad]!);
  return Number.isNaN(amount) ? words.notNumber(`--${bad}`, flags[bad]!) : words.problems.notPositive(`--${bad}`, { given: amount });
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
