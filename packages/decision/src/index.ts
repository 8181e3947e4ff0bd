export type { AnswerGroup, NamedWorth } from "./answer-table.ts";
export type { AccessQuestion, AttemptsQuestion, BreakEven, Gap, StepUpQuestion } from "./break-even.ts";
export {
  breakEven,
  breakEvenAccess,
  breakEvenCommonAccess,
  breakEvenStepUp,
  explainBreakEvenAccess,
  explainBreakEvenStepUp,
} from "./break-even.ts";
export type { BeliefThresholds, ThresholdQuestion } from "./belief-thresholds.ts";
export { beliefThresholds, explainBeliefThresholds } from "./belief-thresholds.ts";
export type { BinLevel, Binning, BinningOptions, Grouping, KnownAnswers } from "./binning.ts";
export { binning, groupingOf } from "./binning.ts";
export type { CertaintyEquivalent, RiskAttitude } from "./certainty-equivalent.ts";
export { certaintyEquivalent, explainCertaintyEquivalent } from "./certainty-equivalent.ts";
export { drawOrder } from "./draw-order.ts";
export type { Evpi } from "./evpi.ts";
export { evpi, explainEvpi } from "./evpi.ts";
export type { Answer, BinnedQuestion, Evppi } from "./evppi.ts";
export { evppi, evppiAll, evppiFromSums, evppiOf, explainEvppi } from "./evppi.ts";
export type { CellSums, PairEvppi } from "./evppi-pair.ts";
export { evppiPair, evppiPairFromSums, evppiPairOf, explainEvppiPair } from "./evppi-pair.ts";
export type { DecisionWorth, SummedDecision } from "./evppi-table.ts";
export { evppiTable, summedEvppiPair } from "./evppi-table.ts";
export type { Alternative } from "./expected-net-value.ts";
export { expectation, expectedNetValue, explainExpectedNetValue } from "./expected-net-value.ts";
export type { Explanation, ExplanationMeasure, ExplanationUnit } from "./explanation.ts";
export type { Exposure, VarianceShares } from "./exposure.ts";
export { explainExposure, exposure, varianceShares } from "./exposure.ts";
export type { Dissent, PartnerRecommendation } from "./flips.ts";
export { explainFlips, flips } from "./flips.ts";
export type { ImpliedProbability, PriceQuestion } from "./implied-probability.ts";
export { explainImpliedProbability, impliedProbability } from "./implied-probability.ts";
export type { ImpliedTilt, TiltPoint } from "./implied-tilt.ts";
export { explainImpliedTilt, impliedTilt, leastEffectiveShare, reach, tiltPoint, tiltedShare } from "./implied-tilt.ts";
export type { InformationPrice } from "./information-price.ts";
export { informationPrice } from "./information-price.ts";
export type { InvestingTerms, Preference } from "./investing.ts";
export { explainInvestingNetValue, investingNetValue, proceedsOfInvesting } from "./investing.ts";
export type { Leader } from "./leader.ts";
export { leader } from "./leader.ts";
export { explainMultipleOfMoney, multipleOfMoney } from "./multiple-of-money.ts";
export type { Premortem, PremortemOptions, SharedAnswer, SharedPair } from "./premortem.ts";
export { premortem } from "./premortem.ts";
export type { BeliefPoint, PricePoint } from "./price-curve.ts";
export { beliefLine, priceCurve, tiltCurve } from "./price-curve.ts";
export type { Tails } from "./quantile.ts";
export { cvarOf, quantileOf, tailShare, tailsOf } from "./quantile.ts";
export type { QuadraticFit } from "./quadratic-fit.ts";
export type { AlternativeSummary, Recommendation } from "./recommend.ts";
export { explainRecommend, recommend } from "./recommend.ts";
export type { PricedNetValue, ReservationPrice, WalkAwayPrice } from "./reservation-price.ts";
export { explainReservationPrice, reservationPrice, reservationPriceOf } from "./reservation-price.ts";
export type { PolicyStanding, RiskPolicy, UnderPolicy } from "./risk-policy.ts";
export { underPolicy } from "./risk-policy.ts";
export type { OneWayRow, TwoWayCell, TwoWayTable } from "./sensitivity-tables.ts";
export { oneWay, twoWay } from "./sensitivity-tables.ts";
export type { Amounts, Measured, Sharding } from "./sharding.ts";
export { drawCount, isClear, measured, ratio, shardMeans } from "./sharding.ts";
export type { ColumnSums, SummedAlternative } from "./summed-stakes.ts";
export { summedDifferences, summedStakes } from "./summed-stakes.ts";
export type { Dummies, Stakes, SummedStakes } from "./stakes.ts";
export { binSums, rankDummies, stakes } from "./stakes.ts";
export type { CompanyEvppi, EvppiSum } from "./sum-of-evppi.ts";
export { explainSumOfEvppi, sumOfEvppi } from "./sum-of-evppi.ts";
export type { LevelSums, Tilt } from "./tilt.ts";
export { answerTilt, confirmationTilt, levelSums, tiltedChance } from "./tilt.ts";
export type { TornadoBar, TornadoEnd } from "./tornado.ts";
export { tornado } from "./tornado.ts";
export type { Knowledge } from "./trigger-knowledge.ts";
export type { ControlWorth } from "./value-of-control.ts";
export { explainValueOfControl, valueOfControl } from "./value-of-control.ts";
export type { OccasionWorth, PolicyGroup, Waiting, WaitingWorth } from "./wait-for.ts";
export { applyWaitingPolicy, explainWaitFor, explainWaitingWorth, learnWaitingPolicy, waitFor } from "./wait-for.ts";
export type { InvestRule, PolicyState, WaitingPolicy } from "./waiting-policy.ts";
export type { KnownQuestion, Occasion, WaitingSequence } from "./waiting-sequence.ts";
