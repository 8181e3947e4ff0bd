import Table from "cli-table3";
import stringWidth from "string-width";
import { pad, wrap } from "./figures.ts";

/** A table with a header rule and no other lines; cells wrap at their column's width, Chinese included. */
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
  const made = new Table({
    head: headers,
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
  const [head, ...body] = made.toString().split("\n");
  return [head.trimEnd(), "─".repeat(widths.reduce((sum, width) => sum + width, 0)), ...body.map((line) => line.trimEnd())].join("\n");
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
indent.widthOf = (text: string): number => stringWidth(text);
