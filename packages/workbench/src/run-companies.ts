import type { Text, Workspace } from "@watershed/domain";
import { appraiseCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { WorkspaceProblem } from "./problem.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { casesOf, isBroken, runCases } from "./run-cases.ts";
import type { RunOptions } from "./simulate-workspace.ts";

export interface CompanyRunOptions extends RunOptions {
  company?: string; // all companies unless given
  asOf?: string; // instead of the workspace's own day
}

/** The scenarios of some companies and what their alternatives net, before anything is said about them. */
export interface CompaniesRun {
  run?: ScenarioRun;
  appraisals: Appraisal[];
  problems: WorkspaceProblem[];
}

/** Draws and appraises one company or all of them, with the columns named besides. */
export function runCompanies(
  whole: Workspace,
  options: CompanyRunOptions,
  besides: (compiled: CompiledWorkspace) => string[] = () => [],
): CompaniesRun {
  return companiesOf(compileWorkspace(whole, options.asOf), options, besides);
}

/** The same of a workspace that is compiled already. */
export function companiesOf(
  compiled: CompiledWorkspace,
  options: Omit<CompanyRunOptions, "asOf">,
  besides: (compiled: CompiledWorkspace) => string[] = () => [],
): CompaniesRun {
  if (isBroken(compiled)) return { appraisals: [], problems: compiled.problems };
  const { run, sound, problems } = runCases(compiled, casesOf(compiled, options.company), options, besides(compiled));
  return {
    run,
    appraisals: sound.map((investmentCase) => appraiseCase(compiled, run.draws, investmentCase)),
    problems: [...compiled.problems, ...problems],
  };
}

/** What figures of a run are headed with. */
export interface RunHeading {
  name: Workspace["settings"]["name"];
  asOf: string;
  currency: string;
  draws: number;
  shards: number;
  seed: number;
  key: string;
  triggers: { trigger: string; name: Text; deadline: string }[]; // what waiting alternatives wait for
}

/** The heading of a run. */
export function headingOf({ compiled, draws, key }: ScenarioRun): RunHeading {
  const { settings, triggers } = compiled.workspace;
  return {
    name: settings.name,
    asOf: settings.asOf,
    currency: settings.currency,
    draws: draws.shards * draws.shardSize,
    shards: draws.shards,
    seed: draws.seed,
    key,
    triggers: triggers.map(({ id, name, deadline }) => ({ trigger: id, name, deadline })),
  };
}
