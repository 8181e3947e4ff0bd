import Table from "cli-table3";
import { pad, wrap } from "./figures.ts";
import { textWidth } from "./text-width.ts";

/** A table with a header rule and no other lines; headers and cells wrap at their column's width, Chinese included. */
export function table(headers: string[], rows: string[][], widths: number[]): string {
  const blank = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    right: "",
    "right-mid": "",
  };
  const heads = headers.map((header, column) => wrap(header, widths[column] - 1).join("\n"));
  const made = new Table({
    head: heads,
    colWidths: widths,
    chars: { ...blank, mid: "", "mid-mid": "", middle: "" },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 1, compact: true },
  });
  const fitted = rows.map((row) =>
    row.map((cell, column) =>
      cell
        .split("\n")
        .flatMap((line) => wrap(line, widths[column] - 1))
        .join("\n"),
    ),
  );
  for (const row of fitted) made.push(row);
  const lines = made
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  const headLines = Math.max(...heads.map((head) => head.split("\n").length));
  return [...lines.slice(0, headLines), rule(widths.reduce((sum, width) => sum + width, 0)), ...lines.slice(headLines)].join("\n");
}

/** A line across the page. */
export function rule(width: number): string {
  return "─".repeat(width);
}

/** A label and its content, wrapped beside it. */
export function indent(label: string, content: string, labelWidth: number, width: number, dim: (text: string) => string): string[] {
  return wrap(content, width - labelWidth).map((line, index) =>
    index === 0 ? `${dim(pad(`  ${label}`, labelWidth))}${line}` : `${" ".repeat(labelWidth)}${line}`,
  );
}
indent.widthOf = (text: string): number => textWidth(text);
