import { answerMeans, type AnswerMeans } from "./answer-means.ts";
import { assert } from "./assert.ts";
import { meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { crossing } from "./implied-probability.ts";
import { difference, type Measured, type Sharding } from "./sharding.ts";

export interface ThresholdQuestion {
  name: string;
  event: Float64Array; // [draw], 0 or 1
  belief: number;
}

/** Which alternative is best at which belief, or "oneAnswerOnly" when the draws hold only one answer. */
export type BeliefThresholds =
  | {
      reachable: true;
      belief: number;
      /** Stretches of belief from 0 to 1, each with its best alternative. */
      stretches: { from: number; to: number; best: string }[];
      /** The beliefs at which the best alternative changes. */
      thresholds: { probability: Measured; below: string; above: string }[];
    }
  | { reachable: false; side: "oneAnswerOnly" };

/** The upper envelope of p E[netValue | yes] + (1 - p) E[netValue | no] over the alternatives, all else held. */
export function beliefThresholds(alternatives: Alternative[], question: ThresholdQuestion, sharding: Sharding): BeliefThresholds {
  meansOfAlternatives(alternatives, sharding);
  const lines = alternatives.map(({ netValue }) => answerMeans(netValue, question.event, sharding));
  if (lines[0].yes === undefined || lines[0].no === undefined) return { reachable: false, side: "oneAnswerOnly" };
  const stretches: { from: number; to: number; best: string }[] = [];
  const thresholds: { probability: Measured; below: string; above: string }[] = [];
  let best = bestAtZero(lines);
  let from = 0;
  for (;;) {
    const next = nextCrossing(lines, best, from);
    stretches.push({ from, to: next?.at ?? 1, best: alternatives[best].name });
    if (next === undefined) break;
    thresholds.push({
      probability: crossingOf(lines[next.index], lines[best]),
      below: alternatives[best].name,
      above: alternatives[next.index].name,
    });
    best = next.index;
    from = next.at;
  }
  return { reachable: true, belief: question.belief, stretches, thresholds };
}

function slopeOf(line: AnswerMeans): number {
  return amountOf(line.yes) - amountOf(line.no);
}

function amountOf(mean: Measured | undefined): number {
  assert(mean !== undefined, "A threshold needs draws of both answers.");
  return mean.amount;
}

/** The best line just above belief 0: the largest there, the steepest among equals. */
function bestAtZero(lines: AnswerMeans[]): number {
  let best = 0;
  for (let index = 1; index < lines.length; index++) {
    const lead = amountOf(lines[index].no) - amountOf(lines[best].no);
    if (lead > 0 || (lead === 0 && slopeOf(lines[index]) > slopeOf(lines[best]))) best = index;
  }
  return best;
}

/** The first steeper line to overtake the best one after `from` and before 1; the steepest where several do at once. */
function nextCrossing(lines: AnswerMeans[], best: number, from: number): { at: number; index: number } | undefined {
  let first: { at: number; index: number } | undefined;
  for (let index = 0; index < lines.length; index++) {
    const steeper = slopeOf(lines[index]) - slopeOf(lines[best]);
    if (steeper <= 0) continue;
    const at = Math.max(from, (amountOf(lines[best].no) - amountOf(lines[index].no)) / steeper);
    if (at >= 1) continue;
    const sooner = first === undefined || at < first.at;
    const steepest = first !== undefined && at === first.at && slopeOf(lines[index]) > slopeOf(lines[first.index]);
    if (sooner || steepest) first = { at, index };
  }
  return first;
}

function crossingOf(above: AnswerMeans, below: AnswerMeans): Measured {
  return crossing(amountOf(above.yes) - amountOf(below.yes), amountOf(above.no) - amountOf(below.no), {
    yesResiduals: difference(above.yesResiduals, below.yesResiduals),
    noResiduals: difference(above.noResiduals, below.noResiduals),
  });
}

/** The tree behind beliefThresholds: every change of the best alternative, and each alternative given each answer. */
export function explainBeliefThresholds(alternatives: Alternative[], question: ThresholdQuestion, sharding: Sharding): Explanation {
  const answer = beliefThresholds(alternatives, question, sharding);
  const ofQuestion = { question: question.name };
  const changes = answer.reachable ? answer.thresholds : [];
  return explained("threshold", "count", changes.length, {
    ...ofQuestion,
    formula: "beliefs at which another alternative becomes best",
    params: answer.reachable ? {} : { side: answer.side },
    children: [
      explained("belief", "probability", question.belief, ofQuestion),
      ...changes.map(({ probability, below, above }) =>
        explained("threshold", "probability", probability, { ...ofQuestion, params: { below, above } }),
      ),
      ...alternatives.flatMap(({ name, netValue }) => {
        const { yes, no } = answerMeans(netValue, question.event, sharding);
        const given = (figure: Measured | undefined, answered: number) =>
          explained("expectedGivenAnswer", "money", figure, {
            ...ofQuestion,
            column: name,
            params: { alternative: name, answer: answered },
          });
        return [given(yes, 1), given(no, 0)];
      }),
    ],
  });
}
