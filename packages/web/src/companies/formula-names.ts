import type { InvestmentCase, Language, Text, Workspace } from "@watershed/domain";
import { builtIns } from "@watershed/formula";

/** A name that may stand in a formula, and what it means. */
export interface FormulaName {
  name: string;
  sort: "question" | "quantity" | "function" | "word";
  signature?: string;
  means: string;
}

/** Everything that a formula of a case may name: questions, quantities, the case's own, and what the language knows. */
export function namesInFormulas(workspace: Workspace, investmentCase: InvestmentCase, language: Language): FormulaName[] {
  const say = (text: Text | undefined): string => (text === undefined ? "" : typeof text === "string" ? text : text[language]);
  return [
    ...Object.entries(investmentCase.quantities ?? {}).map(([name, source]): FormulaName => ({
      name,
      sort: "quantity",
      means: String(source),
    })),
    ...workspace.quantities.map(({ id, name, formula }): FormulaName => ({
      name: id,
      sort: "quantity",
      means: say(name) || String(formula),
    })),
    ...workspace.questions.map(({ id, text }): FormulaName => ({ name: id, sort: "question", means: say(text) })),
    ...builtIns
      .filter(({ form }) => form !== "operator")
      .map(({ name, form, signatures, description }): FormulaName => ({
        name,
        sort: form === "function" ? "function" : "word",
        signature: signatures[0],
        means: description[language],
      })),
  ];
}
