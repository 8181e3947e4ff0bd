import { bindArguments, demandLabels, reportWrongCount } from "./arguments.ts";
import { demandConstant, demand } from "./demand.ts";
import { report, written } from "./elaboration.ts";
import type { Draw, Elaboration } from "./elaboration.ts";
import { soundDistribution } from "./families.ts";
import { constantTree, constantsOnAxis } from "./labelled.ts";
import { dateKind, describe, durationKind, isNumeric, numberKind, probabilityKind, sameKind, yesNoKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Distribution } from "@watershed/probability";
import type { Tree, TreeOf } from "./tree.ts";

type Call = TreeOf<"call">;

/** How far chances may be from 100% together and still count as rounding. */
export const roundingTolerance = 1e-9;

/** chance(p): yes with a probability, which may itself differ between draws. */
export function readChance(elaboration: Elaboration, call: Call): Draw | undefined {
  const tree = bindArguments(elaboration, call, [{ name: "p" }])?.get("p");
  const checked = tree && elaboration.elaborate(tree);
  const node = checked && demand(elaboration, { typed: checked, tree }, probabilityKind, "chance: p");
  if (node === undefined) return undefined;
  const probability = elaboration.builder.constantOf(node);
  if (probability === undefined) return { kind: yesNoKind, family: "bernoulli", parameters: [node] };
  return soundDistribution(elaboration, call, yesNoKind, { kind: "bernoulli", probability });
}

/** oneOf(openai: 60%, ...): a choice; the chances must be constants that come to 100%. */
export function readOneOf(elaboration: Elaboration, call: Call): Draw | undefined {
  if (call.arguments.length === 0) return reportWrongCount(elaboration, call, "1+");
  if (!demandLabels(elaboration, call, true)) return undefined;
  const options = call.arguments.map(({ label }) => optionName(elaboration, label!));
  const weights = call.arguments.map(({ value }) => constantTree(elaboration, value, probabilityKind, "oneOf"));
  const repeated = options.findIndex((option, index) => options.indexOf(option) !== index);
  if (repeated >= 0) report(elaboration, "duplicateOption", call.arguments[repeated].label!, { option: options[repeated] });
  if (repeated >= 0 || weights.includes(undefined)) return undefined;
  const assigned = (weights as number[]).reduce((total, weight) => total + weight, 0);
  if (Math.abs(1 - assigned) > roundingTolerance) return reportUnassigned(elaboration, call, assigned);
  return soundDistribution(elaboration, call, { kind: "choice", options }, { kind: "categorical", weights: weights as number[] });
}

/** Reports chances that do not come to 100%; unassigned is below 0 where they exceed it. */
export function reportUnassigned(elaboration: Elaboration, call: Call, assigned: number): undefined {
  return report(elaboration, "unassignedProbability", call, {
    assigned: Number(assigned.toFixed(12)),
    unassigned: Number((1 - assigned).toFixed(12)),
  });
}

function optionName(elaboration: Elaboration, label: Tree): string {
  return label.type === "text" ? label.text : label.type === "name" ? label.name : written(elaboration, label);
}

/** mixture(60%: a, 40%: b): the distributions are pooled by weight; percentages that do not come to 100% are a warning. */
export function readMixture(elaboration: Elaboration, call: Call): Draw | undefined {
  if (call.arguments.length === 0) return reportWrongCount(elaboration, call, "1+");
  if (!demandLabels(elaboration, call, true)) return undefined;
  const weights = call.arguments.map(({ label }) => readWeight(elaboration, call, label!));
  const draws = call.arguments.map(({ value }) => readConstantDraw(elaboration, call, value));
  if (weights.includes(undefined) || draws.includes(undefined)) return undefined;
  const kind = mixtureKind(elaboration, call, draws as ConstantDraw[]);
  if (!kind) return undefined;
  warnOfRescaling(elaboration, call, weights as number[]);
  const components = draws.map((draw, index) => ({ weight: weights[index]!, distribution: draw!.distribution }));
  return soundDistribution(elaboration, call, kind, { kind: "mixture", components });
}

function readWeight(elaboration: Elaboration, call: Call, label: Tree): number | undefined {
  const weight = constantTree(elaboration, label, numberKind, call.name);
  if (weight === undefined || weight > 0) return weight;
  return report(elaboration, "weightsNotPositive", label, { found: weight });
}

function warnOfRescaling(elaboration: Elaboration, call: Call, weights: number[]): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = call.arguments.some(({ label }) => label!.type === "number" && label!.percent) || weights.every((weight) => weight < 1);
  if (shares && Math.abs(total - 1) > roundingTolerance)
    report(elaboration, "weightsRescaled", call, { total: Number(total.toPrecision(12)) });
}

function mixtureKind(elaboration: Elaboration, call: Call, draws: ConstantDraw[]): Kind | undefined {
  const [{ kind }] = draws;
  if (draws.every((draw) => isNumeric(draw.kind))) return draws.every((draw) => draw.kind.kind === "probability") ? kind : numberKind;
  const odd = draws.findIndex((draw) => !sameKind(draw.kind, kind));
  if (odd < 0) return kind;
  const params = { expected: [describe(kind)], found: describe(draws[odd].kind), what: "mixture" };
  return report(elaboration, "kindMismatch", call.arguments[odd].value, params);
}

