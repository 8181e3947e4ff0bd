import { textWidth } from "./text-width.ts";

export { estimatedMoney, estimatedPlain, isWithinNoise, money, percent, plain } from "@watershed/workbench";

/** The text cut to a width in terminal columns, with an ellipsis where something was cut. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * The text in lines no wider than `width` columns; Chinese may break anywhere, other text at spaces, but no line begins with
 * a closing mark or ends with an opening one. A single word that is wider stays whole.
 */
export function wrap(text: string, width: number): string[] {
  const pieces = text.split(/(?<=\s)|(?=[\u2e80-\u9fff\uff00-\uffef])|(?<=[\u2e80-\u9fff\uff00-\uffef])/u);
  const lines: string[] = [];
  let line: string[] = [];
  let used = 0;
  for (const piece of pieces) {
    if (line.length > 0 && used + textWidth(piece.trimEnd()) > width) {
      const carried = line.splice(breakBefore(line, piece));
      lines.push(line.join("").trimEnd());
      line = carried;
    }
    line.push(line.length === 0 && lines.length > 0 ? piece.trimStart() : piece);
    used = textWidth(line.join(""));
  }
  return [...lines, line.join("").trimEnd()];
}

/** How many pieces of a full line stay on it, so that the next line begins and this one ends as they may. */
function breakBefore(line: string[], next: string): number {
  let kept = line.length;
  while (kept > 1 && (/^[，。；：、）」』！？]/u.test(kept === line.length ? next : line[kept]) || /[（「『]$/u.test(line[kept - 1])))
    kept--;
  return kept === 1 && line.length > 1 && /[（「『]$/u.test(line[0]) ? line.length : kept;
}

/** The text filled with spaces to a width in terminal columns. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}
