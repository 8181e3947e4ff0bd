import { actionProblems } from "./action-quality.ts";
import { caseShapes, waitsOf } from "./case-shape.ts";
import { nearestName } from "./parse-item.ts";
import type { DomainProblem, ItemPlace } from "./problem.ts";
import { forecastId } from "./question.ts";
import type { ItemKind, Workspace } from "./workspace.ts";
import { itemKinds } from "./workspace.ts";

type Target = "question" | "knowable" | "person" | "source" | "evidence" | "track" | "company" | "trigger" | "criterion" | "aiModel";

/** Every problem that shows only when the items are held together: missing ids, duplicates, answers that do not fit their question. */
export function checkReferences(workspace: Workspace): DomainProblem[] {
  return [
    ...duplicateIds(workspace),
    ...missingIds(workspace),
    ...forecastAnswers(workspace),
    ...questionShapes(workspace),
    ...actionProblems(workspace),
    ...caseShapes(workspace),
    ...riskFields(workspace),
  ];
}

function duplicateIds(workspace: Workspace): DomainProblem[] {
  const problems: DomainProblem[] = [];
  const names = new Map<string, string>();
  for (const kind of Object.keys(itemKinds) as ItemKind[]) {
    const seen = new Set<string>();
    workspace[kind].forEach((item, index) => {
      const id = (item as { id?: string }).id;
      if (id === undefined) return;
      const sharesNames = kind === "questions" || kind === "quantities" || kind === "signals" || kind === "cases";
      const earlier = sharesNames ? names.get(id) : undefined;
      if (seen.has(id) || earlier)
        problems.push(
          problem("duplicateId", kind, index, ["id"], { id, kind: itemKinds[kind].one, earlier: earlier ?? itemKinds[kind].one }),
        );
      seen.add(id);
      if (sharesNames) names.set(id, itemKinds[kind].one);
    });
  }
  const forecasts = new Set<string>();
  workspace.forecasts.forEach((forecast, index) => {
    const id = forecastId(forecast);
    if (forecasts.has(id))
      problems.push(
        problem("forecastRepeated", "forecasts", index, ["on"], { by: forecast.by, question: forecast.question, on: forecast.on }),
      );
    forecasts.add(id);
  });
  return problems;
}

function missingIds(workspace: Workspace): DomainProblem[] {
  const known: Record<Target, string[]> = {
    question: workspace.questions.map((question) => question.id),
    knowable: [...workspace.questions, ...workspace.signals].map((item) => item.id),
    person: workspace.people.map((person) => person.id),
    source: workspace.sources.map((source) => source.id),
    evidence: [...workspace.facts, ...workspace.sources].map((item) => item.id),
    track: workspace.tracks.map((track) => track.id),
    company: workspace.companies.map((company) => company.id),
    trigger: workspace.triggers.map((trigger) => trigger.id),
    aiModel: workspace.aiModels.map((aiModel) => aiModel.id),
    criterion: workspace.tracks.flatMap((track) => track.criteria.map((criterion) => criterion.id)),
  };
  const sets = Object.fromEntries(Object.entries(known).map(([target, ids]) => [target, new Set(ids)])) as Record<Target, Set<string>>;
  const problems: DomainProblem[] = [];
  for (const [kind, index, path, target, id] of references(workspace)) {
    if (id === undefined || sets[target].has(id)) continue;
    const suggestion = nearestName(id, known[target]);
    problems.push(problem("unknownReference", kind, index, path, { id, target, ...(suggestion ? { suggestion } : {}) }));
  }
  return problems;
}

type ReferenceRow = [kind: ItemKind, index: number, path: (string | number)[], target: Target, id: string | undefined];

function* references(workspace: Workspace): Generator<ReferenceRow> {
  for (const [index, fact] of workspace.facts.entries())
    for (const [place, id] of fact.sources.entries()) yield ["facts", index, ["sources", place], "source", id];
  for (const [index, question] of workspace.questions.entries()) yield ["questions", index, ["owner"], "person", question.owner];
  for (const [index, forecast] of workspace.forecasts.entries()) {
    yield ["forecasts", index, ["question"], "question", forecast.question];
    yield ["forecasts", index, ["by"], "person", forecast.by];
  }
  for (const [index, correlation] of workspace.correlations.entries())
    for (const [place, id] of correlation.questions.entries()) yield ["correlations", index, ["questions", place], "question", id];
  for (const [index, thesis] of workspace.theses.entries()) {
    yield ["theses", index, ["by"], "person", thesis.by];
    for (const [place, row] of thesis.questions.entries())
      yield ["theses", index, ["questions", place, "question"], "question", row.question];
  }
  for (const [index, lab] of workspace.labs.entries()) {
    yield ["labs", index, ["company"], "company", lab.company];
    for (const [place, row] of (lab.measured ?? []).entries())
      yield ["labs", index, ["measured", place, "aiModel"], "aiModel", row.aiModel];
  }
  for (const [index, signal] of workspace.signals.entries()) yield ["signals", index, ["question"], "question", signal.question];
  for (const [index, company] of workspace.companies.entries()) yield ["companies", index, ["track"], "track", company.track];
  for (const [index, assessment] of workspace.assessments.entries()) {
    yield ["assessments", index, ["company"], "company", assessment.company];
    yield ["assessments", index, ["criterion"], "criterion", assessment.criterion];
    yield ["assessments", index, ["by"], "person", assessment.by];
  }
  for (const kind of ["rounds", "positions", "cases", "decisions"] as const)
    for (const [index, item] of workspace[kind].entries()) yield [kind, index, ["company"], "company", item.company];
  for (const [index, trigger] of workspace.triggers.entries())
    for (const [place, id] of (trigger.companies ?? []).entries()) yield ["triggers", index, ["companies", place], "company", id];
  for (const [index, investmentCase] of workspace.cases.entries()) yield* caseReferences(investmentCase, index);
  for (const [index, action] of workspace.actions.entries()) {
    yield ["actions", index, ["company"], "company", action.company];
    yield ["actions", index, ["owner"], "person", action.owner];
    for (const [place, row] of action.about.entries()) yield ["actions", index, ["about", place, "question"], "question", row.question];
  }
  for (const [index, decision] of workspace.decisions.entries()) {
    yield ["decisions", index, ["trigger"], "trigger", decision.trigger];
    for (const [place, id] of decision.by.entries()) yield ["decisions", index, ["by", place], "person", id];
  }
  for (const [index, resolution] of workspace.resolutions.entries()) {
    yield ["resolutions", index, ["question"], "question", resolution.question];
    yield ["resolutions", index, ["by"], "person", resolution.by];
    for (const [place, id] of (resolution.evidence ?? []).entries()) yield ["resolutions", index, ["evidence", place], "evidence", id];
  }
  yield* citedEvidence(workspace);
}

