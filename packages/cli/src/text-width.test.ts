import * as fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { textWidth } from "./text-width.ts";

test("every character alone is as wide as the library says", () => {
  const wrong: string[] = [];
  for (let code = 1; code < 0x1_0000; code++) {
    const character = String.fromCharCode(code);
    if (character.isWellFormed() && textWidth(character) !== stringWidth(character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test("law: any text is as wide as the library says", () => {
  const character = fc.oneof(
    fc.constantFrom(
      "a",
      "é",
      "中",
      "，",
      "か",
      "±",
      "…",
      "─",
      "→",
      "😀",
      "\u0301",
      "\ufe0f",
      "\u200d",
      "1",
      "#",
      "©",
      "↔",
      "\u001b[31m",
      "가",
    ),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 8 }), (characters) => {
      const text = characters.join("");
      expect(textWidth(text), JSON.stringify(text)).toBe(stringWidth(text));
    }),
    { numRuns: 3_000 },
  );
});
