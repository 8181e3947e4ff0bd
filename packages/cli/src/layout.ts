import { pad, wrap } from "./figures.ts";
import { textWidth } from "./text-width.ts";

/** A table with a header rule and no other lines; headers and cells wrap at their column's width, Chinese included. */
export function table(headers: string[], rows: string[][], widths: number[]): string {
  const lines = [...rowLines(headers, widths), rule(widths.reduce((sum, width) => sum + width, 0))];
  for (const row of rows) lines.push(...rowLines(row, widths));
  return lines.join("\n");
}

/** The lines of one row: every column a space apart from the next, what is too long for one in a single word cut short. */
function rowLines(cells: string[], widths: number[]): string[] {
  const wrapped = cells.map((cell, column) => cell.split("\n").flatMap((line) => wrap(line, widths[column] - 1)));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    wrapped
      .map((lines, column) => pad(cutTo(lines[at] ?? "", widths[column] - 1), widths[column]))
      .join("")
      .trimEnd(),
  );
}

/** The start of a text that fits a width, with a sign that there was more. */
function cutTo(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = [...text];
  while (textWidth(cut.join("")) > width - 1) cut = cut.slice(0, -1);
  return `${cut.join("")}…`;
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
