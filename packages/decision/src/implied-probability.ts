import { answerMeans, type AnswerMeans } from "./answer-means.ts";
import { explainedBreakEven } from "./break-even.ts";
import { explained, type Explanation } from "./explanation.ts";
import { measured, type Measured, type Sharding } from "./sharding.ts";

export interface PriceQuestion {
  /** Name of the yes/no question. */
  name: string;
  /** netValue of investing at the asked price. */
  netValue: Float64Array; // [draw]
  /** The question's answers, 0 or 1. */
  event: Float64Array; // [draw]
  /** The team's probability of yes. */
  belief: number;
}

/** The probability at which the price is fair, or why none is. */
export type ImpliedProbability =
  | {
      reachable: true;
      probability: Measured;
      belief: number;
      /** belief - probability. */
      edge: Measured;
      /** Whether yes makes the investment worth more; where it hurts, a negative edge is the favourable one. */
      yesHelps: boolean;
      ifYes: Measured;
      ifNo: Measured;
    }
  | {
      reachable: false;
      side: "alwaysWorth" | "neverWorth" | "noEffect" | "oneAnswerOnly";
      /** undefined when no draw has that answer. */
      ifYes: Measured | undefined;
      ifNo: Measured | undefined;
    };

/**
 * The probability of a yes/no question at which investing at the asked price nets nothing, all else held:
 * -E[netValue | no] / (E[netValue | yes] - E[netValue | no]). "noEffect" where the two means are within two standard errors.
 */
export function impliedProbability(question: PriceQuestion, sharding: Sharding): ImpliedProbability {
  return impliedFromMeans(answerMeans(question.netValue, question.event, sharding), question.belief);
}

/** The same from the means of netValue given yes and given no. */
export function impliedFromMeans(means: AnswerMeans, belief: number): ImpliedProbability {
  const { yes, no } = means;
  if (yes === undefined || no === undefined) return { reachable: false, side: "oneAnswerOnly", ifYes: yes, ifNo: no };
  const gap = measured(means.yesResiduals.map((residual, shard) => residual - means.noResiduals[shard]));
  const effect = yes.amount - no.amount;
  const rounding = 1e-12 * (Math.abs(yes.amount) + Math.abs(no.amount));
  const noise = Number.isFinite(gap.standardError) ? 2 * gap.standardError : 0;
  if (Math.abs(effect) <= Math.max(rounding, noise)) return { reachable: false, side: "noEffect", ifYes: yes, ifNo: no };
  if (yes.amount > 0 && no.amount > 0) return { reachable: false, side: "alwaysWorth", ifYes: yes, ifNo: no };
  if (yes.amount < 0 && no.amount < 0) return { reachable: false, side: "neverWorth", ifYes: yes, ifNo: no };
  const probability = crossing(yes.amount, no.amount, means);
  return {
    reachable: true,
    probability,
    belief,
    edge: { amount: belief - probability.amount, standardError: probability.standardError },
    yesHelps: effect > 0,
    ifYes: yes,
    ifNo: no,
  };
}

/** Where p * yes + (1 - p) * no = 0, with the delta-method error between shards. */
export function crossing(yes: number, no: number, residuals: Pick<AnswerMeans, "yesResiduals" | "noResiduals">): Measured {
  const probability = -no / (yes - no);
  const moved = residuals.yesResiduals.map(
    (residual, shard) => -(probability * residual + (1 - probability) * residuals.noResiduals[shard]) / (yes - no),
  );
  return { amount: probability, standardError: measured(moved).standardError };
}

/** The tree behind impliedProbability: netValue given each answer, belief and edge. */
export function explainImpliedProbability(question: PriceQuestion, sharding: Sharding): Explanation {
  return explainedImplied(question, impliedProbability(question, sharding));
}

/** The tree of an answer found elsewhere. */
export function explainedImplied(question: Pick<PriceQuestion, "name" | "belief">, answer: ImpliedProbability): Explanation {
  const ofQuestion = { question: question.name };
  const place = answer.reachable ? { reachable: true as const, at: answer.probability } : answer;
  return explainedBreakEven("impliedProbability", "probability", place, {
    ...ofQuestion,
    formula: "-netValue if no / (netValue if yes - netValue if no)",
    children: [
      explained("expectedGivenAnswer", "money", answer.ifYes, { ...ofQuestion, params: { answer: 1 } }),
      explained("expectedGivenAnswer", "money", answer.ifNo, { ...ofQuestion, params: { answer: 0 } }),
      explained("belief", "probability", question.belief, ofQuestion),
      ...(answer.reachable
        ? [explained("edge", "probability", answer.edge, { ...ofQuestion, formula: "belief - impliedProbability" })]
        : []),
    ],
  });
}
