import type { Estimate, Question, Text, Workspace } from "@watershed/domain";
import { binning, evppiOf, oneWay, stakes, tornado, twoWay, valueOfControl, varianceShares } from "@watershed/decision";
import type { Alternative, BinnedQuestion, Evppi, Measured, TornadoEnd } from "@watershed/decision";
import { dependencies } from "@watershed/formula";
import type { Appraisal } from "./appraise-case.ts";
import { columnsOfCase } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { lookBack, rangeOf } from "./premortem.ts";
import type { AnswerRange, PremortemReview } from "./premortem.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { binningOf, dummiesOf } from "./scenario-run.ts";
import { evppiOfCase, sumByAnswers } from "./run-sums.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { casesOf, unbelieved } from "./run-cases.ts";
import { headingOf, runCompanies } from "./run-companies.ts";
import type { CompanyRunOptions, RunHeading } from "./run-companies.ts";
import { recommendFor, weighed } from "./risk.ts";
import { estimate } from "./run-key.ts";

export interface NamedEstimate {
  alternative: string;
  netValue: Estimate;
}

/** One end of a tornado bar. */
export interface SwingEnd extends AnswerRange {
  netValue: Estimate;
  best: NamedEstimate; // what one would do, knowing the answer to lie here
}

/** One input of a decision: how far it pushes the netValue, what it explains alone, what it is worth to learn and to choose. */
export interface InputSensitivity {
  input: string;
  low: SwingEnd;
  high: SwingEnd;
  swing: Estimate;
  varianceShare: Estimate;
  learning?: Estimate; // evppi; of a single company
  control?: Estimate & { from: AnswerRange["from"]; to: AnswerRange["to"]; best: string };
}

/** What an input is called and how its answers are written. */
export interface InputLabel {
  input: string;
  text: Text;
  kind: Question["kind"];
  unit?: string;
  options?: { id: string; name: Text }[];
}

export interface OneWayReview {
  input: string;
  rows: (AnswerRange & { netValues: NamedEstimate[]; best: string })[];
}

export interface TwoWayReview {
  inputs: [string, string];
  first: AnswerRange[];
  second: AnswerRange[];
  cells: { at: [number, number]; probability: number; best?: NamedEstimate }[];
}

/** How the inputs move one alternative of a company, or all recommended investments together. */
export interface Sensitivity extends RunHeading {
  company?: Workspace["companies"][number];
  companies: { company: string; alternative: string }[]; // what is invested in; of the company, or of all that are recommended
  alternative: string; // the one looked at: now, wait:TRIGGER, "portfolio"
  recommended: string;
  worth: Estimate;
  labels: InputLabel[]; // of every input named below
  inputs: InputSensitivity[]; // longest swing first
  explained: { total: Estimate; interactions: Estimate; dependent: boolean };
  worst: PremortemReview;
  best: PremortemReview;
  oneWay?: OneWayReview;
  twoWay?: TwoWayReview;
}

export interface SensitivityOptions extends CompanyRunOptions {
  question?: string; // a one-way table of this question or quantity
  with?: string; // and a two-way table with this one
  quantities?: boolean; // also the shared quantities and those of the case
}

export interface SensitivityResult {
  sensitivity?: Sensitivity;
  missing?: "noCase" | "nothingInvested" | "unknownInput";
  unknown?: string; // the input that does not exist, or that nothing invested in depends on
  known?: string[];
  problems: WorkspaceProblem[];
}

/** What moves a company's investment, or that of all recommended ones together, and what its worst scenarios share. */
export function sensitivityOf(whole: Workspace, options: SensitivityOptions = {}): SensitivityResult {
  const { run, appraisals, problems } = runCompanies(whole, options, (compiled) => quantitiesOf(compiled, options));
  if (!run || appraisals.length === 0) return { missing: "noCase", problems };
  const subject = options.company === undefined ? portfolioOf(run, appraisals) : companySubject(run, appraisals[0]);
  if (!subject) return { missing: "nothingInvested", problems };
  const asked = [options.question, options.with].flatMap((name) => (name === undefined ? [] : [name]));
  const resolved = asked.map((name) => inputNamed(run, subject, name));
  const place = resolved.indexOf(undefined);
  if (place >= 0)
    return {
      missing: "unknownInput",
      unknown: asked[place],
      known: inputsOf(run, subject, { quantities: true }).map(({ name }) => name),
      problems,
    };
  return { sensitivity: sensitivityOfSubject(run, subject, resolved as BinnedQuestion[], options), problems };
}

/** What is looked at: the alternatives of a company, or one portfolio. */
interface Subject {
  company?: string;
  appraisal?: Appraisal; // of the company
  companies: Sensitivity["companies"];
  cases: Appraisal["investmentCase"][];
  alternatives: Alternative[];
  shown: string;
  recommended: string;
  questions: string[];
}

