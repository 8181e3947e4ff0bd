import type { Workspace } from "@watershed/domain";
import { asOf } from "@watershed/domain";
import { assignDimensions, correlatedGroups } from "@watershed/engine";
import { check } from "@watershed/formula";
import type { FormulaContext, FormulaProblem, Program } from "@watershed/formula";
import { actionDefinitions, actionProblems } from "./action-definitions.ts";
import { poolBeliefs } from "./beliefs.ts";
import type { PooledBeliefs } from "./beliefs.ts";
import { caseDefinitions } from "./case-definitions.ts";
import { sharedDefinitions, soundDay } from "./definitions.ts";
import type { PlacedDefinition } from "./definitions.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { riskDefinitions, riskProblems } from "./risk-settings.ts";

/** A workspace as of its day, with every formula checked and every belief pooled: all that a run needs. */
export interface CompiledWorkspace {
  workspace: Workspace; // as of its day
  today: number; // days since 1970-01-01
  program: Program;
  definitions: Map<string, PlacedDefinition>;
  pooled: PooledBeliefs;
  dimensions: Map<string, number>; // stream -> Sobol dimension
  newStreams: string[]; // streams that have no dimension on disk yet
  problems: WorkspaceProblem[];
}

/** Checks every formula of a workspace as of a day and pools every belief; all problems at once. */
export function compileWorkspace(whole: Workspace, day: string = whole.settings.asOf): CompiledWorkspace {
  const workspace = asOf(whole, day);
  const today = soundDay(day);
  const context: FormulaContext = {
    currency: workspace.settings.currency,
    rates: { ...workspace.settings.rates, [workspace.settings.currency]: 1 },
    today,
  };
  const shared = sharedDefinitions(workspace, day);
  const triggerKinds = kindsOfTriggers(shared, context);
  const cases = workspace.cases.flatMap((investmentCase, index) =>
    caseDefinitions(investmentCase, index, workspace.triggers, triggerKinds),
  );
  const risk = riskDefinitions(workspace);
  const all = [...shared, ...risk, ...cases, ...actionDefinitions(workspace)];
  const { program, problems } = check(all, context);
  const hidden = hiddenQuestions(whole, workspace);
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
    problems: [
      ...once(problems.filter((problem) => !namesHidden(problem, hidden)).flatMap((problem) => placeFormulaProblem(problem, definitions))),
      ...pooled.problems,
      ...correlationProblems(workspace, program),
      ...caseProblems(workspace),
      ...termProblems(program, cases),
      ...actionProblems(workspace, program),
      ...riskProblems(program, risk),
    ],
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

/** Questions that had not been asked yet on the day: what is written on them is left out, without a word. */
function hiddenQuestions(whole: Workspace, workspace: Workspace): Set<string> {
  const visible = new Set(workspace.questions.map((question) => question.id));
  return new Set(whole.questions.map((question) => question.id).filter((id) => !visible.has(id)));
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

/** Characters of a compiled text as characters of the text its author wrote. */
export function withinWritten({ from, to }: { from: number; to: number }, { offset = 0 }: PlacedDefinition): { from: number; to: number } {
  return { from: Math.max(0, from - offset), to: Math.max(0, to - offset) };
}

function correlationProblems(workspace: Workspace, program: Program): WorkspaceProblem[] {
  const place = (index: number): WorkspaceProblem["place"] => ({ kind: "correlations", index, path: ["questions"] });
  const { notDrawn, impossible } = correlatedGroups(program, workspace.correlations);
  // A name that the program lacks is a missing id, a broken formula or a question not yet asked, each told elsewhere.
  const computed = notDrawn.filter(({ question }) => program.columns[question] !== undefined);
  return [
    ...computed.map(({ index, question }) => ({
      code: "correlationNotDrawn" as const,
      severity: "error" as const,
      place: place(index),
      params: { question },
    })),
    ...impossible.map((streams) => ({
      code: "correlationsImpossible" as const,
      severity: "error" as const,
      place: place(0),
      params: { questions: streams.map((name) => name.replace(/^question\//, "")) },
    })),
  ];
}

function caseProblems(workspace: Workspace): WorkspaceProblem[] {
  const seen = new Map<string, string>();
  return workspace.cases.flatMap((investmentCase, index) => {
    const earlier = seen.get(investmentCase.company);
    seen.set(investmentCase.company, investmentCase.id);
    return earlier === undefined
      ? []
      : [
          {
            code: "casesTwice" as const,
            severity: "error" as const,
            place: { kind: "cases" as const, index, path: ["company"] },
            params: { company: investmentCase.company, earlier },
          },
        ];
  });
}

/** Terms on offer are plain amounts: what varies by scenario are the terms on the day of a trigger, never today's. */
function termProblems(program: Program, cases: PlacedDefinition[]): WorkspaceProblem[] {
  return cases.flatMap(({ name, place }) => {
    const field = name.slice(name.lastIndexOf(".") + 1);
    const node = program.nodes[program.columns[name]];
    const varies = ["ticket", "preMoney", "newMoney"].includes(field) && node !== undefined && node.op !== "constant";
    return varies && place
      ? [{ code: "termNotConstant" as const, severity: "error" as const, place, params: { field: String(place.path.at(-1)) } }]
      : [];
  });
}
