import { wordProblem } from "@watershed/workbench";
import type { ItemProblem as PlacedProblem, LocatedProblem, StoreProblem } from "@watershed/workbench";
import type { ItemProblem } from "./views.ts";

type Worded = Parameters<typeof wordProblem>[0];

/** What is wrong and how to mend it in both languages, as one text each. */
function messageOf(problem: Worded): ItemProblem["message"] {
  const [en, zh] = [wordProblem(problem, "en"), wordProblem(problem, "zh")];
  return { en: `${en.what} ${en.mend}`, zh: `${zh.what}${zh.mend}` };
}

/** Problems of items as the API tells them: with the id of the item and the words. */
export function wordProblems(problems: PlacedProblem[]): ItemProblem[] {
  return problems.map(({ code, severity, place, within, params, id }) => ({
    code,
    severity,
    at: { kind: place.kind, index: place.index, path: place.path, ...(id === undefined ? {} : { id }) },
    ...(within ? { within } : {}),
    params,
    message: messageOf({ code, params }),
  }));
}

/** Problems of files, with file, line and column. */
export function wordFileProblems(problems: LocatedProblem[]): ItemProblem[] {
  return problems.map(({ code, severity, at, params }) => ({
    code,
    severity,
    at: { file: at.file, line: at.line, column: at.column },
    params,
    message: messageOf({ code, params }),
  }));
}

/** Why the store would not write. */
export function wordStoreProblems(problems: StoreProblem[]): ItemProblem[] {
  return problems.map(({ code, severity, at, params }) => ({
    code,
    severity,
    at: {
      ...(at.kind ? { kind: at.kind as ItemProblem["at"]["kind"] } : {}),
      ...(at.path ? { path: at.path } : {}),
      ...(at.key ? { id: at.key } : {}),
    },
    params,
    message: messageOf({ code, params } as Worded),
  }));
}
