import type { Estimate } from "@watershed/domain";
import {
  informationPrice,
  leader,
  moneyOfUtility,
  plainMoney,
  recommend,
  reservationPrice,
  reservationPriceUnder,
  underPolicy,
  utilityMoney,
} from "@watershed/decision";
import type {
  Alternative,
  InvestingTerms,
  Leader,
  Measured,
  Recommendation,
  ReservationPrice,
  RiskAttitude,
  RiskPolicy,
  Sharding,
  UtilityMoney,
} from "@watershed/decision";
import type { Draws } from "@watershed/engine";
import type { Appraisal } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { RiskReview } from "./review.ts";
import { riskName } from "./risk-settings.ts";
import { estimate, reached } from "./run-key.ts";

/** How the team chooses; undefined where it goes by expected worth without a limit. */
export function riskPolicyOf(compiled: CompiledWorkspace): RiskPolicy | undefined {
  const { risk } = compiled.workspace.settings;
  if (!risk) return undefined;
  const amountOf = (field: string): number => {
    const node = compiled.program.nodes[compiled.program.columns[riskName(field)]];
    if (node?.op !== "constant") throw new Error("a risk setting that passed its checks is no amount");
    return node.amount;
  };
  const attitude: RiskAttitude =
    risk.attitude === "exponential"
      ? { kind: "exponential", riskTolerance: amountOf("tolerance") }
      : risk.attitude === "crra"
        ? { kind: "crra", relativeRiskAversion: risk.relativeAversion!, wealth: amountOf("wealth") }
        : { kind: "riskNeutral" };
  if (attitude.kind === "riskNeutral" && !risk.cvarLimit) return undefined;
  return { attitude, ...(risk.cvarLimit ? { cvarLimit: { level: risk.cvarLimit.level, amount: amountOf("amount") } } : {}) };
}

/** The recommendation by the team's attitude to risk. */
export function recommendFor(compiled: CompiledWorkspace, alternatives: Alternative[], sharding: Sharding): Recommendation {
  return recommend(alternatives, sharding, riskPolicyOf(compiled));
}

/** Who leads by the team's attitude to risk. */
export function leaderFor(compiled: CompiledWorkspace, alternatives: Alternative[], sharding: Sharding): Leader {
  const policy = riskPolicyOf(compiled);
  return policy ? underPolicy(alternatives, policy, sharding) : leader(alternatives, sharding);
}

/** The alternatives as a value of information weighs them: in the money of utility where the team is not indifferent to risk. */
export function weighed(compiled: CompiledWorkspace, alternatives: Alternative[], sharding: Sharding): Alternative[] {
  const policy = riskPolicyOf(compiled);
  return policy ? utilityMoney(alternatives, policy, sharding) : alternatives;
}

/** The alternatives that the team admits, and the way of an amount into the money of its utility and back; plain money where it is indifferent to risk. */
export function moneyFor(compiled: CompiledWorkspace, alternatives: Alternative[], sharding: Sharding): UtilityMoney {
  const policy = riskPolicyOf(compiled);
  if (policy) return moneyOfUtility(alternatives, policy, sharding);
  return { names: alternatives.map(({ name }) => name), inMoney: (amount) => amount, ...plainMoney };
}

/** The price to walk away at by the team's attitude to risk. */
export function priceToWalkAway(
  compiled: CompiledWorkspace,
  terms: InvestingTerms,
  others: Alternative[],
  sharding: Sharding,
): ReservationPrice {
  const policy = riskPolicyOf(compiled);
  return policy ? reservationPriceUnder(terms, others, policy, sharding) : reservationPrice(terms, others, sharding);
}

/** What figures of a company are made from. */
export interface FiguresOf {
  compiled: CompiledWorkspace;
  draws: Draws;
  key: string;
}

/** Certainty equivalents and limits of one company; nothing where the team is indifferent to risk. */
export function underAttitude(run: FiguresOf, { alternatives }: Appraisal): { risk?: RiskReview } {
  const policy = riskPolicyOf(run.compiled);
  if (!policy) return {};
  const { currency } = run.compiled.workspace.settings;
  const money = (measured: Measured): Estimate => estimate(measured, currency, run.key);
  const standing = underPolicy(alternatives, policy, run.draws);
  const rows = standing.alternatives.map(({ name, certaintyEquivalent, cvar, refused, clearOfLimit }) => ({
    name,
    certaintyEquivalent: reached(certaintyEquivalent, currency, run.key),
    ...(cvar ? { cvar: money(cvar) } : {}),
    ...(refused ? { refused } : {}),
    clearOfLimit,
  }));
  return {
    risk: {
      attitude: policy.attitude,
      ...(policy.cvarLimit ? { limit: { ...policy.cvarLimit, unit: currency } } : {}),
      certaintyEquivalent: rows.find(({ name }) => name === standing.best)!.certaintyEquivalent,
      ...(standing.lead ? { lead: money(standing.lead) } : {}),
      neutralBest: standing.neutralBest,
      alternatives: rows,
      ...(standing.limitPrice ? { limitPrice: { best: standing.limitPrice.best, amount: money(standing.limitPrice.amount) } } : {}),
      noneAdmissible: standing.noneAdmissible,
      ...informationOf(alternatives, policy, run.draws, money),
    },
  };
}

function informationOf(
  alternatives: Alternative[],
  policy: RiskPolicy,
  sharding: Sharding,
  money: (measured: Measured) => Estimate,
): Pick<RiskReview, "information"> {
  const { alternatives: standings } = underPolicy(alternatives, policy, sharding);
  const admitted = alternatives.filter((_, index) => standings[index].refused === undefined);
  const price = admitted.length === 0 ? undefined : informationPrice(admitted, policy.attitude, sharding);
  return price?.reachable ? { information: { buying: money(price.buyingPrice), selling: money(price.sellingPrice) } } : {};
}
