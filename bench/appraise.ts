// Claim: appraising a company (now, and one wait on three questions) costs some tens of nanoseconds a scenario, regression included.
// Prints milliseconds a case and nanoseconds a scenario, medians and bests of many runs, with factors of shared dates known already.
import { emptyWorkspace } from "@watershed/domain";
import type { InvestmentCase, Workspace } from "@watershed/domain";
import { appraiseCase } from "../packages/workbench/src/appraise-case.ts";
import { columnsOfCase } from "../packages/workbench/src/case-columns.ts";
import { compileWorkspace } from "../packages/workbench/src/compile-workspace.ts";
import { simulateWorkspace } from "../packages/workbench/src/simulate-workspace.ts";
import { machine, median } from "./machine.ts";

const question = { text: "?", dimension: "world", criterion: "?" };
const yesNo = (id: string, resolveBy: string, belief: string): Workspace["questions"][number] => ({
  ...question,
  id,
  kind: "yesNo",
  resolveBy,
  belief,
});

function workspaceOf(wait: NonNullable<InvestmentCase["wait"]>): Workspace {
  return {
    ...emptyWorkspace({ id: "bench", name: "Bench", asOf: "2024-03-31", currency: "USD", discountRate: 0.25, cashRate: 0.04, seed: 1 }),
    questions: [
      yesNo("works", "2024-12-31", "40%"),
      yesNo("wanted", "2025-03-31", "60%"),
      yesNo("allowed", "2025-06-30", "80%"),
      { ...question, id: "size", kind: "number", unit: "USD", resolveBy: "2024-12-31", belief: "lognormal(20, 1)  * 1 USD" },
      { ...question, id: "shown_on", kind: "date", resolveBy: "2026-12-31", belief: "dates(2024-12-31: 30%, 2025-12-31: 60%, never: 40%)" },
      {
        ...question,
        id: "raised_on",
        kind: "date",
        resolveBy: "2026-12-31",
        belief: "dates(2024-12-31: 40%, 2025-12-31: 70%, never: 30%)",
      },
    ],
    tracks: [{ id: "t", name: "T", criteria: [{ id: "c", text: "c" }] }],
    companies: [{ id: "acme", name: "Acme", track: "t" }],
    triggers: [
      { id: "shows", name: "It shows", when: "shown_on", deadline: "2025-12-31" },
      { id: "raises", name: "It raises", when: "raised_on", deadline: "2025-12-31" },
    ],
    cases: [
      {
        id: "acme_case",
        company: "acme",
        on: "2024-03-31",
        exitValue: "size * (6 if works and wanted else 1) * (1 if allowed else 0.3)",
        exitDate: "2029-06-30 to 2032-06-30",
        retention: "60%",
        now: { ticket: "10M USD", preMoney: "500M USD", newMoney: "50M USD" },
        wait,
      },
    ],
  };
}

const terms = { preMoney: "preMoney * 1.4", newMoney: "80M USD", access: "70%" };
const known = ["works", "wanted", "allowed"];
const cases: [string, NonNullable<InvestmentCase["wait"]>][] = [
  ["now alone", []],
  ["now and a wait on three questions", [{ trigger: "shows", ...terms, known }]],
  ["now and a wait on three questions and a number", [{ trigger: "shows", ...terms, known: [...known, "size"] }]],
  ["now and the first of two triggers, three questions", [{ triggers: ["shows", "raises"], ...terms, known }]],
];

console.log(machine());
for (const draws of [131_072, 16_384])
  for (const [name, wait] of cases) {
    const compiled = compileWorkspace(workspaceOf(wait));
    const errors = compiled.problems.filter(({ severity, code }) => severity === "error" && code !== "beliefMissing");
    if (errors.length > 0) throw new Error(JSON.stringify(errors[0]));
    const [investmentCase] = compiled.workspace.cases;
    const run = simulateWorkspace(compiled, columnsOfCase(compiled, investmentCase), { draws });
    const milliseconds = Array.from({ length: draws > 100_000 ? 60 : 300 }, () => {
      const started = performance.now();
      appraiseCase(compiled, run, investmentCase);
      return performance.now() - started;
    }).slice(10);
    const [middle, best] = [median(milliseconds), Math.min(...milliseconds)];
    const perDraw = (each: number): string => `${((each * 1e6) / draws).toFixed(1)} ns`;
    console.log(
      `${draws.toLocaleString("en")} scenarios, ${name}: ${middle.toFixed(2)} ms (best ${best.toFixed(2)}), ${perDraw(middle)} a scenario (best ${perDraw(best)})`,
    );
  }
