import type { Workspace } from "@watershed/domain";
import {
  breakEvenStepUp,
  explainEvppi,
  explainImpliedProbability,
  explainInvestingNetValue,
  explainRecommend,
  explainReservationPrice,
  explainWaitFor,
  expectation,
  investingNetValue,
  waitFor,
} from "@watershed/decision";
import type { Explanation } from "@watershed/decision";
import type { Appraisal, AppraisedWait } from "./appraise-case.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { bestWithoutWaiting, binningOf, eventsOf } from "./review-company.ts";
import type { ReviewRun } from "./review-company.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import type { ReviewOptions } from "./review-workspace.ts";
import type { CompanyReview, WorkspaceReview } from "./review.ts";
import { growWhy, sourceNodes } from "./why.ts";
import type { WhyNode } from "./why.ts";

export interface CompanyExplanation {
  review: Omit<WorkspaceReview, "problems">;
  company: CompanyReview;
  stepUps: { trigger: string; at?: { amount: number; standardError: number }; side?: string }[]; // break-even price step-up of every wait
  why: WhyNode[]; // recommendation, each alternative, price, beliefs in the price, questions, evidence
}

/** Why the review says what it says of one company: the numbers under the numbers, down to forecasts and sources. */
export function explainCompany(
  whole: Workspace,
  company: string,
  options: Omit<ReviewOptions, "company"> = {},
): { explanation?: CompanyExplanation; problems: WorkspaceProblem[] } {
  const { review, run, appraisals, problems } = reviewWorkspace(whole, { ...options, company });
  const [found, appraisal] = [review?.companies[0], appraisals?.[0]];
  if (!review || !run || !found || !appraisal) return { problems };
  return {
    problems,
    explanation: {
      review,
      company: found,
      stepUps: appraisal.waits.map((wait) => stepUpOf(run, appraisal, wait)),
      why: whyTrees(run, appraisal, found),
    },
  };
}

function whyTrees(run: ReviewRun, appraisal: Appraisal, review: CompanyReview): WhyNode[] {
  const { draws, compiled } = run;
  const { now, waits, alternatives, investmentCase } = appraisal;
  const seen = new Set<string>();
  const grow = (explanation: Explanation, scope = investmentCase.id): WhyNode => growWhy(run, explanation, scope, seen);
  const questions = new Map(compiled.workspace.questions.map((question) => [question.id, question]));
  const worth = review.questions.slice(0, 2).map(({ question }) => {
    const binned = { name: question, binning: binningOf(run, questions.get(question)!) };
    return grow(explainEvppi(alternatives, binned, draws, run.dummies));
  });
  const others = alternatives.filter((alternative) => alternative.name !== "now");
  return [
    grow(explainRecommend(alternatives, draws), ""),
    ...(now ? [grow(explainInvestingNetValue(now.terms, draws)), grow(explainReservationPrice(now.terms, others, draws), "")] : []),
    ...impliedTrees(run, appraisal, review).map((explanation) => grow(explanation, "")),
    ...waits.map((wait) => grow(explainWaitFor(wait.waiting, draws), `${investmentCase.id}.${wait.trigger}`)),
    ...worth,
    ...sourceNodes(run, review.sources),
  ];
}

function impliedTrees(run: ReviewRun, { alternatives }: Appraisal, review: CompanyReview): Explanation[] {
  const now = alternatives.find((alternative) => alternative.name === "now");
  if (!now) return [];
  return review.implied.slice(0, 2).map(({ question, event }) => {
    const asked = run.compiled.workspace.questions.find((candidate) => candidate.id === question)!;
    const found = eventsOf(run, asked).find((candidate) => candidate.name === event)!;
    return explainImpliedProbability({ name: question, netValue: now.netValue, event: found.event, belief: found.belief }, run.draws);
  });
}

/** How many times today's price the round after the trigger may cost before waiting is no better than deciding today. */
function stepUpOf(
  run: ReviewRun,
  { alternatives, now }: Appraisal,
  { trigger, investing, waiting }: AppraisedWait,
): CompanyExplanation["stepUps"][number] {
  if (!now) return { trigger, side: "nothingOnOffer" };
  const today = now.terms.preMoney as number;
  const other = bestWithoutWaiting(alternatives, run.draws);
  const waitAt = (stepUp: number): Float64Array =>
    waitFor({ ...waiting, netValueThen: investingNetValue({ ...investing, preMoney: today * stepUp }) }, run.draws).netValue;
  if (expectation(other, run.draws).amount <= 0) return { trigger, side: "waitingCostsNothing" };
  const answer = breakEvenStepUp({ waitAt, other, low: 0.05, high: 20 }, run.draws);
  return answer.reachable ? { trigger, at: answer.at } : { trigger, side: answer.side };
}
