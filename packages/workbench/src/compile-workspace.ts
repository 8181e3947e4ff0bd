import type { Workspace } from "@watershed/domain";
import { asOf } from "@watershed/domain";
import { assignDimensions } from "@watershed/engine";
import { check } from "@watershed/formula";
import type { FormulaContext, FormulaProblem, Program, TrainingDays } from "@watershed/formula";
import { actionDefinitions, actionProblems } from "./action-definitions.ts";
import { poolBeliefs } from "./beliefs.ts";
import type { PooledBeliefs } from "./beliefs.ts";
import { caseDefinitions } from "./case-definitions.ts";
import { sharedDefinitions, soundDay, withinWritten } from "./definitions.ts";
import { caseProblems, lapsedTriggers, termProblems } from "./case-problems.ts";
import { correlationProblems } from "./correlation-problems.ts";
import type { PlacedDefinition } from "./definitions.ts";
import { tailProblems } from "./heavy-tails.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { labProblems, trainingSupply } from "./training-supply.ts";
import { riskDefinitions, riskProblems } from "./risk-settings.ts";
import { readOnName } from "./signal-definitions.ts";

/** A workspace as of its day, with every formula checked and every belief pooled: all that a run needs. */
export interface CompiledWorkspace {
  workspace: Workspace; // as of its day
  today: number; // days since 1970-01-01
  program: Program;
  definitions: Map<string, PlacedDefinition>;
  pooled: PooledBeliefs;
  dimensions: Map<string, number>; // stream -> Sobol dimension
  newStreams: string[]; // streams that have no dimension on disk yet
  training: Map<string, TrainingDays>; // what the compute lab answered to the formulas, by lab, AI model and tokens
  problems: WorkspaceProblem[];
}

/** Checks every formula of a workspace as of a day and pools every belief; all problems at once. */
export function compileWorkspace(whole: Workspace, day: string = whole.settings.asOf): CompiledWorkspace {
  const workspace = asOf(whole, day);
  const today = soundDay(day);
  const training: CompiledWorkspace["training"] = new Map();
  const context: FormulaContext = {
    currency: workspace.settings.currency,
    rates: { ...workspace.settings.rates, [workspace.settings.currency]: 1 },
    today,
    trainingDays: remembering(training, trainingSupply(workspace)),
  };
  const shared = sharedDefinitions(workspace, day);
  const triggerKinds = kindsOfTriggers(shared, context);
  const cases = workspace.cases.flatMap((investmentCase, index) => caseDefinitions(investmentCase, index, workspace, triggerKinds));
  const risk = riskDefinitions(workspace);
  const all = [...shared, ...risk, ...cases, ...actionDefinitions(workspace)];
  const { program, problems } = check(all, context);
  const hidden = hiddenNames(whole, workspace);
  const definitions = new Map(all.map((definition) => [definition.name, definition]));
  const pooled = poolBeliefs(workspace, program);
  const { dimensions, added } = assignDimensions(program.streams, workspace.streams);
  return {
    workspace,
    today,
    program,
    definitions,
    pooled,
    dimensions,
    newStreams: added,
    training,
    problems: [
      ...once(problems.filter((problem) => !namesHidden(problem, hidden)).flatMap((problem) => placeFormulaProblem(problem, definitions))),
      ...pooled.problems,
      ...placedCorrelationProblems(workspace, program),
      ...caseProblems(whole, workspace),
      ...lapsedTriggers(workspace),
      ...termProblems(program, cases),
      ...tailProblems(workspace, program, pooled, definitions),
      ...actionProblems(workspace, program),
      ...riskProblems(program, risk),
      ...labProblems(workspace),
    ],
  };
}

/** A supply of training days that notes what it was asked and answered: the figures of a run rest on it. */
function remembering(training: CompiledWorkspace["training"], supply: NonNullable<FormulaContext["trainingDays"]>): typeof supply {
  return (run) => {
    const answer = supply(run);
    training.set(JSON.stringify(run), answer);
    return answer;
  };
}

/**
 * What every trigger is, a date or a yes/no: the cases are written by it. The answers to a question are of one kind whatever
 * anybody forecasts, so forecasts are left out, and with them most of the work.
 */
function kindsOfTriggers(shared: PlacedDefinition[], context: FormulaContext): Program["kinds"] {
  const needed = shared.filter(({ name, opinionOn }) => opinionOn === undefined && !/^(?:round|position|thesis)\./.test(name));
  const plain = needed.map((one) => (one.question ? { ...one, question: { kind: one.question.kind } } : one));
  return check(plain, context).program.kinds;
}

/** Questions that had not been asked yet on the day, and the signals about them: what is written on them is left out, without a word. */
function hiddenNames(whole: Workspace, workspace: Workspace): Set<string> {
  const visible = new Set(workspace.questions.map((question) => question.id));
  const questions = whole.questions.map((question) => question.id).filter((id) => !visible.has(id));
  const signals = whole.signals.filter(({ question }) => questions.includes(question)).map(({ id }) => id);
  return new Set([...questions, ...signals, ...signals.map(readOnName)]);
}

function namesHidden({ code, params }: FormulaProblem, hidden: Set<string>): boolean {
  return code === "unknownName" && hidden.has(String(params.name));
}

/** A problem inside a formula becomes a problem inside the text of the item that holds it. */
function placeFormulaProblem(problem: FormulaProblem, definitions: Map<string, PlacedDefinition>): WorkspaceProblem[] {
  const definition = definitions.get(problem.at.definition);
  if (!definition?.place) return [];
  const within = withinWritten(problem.at, definition);
  return [{ code: problem.code, severity: problem.severity, place: definition.place, within, params: problem.params }];
}

/** A formula that is read once for every trigger of a wait is wrong once. */
function once(problems: WorkspaceProblem[]): WorkspaceProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, place, within }) => {
    const key = JSON.stringify([code, place, within]);
    return !seen.has(key) && seen.add(key);
  });
}

function placedCorrelationProblems(workspace: Workspace, program: Program): WorkspaceProblem[] {
  // A name that the program lacks is a missing id, a broken formula or a question not yet asked, each told elsewhere.
  return correlationProblems(program, workspace.correlations)
    .filter(({ code, params }) => code !== "correlationNotDrawn" || program.columns[String(params.question)] !== undefined)
    .map(({ index, code, params }) => ({
      code,
      severity: "error",
      place: { kind: "correlations", index, path: [code === "correlationNotDrawn" ? "questions" : "rank"] },
      params,
    }));
}
