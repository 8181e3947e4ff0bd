import { citations } from "@watershed/compute-lab";
import type { Banded, CitationKey, LabProblem } from "@watershed/compute-lab";
import { plain, wrap } from "./figures.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

/** How a figure is written with so many significant digits. */
export type Shown = (figure: number, digits: number) => string;

/** A figure and its 80 % band, "3.9 (1.3–12)", with as many digits as the band allows; the figure alone where it is known. */
export function bandText(figure: Banded, show: Shown = shortFigure, separator = " "): string {
  const { amount, low, high } = figure;
  const digits = high - low > 0.2 * Math.abs(amount) ? 2 : 3;
  const [middle, from, to] = [amount, low, high].map((end) => show(end, digits));
  return from === to ? middle : `${middle}${separator}(${from}–${to})`;
}

/** The same for a narrow cell: the band below the figure. */
export function bandCell(figure: Banded, show: Shown = shortFigure): string {
  return bandText(figure, show, "\n");
}

/** A figure with so many digits, thousands written out up to a million: 3.94, 26,900, 2.66M. */
export function shortFigure(amount: number, digits = 3): string {
  const rounded = Number(amount.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size >= 1e15) return rounded.toExponential(digits - 1);
  if (size >= 1e12) return `${plain(rounded / 1e12)}T`;
  if (size >= 1e9) return `${plain(rounded / 1e9)}B`;
  if (size >= 1e6) return `${plain(rounded / 1e6)}M`;
  return size > 0 && size < 1e-4 ? rounded.toExponential(digits - 1) : plain(rounded);
}

/** A share as percent: 64%, 98.4%, 2.5%. */
export function shareFigure(share: number, digits = 3): string {
  const near = share > 0.9 && share < 1 ? 3 : digits; // what lacks to a whole is what matters there
  return share > 0 && share < 1e-4 ? "<0.01%" : `${plain(Number((100 * share).toPrecision(near)))}%`;
}

/** Where the figures of a page come from, one source a line, and how each was checked. */
export function sourceLines(figures: Banded[], words: LabRunWording, terminal: Terminal): string[] {
  const keys = [...new Set(figures.flatMap(({ sources }) => sources))] as CitationKey[];
  return keys.flatMap((key) => {
    const { what, where, checked } = citations[key];
    const said = key === "assumption" ? words.assumption : [what, where].filter((part) => part !== "").join(", ");
    return wrap(`${said} [${words.checked[checked]}]`, terminal.width - 2).map((line, row) =>
      terminal.colours.dim(`${row === 0 ? "· " : "  "}${line}`),
    );
  });
}

/** A flag as it is typed: `--chip-hours` of `chipHours`. */
export function flagText(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Every problem in a sentence, with the flag it stands for; what is no number is shown as it was written. */
export function labProblemLines(problems: LabProblem[], words: LabRunWording, flags: object): string {
  return problems
    .map(({ code, at, params }) => {
      const flag = flagText(at);
      const written = String((flags as Record<string, unknown>)[at]);
      if (Number.isNaN(params.given) && at === "date") return `${words.badDate(written)}\n`;
      if (Number.isNaN(params.given)) return `${words.notNumber(flag, written)}\n`;
      const say = (words.problems as Partial<Record<string, (flag: string, params: LabProblem["params"]) => string>>)[code];
      return `${say ? say(flag, params) : `${flag}: ${code}`}\n`;
    })
    .join("");
}
