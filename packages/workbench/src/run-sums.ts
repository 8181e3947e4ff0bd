import { binning, evppiFromSums, groupingOf, meansOfAnswers, spreadOf, summedDifferences, summedStakes } from "@watershed/decision";
import type {
  Alternative,
  AnsweredColumn,
  AnswerMeans,
  Binning,
  Evppi,
  Grouping,
  Spread,
  SummedAlternative,
  SummedStakes,
} from "@watershed/decision";
import type { Question } from "@watershed/domain";
import { answerSums, columnOf, rootQuestion } from "@watershed/engine";
import type { AnswerSums, RootQuestion } from "@watershed/engine";
import { cdf } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import type { Appraisal } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay } from "./definitions.ts";
import { weighed } from "./risk.ts";
import { binningOf, isDiscrete } from "./scenario-run.ts";
import type { ScenarioRun, Summed } from "./scenario-run.ts";

/** What all companies' alternatives net by the answers to every open question, summed once for a whole run. */
export interface RunSums {
  sums: AnswerSums;
  answered: Map<string, AnsweredQuestion>; // question ->
  deadlines: Map<string, AnsweredQuestion>; // date question -> whether it happens by the day it must resolve
  companies: Map<string, CompanySums>; // case ->
}

/** A run whose companies are appraised, with their netValue by the answers to every question. */
export interface ReviewRun extends ScenarioRun {
  sums: RunSums;
}

/** A question or an event as the sums know it. */
export interface AnsweredQuestion {
  place: number; // among the summed questions
  grouping: Grouping;
}

/** One company's alternatives as columns of the sums. */
export interface CompanySums {
  alternatives: SummedAlternative[];
  decided: SummedAlternative[]; // as the team weighs them: in the money of its utility where it minds risk
  stakes: SummedStakes; // of those
  spreads: Map<string, Spread>; // alternative ->
}

/** Sums the netValue of every alternative by the answers to every question it depends on. */
export function sumByAnswers(run: ScenarioRun, appraisals: Appraisal[]): RunSums {
  const { compiled, draws } = run;
  const asked = new Set(appraisals.flatMap(({ questions }) => questions));
  const questions = compiled.workspace.questions.filter(({ id }) => asked.has(id));
  const summed: Summed[] = [
    ...questions.map((question) => once(run, "answer", question, summedQuestion)),
    ...questions.filter(({ kind }) => kind === "date").map((question) => once(run, "deadline", question, summedDeadline)),
  ];
  const decisions = appraisals.map((appraisal) => decisionOf(run, appraisal));
  const columns = decisions.flatMap(({ columns: netValues, open }) => netValues.map((netValue) => ({ netValue, open })));
  const sums = answerSums({
    seed: draws.seed,
    shards: draws.shards,
    shardSize: draws.shardSize,
    columns: columns.length,
    questions: summed.map(({ question }) => question),
    depends: (column, place) => columns[column].open.has(summed[place].id),
  });
  const inShard = <Column extends Float64Array | Uint16Array>(column: Column, shard: number) =>
    column.subarray(shard * draws.shardSize, (shard + 1) * draws.shardSize) as Column;
  for (let shard = 0; shard < draws.shards; shard++)
    sums.add(
      shard,
      columns.map(({ netValue }) => inShard(netValue, shard)),
      summed.map(({ groupOfDraw }) => groupOfDraw && inShard(groupOfDraw, shard)),
    );
  const placed = (kind: Summed["kind"]) =>
    new Map(summed.flatMap((one, place) => (one.kind === kind ? [[one.id, { place, grouping: one.grouping }] as const] : [])));
  return { sums, answered: placed("answer"), deadlines: placed("deadline"), companies: companySums(decisions, sums) };
}

function once(run: ScenarioRun, kind: Summed["kind"], question: Question, work: (run: ScenarioRun, question: Question) => Summed): Summed {
  const known = run.summed.get(`${kind} ${question.id}`) ?? work(run, question);
  run.summed.set(`${kind} ${question.id}`, known);
  return known;
}

