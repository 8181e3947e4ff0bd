import { publishedRuns, publishedSources, validate } from "@watershed/compute-lab";
import type { PaperValidation } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { wrap } from "../figures.ts";
import { table } from "../layout.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import { percent, signed, validateMemoryCommand } from "./lab-validate-memory.ts";
import type { LabWording } from "../wording/lab-en.ts";
import type { LabFlags } from "./lab-flags.ts";

export interface ValidateFlags extends LabFlags {
  fitted?: boolean; // constants that saw the papers
  known?: string; // measured rows of the site
  any?: boolean; // drawn, not the nearest
  sameRelease?: boolean;
  memory?: boolean; // memory per chip instead of step times
}

/** `watershed lab validate`: how predictions do on every published paper, by constants that never saw it. */
export function labValidateCommand(terminal: Terminal, flags: ValidateFlags): number {
  const words = labWording(flags.lang);
  if (flags.memory) return validateMemoryCommand(terminal, flags);
  const knownRows = Number(flags.known ?? 0);
  if (![0, 1, 2, 3].includes(knownRows)) {
    terminal.err(`${words.validation.badKnown(flags.known!)}\n`);
    return exitCodes.wrongCall;
  }
  const result = validate(publishedRuns, {
    inSample: flags.fitted,
    knownRows,
    known: flags.any ? "random" : "nearest",
    sameRelease: flags.sameRelease,
  });
  if (flags.json) {
    terminal.out(`${JSON.stringify({ ...result, sources: publishedSources }, null, 2)}\n`);
    return exitCodes.done;
  }
  const totals: [string, PaperValidation][] = [
    [words.validation.dense, result.dense],
    [words.validation.experts, result.experts],
    [words.validation.all, result.all],
  ];
  const rows = [
    ...result.papers.map((paper) => line(`${paper.group}${paper.experts ? words.validation.withExperts : ""}`, paper)),
    ...totals.filter(([, { rows: count }]) => count > 0).map(([label, paper]) => line(label, paper)),
  ];
  terminal.out(
    [
      terminal.colours.bold(words.validation.title),
      ...wrap(noteOf(flags, knownRows, words), terminal.width),
      "",
      table(words.validation.columns, rows, [28, 6, 8, 8, 8, 8, 33]),
      "",
    ].join("\n"),
  );
  return exitCodes.done;
}

function noteOf({ fitted, any = false, sameRelease = false }: ValidateFlags, knownRows: number, { validation }: LabWording): string {
  return [
    fitted ? validation.fitted : validation.leftOut,
    ...(knownRows > 0 ? [validation.known(knownRows, any, sameRelease)] : []),
    validation.legend,
  ].join(" ");
}

function line(label: string, paper: PaperValidation): string[] {
  return [
    label,
    String(paper.rows),
    percent(paper.meanAbsoluteError),
    percent(paper.medianAbsoluteError),
    signed(paper.bias),
    `${Math.round(100 * paper.coverage)}%`,
    `${paper.worst.id} ${signed(paper.worst.error)}`,
  ];
}