export interface ConstantDraw {
  kind: Kind;
  distribution: Distribution;
}

/** A distribution call as an argument of another, where all its parameters are constants. */
export function readConstantDraw(elaboration: Elaboration, call: Call, tree: Tree): ConstantDraw | undefined {
  const isCall = tree.type === "call" && !["chance", "oneOf"].includes(tree.name) && elaboration.isDistribution(tree);
  if (!isCall && !(tree.type === "binary" && tree.operator === "to")) {
    return report(elaboration, "notADistribution", tree, { function: call.name, found: written(elaboration, tree) });
  }
  const draw = elaboration.distributionOf(tree);
  if (!draw || "distribution" in draw) return draw;
  return report(elaboration, "parameterMustBeConstant", tree, { what: call.name });
}

/** truncate(distribution, low, high): the distribution given that it falls between two constants, of which one may be left out. */
export function readTruncate(elaboration: Elaboration, call: Call): Draw | undefined {
  return readLimited(elaboration, call, "truncated");
}

/** censor(distribution, low, high): what lies beyond a limit piles up at it. */
export function readCensor(elaboration: Elaboration, call: Call): Draw | undefined {
  return readLimited(elaboration, call, "censored");
}

function readLimited(elaboration: Elaboration, call: Call, how: "truncated" | "censored"): Draw | undefined {
  const bound = bindArguments(elaboration, call, [
    { name: "distribution" },
    { name: "low", optional: true },
    { name: "high", optional: true },
  ]);
  if (!bound) return undefined;
  if (bound.size === 1) return reportWrongCount(elaboration, call, "2-3");
  const draw = readConstantDraw(elaboration, call, bound.get("distribution")!);
  if (!draw) return undefined;
  const [low, high] = [bound.get("low"), bound.get("high")].map((tree) => tree && readBound(elaboration, call, tree, draw.kind));
  if ((bound.has("low") && !low) || (bound.has("high") && !high)) return undefined;
  if (low && high && low.amount >= high.amount) {
    const params = { low: written(elaboration, bound.get("low")!), high: written(elaboration, bound.get("high")!) };
    return report(elaboration, "intervalOutOfOrder", call, params);
  }
  const inUnit = isNumeric(draw.kind) && low && low.amount >= 0 && high && high.amount <= 1;
  const [from, to] = [low?.amount ?? -Infinity, high?.amount ?? Infinity];
  return soundDistribution(elaboration, call, inUnit ? probabilityKind : draw.kind, {
    kind: how,
    distribution: draw.distribution,
    low: from,
    high: to,
  });
}

function readBound(elaboration: Elaboration, call: Call, tree: Tree, kind: Kind): { amount: number } | undefined {
  const amount = constantTree(elaboration, tree, isNumeric(kind) ? numberKind : kind, call.name);
  return amount === undefined ? undefined : { amount };
}

/** orNever(distribution, p): a date or duration that with a constant probability never comes. */
export function readOrNever(elaboration: Elaboration, call: Call): Draw | undefined {
  const bound = bindArguments(elaboration, call, [{ name: "distribution" }, { name: "p" }]);
  const draw = bound && readConstantDraw(elaboration, call, bound.get("distribution")!);
  const tree = bound?.get("p");
  const checked = tree && elaboration.elaborate(tree);
  const never = checked && demandConstant(elaboration, { typed: checked, tree }, probabilityKind, "orNever: p");
  if (!draw || never === undefined) return undefined;
  if (draw.kind.kind !== "date" && draw.kind.kind !== "duration") {
    const params = { expected: [dateKind, durationKind].map(describe), found: describe(draw.kind), what: "orNever" };
    return report(elaboration, "kindMismatch", bound!.get("distribution")!, params);
  }
  return soundDistribution(elaboration, call, draw.kind, { kind: "orNever", never, distribution: draw.distribution });
}

/** empirical(1, 2, 3.5, ...): each of the constants is equally likely; empirical(30: 1, 12: 2): each by its weight. */
export function readEmpirical(elaboration: Elaboration, call: Call): Draw | undefined {
  if (call.arguments.length === 0) return reportWrongCount(elaboration, call, "1+");
  const weighted = call.arguments.some(({ label }) => label !== undefined);
  if (!demandLabels(elaboration, call, weighted)) return undefined;
  const weights = weighted ? call.arguments.map(({ label }) => readWeight(elaboration, call, label!)) : [];
  const axis = constantsOnAxis(
    elaboration,
    call.arguments.map(({ value }) => value),
    "empirical",
  );
  if (!axis || weights.includes(undefined)) return undefined;
  if (weighted) warnOfRescaling(elaboration, call, weights as number[]);
  const values = { kind: "empirical" as const, values: axis.amounts };
  return soundDistribution(elaboration, call, axis.kind, weighted ? { ...values, weights: weights as number[] } : values);
}
