import type { Estimate, Workspace } from "@watershed/domain";
import { expectation } from "@watershed/decision";
import type { Measured } from "@watershed/decision";
import { dependencies } from "@watershed/formula";
import type { Draws } from "@watershed/engine";
import { appraiseCase } from "./appraise-case.ts";
import { toldShares } from "./belief-figures.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { casesOf, isBroken, runCases, unbelieved } from "./run-cases.ts";
import { estimate } from "./run-key.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** How one column of scenarios is spread; quantiles at `toldShares` of what is finite, days since 1970-01-01 for dates. */
export interface Spread {
  quantiles: number[];
  never: number; // share of +Infinity
  mean?: Estimate; // where it is finite throughout
}

/** One formula that a case rests on, and how it comes out. */
export interface QuantityOutcome {
  name: string; // as the case's formulas call it
  column: string;
  source: string;
  own: boolean; // a quantity or term of the case itself, not of the workspace
  kind: string; // money, number, probability, yesNo, date, duration, choice
  spread?: Spread; // absent where it could not be drawn
}

/** How the alternatives and the formulas of one company come out over its scenarios. */
export interface CaseOutcomes {
  company: string;
  caseId: string;
  key: string;
  draws: number;
  alternatives: { name: string; spread: Spread }[];
  quantities: QuantityOutcome[];
}

/** The spread of every alternative of a company and of every formula under it. */
export function caseOutcomes(
  whole: Workspace,
  company: string,
  options: RunOptions = {},
): { outcomes?: CaseOutcomes; problems: WorkspaceProblem[] } {
  const compiled = compileWorkspace(whole);
  const [investmentCase] = casesOf(compiled, company);
  if (!investmentCase || isBroken(compiled)) return { problems: compiled.problems };
  const names = formulasUnder(compiled, investmentCase.id);
  const drawable = names.filter((name) => compiled.program.columns[name] !== undefined && unbelieved(compiled, [name]).length === 0);
  const { run, sound, problems } = runCases(compiled, [investmentCase], options, drawable);
  if (sound.length === 0) return { problems: [...compiled.problems, ...problems] };
  const { draws, key } = run;
  const money = (measured: Measured): Estimate => estimate(measured, compiled.workspace.settings.currency, key);
  return {
    problems: [...compiled.problems, ...problems],
    outcomes: {
      company,
      caseId: investmentCase.id,
      key,
      draws: draws.shards * draws.shardSize,
      alternatives: appraiseCase(compiled, draws, investmentCase).alternatives.map(({ name, netValue }) => ({
        name,
        spread: { ...spreadOf(netValue), mean: money(expectation(netValue, draws)) },
      })),
      quantities: names.map((column) => quantityOutcome(compiled, draws, investmentCase.id, column, key)),
    },
  };
}

/** The formulas of a case and the quantities of the workspace that they rest on, those of the case first. */
function formulasUnder({ program, definitions, workspace }: CompiledWorkspace, caseId: string): string[] {
  const own = [...definitions.keys()].filter((name) => {
    const field = name.slice(caseId.length + 1);
    return name.startsWith(`${caseId}.`) && !field.includes(".") && field !== "discountProceeds";
  });
  const reached = new Set(own.flatMap((name) => (program.columns[name] === undefined ? [] : dependencies(program, name))));
  return [...own, ...workspace.quantities.map(({ id }) => id).filter((id) => reached.has(id))];
}

function quantityOutcome(compiled: CompiledWorkspace, draws: Draws, caseId: string, column: string, key: string): QuantityOutcome {
  const { program, definitions, workspace } = compiled;
  const own = column.startsWith(`${caseId}.`);
  const kind = program.kinds[column]?.kind ?? "number";
  const drawn = draws.columns.get(column);
  const unit = kind === "money" ? workspace.settings.currency : kind === "yesNo" ? "probability" : kind;
  const told = drawn && kind !== "choice" && !drawn.some(Number.isNaN) ? drawn : undefined;
  return {
    name: own ? column.slice(caseId.length + 1) : column,
    column,
    source: definitions.get(column)?.source ?? "",
    own,
    kind,
    ...(told
      ? {
          spread: {
            ...spreadOf(told),
            ...(kind !== "date" && told.every(Number.isFinite) ? { mean: estimate(expectation(told, draws), unit, key) } : {}),
          },
        }
      : {}),
  };
}

function spreadOf(column: Float64Array): Spread {
  const finite = column.filter((amount) => amount < Infinity).sort();
  const at = (share: number): number => finite[Math.min(finite.length - 1, Math.floor(share * finite.length))];
  return { never: 1 - finite.length / column.length, quantiles: finite.length === 0 ? [] : toldShares.map(at) };
}
