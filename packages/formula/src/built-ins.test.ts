import { describe, expect, test } from "vitest";
import { builtIns } from "./built-ins.ts";
import { drawNames } from "./draws.ts";
import { evaluateConstant } from "./evaluate.ts";
import { functionNames } from "./functions.ts";
import { describe as describeKind } from "./kind.ts";
import { testWorld } from "./marked-formula.ts";

const examples = builtIns.flatMap(({ name, examples: own }) => own.map((example) => [name, example.source, example] as const));

describe("built-ins", () => {
  test.each(examples)("[F38] %s: %s", (_name, source, { kind, result }) => {
    const found = evaluateConstant(source, testWorld);
    expect(found.problems).toEqual([]);
    expect(describeKind(found.kind!)).toBe(kind);
    if (result === undefined) expect(found.amount).toBeUndefined();
    else expect(found.amount).toBeCloseTo(result, 9);
  });

  test("[F38] every function is described, and nothing else is", () => {
    const described = builtIns.filter(({ form }) => form === "function").map(({ name }) => name);
    expect(described.toSorted()).toEqual([...drawNames, ...functionNames].toSorted());
  });

  test("[F38] every built-in has a signature, an example with its own name in it, and both languages", () => {
    for (const { name, signatures, description, examples: own } of builtIns) {
      expect(signatures.every((signature) => signature.includes(name) || signature === "a if condition else b")).toBe(true);
      expect(own.some(({ source }) => source.includes(name))).toBe(true);
      expect(description.en).toMatch(/^[\x20-\x7e]+\.$/);
      expect(description.zh).toMatch(/[\u4e00-\u9fff].*。$/u);
    }
  });
});
