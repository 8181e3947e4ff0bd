import { log } from "@watershed/probability";
import { check } from "./check.ts";
import type { Definition, FormulaContext } from "./definition.ts";
import type { FormulaProblem } from "./problem.ts";

/** The world of the tests: dollars, 1 July 2024, and one lab with one AI model that trains a trillion tokens in about ten days. */
export const testWorld: FormulaContext = {
  currency: "USD",
  rates: { RMB: 0.14, EUR: 1.1, HKD: 0.128 },
  today: 19_905,
  trainingDays: ({ lab, aiModel, tokens }) => {
    if (lab !== "lab-a-cluster") return { missing: "lab", known: ["lab-a-cluster"] };
    if (aiModel !== "moe-1t") return { missing: "aiModel", known: ["moe-1t"] };
    if (tokens > 1e15) return { reason: "doesNotFit", details: ["12 GiB"] };
    return { distribution: { kind: "lognormal", logMean: log(tokens / 1e11), logStandardDeviation: 0.2 } };
  },
};

/** Tests write the place of an expected problem as «...»: the text without the marks, and the stretch between them. */
export function unmark(marked: string): { source: string; from: number; to: number } {
  const from = marked.indexOf("«");
  const to = marked.indexOf("»") - 1;
  return { source: marked.replace("«", "").replace("»", ""), from, to };
}

/** The problems of one formula among other definitions, as `code «text»` with the text they point at. */
export function problemsOf(source: string, others: Definition[] = []): string[] {
  const { problems } = check([...others, { name: "x", source }], testWorld);
  return problems.map(({ code, at }) => `${code} «${source.slice(at.from, at.to)}»`);
}

/** The only problem of one formula, for tests of its params; throws where there is none or more than one. */
export function problemOf(source: string, others: Definition[] = []): FormulaProblem {
  const { problems } = check([...others, { name: "x", source }], testWorld);
  if (problems.length !== 1) throw new Error(`${problems.length} problems: ${JSON.stringify(problems)}`);
  return problems[0];
}