function summedQuestion(run: ScenarioRun, question: Question): Summed {
  const root = rootOf(run, question.id, isDiscrete(question));
  return { id: question.id, kind: "answer", ...(root ? byUniform(run, root) : byDraw(binningOf(run, question))) };
}

type Grouped = Pick<Summed, "question" | "grouping" | "groupOfDraw">;

function byUniform({ draws }: ScenarioRun, root: RootQuestion): Grouped {
  return { question: root, grouping: groupingOf(root.partition, draws.shards * draws.shardSize) };
}

function byDraw({ binOfDraw, ...grouping }: Binning): Grouped {
  return { question: { kind: "grouped", groups: grouping.counts.length }, grouping, groupOfDraw: binOfDraw };
}

function rootOf({ compiled, draws }: ScenarioRun, id: string, discrete: boolean, distribution?: Distribution): RootQuestion | undefined {
  const { program, pooled, dimensions, workspace } = compiled;
  const beliefs = distribution ? { ...pooled.beliefs, [id]: { kind: "distribution" as const, distribution } } : pooled.beliefs;
  const { shards, shardSize } = draws;
  return rootQuestion({ program, beliefs, dimensions, correlations: workspace.correlations }, id, {
    discrete,
    shardSize,
    draws: shards * shardSize,
  });
}

/** Whether a date comes by the day on which its question must resolve: group 0 if it does. */
function summedDeadline(run: ScenarioRun, question: Question): Summed {
  const last = soundDay(question.resolveBy);
  const early = chanceBy(run.compiled, question.id, last);
  const root = early === undefined ? undefined : rootOf(run, question.id, true, { kind: "categorical", weights: [early, 1 - early] });
  const isLate = () => columnOf(run.draws, question.id).map((day) => (day <= last ? 0 : 1));
  const grouped = root?.partition.probability.length === 2 ? byUniform(run, root) : byDraw(binning(isLate(), { discrete: true }));
  return { id: question.id, kind: "deadline", ...grouped };
}

/** Chance that a question drawn from one distribution is answered by a day; undefined where it is not, or never in doubt. */
function chanceBy({ pooled }: CompiledWorkspace, id: string, day: number): number | undefined {
  const belief = pooled.beliefs[id];
  if (belief?.kind !== "distribution") return undefined;
  const chance = cdf(belief.distribution, day);
  return chance > 0 && chance < 1 ? chance : undefined;
}

/** One case's alternatives in money and, where the team minds risk, in the money of its utility, with the columns to sum. */
interface Decision {
  caseId: string;
  open: Set<string>; // questions it depends on
  alternatives: Alternative[];
  weighed: Alternative[]; // the same array where the team is indifferent to risk
  columns: Float64Array[];
}

function decisionOf({ compiled, draws }: ScenarioRun, { alternatives, questions, investmentCase }: Appraisal): Decision {
  const inUtility = weighed(compiled, alternatives, draws);
  const drawn = [...alternatives, ...(inUtility === alternatives ? [] : inUtility)].filter(({ name }) => name !== "pass");
  return {
    caseId: investmentCase.id,
    open: new Set(questions),
    alternatives,
    weighed: inUtility,
    columns: drawn.map(({ netValue }) => netValue),
  };
}

function companySums(decisions: Decision[], sums: AnswerSums): RunSums["companies"] {
  let column = 0;
  const summed = (alternatives: Alternative[]) =>
    alternatives.map(({ name, netValue }): SummedAlternative =>
      name === "pass" ? { name, netValue: netValue[0] } : { name, column: column++ },
    );
  return new Map(
    decisions.map(({ caseId, alternatives, weighed: inUtility }) => {
      const inMoney = summed(alternatives);
      const decided = inUtility === alternatives ? inMoney : summed(inUtility);
      return [caseId, { alternatives: inMoney, decided, stakes: summedStakes(decided, sums), spreads: new Map() }];
    }),
  );
}

