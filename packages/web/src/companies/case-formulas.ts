import type { InvestmentCase, Workspace } from "@watershed/domain";

/** Where in a case the formula of a name stands: its own quantities first, then its terms. */
export function pathOfFormula(investmentCase: InvestmentCase, name: string): (string | number)[] | undefined {
  if (investmentCase.quantities && Object.hasOwn(investmentCase.quantities, name)) return ["quantities", name];
  if (["exitValue", "exitDate", "retention", "strategicWorth"].includes(name)) return [name];
  if (["ticket", "preMoney", "newMoney"].includes(name)) return ["now", name];
  return name === "ahead" ? ["now", "preference", "ahead"] : undefined;
}

/** The text at a path of a case. */
export function formulaAt(investmentCase: InvestmentCase, path: (string | number)[]): string {
  return String(path.reduce<unknown>((whole, key) => (whole as Record<string | number, unknown> | undefined)?.[key], investmentCase));
}

/** The case with another text at a path. */
export function withFormula(investmentCase: InvestmentCase, path: (string | number)[], source: string): InvestmentCase {
  return setAt(investmentCase, path, source) as InvestmentCase;
}

function setAt(whole: unknown, [key, ...rest]: (string | number)[], content: unknown): unknown {
  const before = (whole ?? {}) as Record<string | number, unknown>;
  return { ...before, [key]: rest.length === 0 ? content : setAt(before[key], rest, content) };
}

/** The workspace with another state of a case. */
export function withCase(workspace: Workspace, changed: InvestmentCase): Workspace {
  return { ...workspace, cases: workspace.cases.map((one) => (one.id === changed.id ? changed : one)) };
}

/** The workspace with another formula of a shared quantity. */
export function withQuantity(workspace: Workspace, id: string, formula: string): Workspace {
  return { ...workspace, quantities: workspace.quantities.map((one) => (one.id === id ? { ...one, formula } : one)) };
}
