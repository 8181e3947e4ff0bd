import { publishedMemory, publishedMemorySources, publishedRuns, validateMemory } from "@watershed/compute-lab";
import type { MemoryValidation } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { wrap } from "../figures.ts";
import { table } from "../layout.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import type { LabFlags } from "./lab-flags.ts";

/** `watershed lab validate --memory`: memory per chip against published totals, and how often fits or does not fit is right. */
export function validateMemoryCommand(terminal: Terminal, flags: LabFlags): number {
  const result = validateMemory(publishedMemory, publishedRuns);
  if (flags.json) {
    terminal.out(`${JSON.stringify({ ...result, from: publishedMemorySources }, null, 2)}\n`);
    return exitCodes.done;
  }
  const { all, memory } = labWording(flags.lang).validation;
  const line = (label: string, of: MemoryValidation): string[] => [
    label,
    String(of.rows),
    memory.measures[of.measure ?? "mixed"],
    percent(of.meanAbsoluteError),
    signed(of.bias),
    `${Math.round(100 * of.coverage)}%`,
    `${of.worst.id} ${signed(of.worst.error)}`,
  ];
  const { ran, ranElsewhere, outOfMemory } = result.fits;
  terminal.out(
    [
      terminal.colours.bold(memory.title),
      ...wrap(memory.note, terminal.width),
      "",
      table(memory.columns, [...result.sources.map((of) => line(of.group, of)), line(all, result.all)], [20, 6, 10, 8, 8, 8, 38]),
      "",
      memory.ran(ran.right, ran.rows),
      memory.ranElsewhere(ranElsewhere.right, ranElsewhere.rows),
      memory.outOfMemory(outOfMemory.right, outOfMemory.rows),
      "",
    ].join("\n"),
  );
  return exitCodes.done;
}

/** A share as a percentage with one decimal. */
export function percent(amount: number): string {
  return `${(100 * amount).toFixed(1)}%`;
}

/** The same with its sign, plus too. */
export function signed(amount: number): string {
  return (amount >= 0 ? "+" : "−") + percent(Math.abs(amount));
}
