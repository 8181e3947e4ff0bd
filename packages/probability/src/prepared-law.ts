import type { Distribution, DistributionKind, DistributionOf } from "./distribution.ts";
import { lawOf } from "./families.ts";
import { interpolatedInverse } from "./interpolated-inverse.ts";
import type { Law } from "./law.ts";
import { orNeverLaw } from "./or-never.ts";

/** Families without a closed quantile: the answer of each costs many evaluations of its cumulative probability. */
const iterative = new Set<DistributionKind>(["beta", "gamma", "pert", "student", "mixture"]);

const prepared = new WeakMap<Distribution, Law>();

/**
 * The law of a distribution for many quantiles, as a table needs them: where the direct quantile is iterative and there are no
 * atoms, an interpolated one takes its place, with an error below 1e-7 (beside a kink 1e-6) of the larger of interquartile range and distance from
 * the median. Everything else is exact. Kept as long as the distribution object.
 */
export function preparedLaw(distribution: Distribution): Law {
  const known = prepared.get(distribution);
  if (known) return known;
  const made = prepare(distribution);
  prepared.set(distribution, made);
  return made;
}

function prepare(distribution: Distribution): Law {
  const outside = neverOutside(distribution);
  if (outside.kind === "orNever") return orNeverLaw(outside, preparedLaw);
  const law = lawOf(distribution);
  if (!iterative.has(distribution.kind) || law.hasAtoms) return law;
  return { ...law, ...interpolatedInverse(law) };
}

/** The same distribution with one chance of never around it, where it is a mixture of dates that may never come. */
export function neverOutside(distribution: Distribution): Distribution {
  const isMixture = distribution.kind === "mixture" && distribution.components.some(({ distribution: part }) => part.kind === "orNever");
  return isMixture ? gathered(distribution) : distribution;
}

function gathered({ components }: DistributionOf<"mixture">): DistributionOf<"orNever"> {
  const weight = components.reduce((sum, component) => sum + component.weight, 0);
  let never = 0;
  const rest = components.map((component) => {
    if (component.distribution.kind !== "orNever") return component;
    never += (component.weight / weight) * component.distribution.never;
    return { weight: component.weight * (1 - component.distribution.never), distribution: component.distribution.distribution };
  });
  return { kind: "orNever", never, distribution: { kind: "mixture", components: rest.filter((component) => component.weight > 0) } };
}
