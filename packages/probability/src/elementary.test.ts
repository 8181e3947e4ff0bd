import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactExp, exactLog, exactPower, fixedOf, unitsInLastPlace } from "./elementary-reference.fixture.ts";
import type { Exact } from "./elementary-reference.fixture.ts";
import { exp, expm1 } from "./exponential.ts";
import { log, log1p } from "./logarithm.ts";
import { hypotenuse, power } from "./power.ts";

/** Numbers spread evenly, all digits in use. */
const between = (least: number, most: number) => fc.noBias(fc.maxSafeNat()).map((part) => least + (most - least) * (part / 2 ** 53));
/** A number of either sign whose size is spread evenly over powers of two, so that small ones are met as often as large ones. */
const sized = (least: number, most: number) =>
  fc
    .tuple(fc.integer({ min: least, max: most }), between(1, 2), fc.boolean())
    .map(([size, part, negative]) => (negative ? -1 : 1) * part * 2 ** size);
const positive = (least: number, most: number) => sized(least, most).map(Math.abs);
const exponential = (x: number) => exactExp(fixedOf(x));
const logarithm = (x: number) => ({ fixed: exactLog(fixedOf(x)), power: 0n });

describe("units in the last place from the truth, which is taken to 250 bits", () => {
  const cases: [name: string, apply: (x: number) => number, truth: (x: number) => Exact, xs: fc.Arbitrary<number>, bound: number][] = [
    ["exp", exp, exponential, between(-708, 709.7), 0.53],
    ["exp of small numbers", exp, exponential, sized(-60, 2), 0.53],
    ["exp where the result is subnormal", exp, exponential, between(-745.1, -708.5), 1.01],
    ["expm1", expm1, (x) => lessOne(exponential(x)), sized(-60, 4), 0.7],
    ["expm1 next to its seams", expm1, (x) => lessOne(exponential(x)), fc.oneof(between(0.12, 0.14), between(-0.14, -0.12)), 0.7],
    ["log", log, logarithm, positive(-190, 1000), 0.8],
    ["log next to 1", log, logarithm, between(0.98, 1.02), 0.8],
    ["log1p", log1p, (x) => logarithmOfSum(x), sized(-60, 60).filter((x) => x > -1), 0.8],
    ["log1p next to its seam", log1p, (x) => logarithmOfSum(x), between(-0.008, 0.008), 0.8],
  ];
  test.each(cases)("%s", (_, apply, truth, xs, bound) => {
    expect(worst(xs, (x) => unitsInLastPlace(apply(x), truth(x)))).toBeLessThan(bound);
  });

  test("power", () => {
    const pairs = fc.tuple(positive(-1022, 1022), sized(-12, 8)).filter(([base, exponent]) => Math.abs(exponent * Math.log(base)) < 708);
    expect(worst(pairs, ([base, exponent]) => unitsInLastPlace(power(base, exponent), exactPower(base, exponent)))).toBeLessThan(0.53);
  });

  test("power of a base next to 1", () => {
    const pairs = fc.tuple(between(0.98, 1.02), sized(-3, 14));
    expect(worst(pairs, ([base, exponent]) => unitsInLastPlace(power(base, exponent), exactPower(base, exponent)))).toBeLessThan(0.53);
  });
});

describe("against the host's own functions, which need not agree to the last place", () => {
  const edges = [
    0,
    5e-324,
    2 ** -1022,
    1e-300,
    1e-20,
    3e-9,
    2 ** -9,
    2 ** -8,
    0.125,
    0.5,
    Math.SQRT1_2,
    1 - 2 ** -53,
    1,
    1 + 2 ** -52,
    Math.SQRT2,
    1.5,
    2,
    3,
    4,
    40,
    708.5,
    709.78,
    709.79,
    745.13,
    745.14,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 53 + 2,
    2 ** 64,
    2 ** 70,
    1.7e308,
    Infinity,
  ].flatMap((x) => [x, -x]);
  const pairs: [name: string, own: (x: number) => number, host: (x: number) => number][] = [
    ["exp", exp, Math.exp],
    ["expm1", expm1, Math.expm1],
    ["log", log, Math.log],
    ["log1p", log1p, Math.log1p],
  ];
  test.each(pairs)("%s differs by one place at most, at every edge and over random numbers of every size", (_, own, host) => {
    for (const x of [...edges, NaN]) expect(placesApart(own(x), host(x)), `at ${x}`).toBeLessThanOrEqual(1);
    fc.assert(
      fc.property(fc.oneof(sized(-1074, 1023), sized(-10, 9)), (x) => placesApart(own(x), host(x)) <= 1),
      { numRuns: 20_000 },
    );
  });

  test("power has the edges of the operator", () => {
    for (const base of [...edges, NaN])
      for (const exponent of [...edges, NaN])
        expect(placesApart(power(base, exponent), base ** exponent), `${base} ** ${exponent}`).toBeLessThanOrEqual(1);
    fc.assert(
      fc.property(sized(-1074, 1023), fc.oneof(sized(-20, 10), fc.integer({ min: -40, max: 40 })), (base, exponent) => {
        return placesApart(power(base, exponent), base ** exponent) <= 1;
      }),
      { numRuns: 20_000 },
    );
  });
});

test("a power that is a double is that double", () => {
  for (let base = 2; base < 200; base++) {
    let exact = 1n;
    for (let exponent = 1; (exact *= BigInt(base)) < 2n ** 53n; exponent++) expect(power(base, exponent)).toBe(Number(exact));
  }
  for (let exponent = -1074; exponent < 1024; exponent++) expect(power(2, exponent)).toBe(2 ** exponent);
});

test("the size of a vector has no overflow on the way, and Infinity wins over NaN", () => {
  expect(hypotenuse(3, 4)).toBe(5);
  expect(hypotenuse(3e300, -4e300)).toBeCloseTo(5e300, -286);
  expect(hypotenuse(3e-320, 4e-320)).toBe(5e-320);
  expect(hypotenuse()).toBe(0);
  expect(hypotenuse(NaN, 1)).toBe(NaN);
  expect(hypotenuse(NaN, -Infinity)).toBe(Infinity);
});

test("bits that every machine must meet", () => {
  const numbers = Array.from({ length: 2000 }, (_, k) => (k - 999.5) / 7);
  const results = numbers.flatMap((x) => [
    exp(x),
    expm1(x / 9),
    log(Math.abs(x)),
    log1p(x / 143),
    power(Math.abs(x), x / 50),
    power(1.25, x),
  ]);
  expect(
    createHash("sha256")
      .update(new Uint8Array(Float64Array.from(results).buffer))
      .digest("hex")
      .slice(0, 16),
  ).toBe("636984bb9cbd66c9");
});

function worst<T>(inputs: fc.Arbitrary<T>, error: (input: T) => number): number {
  let largest = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      largest = Math.max(largest, error(input));
    }),
    { numRuns: 4000 },
  );
  return largest;
}

function logarithmOfSum(x: number): Exact {
  return { fixed: exactLog(fixedOf(1) + fixedOf(x)), power: 0n };
}

function lessOne({ fixed, power: shift }: Exact): Exact {
  return { fixed: (shift >= 0n ? fixed << shift : fixed >> -shift) - fixedOf(1), power: 0n };
}

/** How many doubles apart two numbers are; zeros of different sign are two apart. */
function placesApart(one: number, other: number): number {
  if (Object.is(one, other)) return 0;
  const distance = ordinal(one) - ordinal(other);
  return Number(distance < 0n ? -distance : distance);
}

function ordinal(x: number): bigint {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)[0];
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) - 2n : bits;
}
