import { describe, expect, test } from "vitest";
import { check } from "./check.ts";
import type { Definition } from "./definition.ts";
import { evaluateDraw } from "./evaluate.ts";
import type { Kind } from "./kind.ts";
import { testWorld } from "./marked-formula.ts";
import { dependencies, dependentNodes, inputsOf } from "./program.ts";

/** Checks formulas given as name -> source; a scope is what stands before the last dot of a name. */
function checkAll(sources: Record<string, string>, others: Definition[] = []) {
  const definitions = Object.entries(sources).map(([name, source]): Definition => {
    const dot = name.lastIndexOf(".");
    return { name, source, ...(dot > 0 && { scope: name.slice(0, dot) }) };
  });
  return check([...others, ...definitions], testWorld);
}

/** Problems as `definition: code from-to`. */
function brief({ problems }: ReturnType<typeof check>): string[] {
  return problems.map(({ code, at }) => `${at.definition}: ${code} ${at.from}-${at.to}`);
}

/** What every column amounts to when all draws are 0.5. */
function amounts({ program }: ReturnType<typeof check>): Record<string, number> {
  const drawn = evaluateDraw(program, () => 0.5);
  return Object.fromEntries(Object.entries(program.columns).map(([name, node]) => [name, drawn[node]]));
}

/** Checks one formula that must be of one of some kinds; `choice` stands for any. */
function expecting(source: string, ...kinds: string[]) {
  const expects = kinds.map((kind) => (kind === "choice" ? { kind, options: [] } : { kind }) as Kind);
  return check([leader, { name: "x", source, expects }], testWorld);
}

const yesNo: Definition = { name: "passes", question: { kind: { kind: "yesNo" } } };
const leader: Definition = { name: "leader", question: { kind: { kind: "choice", options: ["openai", "google"] } } };

describe("names", () => {
  test("[F6] a name means the definition of its scope first, then the global one; dotted names reach other scopes", () => {
    const found = checkAll({ rate: "1", "a.rate": "2", "a.x": "rate * 10", "b.x": "rate * 10", "b.y": "a.rate * 100", z: "b.x + a.x" });
    expect(brief(found)).toEqual([]);
    expect(amounts(found)).toMatchObject({ "a.x": 20, "b.x": 10, "b.y": 200, z: 30 });
  });

  test("[F6] definitions may come in any order", () => {
    expect(amounts(checkAll({ c: "b * 2", b: "a + 1", a: "3" }))).toEqual({ c: 8, b: 4, a: 3 });
  });

  test("[F29] an unknown name, function or argument names its near neighbours", () => {
    const { problems } = checkAll({
      exit_value: "1",
      "m.ticket": "2",
      "m.x": "exit_vlaue + tickte",
      y: "truncat(1) + exp(y: 2) + exit_value(3) + normal + chnace(2)",
    });
    expect(problems.map(({ code, params }) => [code, params])).toEqual([
      ["unknownName", { name: "exit_vlaue", suggestions: ["exit_value"] }],
      ["unknownName", { name: "tickte", suggestions: ["ticket"] }],
      ["unknownFunction", { name: "truncat", suggestions: ["truncate"] }],
      ["unknownArgument", { function: "exp", found: "y", suggestions: ["x"] }],
      ["notAFunction", { name: "exit_value" }],
      ["functionNotCalled", { name: "normal", signature: "normal(mean, sd)" }],
      ["unknownFunction", { name: "chnace", suggestions: ["chance"] }],
    ]);
  });

  test("[F6] names that cannot be are problems", () => {
    const sources = ["if", "2x", "a b", "", "__proto__", "x.", "退出价值"].map((name): Definition => ({ name, source: "1" }));
    expect(brief(check([...sources, { name: "2y", source: "1" }], testWorld))).toEqual([
      "if: reservedName 0-1",
      "2x: invalidName 0-1",
      "a b: invalidName 0-1",
      ": invalidName 0-1",
      "__proto__: invalidName 0-1",
      "x.: invalidName 0-1",
      "2y: invalidName 0-1",
    ]);
  });

  test("[F6] names of object members are ordinary names", () => {
    const found = checkAll({ constructor: "1", x: "constructor + toString", y: "valueOf(1)" });
    expect(brief(found)).toEqual(["x: unknownName 14-22", "y: unknownFunction 0-7"]);
    expect(found.program.columns).toEqual({ constructor: 0 });
  });

  test("[F6] of two definitions with one name the first counts", () => {
    const found = check(
      [
        { name: "a", source: "1" },
        { name: "a", source: "2 +" },
      ],
      testWorld,
    );
    expect(brief(found)).toEqual(["a: duplicateName 0-3"]);
    expect(amounts(found)).toEqual({ a: 1 });
  });
});

