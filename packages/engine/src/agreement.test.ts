import { operators } from "@watershed/formula";
import type { Operator, Program, ProgramNode } from "@watershed/formula";
import { describe, expect, test } from "vitest";
import { errorBounds, inputsOf, smallest } from "./agreement.fixture.ts";
import { columnOf } from "./draws.ts";
import { randomCase } from "./random-case.fixture.ts";
import { interpret, simulate } from "./simulate.ts";

const cases = 200;
const shardSize = 256;

/** An amount beyond the largest f32 is infinite in the kernels. */
function inRange(amount: number): number {
  return Math.abs(amount) > 3.4028235e38 ? Math.sign(amount) * Infinity : amount;
}

interface Comparison {
  compared: number;
  flips: number; // draws where an operator jumps within the errors of its inputs, and jumped the other way
  largest: number; // |difference| as a share of the largest finite amount that a draw's step depends on
  beyond: string[];
}

/** Holds every step of a case against the interpreter's, draw by draw; behind a step that could jump nothing more is asked. */
function compare(seed: number, totals: Comparison): void {
  const { program, ...rest } = randomCase(seed);
  const { nodes } = program;
  const options = { seed, shards: 1, shardSize, dimensions: rest.dimensions, correlations: rest.correlations };
  const [truth, fast] = [interpret(program, rest.beliefs, options), simulate(program, rest.beliefs, options)].map((draws) =>
    nodes.map((_, index) => columnOf(draws, `n${index}`)),
  );
  const expectedOf = truth.map((column) => column.map(inRange));
  const boundsOf = errorBounds(program, expectedOf);
  for (let draw = 0; draw < shardSize; draw++) {
    const errors = boundsOf(draw);
    const largest: number[] = [];
    nodes.forEach((node, index) => {
      const [expected, amount, inputs] = [expectedOf[index][draw], fast[index][draw], inputsOf(node)];
      largest.push(Math.max(Number.isFinite(expected) ? Math.abs(expected) : 0, ...inputs.map((input) => largest[input])));
      const difference = Object.is(expected, amount) || expected === amount ? 0 : Math.abs(expected - amount);
      totals.compared++;
      if (errors[index] === Infinity) {
        const doubtful = inputs.some((input) => errors[input] === Infinity);
        if (!doubtful && !(difference <= 1e-5 * largest[index])) totals.flips++;
      } else if (difference <= smallest + errors[index]) totals.largest = Math.max(totals.largest, difference / largest[index] || 0);
      else totals.beyond.push(`case ${seed}, step ${index} ${node.op === "apply" ? node.operator : node.op}: ${amount}, not ${expected}`);
    });
  }
}

describe("the kernels against the interpreter", () => {
  test("every step of random cases comes out within its rounding error, draw by draw", () => {
    const totals: Comparison = { compared: 0, flips: 0, largest: 0, beyond: [] };
    for (let seed = 1; seed <= cases; seed++) compare(seed, totals);
    expect(totals.beyond.slice(0, 20)).toEqual([]);
    expect(totals.compared).toBeGreaterThan(4e6);
    // An answer turns over only where two amounts meet within f32 rounding.
    expect(totals.flips / totals.compared).toBeLessThan(1e-5);
  }, 300_000);

  test("which steps are kept changes no bit of the others", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { program, beliefs, dimensions, correlations } = randomCase(seed);
      const options = { seed, shards: 2, shardSize: 64, dimensions, correlations };
      const all = simulate(program, beliefs, options);
      const keep = program.nodes.flatMap((_, index) => (index % 7 === 0 || index === program.nodes.length - 1 ? [`n${index}`] : []));
      const few = simulate(program, beliefs, { ...options, keep });
      for (const name of keep) expect(columnOf(few, name), `case ${seed}, ${name}`).toEqual(columnOf(all, name));
    }
  });
});

describe("operators at their edges", () => {
  const edges = [
    0,
    -0,
    1,
    -1,
    2,
    -3,
    0.5,
    -0.5,
    1.5,
    -2.5,
    12,
    -12,
    40.5,
    -40.5,
    88.5,
    -88.5,
    1e-30,
    -1e-30,
    1e30,
    -1e30,
    Infinity,
    -Infinity,
  ];
  const at = { definition: "edge", from: 0, to: 0 };
  const distribution = { kind: "empirical" as const, values: edges };
  const approximate = new Map<Operator, number>([
    ["exp", 2e-7],
    ["log", 2e-7],
    ["power", 2e-7],
    ["discount", 1e-6],
  ]);
  const single = new Set<Operator>(["add", "subtract", "multiply", "divide", "sqrt", "sum", "round"]); // rounded once, or with a sum on the way

  test.each(Object.keys(operators) as Operator[])("%s means the same at zeros, infinities, undefined and far amounts", (operator) => {
    const drawn: ProgramNode[] = ["a", "b", "c"].map((stream) => ({ op: "sample", at, distribution, stream }));
    // 0 / 0 where a is zero: undefined amounts among the others
    const nodes: ProgramNode[] = [
      ...drawn,
      { op: "apply", operator: "divide", inputs: [0, 0], at },
      { op: "apply", operator: "multiply", inputs: [1, 3], at },
    ];
    const arity = operators[operator].arity === "many" ? 3 : (operators[operator].arity as number);
    nodes.push({ op: "apply", operator, inputs: [0, 1, 2].slice(0, arity), at });
    nodes.push({ op: "apply", operator, inputs: [4, 1, 2].slice(0, arity), at });
    nodes.push({ op: "apply", operator, inputs: [2, 4, 1].slice(0, arity), at });
    const columns = { a: 0, b: 1, c: 2, lost: 4, one: 5, two: 6, three: 7 };
    const program: Program = { nodes, columns, kinds: {}, streams: ["a", "b", "c"], readings: [] };
    const dimensions = new Map([
      ["a", 0],
      ["b", 1],
      ["c", 2],
    ]);
    const draws = simulate(program, {}, { seed: 3, shards: 1, dimensions });
    const of = (name: keyof typeof columns): Float64Array => columnOf(draws, name);
    for (const [name, inputs] of [
      ["one", ["a", "b", "c"]],
      ["two", ["lost", "b", "c"]],
      ["three", ["c", "lost", "b"]],
    ] as const)
      for (let draw = 0; draw < 16_384; draw++) {
        const given = inputs.slice(0, arity).map((input) => of(input)[draw]);
        const exact = operators[operator].apply(...given);
        const amount = of(name)[draw];
        const said = `${operator}(${given.join(", ")}) = ${amount}, not ${exact}`;
        const share = approximate.get(operator) ?? (single.has(operator) ? 2 ** -23 : 0);
        const expected = Math.fround(exact);
        const same = Object.is(amount, exact) || amount === exact || amount === expected;
        const tiny = Math.abs(amount - exact) < 1e-37; // the smallest f32 numbers keep fewer digits
        const onTheWay = operator === "sum" || operator === "discount"; // overflows before the end
        expect(
          same || tiny || Math.abs(amount - exact) <= share * Math.max(...[exact, ...(onTheWay ? given : [])].map(Math.abs)),
          said,
        ).toBe(true);
      }
  });
});
