import type { Estimate, Workspace } from "@watershed/domain";
import { premortem } from "@watershed/decision";
import type { BinnedQuestion, Premortem, SharedAnswer } from "@watershed/decision";
import { answerPlace } from "./answer-place.ts";
import type { AnswerPlace } from "./answer-place.ts";
import { dummiesOf } from "./scenario-run.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { estimate } from "./run-key.ts";

/** A stretch of answers as data. */
export interface AnswerRange {
  input: string; // a question or a quantity
  from: AnswerPlace;
  to: AnswerPlace;
  probability: number;
}

/** An answer that the worst scenarios share more often than all do. */
export interface SharedAnswerReview extends AnswerRange {
  share: Estimate; // of the worst scenarios
  lift: Estimate; // share / probability
  excess: Estimate; // share - probability
  floor: number;
}

export interface PremortemReview {
  side: "worst" | "best";
  level: number;
  threshold: Estimate; // netValue at which those scenarios end
  mean: Estimate;
  answers: SharedAnswerReview[]; // largest excess first; only what the noise floor leaves
  pairs: { answers: [AnswerRange, AnswerRange]; probability: number; share: Estimate; lift: Estimate; excess: Estimate }[];
}

/** Looks back from the worst and from the best scenarios of a netValue. */
export function lookBack(
  run: ScenarioRun,
  netValue: Float64Array,
  inputs: BinnedQuestion[],
): { worst: PremortemReview; best: PremortemReview } {
  const side = (of: "worst" | "best"): PremortemReview =>
    reviewed(run, premortem(netValue, inputs, run.draws, { side: of, dummies: dummiesOf(run) }));
  return { worst: side("worst"), best: side("best") };
}

function reviewed(run: ScenarioRun, found: Premortem): PremortemReview {
  const { currency } = run.compiled.workspace.settings;
  const share = (measured: { amount: number; standardError: number }): Estimate => estimate(measured, "probability", run.key);
  const times = (measured: { amount: number; standardError: number }): Estimate => estimate(measured, "multiple", run.key);
  return {
    side: found.side,
    level: found.level,
    threshold: estimate(found.threshold, currency, run.key),
    mean: estimate(found.mean, currency, run.key),
    answers: found.answers.map((answer) => ({
      ...rangeOf(run, answer.question, answer),
      share: share(answer.share),
      lift: times(answer.lift),
      excess: share(answer.excess),
      floor: answer.floor,
    })),
    pairs: found.pairs.map((pair) => ({
      answers: pair.answers.map((answer) => rangeOf(run, answer.question, answer)) as [AnswerRange, AnswerRange],
      probability: pair.probability,
      share: share(pair.share),
      lift: times(pair.lift),
      excess: share(pair.excess),
    })),
  };
}

/** A stretch of an input's answers as data. */
export function rangeOf(
  run: ScenarioRun,
  input: string,
  { from, to, probability }: Pick<SharedAnswer, "from" | "to" | "probability">,
): AnswerRange {
  const kind = kindOfInput(run, input);
  return { input, from: answerPlace(kind, from), to: answerPlace(kind, to), probability };
}

function kindOfInput({ compiled }: ScenarioRun, input: string): Workspace["questions"][number]["kind"] {
  const question = compiled.workspace.questions.find(({ id }) => id === input);
  if (question) return question.kind;
  const kind = compiled.program.kinds[input]?.kind;
  return kind === "yesNo" ? "yesNo" : kind === "date" ? "date" : kind === "choice" ? "oneOf" : "number";
}