describe("several definitions at once", () => {
  test("[F30] one bad definition hides neither the problems nor the results of others", () => {
    const found = checkAll({ bad: "1 +", worse: "USD 1 + today", good: "2", late: "nope" });
    expect(brief(found)).toEqual(["bad: unexpectedEnd 3-3", "worse: operandsMismatch 0-13", "late: unknownName 0-4"]);
    expect(amounts(found)).toEqual({ good: 2 });
  });

  test("[F30] what depends on a broken definition is left out without a problem of its own, but its own mistakes show", () => {
    const found = checkAll({
      bad: "1 +",
      next: "bad * 2",
      after: "next + USD 5",
      own: "bad + nope",
      is_bad: "bad is openai",
      is_bad2: "openai is bad",
    });
    expect(brief(found)).toEqual(["bad: unexpectedEnd 3-3", "own: unknownName 6-10"]);
    expect(found.program.columns).toEqual({});
  });

  test("[F31] a circle is reported once, at its first definition, with its path", () => {
    const found = checkAll({ a: "1 + c", b: "a", c: "b * 2", out: "a", self: "self + 1", fine: "3" });
    expect(brief(found)).toEqual(["a: cycle 4-5", "self: cycle 0-4"]);
    expect(found.problems.map(({ params }) => params)).toEqual([{ path: ["a", "c", "b", "a"] }, { path: ["self", "self"] }]);
    expect(Object.keys(found.program.columns)).toEqual(["fine"]);
  });

  test("[F31] an option with the name of a definition is no reference", () => {
    expect(brief(checkAll({ openai: "if leader is openai then 1 else 0" }, [leader]))).toEqual([]);
  });

  test("[F32] a chain of 20,000 definitions is no problem", () => {
    const chain = Array.from({ length: 20_000 }, (_, index): Definition => ({
      name: `a${index}`,
      source: index === 0 ? "chance(50%)" : `not a${index - 1}`,
    }));
    const { program, problems } = check(chain.toReversed(), testWorld);
    expect(problems).toEqual([]);
    expect(program.nodes.length).toBe(20_000);
    expect(dependencies(program, "a19999").length).toBe(19_999);
  });

  test("[F32] a circle of 5,000 definitions and a lattice of shared ifs are checked in linear time", () => {
    const circle = Array.from({ length: 5_000 }, (_, index): Definition => ({ name: `a${index}`, source: `a${(index + 1) % 5_000}` }));
    expect(check(circle, testWorld).problems.length).toBe(1);
    const lattice = Array.from({ length: 200 }, (_, index): Definition => ({
      name: `b${index}`,
      source: index === 0 ? "0.5" : `b${index - 1} if passes else 1 - b${index - 1}`,
    }));
    const { problems } = check([yesNo, ...lattice, { name: "x", source: "chance(b199)" }], testWorld);
    expect(problems).toEqual([]);
  });
});

