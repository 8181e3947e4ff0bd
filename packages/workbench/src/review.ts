import type { RiskAttitude } from "@watershed/decision";
import type { Company, Estimate, Question, Text } from "@watershed/domain";
import type { LocatedProblem } from "./problem.ts";

/** A limit that is reached somewhere, or the reason why nowhere. */
export type Reached = { reachable: true; at: Estimate } | { reachable: false; side: string };

/** One alternative of a company: what it is worth and how it can turn out. */
export interface AlternativeReview {
  name: string; // now, staged, wait:TRIGGER (of several wait:ONE+OTHER), pass
  worth: Estimate; // expected netValue
  probabilityBest: Estimate;
  expectedRegret: Estimate;
  probabilityLoss: Estimate;
  quantile05: Estimate;
  quantile95: Estimate;
  worstTwentieth: Estimate; // mean of the worst 5% of draws
  multipleOfMoney?: Estimate; // undiscounted proceeds over ticket; now only
}

/** The days between which nine in ten of some dates lie: `2024-05-02`. */
export interface DayRange {
  from: string;
  to: string;
}

/** One of the triggers of a wait. */
export interface TriggerReview {
  trigger: string;
  name: Text;
  deadline: string;
  probabilityFirst: Estimate; // it fires by its deadline, before all others of the wait
  probabilityInvests: Estimate; // we want in when it fires, and get in
}

export interface WaitReview {
  trigger: string; // several are joined by "+", as in the name of the alternative
  name: Text; // of several, all of them
  deadline: string; // of several, the last
  triggers: TriggerReview[];
  probabilityTriggers: Estimate; // any of them fires
  probabilityInvests: Estimate;
  fires?: DayRange; // when the first fires, in nine scenarios of ten in which any does
  invests?: DayRange; // when the one fires at which we want in, in those scenarios
  breakEvenAccess: Reached;
  breakEvenStepUp?: Reached; // in multiples of today's price; absent where only explain works it out
  policy: "exact groups" | "regression";
}

/** A small ticket today with a right to follow on. */
export interface StageReview {
  ticket: number;
  unit: string;
  worth: Estimate;
  withoutRight: Estimate; // the small ticket alone
  worthOfRight: Estimate;
  probabilityFollowsOn: Estimate;
  expectedMoney: Estimate; // both tickets, undiscounted
  followOn: WaitReview;
}

/** What the asked price believes about one event, beside what the team believes. */
export interface ImpliedBelief {
  question: string;
  event: string; // the answer in question: yes, an option, "by 2024-12-31"
  belief: number;
  implied: Estimate;
  edge: Estimate; // belief - implied
  favourable: boolean; // whether the team's belief makes the price cheap
}

export interface QuestionWorth {
  question: string;
  worth: Estimate; // evppi
  floor: number; // what the same estimator gives a question that nothing depends on
  distinguishable: boolean;
  answers: { from: number; to: number; probability: number; best: string; gain: number }[];
}

export interface QuestionExposure {
  question: string;
  difference: Estimate; // netValue of investing: higher answer minus lower
  varianceShare: Estimate;
}

export interface PartnerView {
  person: string;
  best: string;
  worth: Estimate;
  lead?: Estimate;
  clear: boolean;
  flips: boolean; // another alternative than the team's
}

/** Worth apart: what comes back as money, and what the parent gains beside it. */
export interface StrategicReview {
  alternatives: { name: string; financial: Estimate; strategic: Estimate }[]; // adding up to their worth
  financialBest: { alternative: string; worth: Estimate; lead?: Estimate; clear: boolean }; // what money alone would recommend
}

/** What an attitude to risk makes of a company's alternatives. */
export interface RiskReview {
  attitude: RiskAttitude;
  limit?: { level: number; amount: number; unit: string };
  certaintyEquivalent: Reached; // of the recommended alternative
  lead?: Estimate; // of its certainty equivalent
  neutralBest: string; // by expected worth alone
  alternatives: {
    name: string;
    certaintyEquivalent: Reached;
    cvar?: Estimate; // mean of the worst `level` of scenarios; where there is a limit
    refused?: "ruin" | "cvarLimit";
    clearOfLimit: boolean; // beyond two standard errors
  }[];
  limitPrice?: { best: string; amount: Estimate }; // what keeping the limit gives up, and for which alternative
  noneAdmissible: boolean;
  information?: { buying: Estimate; selling: Estimate }; // perfect information: the most one would pay, the least one would take instead
}

export interface CompanyReview {
  company: Company;
  caseId: string;
  held?: { invested: number; unit: string; since: string }; // what the fund has put in already
  asked?: { preMoney: number; postMoney: number; unit: string; text: string; ticket: number; on: string };
  best: { alternative: string; worth: Estimate; lead?: Estimate; clear: boolean; runnerUp?: string };
  alternatives: AlternativeReview[];
  waits: WaitReview[];
  stage?: StageReview;
  reservationPrice?: { againstBest: Reached; nowOrNever: Reached; bestOther: string };
  strategicWorth?: Estimate;
  strategic?: StrategicReview; // worth apart, where the case names a strategic one
  risk?: RiskReview; // where the settings name an attitude to risk
  implied: ImpliedBelief[]; // largest edge first
  evpi: Estimate;
  questions: QuestionWorth[]; // most worth answering first
  exposure: QuestionExposure[]; // of investing now, largest first
  dissent: PartnerView[];
  scores: { criterion: string; levels: Record<string, number>; median: number }[];
  tailShare: number; // share of all gains that the largest 0.1% of draws carry
  sources: string[];
}

export interface AgendaItem {
  question: Question;
  worth: Estimate;
  floor: number;
  distinguishable: boolean;
  changes: { company: string; from: number; to: number; best: string; instead: string; probability: number; gain: number }[]; // largest part of the worth first; an infinite end is open
  companies: string[];
}

export interface TriggerWatch {
  trigger: string;
  name: Text;
  asStated?: Text;
  deadline: string;
  probability: Estimate; // that it fires by the deadline
  companies: string[]; // whose best alternative waits for it
}

/** How likely the answers are that would confirm a thesis, by the team's own forecasts. */
export interface ThesisStanding {
  thesis: string;
  statement: Text;
  confirmations: { question: string; confirmedBy: string; probability: Estimate }[];
}

/** A company without a review, and why: no case, nobody has said anything yet on questions it depends on, or draws that cannot be computed. */
export interface NotAppraised {
  company: Company;
  reason: "noCase" | "noBelief" | "undefined";
  questions?: string[];
}

/** Everything a partner reads: plain data, the same for terminal, page and program. */
export interface WorkspaceReview {
  name: Text;
  asOf: string;
  currency: string;
  draws: number;
  shards: number;
  seed: number;
  key: string;
  companies: CompanyReview[];
  notAppraised: NotAppraised[];
  agenda: AgendaItem[];
  triggers: TriggerWatch[];
  theses: ThesisStanding[]; // where they were asked for
  problems: LocatedProblem[];
}
