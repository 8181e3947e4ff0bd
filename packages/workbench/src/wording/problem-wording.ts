import type { Language } from "@watershed/domain";
import type { ProblemCode, ProblemParams, StoreOwnCode } from "../problem.ts";
import { problemsEn } from "./problems-en.ts";
import type { ProblemWording } from "./problems-en.ts";
import { problemsZh } from "./problems-zh.ts";
import { storeProblemsEn } from "./store-problems-en.ts";
import { storeProblemsZh } from "./store-problems-zh.ts";

const tables: Record<Language, typeof problemsEn & typeof storeProblemsEn> = {
  en: { ...problemsEn, ...storeProblemsEn },
  zh: { ...problemsZh, ...storeProblemsZh },
};

/** What is wrong and how to mend it, one sentence each, for people who do not program. */
export function wordProblem(problem: { code: ProblemCode | StoreOwnCode; params: ProblemParams }, language: Language): ProblemWording {
  return tables[language][problem.code](problem.params);
}