function* caseReferences(investmentCase: Workspace["cases"][number], index: number): Generator<ReferenceRow> {
  for (const { wait, path } of waitsOf(investmentCase)) {
    yield ["cases", index, [...path, "trigger"], "trigger", wait.trigger];
    for (const [place, id] of (wait.triggers ?? []).entries()) yield ["cases", index, [...path, "triggers", place], "trigger", id];
    for (const [place, id] of (wait.known ?? []).entries()) yield ["cases", index, [...path, "known", place], "knowable", id];
    for (const [trigger, { known = [] }] of Object.entries(wait.onTrigger ?? {}))
      for (const [place, id] of known.entries()) yield ["cases", index, [...path, "onTrigger", trigger, "known", place], "knowable", id];
  }
}

/** The kinds of items whose `sources` cite facts and sources. */
export const citingKinds = [
  "questions",
  "forecasts",
  "theses",
  "companies",
  "assessments",
  "rounds",
  "positions",
  "labs",
  "aiModels",
  "quantities",
  "signals",
  "triggers",
  "cases",
  "actions",
  "decisions",
] as const;

function* citedEvidence(workspace: Workspace): Generator<ReferenceRow> {
  for (const kind of citingKinds)
    for (const [index, item] of workspace[kind].entries())
      for (const [place, id] of (item.sources ?? []).entries()) yield [kind, index, ["sources", place], "evidence", id];
  for (const [index, track] of workspace.tracks.entries())
    for (const [row, criterion] of track.criteria.entries())
      for (const [place, id] of (criterion.sources ?? []).entries())
        yield ["tracks", index, ["criteria", row, "sources", place], "evidence", id];
}

const answerField = { yesNo: "probability", number: "distribution", date: "distribution", oneOf: "probabilities" } as const;

function forecastAnswers(workspace: Workspace): DomainProblem[] {
  const questions = new Map(workspace.questions.map((question) => [question.id, question]));
  const problems: DomainProblem[] = [];
  workspace.forecasts.forEach((forecast, index) => {
    const question = questions.get(forecast.question);
    if (!question) return;
    const wanted = answerField[question.kind];
    const given = (["probability", "distribution", "probabilities"] as const).filter((field) => forecast[field] !== undefined);
    if (given.length === 0)
      problems.push(problem("answerMissing", "forecasts", index, [], { wanted, question: question.id, kind: question.kind }));
    for (const field of given)
      if (field !== wanted)
        problems.push(
          problem("answerOfWrongKind", "forecasts", index, [field], { field, wanted, question: question.id, kind: question.kind }),
        );
    const options = question.options?.map((option) => option.id) ?? [];
    for (const option of Object.keys(forecast.probabilities ?? {}))
      if (!options.includes(option))
        problems.push(problem("optionUnknown", "forecasts", index, ["probabilities", option], { option, options, question: question.id }));
  });
  return problems;
}

function questionShapes(workspace: Workspace): DomainProblem[] {
  return workspace.questions.flatMap((question, index) =>
    question.kind === "oneOf" && !question.options
      ? [problem("optionsMissing", "questions", index, ["kind"], { question: question.id })]
      : [],
  );
}

/** Fields that the attitude to risk needs and that are not there. */
function riskFields({ settings }: Workspace): DomainProblem[] {
  const { attitude, ...risk } = settings.risk ?? {};
  const needed =
    attitude === "exponential" ? (["tolerance"] as const) : attitude === "crra" ? (["relativeAversion", "wealth"] as const) : [];
  return needed
    .filter((field) => risk[field] === undefined)
    .map((field) => {
      const expected = field === "relativeAversion" ? "number" : "text";
      return problem("missingField", "settings", 0, ["risk"], { field: `risk.${field}`, found: "nothing", expected });
    });
}

function problem(
  code: DomainProblem["code"],
  kind: ItemPlace["kind"],
  index: number,
  path: (string | number)[],
  params: DomainProblem["params"],
): DomainProblem {
  return { code, severity: "error", at: { kind, index, path }, params };
}
