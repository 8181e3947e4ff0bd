import { citations, measuredRateSources, substitute } from "@watershed/compute-lab";
import type { ChipSide, LabProblem, MatrixFormat, SubstituteQuestion } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemLines } from "../lab-band-text.ts";
import { substituteText } from "../lab-substitute-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn, scaledBy, uncertainIn } from "./lab-numbers.ts";

export interface SubstituteFlags extends LabFlags {
  have: string;
  for: string;
  haveFormat?: string;
  forFormat?: string;
  haveTflops?: string;
  forTflops?: string;
  experts?: boolean;
  aiModel?: string;
  software?: string;
  lossPerDoubling?: string;
  fleet?: string;
  chipHoursPerInterruption?: string;
  microbatches?: string;
  layers?: string;
}

/** The command's own flag for a field of the question. */
const flagOf: Record<string, keyof SubstituteFlags> = {
  "have.chip": "have",
  "have.chips": "have",
  "have.format": "haveFormat",
  "have.flopsPerSecondPerChip": "haveTflops",
  "want.chip": "for",
  "want.chips": "for",
  "want.format": "forFormat",
  "want.flopsPerSecondPerChip": "forTflops",
};

/** `watershed lab substitute`: how many of one chip do the work of so many of another. */
export function labSubstituteCommand(terminal: Terminal, flags: SubstituteFlags): number {
  const words = labRunWording(flags.lang);
  const { substitution, problems: found } = substitute(questionOf(flags));
  const problems: LabProblem[] = found.map((problem) => ({ ...problem, at: flagOf[problem.at] ?? problem.at }));
  if (problems.length > 0) terminal.err(labProblemLines(problems, words, flags));
  if (!substitution) return exitCodes.wrongCall;
  terminal.out(
    flags.json
      ? `${JSON.stringify({ ...substitution, problems, citations, runSources: measuredRateSources }, infinityAsText, 2)}\n`
      : substituteText(substitution, words, terminal),
  );
  return exitCodes.done;
}

/** JSON has no infinity; null would read as unknown. */
export function infinityAsText(_: string, held: unknown): unknown {
  return held === Infinity ? "Infinity" : held;
}

function questionOf(flags: SubstituteFlags): SubstituteQuestion {
  const given = <Read>(written: string | undefined, read: (text: string) => Read): Read | undefined =>
    written === undefined ? undefined : read(written);
  return {
    have: sideOf(flags.have, flags.haveFormat, flags.haveTflops),
    want: sideOf(flags.for, flags.forFormat, flags.forTflops),
    kind: flags.experts ? "experts" : "dense",
    aiModel: flags.aiModel,
    software: flags.software,
    lossPerDoubling: given(flags.lossPerDoubling, uncertainIn),
    fleet: flags.fleet,
    chipHoursPerInterruption: given(flags.chipHoursPerInterruption, uncertainIn),
    microbatches: given(flags.microbatches, numberIn),
    layers: given(flags.layers, numberIn),
  };
}

/** 100000xA100, or A100:100000. */
function sideOf(written: string, format: string | undefined, teraflops: string | undefined): ChipSide {
  const [, before, after] = /^([\d.,_]+[kM万]?)\s*[x×*]\s*(.+)$/i.exec(written) ?? [];
  const [chip, chips] = before === undefined ? written.split(/[:：]/) : [after, before];
  return {
    chip: chip.trim(),
    chips: chips === undefined ? NaN : numberIn(chips),
    format: format as MatrixFormat | undefined,
    ...(teraflops === undefined ? {} : { flopsPerSecondPerChip: scaledBy(uncertainIn(teraflops), 1e12) }),
  };
}
