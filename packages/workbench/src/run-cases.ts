import type { Workspace } from "@watershed/domain";
import { columnOf } from "@watershed/engine";
import type { Draws } from "@watershed/engine";
import { columnsOfCase, openQuestions } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { withinWritten } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { overColumns, scenarioRun } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { runKey } from "./run-key.ts";
import { simulateWorkspace } from "./simulate-workspace.ts";
import { everyOpenWait } from "./waits.ts";
import type { RunOptions } from "./simulate-workspace.ts";

export type Case = Workspace["cases"][number];

/** Whether an error leaves nothing to compute. */
export function isBroken({ problems }: CompiledWorkspace): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** The cases of one company, or of all. */
export function casesOf({ workspace }: CompiledWorkspace, company?: string): Case[] {
  return workspace.cases.filter((investmentCase) => company === undefined || investmentCase.company === company);
}

/** The scenarios of some cases: which of the cases can be reckoned with, and why others cannot. */
export interface DrawnCases {
  run: ScenarioRun;
  sound: Case[]; // those whose draws are all sound
  problems: WorkspaceProblem[];
}

/** Draws the scenarios of some cases; a problem for each whose draws are not sound. */
export function runCases(
  compiled: CompiledWorkspace,
  cases: Case[],
  options: RunOptions,
  besides: string[] = [], // columns to draw that belong to no case
  earlier?: ScenarioRun, // of the same scenarios, over other columns
): DrawnCases {
  const believed = believedCases(compiled, cases);
  const names = [...new Set([...believed.flatMap((investmentCase) => columnsOfCase(compiled, investmentCase)), ...besides])];
  const draws = simulateWorkspace(compiled, names, options);
  const unsound = new Map(unsoundColumns(compiled, draws).map((found) => [found.column, found]));
  const sound = believed.filter((investmentCase) => !columnsOfCase(compiled, investmentCase).some((name) => unsound.has(name)));
  const run = earlier ? overColumns(earlier, draws) : scenarioRun(compiled, draws, runKey(compiled, draws));
  return { run, sound, problems: [...[...unsound.values()].map(({ problem }) => problem), ...passedExits(compiled, draws, sound)] };
}

/** The cases that can be drawn: complete, with a belief for every question they depend on. */
export function believedCases(compiled: CompiledWorkspace, cases: Case[]): Case[] {
  return cases.filter(
    (investmentCase) => isComplete(compiled, investmentCase) && unbelieved(compiled, columnsOfCase(compiled, investmentCase)).length === 0,
  );
}

/** Whether every formula of a case could be compiled; on an earlier day some may rest on questions that nobody had asked. */
export function isComplete({ program, workspace }: CompiledWorkspace, investmentCase: Case): boolean {
  const terms = ["exitValue", "exitDate", "retention", ...(investmentCase.now ? ["ticket", "preMoney"] : [])].map(
    (name) => `${investmentCase.id}.${name}`,
  );
  const staged = investmentCase.stage ? ["stage.ticket", "stage.preMoney"].map((name) => `${investmentCase.id}.${name}`) : [];
  const waits = everyOpenWait(workspace, investmentCase).flatMap(({ triggers }) =>
    triggers.flatMap(({ scope }) => ["triggerDate", "preMoneyThen", "access"].map((name) => `${scope}.${name}`)),
  );
  return [...terms, ...staged, ...waits].every((name) => program.columns[name] !== undefined);
}

/** The questions some columns depend on of which nobody has said anything yet. */
export function unbelieved(compiled: CompiledWorkspace, names: string[]): string[] {
  return openQuestions(compiled, names).filter((question) => {
    const node = compiled.program.nodes[compiled.program.columns[question]];
    return node?.op === "question" && compiled.pooled.beliefs[question] === undefined;
  });
}

export interface UnsoundColumn {
  column: string;
  problem: WorkspaceProblem;
}

/** Columns with draws that could not be computed. Prices of the day of a trigger count only where it fires: elsewhere nobody reads them. */
export function unsoundColumns(compiled: CompiledWorkspace, draws: Draws, among?: ReadonlySet<string>): UnsoundColumn[] {
  const total = draws.shards * draws.shardSize;
  const origins = new Map(draws.undefinedDraws.map((found) => [found.column, found]));
  const columns = [...draws.columns].filter(([name]) => among?.has(name) ?? true);
  return columns.flatMap(([column, amounts]): UnsoundColumn[] => {
    const kind = compiled.program.kinds[column]?.kind;
    const origin = origins.get(column);
    const timeless = kind === "date" || kind === "duration"; // may be never
    if (timeless ? !origin : !draws.infinite.has(amounts)) return [];
    const scope = column.slice(0, column.lastIndexOf("."));
    const fires = column.endsWith("Then") ? columnOf(draws, `${scope}.triggerDate`) : undefined;
    const count = countUnsound(amounts, timeless, fires);
    if (count === 0) return [];
    const definition = compiled.definitions.get(origin?.at.definition ?? column);
    const place = definition?.place ?? compiled.definitions.get(column)?.place;
    if (!place) return [];
    if (!origin)
      return [{ column, problem: { code: "notFinite", severity: "error", place, params: { what: column, count, draws: total } } }];
    const within = definition && withinWritten(origin.at, definition);
    const params = { column, count, draws: total, operator: origin.operator };
    return [{ column, problem: { code: "undefinedDraws", severity: "error", place, within, params } }];
  });
}

/** Cases that are mostly over before they begin: more than half of the draws of the exit lie before the day of the run. */
function passedExits({ workspace, today, definitions }: CompiledWorkspace, draws: Draws, cases: Case[]): WorkspaceProblem[] {
  const total = draws.shards * draws.shardSize;
  return cases.flatMap(({ id }): WorkspaceProblem[] => {
    const column = `${id}.exitDate`;
    const count = columnOf(draws, column).reduce((passed, day) => passed + (day < today ? 1 : 0), 0);
    const place = definitions.get(column)?.place;
    if (!place || count * 2 <= total) return [];
    return [{ code: "exitPassed", severity: "warning", place, params: { column, count, draws: total, day: workspace.settings.asOf } }];
  });
}

/** Draws that are not finite, or undefined where a time may be never, among those on which a trigger fires at all. */
function countUnsound(amounts: Float64Array, timeless: boolean, fires: Float64Array | undefined): number {
  let count = 0;
  for (let draw = 0; draw < amounts.length; draw++) {
    const amount = timeless ? amounts[draw] : amounts[draw] * 0;
    count += Number(amount !== amount) & (fires ? Number(fires[draw] < Infinity) : 1);
  }
  return count;
}
