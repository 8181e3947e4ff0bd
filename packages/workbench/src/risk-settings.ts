import type { Workspace } from "@watershed/domain";
import type { Program } from "@watershed/formula";
import type { PlacedDefinition } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";

/** The column of an amount of the attitude to risk. */
export const riskName = (field: string): string => `settings.risk.${field}`;

/** The amounts of the attitude to risk, as formulas of money; a bare number is money of the valuation currency. */
export function riskDefinitions({ settings }: Workspace): PlacedDefinition[] {
  const { tolerance, wealth, cvarLimit } = settings.risk ?? {};
  const rows: [string, string | number | boolean | undefined, string[]][] = [
    ["tolerance", tolerance, ["risk", "tolerance"]],
    ["wealth", wealth, ["risk", "wealth"]],
    ["amount", cvarLimit?.amount, ["risk", "cvarLimit", "amount"]],
  ];
  return rows.flatMap(([field, written, path]) => {
    if (written === undefined) return [];
    const source = typeof written === "number" ? `${written} ${settings.currency}` : String(written);
    return [{ name: riskName(field), source, expects: [{ kind: "money" as const }], place: { kind: "settings" as const, index: 0, path } }];
  });
}

/** Amounts of the attitude that vary by scenario, or are not positive. */
export function riskProblems(program: Program, definitions: PlacedDefinition[]): WorkspaceProblem[] {
  return definitions.flatMap(({ name, place }): WorkspaceProblem[] => {
    const node = program.nodes[program.columns[name]];
    if (!node || !place) return [];
    const field = String(place.path.at(-1));
    if (node.op !== "constant") return [{ code: "riskNotFixed", severity: "error", place, params: { field } }];
    const least = field === "amount" ? "0" : "above 0";
    const low = field === "amount" ? node.amount < 0 : !(node.amount > 0);
    return low ? [{ code: "riskNotPositive", severity: "error", place, params: { field, least } }] : [];
  });
}
