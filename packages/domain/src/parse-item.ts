import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { DomainProblem, DomainProblemCode } from "./problem.ts";
import { Settings, itemKinds } from "./workspace.ts";
import type { Item, ItemKind } from "./workspace.ts";

type Issue = z.core.$ZodIssue;
export type FieldProblem = Omit<DomainProblem, "at"> & { path: (string | number)[] };

/** Reads one item: the item where it is sound, and every problem of its fields where it is not. */
export function parseItem<K extends ItemKind>(kind: K, data: unknown): { item?: Item<K>; problems: FieldProblem[] } {
  return parseWith(itemKinds[kind].schema as z.ZodType, data) as { item?: Item<K>; problems: FieldProblem[] };
}

/** Reads the settings of a workspace. */
export function parseSettings(data: unknown): { item?: Settings; problems: FieldProblem[] } {
  return parseWith(Settings, data) as { item?: Settings; problems: FieldProblem[] };
}

/** The candidate that was probably meant, where one is near enough to say so. */
export function nearestName(name: string, candidates: string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(name, candidates);
  return distance(name, nearest) <= Math.max(1, Math.floor(name.length / 3)) ? nearest : undefined;
}

function parseWith(schema: z.ZodType, data: unknown): { item?: unknown; problems: FieldProblem[] } {
  const result = schema.safeParse(data);
  if (result.success) return { item: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => fieldProblems(schema, issue, data)) };
}

function fieldProblems(schema: z.ZodType, issue: Issue, data: unknown): FieldProblem[] {
  const path = issue.path as (string | number)[];
  const found = describeValue(valueAt(data, path));
  const problem = (code: DomainProblemCode, params: FieldProblem["params"] = {}): FieldProblem => ({
    code,
    severity: "error",
    path,
    params: { field: path.join("."), found, ...params },
  });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const fields = fieldsAt(schema, path);
        const suggestion = nearestName(key, fields);
        return {
          code: "unknownField",
          severity: "error",
          path: [...path, key],
          params: { field: key, fields, ...(suggestion ? { suggestion } : {}) },
        };
      });
    case "invalid_type":
      return [
        valueAt(data, path) === undefined
          ? problem("missingField", { expected: issue.expected })
          : problem("wrongType", { expected: issue.expected }),
      ];
    case "invalid_union": {
      const inner = issue.errors.find((issues) => !issues.some((one) => one.code === "invalid_type" && one.path.length === 0));
      if (inner && found === "a map") return inner.flatMap((one) => fieldProblems(schema, { ...one, path: [...path, ...one.path] }, data));
      return [
        valueAt(data, path) === undefined ? problem("missingField", { expected: "text" }) : problem("wrongType", { expected: "text" }),
      ];
    }
    case "invalid_key":
      return [problem("badIdentifier", { found: String(path.at(-1)), part: "key" })];
    case "invalid_value":
      return [
        valueAt(data, path) === undefined
          ? problem("missingField", { expected: issue.values.map(String).join(" | ") })
          : problem("notOneOf", { options: issue.values.map(String), ...suggestionFor(found, issue.values.map(String)) }),
      ];
    case "invalid_format":
      return [problem("badIdentifier")];
    case "too_small":
    case "too_big":
      return [
        problem(typeof valueAt(data, path) === "number" ? "outOfRange" : "tooFew", {
          limit: String(issue.code === "too_small" ? issue.minimum : issue.maximum),
          side: issue.code === "too_small" ? "least" : "most",
        }),
      ];
    case "custom":
      return [problem(issue.message === "noSuchDate" ? "noSuchDate" : "wrongType", { expected: "text" })];
    default:
      return [problem("wrongType", { expected: "something else" })];
  }
}

function suggestionFor(found: string, options: string[]): { suggestion?: string } {
  const suggestion = nearestName(found, options);
  return suggestion ? { suggestion } : {};
}

function valueAt(data: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner === null || typeof inner !== "object" ? undefined : (inner as Record<string | number, unknown>)[key]),
    data,
  );
}

function fieldsAt(schema: z.ZodType, path: (string | number)[]): string[] {
  let inner: unknown = schema;
  for (const key of path) {
    const unwrapped = unwrap(inner);
    if (unwrapped instanceof z.ZodObject) inner = unwrapped.shape[key];
    else if (unwrapped instanceof z.ZodArray) inner = unwrapped.element;
    else if (unwrapped instanceof z.ZodRecord) inner = unwrapped.valueType;
    else return [];
  }
  const last = unwrap(inner);
  return last instanceof z.ZodObject ? Object.keys(last.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner;
}

function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  return String(value);
}