function companySubject(run: ScenarioRun, appraisal: Appraisal): Subject | undefined {
  const { alternatives, investmentCase, questions } = appraisal;
  const recommended = recommendFor(run.compiled, alternatives, run.draws).best;
  const shown =
    recommended !== "pass"
      ? recommended
      : (alternatives.find(({ name }) => name === "now") ?? alternatives.find(({ name }) => name !== "pass"))?.name;
  if (shown === undefined) return undefined;
  const { company } = investmentCase;
  const companies = [{ company, alternative: shown }];
  return { company, appraisal, companies, cases: [investmentCase], alternatives, shown, recommended, questions };
}

/** Every recommended investment as one: the sum of what each nets in the same scenario. */
function portfolioOf(run: ScenarioRun, appraisals: Appraisal[]): Subject | undefined {
  const invested = appraisals.flatMap((appraisal) => {
    const { best } = recommendFor(run.compiled, appraisal.alternatives, run.draws);
    return best === "pass" ? [] : [{ appraisal, best }];
  });
  if (invested.length === 0) return undefined;
  const netValue = new Float64Array(run.draws.shards * run.draws.shardSize);
  for (const { appraisal, best } of invested) {
    const column = appraisal.alternatives.find(({ name }) => name === best)!.netValue;
    for (let draw = 0; draw < netValue.length; draw++) netValue[draw] += column[draw];
  }
  return {
    companies: invested.map(({ appraisal, best }) => ({ company: appraisal.investmentCase.company, alternative: best })),
    cases: invested.map(({ appraisal }) => appraisal.investmentCase),
    alternatives: [{ name: "portfolio", netValue }],
    shown: "portfolio",
    recommended: "portfolio",
    questions: [...new Set(invested.flatMap(({ appraisal }) => appraisal.questions))],
  };
}

function sensitivityOfSubject(run: ScenarioRun, subject: Subject, asked: BinnedQuestion[], options: SensitivityOptions): Sensitivity {
  const { compiled, draws } = run;
  const { alternatives, shown } = subject;
  const money = inMoney(run);
  const { netValue } = alternatives.find(({ name }) => name === shown)!;
  const questions = inputsOf(run, subject, {});
  const inputs = inputsOf(run, subject, options);
  const shares = varianceShares(netValue, questions, draws);
  const { alternatives: summaries } = recommendFor(compiled, alternatives, draws);
  return {
    ...headingOf(run),
    ...(subject.company === undefined ? {} : { company: compiled.workspace.companies.find(({ id }) => id === subject.company)! }),
    companies: subject.companies,
    alternative: shown,
    recommended: subject.recommended,
    worth: money(summaries.find(({ name }) => name === shown)!.netValue),
    labels: [...new Set([...inputs, ...asked].map(({ name }) => name))].map((name) => labelOf(compiled, name)),
    inputs: inputSensitivities(run, subject, inputs),
    explained: {
      total: estimate(shares.total, "share", run.key),
      interactions: estimate(shares.interactions, "share", run.key),
      dependent: moveTogether(
        compiled,
        questions.map(({ name }) => name),
      ),
    },
    ...lookBack(run, netValue, questions),
    ...(asked.length === 0 ? {} : { oneWay: oneWayOf(run, subject, asked[0]) }),
    ...(asked.length < 2 ? {} : { twoWay: twoWayOf(run, subject, [asked[0], asked[1]]) }),
  };
}

function inMoney({ compiled, key }: ScenarioRun): (measured: Measured) => Estimate {
  return (measured) => estimate(measured, compiled.workspace.settings.currency, key);
}

function inputSensitivities(run: ScenarioRun, { alternatives, shown, appraisal }: Subject, inputs: BinnedQuestion[]): InputSensitivity[] {
  const { draws, key } = run;
  const money = inMoney(run);
  const { netValue } = alternatives.find(({ name }) => name === shown)!;
  const shares = new Map(varianceShares(netValue, inputs, draws).shares.map(({ question, share }) => [question, share]));
  const learning = appraisal && worthOfLearning(run, appraisal);
  return tornado(alternatives, shown, inputs, draws).map(({ question, low, high, swing }): InputSensitivity => {
    const input = inputs.find(({ name }) => name === question)!;
    const base = {
      input: question,
      low: endOf(run, question, low),
      high: endOf(run, question, high),
      swing: money(swing),
      varianceShare: estimate(shares.get(question)!, "share", key),
    };
    if (!learning) return base;
    const { answer, best, ...control } = valueOfControl(alternatives, input, draws);
    const { from, to } = rangeOf(run, question, answer);
    return { ...base, learning: money(learning(input)), control: { ...money(control), from, to, best } };
  });
}

/** What answering an input is worth: of a question as the review says it, of a quantity by its stretches. */
function worthOfLearning(run: ScenarioRun, appraisal: Appraisal): (input: BinnedQuestion) => Evppi {
  const { draws, compiled } = run;
  const dummies = dummiesOf(run);
  const summed = { ...run, sums: sumByAnswers(run, [appraisal]) };
  const open = new Set(appraisal.questions);
  const decision = stakes(weighed(compiled, appraisal.alternatives, draws), draws, dummies);
  return ({ name, binning: binned }) =>
    open.has(name) ? evppiOfCase(summed, appraisal.investmentCase.id, name) : evppiOf(decision, binned);
}

