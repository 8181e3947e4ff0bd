import type { Estimate, Question } from "@watershed/domain";
import { evpi, expectation, exposureFromSums, impliedFromMeans, multipleOfMoney, tailShare } from "@watershed/decision";
import type { Evppi, InvestingTerms, Measured, Recommendation } from "@watershed/decision";
import type { Appraisal } from "./appraise-case.ts";
import { positionName } from "./definitions.ts";
import { inUnit, stageReview, waitsOf } from "./review-waits.ts";
import type { CompanyReview, ImpliedBelief, QuestionExposure, QuestionWorth } from "./review.ts";
import { priceToWalkAway, recommendFor, underAttitude, weighed } from "./risk.ts";
import { estimate, reached } from "./run-key.ts";
import { answeredColumn, answeredEvents, evppiOfCase } from "./run-sums.ts";
import type { ReviewRun } from "./run-sums.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { strategicApart } from "./strategic-worth.ts";

export interface AppraisedCompany {
  appraisal: Appraisal;
  review: CompanyReview;
  recommendation: Recommendation;
  evppis: Map<string, Evppi>; // question -> evppi, for the agenda
}

/** Everything to say about one company, but dissent, which needs runs of its own. */
export function reviewCompany(run: ReviewRun, appraisal: Appraisal): AppraisedCompany {
  const { draws, key } = run;
  const { investmentCase, alternatives, now } = appraisal;
  const { workspace } = run.compiled;
  const money = inUnit(workspace.settings.currency, key);
  const recommendation = recommendFor(run.compiled, alternatives, draws);
  const evppis = evppisOf(run, appraisal);
  const best = recommendation.alternatives.find((alternative) => alternative.name === recommendation.best)!;
  const company = workspace.companies.find((candidate) => candidate.id === investmentCase.company)!;
  const review: CompanyReview = {
    company,
    caseId: investmentCase.id,
    ...heldOf(run, company.id),
    ...(now ? { asked: askedOf(run, appraisal, now.terms) } : {}),
    best: {
      alternative: recommendation.best,
      worth: money(best.netValue),
      ...(recommendation.lead ? { lead: money(recommendation.lead) } : {}),
      clear: recommendation.clear,
      runnerUp: recommendation.runnerUp,
    },
    alternatives: alternativesOf(run, appraisal, recommendation),
    waits: waitsOf(run, appraisal),
    ...(appraisal.stage ? { stage: stageReview(run, appraisal, appraisal.stage) } : {}),
    ...(now ? { reservationPrice: walkAwayOf(run, appraisal) } : {}),
    ...underAttitude(run, appraisal),
    ...strategicApart(run, appraisal),
    ...(now?.terms.strategicWorth === undefined ? {} : { strategicWorth: money(expectation(now.terms.strategicWorth, draws)) }),
    implied: impliedOf(run, appraisal),
    evpi: money(evpi(weighed(run.compiled, alternatives, draws), draws)),
    questions: questionsOf(evppis, money),
    exposure: exposureOf(run, appraisal),
    dissent: [],
    scores: scoresOf(run, company.id),
    tailShare: now ? tailShare(now.proceeds) : 0,
    sources: sourcesOf(run, appraisal),
  };
  return { appraisal, review, recommendation, evppis };
}

function heldOf({ compiled }: ReviewRun, company: string): Pick<CompanyReview, "held"> {
  const { positions, settings } = compiled.workspace;
  const ours = positions.flatMap((position, index) => {
    const node = compiled.program.nodes[compiled.program.columns[positionName(position.company, index)]];
    return position.company === company && node?.op === "constant" ? [{ on: position.on, amount: node.amount }] : [];
  });
  if (ours.length === 0) return {};
  const since = ours.map((position) => position.on).sort()[0];
  return { held: { invested: ours.reduce((sum, position) => sum + position.amount, 0), unit: settings.currency, since } };
}

/** The terms on offer today. */
export function askedOf(run: ScenarioRun, appraisal: Appraisal, terms: InvestingTerms): CompanyReview["asked"] {
  const { currency } = run.compiled.workspace.settings;
  const [preMoney, newMoney] = [terms.preMoney as number, terms.newMoney as number];
  return {
    preMoney,
    postMoney: preMoney + newMoney,
    unit: currency,
    on: appraisal.investmentCase.on,
    text: String(appraisal.investmentCase.now!.preMoney),
    ticket: terms.ticket,
  };
}

