import type { CaseResult } from "@watershed/workbench";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { Wording } from "./wording/en.ts";

/** A solved decision case: alternatives, perfect information, every question, every pair, every study. */
export function caseText(name: string, result: CaseResult, text: Wording, terminal: Terminal): string {
  const { bold, dim } = terminal.colours;
  const worth = (row: { amount: number; standardError: number; floor: number; distinguishable: boolean }): string =>
    `${figure(row, result.unit)}${row.distinguishable ? "" : `  ${dim(`${text.notDistinguishable} (${text.floor(row.floor.toPrecision(2))})`)}`}`;
  const widths = [terminal.width - 62, 62];
  const rows: string[][] = [
    ...Object.entries(result.alternatives).map(([alternative, row]) => [
      `${alternative}${alternative === result.best ? ` ← ${text.best}` : ""}`,
      figure(row, result.unit),
    ]),
    [text.perfectInformation, figure(result.evpi, result.unit)],
  ];
  const sections: [string, string[][]][] = [
    [text.questionWorth, Object.entries(result.evppi).map(([question, row]) => [question, worth(row)])],
    [text.pairWorth, result.pairs.map((pair) => [pair.questions.join(" + "), worth(pair)])],
    [
      text.studyWorth,
      Object.entries(result.studies).map(([study, row]) => [
        study,
        `${worth(row)}${row.cost > 0 ? `  ${text.net} ${row.net.toPrecision(4)}` : ""}`,
      ]),
    ],
  ];
  return [
    bold(text.caseHeading(name, result.draws.toLocaleString("en-US"), result.shards)),
    "",
    table(text.alternativeColumns.slice(0, 2), rows, widths),
    ...sections.flatMap(([title, entries]) =>
      entries.length === 0 ? [] : ["", bold(title), ...entries.map(([label, content]) => `  ${label.padEnd(widths[0] - 2)}${content}`)],
    ),
    "",
  ].join("\n");
}

function figure({ amount, standardError }: { amount: number; standardError: number }, unit: string): string {
  const digits =
    standardError > 0 && Number.isFinite(standardError) ? Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(standardError)))) : 6;
  const error = Number.isFinite(standardError) ? standardError.toFixed(digits) : "?";
  return `${unit === "" ? "" : `${unit} `}${amount.toFixed(digits)} ± ${error}`;
}
