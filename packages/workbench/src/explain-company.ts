import type { Workspace } from "@watershed/domain";
import {
  explainedEvppi,
  explainedImplied,
  explainInformationPrice,
  explainInvestingNetValue,
  explainRecommend,
  explainReservationPrice,
  explainStaged,
  explainWaitingWorth,
  impliedFromMeans,
} from "@watershed/decision";
import type { Explanation } from "@watershed/decision";
import type { Appraisal, AppraisedWait } from "./appraise-case.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { bestWithoutWaiting, stepUpOf, toBeBeaten } from "./review-waits.ts";
import type { ReviewRun } from "./run-sums.ts";
import { answeredEvents, evppiOfCase } from "./run-sums.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import type { ReviewOptions } from "./review-workspace.ts";
import type { CompanyReview, Reached, WorkspaceReview } from "./review.ts";
import { riskPolicyOf } from "./risk.ts";
import { growWhy, sourceNodes } from "./why.ts";
import type { WhyNode } from "./why.ts";

export interface CompanyExplanation {
  review: Omit<WorkspaceReview, "problems">;
  company: CompanyReview;
  stepUps: StepUp[]; // break-even price step-up of every wait, and of following on
  why: WhyNode[]; // recommendation, each alternative, price, beliefs in the price, questions, evidence
}

/** How many times today's price the round after a trigger may cost, or why no number says it. */
export interface StepUp {
  alternative: string; // wait:TRIGGER or staged
  trigger: string;
  at?: { amount: number; standardError: number };
  side?: string;
}

/** Why the review says what it says of one company: the numbers under the numbers, down to forecasts and sources. */
export function explainCompany(
  whole: Workspace,
  company: string,
  options: Omit<ReviewOptions, "company"> = {},
): { explanation?: CompanyExplanation; problems: WorkspaceProblem[] } {
  const { review, run, appraisals, problems } = reviewWorkspace(whole, { ...options, company, keepsRun: true });
  const [found, appraisal] = [review?.companies[0], appraisals?.[0]];
  if (!review || !run || !found || !appraisal) return { problems };
  return {
    problems,
    explanation: {
      review,
      company: found,
      stepUps: stepUpsOf(run, appraisal),
      why: whyTrees(run, appraisal, found),
    },
  };
}

function whyTrees(run: ReviewRun, appraisal: Appraisal, review: CompanyReview): WhyNode[] {
  const { draws, compiled } = run;
  const { now, waits, stage, alternatives, investmentCase } = appraisal;
  const seen = new Set<string>();
  const grow = (explanation: Explanation, scope = investmentCase.id): WhyNode => growWhy(run, explanation, scope, seen);
  const { best } = review;
  const worth = review.questions.slice(0, 2).map(({ question }) => {
    const bestToday = best.alternative;
    return grow(explainedEvppi({ name: question, bestToday, perfect: review.evpi }, evppiOfCase(run, investmentCase.id, question)));
  });
  const policy = riskPolicyOf(compiled);
  const refused = new Set(review.risk?.alternatives.flatMap(({ name, refused: why }) => (why ? [name] : [])));
  const admitted = alternatives.filter(({ name }) => !refused.has(name));
  const others = alternatives.filter((alternative) => alternative.name !== "now");
  return [
    grow(explainRecommend(alternatives, draws, policy), ""),
    ...(policy && review.risk?.information ? [grow(explainInformationPrice(admitted, policy.attitude, draws), "")] : []),
    ...(now ? [grow(explainInvestingNetValue(now.terms, draws))] : []),
    // Under an attitude to risk the price is no formula of expectations.
    ...(now && !policy ? [grow(explainReservationPrice(now.terms, others, draws), "")] : []),
    ...impliedTrees(run, appraisal, review).map((explanation) => grow(explanation, "")),
    ...waits.map((wait) => grow(explainWaitingWorth(wait.waiting, wait.worth), scopeOf(wait))),
    ...(stage ? [grow(explainStaged(stage.worth, stage.followOn.waiting, stage.followOn.worth), scopeOf(stage.followOn))] : []),
    ...worth,
    ...sourceNodes(run, review.sources),
  ];
}

function impliedTrees(run: ReviewRun, { alternatives, investmentCase }: Appraisal, review: CompanyReview): Explanation[] {
  const now = alternatives.find((alternative) => alternative.name === "now");
  if (!now) return [];
  return review.implied.slice(0, 2).map(({ question, event }) => {
    const asked = run.compiled.workspace.questions.find((candidate) => candidate.id === question)!;
    const { belief, means } = answeredEvents(run, investmentCase.id, now, asked).find((candidate) => candidate.name === event)!;
    return explainedImplied({ name: question, belief }, impliedFromMeans(means, belief));
  });
}

/** The scope in which the columns of a wait are told: of several triggers that of all. */
function scopeOf({ triggers }: AppraisedWait): string {
  const [{ scope }] = triggers;
  return triggers.length === 1 ? scope : scope.slice(0, scope.lastIndexOf("."));
}

function stepUpsOf(run: ReviewRun, { waits, stage, now, alternatives }: Appraisal): StepUp[] {
  const other = bestWithoutWaiting(alternatives, run.draws);
  const asked = now?.terms.preMoney as number | undefined;
  const shown = (wait: AppraisedWait, place: Reached): StepUp => ({
    alternative: wait.name,
    trigger: wait.trigger,
    ...(place.reachable ? { at: { amount: place.at.amount, standardError: place.at.standardError } } : { side: place.side }),
  });
  const right = stage && toBeBeaten(run.draws, alternatives, stage.worth.netValue, stage.followOn.worth.netValue);
  return [
    ...waits.map((wait) => shown(wait, stepUpOf(run, asked, wait, other))),
    ...(stage && right ? [shown(stage.followOn, stepUpOf(run, stage.terms.preMoney as number, stage.followOn, right))] : []),
  ];
}
