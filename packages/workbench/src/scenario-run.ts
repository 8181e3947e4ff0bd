import { binning, expectation, rankDummies } from "@watershed/decision";
import type { Binning, Dummies, Grouping } from "@watershed/decision";
import { dayText } from "@watershed/domain";
import type { Question } from "@watershed/domain";
import { columnOf } from "@watershed/engine";
import type { Draws, SummedQuestion } from "@watershed/engine";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { soundDay } from "./definitions.ts";

/** One run as all companies share it: the draws, the binned answers of every question, the key. */
export interface ScenarioRun {
  compiled: CompiledWorkspace;
  draws: Draws;
  key: string;
  binnings: Map<string, Binning>;
  events: Map<string, QuestionEvent[]>;
  summed: Map<string, Summed>; // kind and question ->
}

/** How a run's sums by the answers to one question are taken. */
export interface Summed {
  id: string; // of the question
  kind: "answer" | "deadline";
  question: SummedQuestion;
  grouping: Grouping;
  groupOfDraw?: Uint16Array; // [draw]; undefined where the question's own uniform tells
}

/** A run of which nothing has been worked out yet. */
export function scenarioRun(compiled: CompiledWorkspace, draws: Draws, key: string): ScenarioRun {
  return { compiled, draws, key, binnings: new Map(), events: new Map(), summed: new Map() };
}

/** A run over other columns of the same scenarios: how the answers to a question are grouped stays as it was found. */
export function overColumns(run: ScenarioRun, draws: Draws): ScenarioRun {
  return { ...run, draws, events: new Map() };
}

const rankedDummies = new WeakMap<Draws, Dummies>();

/** The dummies of a run, ranked when they are first asked for: a review takes its noise floor from sums. */
export function dummiesOf({ draws }: Pick<ScenarioRun, "draws">): Dummies {
  const known = rankedDummies.get(draws);
  if (known) return known;
  const made = rankDummies(draws.dummies);
  rankedDummies.set(draws, made);
  return made;
}

/** Whether a question has separate answers, which group draws exactly. */
export function isDiscrete({ kind }: Pick<Question, "kind">): boolean {
  return kind === "yesNo" || kind === "oneOf";
}

/** Bins the answers of a question once for all companies. */
export function binningOf(run: ScenarioRun, question: Question): Binning {
  const known = run.binnings.get(question.id);
  if (known) return known;
  const made = binning(columnOf(run.draws, question.id), { discrete: isDiscrete(question) });
  run.binnings.set(question.id, made);
  return made;
}

export interface QuestionEvent {
  question: string;
  name: string;
  event: Float64Array; // [draw], 0 or 1
  belief: number;
}

/** A question as events with a probability: yes, each option, or happening by the day it must resolve; made once for all companies. */
export function eventsOf(run: ScenarioRun, question: Question): QuestionEvent[] {
  const known = run.events.get(question.id);
  if (known) return known;
  const made = makeEvents(run, question);
  run.events.set(question.id, made);
  return made;
}

function makeEvents({ draws }: ScenarioRun, question: Question): QuestionEvent[] {
  const column = columnOf(draws, question.id);
  const as = (name: string, event: Float64Array): QuestionEvent => ({
    question: question.id,
    name,
    event,
    belief: expectation(event, draws).amount,
  });
  switch (question.kind) {
    case "yesNo":
      return [as("yes", column)];
    case "oneOf":
      return question.options!.map((option, place) =>
        as(
          option.id,
          column.map((answer) => (answer === place ? 1 : 0)),
        ),
      );
    case "date": {
      const last = soundDay(question.resolveBy);
      return [
        as(
          `by ${dayText(last)}`,
          column.map((day) => (day <= last ? 1 : 0)),
        ),
      ];
    }
    case "number":
      return [];
  }
}
