import type { ExplanationMeasure } from "@watershed/decision";

/** A figure of an explanation: a short label, and one sentence on how it comes about. */
export interface MeasureWording {
  name: string;
  says: string;
}

/** Every figure that an explanation can show, in English. */
export const measuresEn: Record<ExplanationMeasure, MeasureWording> = {
  recommend: { name: "Best alternative", says: "The alternative with the largest expected net value over all scenarios." },
  expectedNetValue: {
    name: "Expected net value",
    says: "What an alternative brings on average over all scenarios, in today's money and after everything paid for it.",
  },
  expectation: { name: "Average", says: "The average of an amount over all scenarios." },
  column: { name: "Term of the case", says: "What this formula of the case comes to on average over all scenarios." },
  lead: { name: "Lead", says: "How much more the best alternative brings on average than the next one, compared scenario by scenario." },
  probabilityBest: {
    name: "Chance of being best",
    says: "The share of scenarios in which this alternative turns out better than all others.",
  },
  expectedRegret: {
    name: "Expected regret",
    says: "What is lost on average because another alternative would have been better in hindsight.",
  },
  probabilityLoss: { name: "Chance of a loss", says: "The share of scenarios in which this alternative ends below zero." },
  quantile05: { name: "Bad case (5%)", says: "One scenario in twenty ends below this amount." },
  quantile95: { name: "Good case (95%)", says: "One scenario in twenty ends above this amount." },
  cvar05: { name: "Worst twentieth", says: "The average of the worst 5% of all scenarios." },
  expectedProceeds: {
    name: "Expected proceeds",
    says: "What our share pays out at the exit, after dilution, on average over all scenarios; discounted to today in a net value, not in a multiple.",
  },
  expectedInvested: { name: "Expected amount invested", says: "The money put in, on average over all scenarios." },
  presentTicket: { name: "Ticket today", says: "The money we put in, counted at its worth today." },
  presentWorthOfWholeCompany: {
    name: "Whole company today",
    says: "What the whole company pays out at the exit, after dilution and discounted to today, on average over all scenarios.",
  },
  multipleOfMoney: { name: "Multiple of money", says: "Expected proceeds before discounting, divided by the money put in." },
  strategicWorth: {
    name: "Strategic worth",
    says: "What the holding is worth to the parent beside its financial return, stated separately so that it can be argued about.",
  },
  bestOther: {
    name: "Best other alternative",
    says: "The most that can be had on average without taking this one, which is what taking it gives up.",
  },
  certaintyEquivalent: {
    name: "Certainty equivalent",
    says: "The sure amount that is as good as this alternative to a team with this attitude to risk.",
  },
  riskPremium: { name: "Price of risk", says: "What the team's attitude to risk takes off the expected net value." },
  probabilityRuin: { name: "Chance of ruin", says: "The share of scenarios that would leave nothing of the wealth at stake." },
  valueOfControl: {
    name: "Worth of choosing the answer",
    says: "What could be gained on average if this question came out the way we would like it best, rather than as it may.",
  },
  informationPrice: {
    name: "Most one would pay to know",
    says: "What could be paid for knowing the answers before deciding without being worse off, by the team's attitude to risk.",
  },
  sellingPrice: { name: "Least one would take instead", says: "The sure amount that would make up for deciding without knowing." },
  impliedShift: {
    name: "Shift of belief in the price",
    says: "How far the log-odds of the belief would have to move for the asked price to be exactly fair.",
  },
  reservationPrice: {
    name: "Walk away above",
    says: "The pre-money valuation at which investing now is worth exactly as much as the best other alternative; above it, walk away.",
  },
  nowOrNever: {
    name: "Walk away above (now or never)",
    says: "The pre-money valuation up to which investing now beats passing, if waiting were impossible.",
  },
  impliedProbability: {
    name: "The price believes",
    says: "The probability of this answer at which the asked price would be exactly fair, everything else as the team believes.",
  },
  belief: { name: "The team believes", says: "The probability of this answer, pooled from all forecasts that stand today." },
  edge: { name: "Edge", says: "The team's probability minus the one the price believes: where we know better, or think we do." },
  expectedGivenAnswer: {
    name: "If the answer is known",
    says: "What an alternative brings on average over those scenarios in which the question has this answer.",
  },
  threshold: { name: "Tipping point", says: "A probability of this answer at which another alternative becomes the best one." },
  answer: { name: "Answer", says: "One way the question can turn out: how likely it is, and what would be best then." },
  gain: {
    name: "Gain from this answer",
    says: "How much better the best alternative under this answer is than what would be chosen today.",
  },
  evpi: {
    name: "Perfect information",
    says: "What the decision would gain on average if every open question were answered before it is made.",
  },
  expectedBestPerDraw: {
    name: "Best choice every time",
    says: "The average over all scenarios if the best alternative could be picked in each of them.",
  },
  evppi: {
    name: "Worth of an answer",
    says: "What the decision would gain on average if this one question were answered before it is made: what an answer may cost at most.",
  },
  evppiPair: {
    name: "Worth of two answers together",
    says: "What the decision would gain on average if these two questions were answered together before it is made.",
  },
  sumOfEvppi: {
    name: "Worth over all companies",
    says: "What answering this question is worth for the decisions on all companies together.",
  },
  discretisation: {
    name: "Rounding of answers",
    says: "How far the worth moves when amounts and dates are gathered into half as many classes.",
  },
  noiseFloor: {
    name: "Noise floor",
    says: "What a question that changes nothing would seem to be worth by chance; anything below it counts as nothing.",
  },
  staged: {
    name: "Worth of staging",
    says: "A small ticket today together with the right to follow on, used only where it pays.",
  },
  withoutRight: {
    name: "The small ticket alone",
    says: "What the ticket of today nets on average if we never follow on.",
  },
  worthOfRight: {
    name: "Worth of the follow-on right",
    says: "What the right adds on average: following on where it is expected to pay, and letting it go where it is not.",
  },
  waitFor: {
    name: "Worth of waiting",
    says: "The chance that the trigger comes, times what is gained on average if we then invest only where it pays.",
  },
  probabilityTriggers: { name: "Chance of the trigger", says: "The share of scenarios in which the trigger comes before its deadline." },
  expectedGivenTrigger: {
    name: "If the trigger comes",
    says: "What waiting brings on average once the trigger has come, investing where it pays and passing where it does not.",
  },
  investingGivenTrigger: {
    name: "If we then always invest",
    says: "What investing on the day of the trigger brings on average, whatever else is known by then.",
  },
  probabilityFirst: {
    name: "Chance that it fires first",
    says: "How likely this trigger is to fire before all others that we wait for, by its deadline.",
  },
  probabilityInvests: {
    name: "Chance that we invest",
    says: "The share of scenarios in which the trigger comes, we decide to invest, and still get in.",
  },
  policyGroup: {
    name: "What we do then",
    says: "How likely this state of knowledge is once the trigger has come, and in how much of it we invest.",
  },
  access: { name: "Chance of getting in", says: "The probability that the round is still open to us when the trigger has come." },
  breakEvenAccess: {
    name: "Access needed for waiting",
    says: "The chance of getting in later at which waiting is worth exactly as much as deciding today.",
  },
  breakEvenStepUp: {
    name: "Step-up waiting can bear",
    says: "How many times today's price the later round may cost before waiting is no better than deciding today.",
  },
  exposure: {
    name: "Exposure",
    says: "How much more the holding is worth when the question turns out one way than when it turns out the other.",
  },
  varianceShare: { name: "Share of the risk", says: "How much of the spread of outcomes this question explains by itself." },
  conditionalSpread: { name: "Spread that remains", says: "How far outcomes still spread once the answer to this question is known." },
  dissent: {
    name: "Dissent",
    says: "How many partners would decide otherwise on their own forecasts than the team does on the pooled ones.",
  },
  partner: {
    name: "On one partner's beliefs",
    says: "By how much this partner's best alternative leads when only this partner's forecasts count.",
  },
};

/** What an alternative is called. */
export const alternativesEn: { now: string; wait: (trigger: string) => string; pass: string } = {
  now: "Invest now",
  wait: (trigger) => `Wait for ${trigger}`,
  pass: "Pass",
};