/** One alternative of a case by the answers to a question; undefined where it does not depend on it. */
export function answeredColumn(
  { draws, sums: { sums, companies } }: ReviewRun,
  caseId: string,
  alternative: { name: string; netValue: Float64Array },
  { place, grouping }: AnsweredQuestion,
): AnsweredColumn | undefined {
  const company = companies.get(caseId)!;
  const summed = company.alternatives.find(({ name }) => name === alternative.name);
  const found = summed && "column" in summed ? sums.sums(summed.column, place) : undefined;
  if (!found) return undefined;
  const groups = grouping.counts.length;
  const shareOf = (at: number) => grouping.counts[at % groups] / grouping.draws;
  const spread = company.spreads.get(alternative.name) ?? spreadInReplicates(alternative.netValue, draws, sums.replicates);
  company.spreads.set(alternative.name, spread);
  return {
    sums: found,
    draws: sums.drawsIn(place) ?? found.map((_, at) => sums.draws[Math.floor(at / groups)] * shareOf(at)),
    spread,
  };
}

/** The spread of a column with its shards put together as the sums have them. */
function spreadInReplicates(column: Float64Array, draws: ReviewRun["draws"], replicates: number): Spread {
  const { centre, squares } = spreadOf(column, draws);
  const together = new Float64Array(replicates);
  squares.forEach((sum, shard) => (together[shard % replicates] += sum));
  return { centre, squares: together };
}

/** What the sums say of the worth of answering one question to one case. */
export function evppiOfCase({ sums: { sums, answered, companies } }: ReviewRun, caseId: string, question: string): Evppi {
  const { decided, stakes } = companies.get(caseId)!;
  const { place, grouping } = answered.get(question)!;
  return evppiFromSums(stakes, grouping, summedDifferences(stakes, decided, sums, place, grouping));
}

/** An event a question can bring, and what netValue is with and without it. */
export interface AnsweredEvent {
  name: string; // yes, an option, "by 2024-12-31"
  belief: number;
  means: AnswerMeans;
}

/** The events of a question with the means of one alternative given each: yes, every option, happening by the day it must resolve. */
export function answeredEvents(
  run: ReviewRun,
  caseId: string,
  alternative: { name: string; netValue: Float64Array },
  question: Question,
): AnsweredEvent[] {
  const { answered, deadlines } = run.sums;
  const of = (question.kind === "date" ? deadlines : answered).get(question.id);
  const column = of && answeredColumn(run, caseId, alternative, of);
  if (!column) return [];
  return namedAnswers(question).map(({ name, answer }): AnsweredEvent => {
    const group = of.grouping.from.indexOf(answer); // -1 where no draw has that answer
    const belief = group < 0 ? 0 : of.grouping.counts[group] / of.grouping.draws;
    return { name, belief, means: meansWithAndWithout(column, group) };
  });
}

/** The answers that are events with a probability, as the columns of answers hold them; a deadline is met in group 0. */
function namedAnswers(question: Question): { name: string; answer: number }[] {
  if (question.kind === "yesNo") return [{ name: "yes", answer: 1 }];
  if (question.kind === "date") return [{ name: `by ${question.resolveBy}`, answer: 0 }];
  return question.kind === "oneOf" ? question.options!.map(({ id }, answer) => ({ name: id, answer })) : [];
}

function meansWithAndWithout({ sums, draws, spread }: AnsweredColumn, group: number): AnswerMeans {
  const shards = spread.squares.length;
  const groups = sums.length / shards;
  const parts = Array.from({ length: shards }, (_, shard) => {
    const [own, all] = [sums, draws].map((of) => of.subarray(shard * groups, (shard + 1) * groups));
    const [sum, count] = [own, all].map((of) => of.reduce((total, amount) => total + amount, 0));
    const yes = own[group] ?? 0;
    return { yes: yes / count, no: (sum - yes) / count, share: (all[group] ?? 0) / count };
  });
  const column = (of: (part: (typeof parts)[number]) => number) => Float64Array.from(parts, of);
  return meansOfAnswers(
    { yes: column(({ yes }) => yes), no: column(({ no }) => no) },
    { yes: column(({ share }) => share), no: column(({ share }) => 1 - share) },
  );
}