function endOf(run: ScenarioRun, input: string, { netValue, best, ...range }: TornadoEnd): SwingEnd {
  const money = inMoney(run);
  return { ...rangeOf(run, input, range), netValue: money(netValue), best: { alternative: best.name, netValue: money(best.netValue) } };
}

function oneWayOf(run: ScenarioRun, { alternatives }: Subject, input: BinnedQuestion): OneWayReview {
  const money = inMoney(run);
  const rows = oneWay(alternatives, input, run.draws).map(({ netValues, best, ...range }) => ({
    ...rangeOf(run, input.name, range),
    netValues: netValues.map(({ name, netValue }) => ({ alternative: name, netValue: money(netValue) })),
    best,
  }));
  return { input: input.name, rows };
}

function twoWayOf(run: ScenarioRun, { alternatives }: Subject, [one, other]: [BinnedQuestion, BinnedQuestion]): TwoWayReview {
  const money = inMoney(run);
  const { first, second, cells } = twoWay(alternatives, one, other, run.draws);
  return {
    inputs: [one.name, other.name],
    first: first.map((range) => rangeOf(run, one.name, range)),
    second: second.map((range) => rangeOf(run, other.name, range)),
    cells: cells.map(({ at, probability, best }) => ({
      at,
      probability,
      ...(best ? { best: { alternative: best.name, netValue: money(best.netValue) } } : {}),
    })),
  };
}

/** The open questions that something depends on, and where asked for the quantities between them and the money. */
function inputsOf(run: ScenarioRun, subject: Subject, { quantities }: { quantities?: boolean }): BinnedQuestion[] {
  const questions = run.compiled.workspace.questions.filter(({ id }) => subject.questions.includes(id));
  const binned = questions.map((question) => ({ name: question.id, binning: binningOf(run, question) }));
  if (!quantities) return binned;
  const names = quantitiesOfCases(run.compiled, subject.cases);
  return [...binned, ...names.flatMap((name) => quantityInput(run, name))];
}

function quantityInput({ compiled, draws }: ScenarioRun, name: string): BinnedQuestion[] {
  const column = draws.columns.get(name);
  if (!column || column.every((amount) => amount === column[0]) || column.some(Number.isNaN)) return [];
  const kind = compiled.program.kinds[name]?.kind;
  return [{ name, binning: binning(column, { discrete: kind === "yesNo" || kind === "choice" }) }];
}

function labelOf({ workspace, program }: CompiledWorkspace, input: string): InputLabel {
  const question = workspace.questions.find(({ id }) => id === input);
  if (question) return { input, text: question.text, kind: question.kind, unit: question.unit, options: question.options };
  const kind = program.kinds[input];
  const text = workspace.quantities.find(({ id }) => id === input)?.name ?? input;
  if (kind?.kind === "choice") return { input, text, kind: "oneOf", options: kind.options.map((id) => ({ id, name: id })) };
  if (kind?.kind === "yesNo" || kind?.kind === "date") return { input, text, kind: kind.kind };
  return { input, text, kind: "number", ...(kind?.kind === "money" ? { unit: workspace.settings.currency } : {}) };
}

/** A question or quantity by the name it is called: that of a case's own quantity needs no case before it. */
function inputNamed(run: ScenarioRun, subject: Subject, name: string): BinnedQuestion | undefined {
  const names = new Set([name, ...subject.cases.map(({ id }) => `${id}.${name}`)]);
  return inputsOf(run, subject, { quantities: true }).find((input) => names.has(input.name));
}

/** Columns of the quantities that are to be looked at besides the cases' own. */
function quantitiesOf(compiled: CompiledWorkspace, options: SensitivityOptions): string[] {
  const known = new Set(compiled.workspace.questions.map(({ id }) => id));
  const asked = [options.question, options.with].some((name) => name !== undefined && !known.has(name));
  if (!options.quantities && !asked) return [];
  return quantitiesOfCases(compiled, casesOf(compiled, options.company)).filter((name) => unbelieved(compiled, [name]).length === 0);
}

/** Shared quantities that some cases depend on, and their own. */
function quantitiesOfCases(compiled: CompiledWorkspace, cases: Appraisal["investmentCase"][]): string[] {
  const { program, workspace } = compiled;
  const reached = new Set(
    cases.flatMap((investmentCase) => columnsOfCase(compiled, investmentCase).flatMap((name) => [...dependencies(program, name)])),
  );
  const own = cases.flatMap(({ id, quantities = {} }) => Object.keys(quantities).map((name) => `${id}.${name}`));
  return [...workspace.quantities.map(({ id }) => id), ...own].filter((name) => reached.has(name) && program.columns[name] !== undefined);
}

/** Whether some of the questions are computed from others or correlated, so that their shares overlap. */
function moveTogether({ program, workspace }: CompiledWorkspace, questions: string[]): boolean {
  const among = new Set(questions);
  const derived = questions.some((name) => [...dependencies(program, name)].some((other) => other !== name && among.has(other)));
  return derived || workspace.correlations.some((correlation) => correlation.questions.every((name) => among.has(name)));
}
