import * as fc from "fast-check";
import { expect, test } from "vitest";
import { builtIns } from "./built-ins.ts";
import { check } from "./check.ts";
import type { Definition } from "./definition.ts";
import { evaluateDraw } from "./evaluate.ts";
import { testWorld } from "./marked-formula.ts";
import { formulaProblemParams } from "./problem.ts";
import { inputsOf } from "./program.ts";

const words = [
  ..."+ - * / ^ ( ( ) ) , : < <= = == != > % , , if then else and or not to by is today never yes no a b passes leader openai".split(" "),
  ..."1 0 2 0.5 65% USD 5 bn 万 亿元 months years 2024-12-31 2024-02-30 when cost 10%: 50%: 90%: low: never: from: # \n （ ） ％ “x” $".split(
    " ",
  ),
  ...builtIns.map(({ name, form }) => (form === "function" ? `${name}(` : name)),
];
const tokenSoup = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(" "));
const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 60 }), tokenSoup, tokenSoup);

const questions: Definition[] = [
  { name: "passes", question: { kind: { kind: "yesNo" } } },
  { name: "leader", question: { kind: { kind: "choice", options: ["openai", "google"] } } },
  { name: "when", question: { kind: { kind: "date" } } },
  { name: "cost", question: { kind: { kind: "money" } } },
];

/** What must hold of every check, whatever was written. */
function assertSound(definitions: Definition[]): void {
  const { program, problems } = check(definitions, testWorld);
  for (const { at, code, params } of problems) {
    const source = definitions.find(({ name, source: text }) => name === at.definition && text !== undefined)?.source ?? "";
    expect([at.from >= 0, at.from <= at.to, at.to <= source.length]).toEqual([true, true, true]);
    expect(Object.keys(params).sort()).toEqual([...formulaProblemParams[code]].sort());
  }
  for (const [index, node] of program.nodes.entries()) for (const input of inputsOf(node)) expect(input).toBeLessThan(index);
  expect(new Set(program.streams).size).toBe(program.streams.length);
  const drawn = evaluateDraw(program, () => 0.5);
  expect(drawn.every((amount) => typeof amount === "number")).toBe(true);
  for (const definition of definitions) {
    const isSound = Object.hasOwn(program.columns, definition.name);
    if (!isSound) expect(problems.length).toBeGreaterThan(0);
  }
}

test("[F33] no text whatsoever makes check throw, hang or point outside the text", () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => assertSound([...questions, { name: "a", source: a }, { name: "b", source: b }])),
    { numRuns: 1500, seed: 1 },
  );
});

/** Formulas that parse, of any kinds. */
const wellFormed = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.constantFrom(
      "1",
      "0",
      "30%",
      "USD 5",
      "2024-12-31",
      "6 months",
      "never",
      "passes",
      "when",
      "cost",
      "yes",
      "normal(1, 2)",
      "1 to 5",
      "today",
      "a",
    ),
    fc
      .tuple(tie("formula"), fc.constantFrom("+", "-", "*", "/", "^", "<", "=", "and", "or", "by", "to"), tie("formula"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie("formula"), tie("formula"), tie("formula"))
      .map(([condition, left, right]) => `(if ${condition} then ${left} else ${right})`),
    fc
      .tuple(
        fc.constantFrom("max", "min", "sum", "exp", "log", "sqrt", "chance", "normal", "clip", "truncate", "discount", "years"),
        fc.array(tie("formula"), { maxLength: 3 }),
      )
      .map(([name, given]) => `${name}(${given.join(", ")})`),
    tie("formula").map((formula) => `(not ${formula})`),
    tie("formula").map((formula) => `(-${formula})`),
  ),
})).formula;

test("[F33] no formula that parses makes check throw, and each wrong one has a problem", () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (a, b) => assertSound([...questions, { name: "a", source: a }, { name: "b", source: b }])),
    { numRuns: 1500, seed: 2 },
  );
});

test("[F30] what is sound stays as it is when a broken definition is added", () => {
  fc.assert(
    fc.property(wellFormed, anyText, (a, junk) => {
      const alone = check([...questions, { name: "b", source: a.replaceAll("a", "b2") }], testWorld);
      const beside = check([...questions, { name: "b", source: a.replaceAll("a", "b2") }, { name: "junk", source: junk }], testWorld);
      expect(beside.program.columns.b).toEqual(alone.program.columns.b);
    }),
    { numRuns: 300, seed: 3 },
  );
});

test("[F32] formulas of ten thousand characters are checked or refused, not crashed on", () => {
  for (const part of [
    "(",
    ")",
    "-",
    "not ",
    "1+",
    "a.",
    "max(",
    "if ",
    "1 if a else ",
    "2^",
    "10%: ",
    ",",
    "#",
    '"',
    "9",
    "万",
    "e",
    "1 to ",
    "normal(0,",
    "mixture(1:",
    "a is ",
  ]) {
    assertSound([
      ...questions,
      { name: "a", source: part.repeat(10_000) },
      { name: "b", source: `${part.repeat(3_000)}1${")".repeat(3_000)}` },
    ]);
  }
});
