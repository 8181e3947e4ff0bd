import type { Beliefs } from "./belief.ts";
import { contentOf } from "./sampler.ts";
import type { PlanStep, ScenarioPlan } from "./scenario-plan.ts";

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(thing: object): number {
  const known = identities.get(thing);
  if (known !== undefined) return known;
  identities.set(thing, ++lastIdentity);
  return lastIdentity;
}

/**
 * A number for what every step computes: equal numbers, equal columns. `known` are the contents of an earlier plan.
 *
 * Answers only the contents that this plan has, so that edit after edit does not pile up.
 */
export function stepKeys(
  plan: ScenarioPlan,
  beliefs: Beliefs,
  known: Map<string, number>,
): { keyOf: Map<PlanStep, number>; ids: Map<string, number> } {
  const keyOf = new Map<PlanStep, number>();
  const ids = new Map<string, number>();
  const keyOfNode: number[] = [];
  const operand = (node: number): string =>
    plan.constants[node] === undefined ? `${keyOfNode[node]}` : `constant ${constantText(plan.constants[node])}`;
  for (const step of plan.steps) {
    const content = contentOfStep(plan, step, beliefs, operand);
    let key = ids.get(content) ?? known.get(content);
    if (key === undefined) key = identityOf({});
    ids.set(content, key);
    keyOf.set(step, key);
    keyOfNode[step.out] = key;
  }
  return { keyOf, ids };
}

function contentOfStep(plan: ScenarioPlan, step: PlanStep, beliefs: Beliefs, operand: (node: number) => string): string {
  if (step.kind === "formula") return `${step.name}|${step.arrays.map(operand).join(" ")}|${step.constants.join(" ")}`;
  if (step.kind === "sample") return `sample ${step.words === undefined ? step.stream : operand(step.words)}|${identityOf(step.sampler)}`;
  const { node, inputs } = step;
  const group = plan.groups.find(({ streams }) => streams.includes(node.stream));
  const drawn = node.op === "question" ? beliefs[node.name] : node.op === "sample" ? node.distribution : node.family;
  return `host ${node.stream}|${contentOf(drawn)}|${inputs.map(operand).join(" ")}|${contentOf(group ?? "")}`;
}

/** A number told apart from every other, minus zero from zero too. */
export function constantText(amount: number | undefined): string {
  return Object.is(amount, -0) ? "-0" : String(amount);
}
