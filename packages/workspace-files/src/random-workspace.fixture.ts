import { emptyWorkspace } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import * as fc from "fast-check";

/** Text that is hard to write: quotes, colons, Chinese, numbers as words, several lines, blanks at either end. */
const text = fc.oneof(
  fc.constantFrom(
    "plain",
    "需要：说明",
    "a: b",
    "a # b",
    "'q'",
    '"q"',
    "- x",
    "2024",
    "true",
    "null",
    "~",
    "@x",
    "*x",
    "&x",
    "%x",
    "{a}",
    "[a]",
    "|",
    ">",
    "!x",
    "x:",
    " lead",
    "trail ",
    "0x10",
    "1e3",
    "---",
    "...",
    "\\n",
    "😀",
    "\t",
    "#",
    "? x",
    "<<",
    "yes",
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((value) => value.isWellFormed()),
  fc
    .array(fc.constantFrom("one", "二: 行", "  deep", "", "# four", "\tfive", "end "), { minLength: 2, maxLength: 5 })
    .map((lines) => lines.join("\n"))
    .filter((value) => value !== ""),
);
const bilingual = fc.oneof(text, fc.record({ en: text, zh: text }));
const formula = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom("5 to 50", "dates(2025-12-31: 40%, never: 60%)", "0.8 if a else 0.2"),
);
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
const day = fc.integer({ min: 0, max: 9_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const ids = fc.array(fc.stringMatching(/^[A-Z][A-Za-z0-9.:-]{0,6}$/), { maxLength: 3 });

function some<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(one, { maxLength: 4 });
}

const record = <T>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<T> =>
  fc.record({ ...required, ...optional } as never, {
    requiredKeys: Object.keys(required) as never,
    noNullPrototype: true,
  }) as fc.Arbitrary<T>;

/** Workspaces whose items are sound one by one; they need not refer to each other. */
export const randomWorkspace: fc.Arbitrary<Workspace> = record({
  settings: record(
    { id: name, name: bilingual, asOf: day, currency: fc.constant("USD"), discountRate: fc.constantFrom(0, 0.2, 1e-7) },
    { description: bilingual, rates: fc.constant({ CNY: 0.14 }), seed: fc.nat() },
  ),
  streams: fc.uniqueArray(text, { maxLength: 5 }),
  people: some(record({ id: name, name: bilingual }, { weight: fc.constantFrom(1, 0.5), description: bilingual })),
  questions: some(
    record(
      {
        id: name,
        text: bilingual,
        kind: fc.constantFrom("yesNo", "number"),
        dimension: fc.constantFrom("chips", "ai"),
        criterion: bilingual,
        resolveBy: day,
      },
      { belief: formula, sources: ids, options: fc.array(record({ id: name, name: bilingual }), { minLength: 2, maxLength: 3 }) },
    ),
  ),
  forecasts: some(
    record(
      { question: name, by: fc.constantFrom("ann", "bo"), on: day },
      { probability: formula, probabilities: fc.dictionary(name, formula, { maxKeys: 3, noNullPrototype: true }), reasons: bilingual },
    ),
  ),
  companies: some(record({ id: fc.constantFrom("one", "two", "three"), name: bilingual, track: name })),
  rounds: some(
    record({
      id: name,
      company: fc.constantFrom("one", "two"),
      name: bilingual,
      date: fc.constantFrom("2024", "2024-02", "2024-02-29"),
      sources: fc.constantFrom(["S-1"], ["S-1", "2024"]),
    }),
  ),
  labs: some(
    record(
      { id: fc.constantFrom("lab-a", "7b.cluster"), name: bilingual, chips: text, count: fc.integer({ min: 1, max: 1e6 }) },
      {
        software: text,
        precision: fc.constantFrom("bf16", "fp8"),
        sites: fc.constant({ count: 2, gigabits: 100 }),
        measured: fc.array(
          record({ aiModel: fc.constant("moe-1t"), stepSeconds: fc.constantFrom(1.5, 20), globalBatch: fc.constant(512) }),
          {
            maxLength: 2,
          },
        ),
      },
    ),
  ),
  aiModels: some(
    record(
      { id: fc.constantFrom("moe-1t", "dense"), name: bilingual },
      { like: text, layers: fc.constant(61), experts: fc.constant({ count: 8, perToken: 2, feedForward: 2048 }) },
    ),
  ),
  facts: some(
    record(
      { id: fc.constantFrom("F-1", "7", "1.50"), date: day, text: bilingual, sources: fc.constant(["S"]) },
      { data: fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3, noNullPrototype: true }) },
    ),
  ),
  notes: fc.uniqueArray(
    record(
      {
        id: fc.oneof(text, fc.constantFrom("notes/a", "notes/甲/b", "../x", "a/b")),
        text: fc.oneof(text, fc.constant(""), fc.constant("---\na: b\n---\n\r\nx")),
      },
      { about: ids, title: bilingual, private: fc.boolean() },
    ),
    { maxLength: 3, selector: ({ id }) => id },
  ),
}).map((lists) => ({ ...emptyWorkspace((lists as unknown as Workspace).settings), ...(lists as object) }) as unknown as Workspace);

export { bilingual as randomText, formula as randomFormula };