describe("the program", () => {
  test("[F34] inputs come before the nodes that read them; constants are folded; equal steps are shared", () => {
    const { program } = checkAll({
      a: "normal(0, 1)",
      b: "(a + 1) * (2 * 3)",
      c: "(a + 1) ^ 2",
      k: "2 + 3 * 4",
      z: "if 1 > 2 then normal(0, 1) else k",
    });
    for (const [index, node] of program.nodes.entries()) for (const input of inputsOf(node)) expect(input).toBeLessThan(index);
    expect(program.nodes.filter((node) => node.op === "apply").map((node) => node.operator)).toEqual(["add", "multiply", "power"]);
    expect(program.nodes[program.columns.k]).toMatchObject({ op: "constant", amount: 14 });
    expect(program.columns.z).toBe(program.columns.k);
    expect(program.streams).toEqual(["a"]);
  });

  test("[F17] every draw has a stream of its own, named by its definition and its place in the text", () => {
    const { program } = checkAll({ a: "normal(0, 1) + normal(0, 1)", b: "normal(normal(0, 1), 1) if chance(50%) else 5 to 6", c: "a + a" });
    expect([...program.streams].sort()).toEqual(["a", "a#2", "b", "b#2", "b#3", "b#4"]);
    const draws = new Map(
      program.nodes.flatMap((node) => ("stream" in node ? [[node.stream, node.op === "sampleWith" ? node.family : node.op]] : [])),
    );
    expect(draws.get("b")).toBe("normal");
    expect(program.nodes.find((node) => "stream" in node && node.stream === "b#3")).toMatchObject({
      op: "sample",
      distribution: { kind: "bernoulli" },
    });
    const a = program.columns.a;
    expect(program.nodes[program.columns.c]).toMatchObject({ operator: "add", inputs: [a, a] });
  });

  test("[F17] distributions inside others draw nothing of their own", () => {
    expect(checkAll({ a: "truncate(mixture(50%: normal(0, 1), 50%: 1 to 2), -1, 5)" }).program.streams).toEqual(["a"]);
  });

  test("[F35] a question becomes a node with its own stream, its given chances as inputs", () => {
    const given: Definition[] = [
      { name: "view.ann", source: "0.8 if leader is openai else 0.2", expects: [{ kind: "probability" }] },
      { name: "view.bo", source: "normal(0.5, 0.1)" },
      { name: "passes", question: { kind: { kind: "yesNo" }, given: ["view.ann", "view.bo"] } },
    ];
    const { program, problems } = check([leader, ...given], testWorld);
    expect(problems).toEqual([]);
    const node = program.nodes[program.columns.passes];
    expect(node).toMatchObject({ op: "question", name: "passes", stream: "question/passes" });
    const [ann, bo] = inputsOf(node);
    expect(ann).toBe(program.columns["view.ann"]);
    expect(program.nodes[bo]).toMatchObject({ operator: "clip" });
    expect(program.kinds.passes).toEqual({ kind: "yesNo" });
    expect(dependencies(program, "passes")).toEqual(["leader", "view.ann", "view.bo"]);
  });

  test("[F35] a question with unfit or unknown chances, or with a formula, is a problem", () => {
    const question = { kind: { kind: "yesNo" } as const, given: ["wrong"] };
    expect(brief(check([{ name: "q", question }], testWorld))).toEqual(["q: unknownName 0-0"]);
    expect(brief(checkAll({ wrong: "USD 5" }, [{ name: "q", question }]))).toEqual(["q: kindMismatch 0-0"]);
    expect(brief(checkAll({ wrong: "USD" }, [{ name: "q", question }]))).toEqual(["wrong: currencyWithoutAmount 0-3"]);
    expect(brief(check([{ name: "q", question: { kind: { kind: "yesNo" } }, source: "1" }], testWorld))).toEqual([
      "q: questionWithFormula 0-1",
    ]);
    expect(brief(check([{ name: "q" }], testWorld))).toEqual(["q: emptyFormula 0-0"]);
  });

  test("[F36] a definition takes the first expected kind that it fits, else is a problem", () => {
    expect(expecting("0", "money").program.kinds.x).toEqual({ kind: "money" });
    expect(expecting("30%", "number").program.kinds.x).toEqual({ kind: "number" });
    expect(expecting("normal(0, 1)", "probability").program.kinds.x).toEqual({ kind: "probability" });
    expect(amounts(expecting("2 * (0.5 to 0.6)", "probability")).x).toBe(1);
    expect(expecting("leader", "money", "choice").problems).toEqual([]);
    expect(expecting("USD 5", "number", "date").problems).toMatchObject([
      { code: "kindMismatch", at: { from: 0, to: 5 }, params: { expected: ["number", "date"], found: "money", what: "x" } },
    ]);
    expect(brief(expecting("5", "money"))).toEqual(["x: kindMismatch 0-1"]);
    expect(brief(expecting("1.4", "probability"))).toEqual(["x: probabilityOutsideUnit 0-3"]);
  });

  test("[F37] dependencies are by name, transitive, without constants lost; nodes say what a column really reads", () => {
    const { program } = checkAll({ rate: "10%", a: "normal(0, 1)", b: "a * rate", c: "b + 1 if passes else 0", d: "7" }, [yesNo]);
    expect(dependencies(program, "c")).toEqual(["passes", "rate", "a", "b"]);
    expect(dependencies(program, "d")).toEqual([]);
    expect(dependencies({ ...program, uses: undefined }, "b")).toEqual(["rate", "a"]);
    expect(dependentNodes(program, ["d"])).toEqual(Uint8Array.from(program.nodes, (_, index) => Number(index === program.columns.d)));
  });

  test("[F24] a definition that is undefined in every draw is a problem at its innermost cause", () => {
    const found = checkAll({
      a: "1 + log(2 - 2) * 3",
      b: "5 / 0",
      c: "exp(1000) * USD 1",
      d: "if 1 > 2 then sqrt(-1) else 4",
      e: "log(2 - 2)",
      g: "years(never - today)",
      f: "never - never",
    });
    expect(found.problems.map(({ at, code, params }) => [at.definition, code, at.from, at.to, params.reason])).toEqual([
      ["a", "undefinedResult", 4, 14, "logOfNonPositive"],
      ["b", "undefinedResult", 0, 5, "divisionByZero"],
      ["c", "undefinedResult", 0, 9, "overflow"],
      ["e", "undefinedResult", 0, 10, "logOfNonPositive"],
      ["g", "undefinedResult", 6, 11, "never"],
      ["f", "undefinedResult", 0, 13, "neverMinusNever"],
    ]);
  });

  test("[F30] checking is deterministic and leaves its input alone", () => {
    const definitions: Definition[] = [yesNo, leader, { name: "x", source: "1 to 2 if passes else chance(50%) * 3" }];
    const copy = structuredClone(definitions);
    expect(check(definitions, testWorld)).toEqual(check(definitions, testWorld));
    expect(definitions).toEqual(copy);
  });
});
