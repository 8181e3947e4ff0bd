import type { Language } from "@watershed/domain";
import type { ItemProblem } from "../data/contract.ts";
import type { WordedProblem } from "../what-if/answer.ts";

/** What is wrong with the fields of a form, by the path of a field in its item: `preMoney`, `wait.0.preMoney`. */
export type FieldProblems = Record<string, string>;

/** The problems of a refused save that belong to an item's fields, in words, and those that belong to no field shown. */
export function placeProblems(
  problems: Pick<ItemProblem, "at" | "message">[],
  { kind, fields, language }: { kind: string; fields: string[]; language: Language },
): { placed: FieldProblems; rest: Pick<ItemProblem, "at" | "message">[] } {
  const placed: FieldProblems = {};
  const rest = problems.filter(({ at, message }) => {
    const field = at.kind === kind ? fieldOf(at.path ?? [], fields) : undefined;
    if (field === undefined) return true;
    placed[field] ??= message[language];
    return false;
  });
  return { placed, rest };
}

/** The same of what the page's worker found while one types. */
export function placeWorded(problems: WordedProblem[], fields: string[], language: Language): FieldProblems {
  const placed: FieldProblems = {};
  for (const { place, message } of problems) {
    const field = fieldOf(place.path, fields);
    if (field !== undefined) placed[field] ??= message[language];
  }
  return placed;
}

/** The longest field whose path leads to the place. */
function fieldOf(path: (string | number)[], fields: string[]): string | undefined {
  const place = `${path.join(".")}.`;
  return fields.filter((field) => place.startsWith(`${field}.`)).toSorted((one, other) => other.length - one.length)[0];
}