function alternativesOf(run: ReviewRun, appraisal: Appraisal, recommendation: Recommendation): CompanyReview["alternatives"] {
  const money = inUnit(run.compiled.workspace.settings.currency, run.key);
  const share = inUnit("probability", run.key);
  const { now } = appraisal;
  const multiple = now && multipleOfMoney(now.proceeds, now.terms.ticket, run.draws);
  return recommendation.alternatives.map((alternative) => ({
    name: alternative.name,
    worth: money(alternative.netValue),
    probabilityBest: share(alternative.probabilityBest),
    expectedRegret: money(alternative.expectedRegret),
    probabilityLoss: share(alternative.probabilityLoss),
    quantile05: money(alternative.quantile05),
    quantile95: money(alternative.quantile95),
    worstTwentieth: money(alternative.cvar05),
    ...(alternative.name === "now" && multiple ? { multipleOfMoney: estimate(multiple, "multiple", run.key) } : {}),
  }));
}

/** The price to walk away at, against the best other alternative and against nothing. */
export function walkAwayOf(run: ScenarioRun, { now, alternatives }: Appraisal): CompanyReview["reservationPrice"] {
  const { againstBest, nowOrNever, bestOther } = priceToWalkAway(
    run.compiled,
    now!.terms,
    alternatives.filter((alternative) => alternative.name !== "now"),
    run.draws,
  );
  const { currency } = run.compiled.workspace.settings;
  return { againstBest: reached(againstBest, currency, run.key), nowOrNever: reached(nowOrNever, currency, run.key), bestOther };
}

/** What the price believes about every event that could justify it, widest disagreement first. */
function impliedOf(run: ReviewRun, { alternatives, questions, investmentCase }: Appraisal): ImpliedBelief[] {
  const now = alternatives.find((alternative) => alternative.name === "now");
  if (!now) return [];
  const share = inUnit("probability", run.key);
  const implied = openQuestionsOf(run, questions).flatMap((question) =>
    answeredEvents(run, investmentCase.id, now, question).flatMap(({ name, belief, means }) => {
      const answer = impliedFromMeans(means, belief);
      if (!answer.reachable) return [];
      const favourable = answer.yesHelps === answer.edge.amount > 0;
      const row: ImpliedBelief = {
        question: question.id,
        event: name,
        belief,
        implied: share(answer.probability),
        edge: share(answer.edge),
        favourable,
      };
      return [{ row, effect: Math.abs(answer.ifYes.amount - answer.ifNo.amount) }];
    }),
  );
  return implied.sort((one, other) => other.effect - one.effect).map(({ row }) => row);
}

function openQuestionsOf({ compiled }: ReviewRun, ids: string[]): Question[] {
  return compiled.workspace.questions.filter((question) => ids.includes(question.id));
}

function evppisOf(run: ReviewRun, { questions, investmentCase }: Appraisal): Map<string, Evppi> {
  return new Map(openQuestionsOf(run, questions).map(({ id }) => [id, evppiOfCase(run, investmentCase.id, id)]));
}

function questionsOf(evppis: Map<string, Evppi>, money: (measured: Measured) => Estimate): QuestionWorth[] {
  return [...evppis]
    .map(([question, { floor, distinguishable, answers, ...worth }]) => ({
      question,
      worth: money(worth),
      floor,
      distinguishable,
      answers,
    }))
    .sort((one, other) => Number(other.distinguishable) - Number(one.distinguishable) || other.worth.amount - one.worth.amount);
}

function exposureOf(run: ReviewRun, { alternatives, questions, investmentCase }: Appraisal): QuestionExposure[] {
  const invested =
    alternatives.find((alternative) => alternative.name === "now") ?? alternatives.find((alternative) => alternative.name !== "pass");
  if (!invested) return [];
  const { currency } = run.compiled.workspace.settings;
  return openQuestionsOf(run, questions)
    .flatMap(({ id }) => {
      const answered = run.sums.answered.get(id)!;
      const column = answeredColumn(run, investmentCase.id, invested, answered);
      if (!column) return [];
      const { difference, varianceShare } = exposureFromSums(column, answered.grouping);
      return [
        {
          question: id,
          difference: estimate(difference, currency, run.key),
          varianceShare: estimate(varianceShare, "share", run.key),
        },
      ];
    })
    .sort((one, other) => other.varianceShare.amount - one.varianceShare.amount);
}

function scoresOf(run: ReviewRun, company: string): CompanyReview["scores"] {
  const rows = Map.groupBy(
    run.compiled.workspace.assessments.filter((assessment) => assessment.company === company),
    (assessment) => assessment.criterion,
  );
  return [...rows].map(([criterion, assessments]) => {
    const levels = Object.fromEntries(assessments.map((assessment) => [assessment.by, assessment.level]));
    const sorted = Object.values(levels).sort((one, other) => one - other);
    const median = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
    return { criterion, levels, median };
  });
}

function sourcesOf(run: ReviewRun, { investmentCase }: Appraisal): string[] {
  const rounds = run.compiled.workspace.rounds.filter((round) => round.company === investmentCase.company);
  return [...new Set([...(investmentCase.sources ?? []), ...rounds.flatMap((round) => round.sources)])];
}
