import type { Workspace } from "@watershed/domain";
import type { Program } from "@watershed/formula";
import type { PlacedDefinition } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { everyPlannedWait, hasLapsed } from "./waits.ts";

/** What is wrong with the cases as a list: two for one company, one that offers no choice, none at all. */
export function caseProblems(whole: Workspace, workspace: Workspace): WorkspaceProblem[] {
  if (whole.cases.length === 0)
    return [{ code: "noCases", severity: "warning", place: { kind: "settings", index: 0, path: ["id"] }, params: {} }];
  const seen = new Map<string, string>();
  return workspace.cases.flatMap((investmentCase, index): WorkspaceProblem[] => {
    const { id, company, now, stage, wait = [] } = investmentCase;
    const earlier = seen.get(company);
    seen.set(company, id);
    const place = (field: string): WorkspaceProblem["place"] => ({ kind: "cases", index, path: [field] });
    if (earlier !== undefined) return [{ code: "casesTwice", severity: "error", place: place("company"), params: { company, earlier } }];
    if (now || stage || wait.length > 0) return [];
    return [{ code: "caseWithoutAlternative", severity: "warning", place: place("id"), params: { company } }];
  });
}

/** Triggers that some case still waits for although their deadline lies before the day of the run. */
export function lapsedTriggers({ triggers, cases, settings }: Workspace): WorkspaceProblem[] {
  return triggers.flatMap((one, index): WorkspaceProblem[] => {
    if (!hasLapsed(one, settings)) return [];
    const waits = (investmentCase: Workspace["cases"][number]): boolean =>
      everyPlannedWait(investmentCase).some((wait) => wait.triggers.some(({ trigger }) => trigger === one.id));
    const companies = [...new Set(cases.filter(waits).map(({ company }) => company))];
    if (companies.length === 0) return [];
    const params = { trigger: one.id, deadline: one.deadline, day: settings.asOf, companies };
    return [{ code: "triggerLapsed", severity: "warning", place: { kind: "triggers", index, path: ["deadline"] }, params }];
  });
}

/**
 * Terms on offer are plain amounts: what varies by scenario is the price on the day of a trigger, never today's. Whoever pays nothing or
 * less buys nothing, and nobody buys more than the whole company.
 */
export function termProblems(program: Program, cases: PlacedDefinition[]): WorkspaceProblem[] {
  const amountOf = (name: string): number | undefined => {
    const node = program.nodes[program.columns[name]];
    return node?.op === "constant" ? node.amount : undefined;
  };
  return cases.flatMap(({ name, place }): WorkspaceProblem[] => {
    if (!place || program.columns[name] === undefined) return [];
    const field = name.slice(name.lastIndexOf(".") + 1);
    const scope = name.slice(0, name.lastIndexOf("."));
    const amount = amountOf(name);
    const error = (code: WorkspaceProblem["code"], params: WorkspaceProblem["params"]): WorkspaceProblem[] => [
      { code, severity: "error", place, params },
    ];
    const params = { field: String(place.path.at(-1)) };
    if (amount === undefined) return ["ticket", "preMoney", "newMoney"].includes(field) ? error("termNotConstant", params) : [];
    if (/^ticket(?:Then)?$/.test(field) && !(amount > 0)) return error("termNotPositive", { ...params, least: "more" });
    if (/^(?:preMoney|newMoney|ahead)(?:Then)?$/.test(field) && !(amount >= 0))
      return error("termNotPositive", { ...params, least: "zero" });
    if (field !== "ticket") return [];
    const [preMoney, newMoney = amount] = [amountOf(`${scope}.preMoney`), amountOf(`${scope}.newMoney`)];
    return preMoney !== undefined && amount > preMoney + newMoney ? error("ticketAboveCompany", {}) : [];
  });
}
