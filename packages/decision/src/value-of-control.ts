import { answerGroups, answerTable, conditionalMean, weightsOfGroup, type AnswerGroup } from "./answer-table.ts";
import type { BinnedQuestion } from "./evppi.ts";
import { indexOfLargest, meansOfAlternatives, type Alternative } from "./expected-net-value.ts";
import { explained, type Explanation } from "./explanation.ts";
import { difference, measured, type Measured, type Sharding } from "./sharding.ts";

/** What it would be worth to choose the answer of a question instead of learning it. */
export interface ControlWorth extends Measured {
  /** The answers one would choose, and the alternative one would then take. */
  answer: AnswerGroup;
  best: string;
}

/** Numbers and dates are chosen to an eighth of their answers. */
const stretches = 8;

/**
 * Value of perfect control (Matheson 1990): the best alternative given the best answer, minus the best of today. Exact answers
 * of a discrete question, eighths of a continuous one. Choosing an answer is to condition on it: what moves with the question
 * by common causes counts as moved, so that this is a ceiling for what steering could bring.
 */
export function valueOfControl(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding): ControlWorth {
  const table = answerTable(alternatives, question.binning, sharding);
  const grouping = answerGroups(question.binning, stretches);
  const means = meansOfAlternatives(alternatives, sharding);
  const today = means[indexOfLargest(means.map((perShard) => measured(perShard).amount))];
  const options = grouping.groups.flatMap((answer, group) => {
    const weights = weightsOfGroup(grouping, group);
    return alternatives.map(({ name }, index) => {
      const perShard = conditionalMean(table, index, weights);
      return { answer, best: name, perShard, amount: measured(perShard).amount };
    });
  });
  const { answer, best, perShard } = options.reduce((most, option) => (option.amount > most.amount ? option : most));
  const { amount, standardError } = measured(difference(perShard, today));
  return { amount: Math.max(0, amount), standardError, answer, best };
}

/** The tree behind valueOfControl: the best alternative at the chosen answer, and the best of today. */
export function explainValueOfControl(alternatives: Alternative[], question: BinnedQuestion, sharding: Sharding): Explanation {
  const worth = valueOfControl(alternatives, question, sharding);
  const means = meansOfAlternatives(alternatives, sharding).map((perShard) => measured(perShard));
  const best = indexOfLargest(means.map(({ amount }) => amount));
  const { from, to } = worth.answer;
  return explained("valueOfControl", "money", worth, {
    question: question.name,
    params: { best: worth.best, from, to },
    formula: "expectedGivenAnswer of the best answer - expectedNetValue of the best alternative",
    children: [
      explained("expectedGivenAnswer", "money", worth.amount + means[best].amount, {
        question: question.name,
        params: { answer: from, to, alternative: worth.best },
      }),
      explained("expectedNetValue", "money", means[best], {
        params: { alternative: alternatives[best].name },
        column: alternatives[best].name,
      }),
    ],
  });
}
