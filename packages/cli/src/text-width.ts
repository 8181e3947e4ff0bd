import { createRequire } from "node:module";

/** Latin text, Chinese and the signs of our tables: one or two columns a character, whatever stands beside it. */
const simple =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u257f\u3001-\u3029\u3030-\u303e\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*$/;
const firstWide = 0x3001;

let measureAny: ((text: string) => number) | undefined;

/** Columns that a text takes on a terminal. What is not simple (emoji, joined letters) is measured by a library, loaded only then. */
export function textWidth(text: string): number {
  if (simple.test(text)) {
    let width = text.length;
    for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= firstWide) width++;
    return width;
  }
  measureAny ??= (createRequire(import.meta.url)("string-width") as { default: (text: string) => number }).default;
  return measureAny(text);
}
