import type { Language } from "@watershed/domain";
import type { ProblemCode, ProblemParams } from "../problem.ts";
import { problemsEn } from "./problems-en.ts";
import type { ProblemWording } from "./problems-en.ts";
import { problemsZh } from "./problems-zh.ts";

const tables: Record<Language, typeof problemsEn> = { en: problemsEn, zh: problemsZh };

/** What is wrong and how to mend it, one sentence each, for people who do not program. */
export function wordProblem(problem: { code: ProblemCode; params: ProblemParams }, language: Language): ProblemWording {
  return tables[language][problem.code](problem.params);
}
