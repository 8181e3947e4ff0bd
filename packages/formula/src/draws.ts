import type { Draw, Elaboration } from "./elaboration.ts";
import { familyNames, readFamily } from "./families.ts";
import { readInterval } from "./interval.ts";
import { readCensor, readChance, readEmpirical, readMixture, readOneOf, readOrNever, readTruncate } from "./mixtures.ts";
import { readDates, readQuantiles } from "./quantiles.ts";
import { readTrainingDays } from "./training-days.ts";
import type { Tree, TreeOf } from "./tree.ts";

const readers: Record<string, (elaboration: Elaboration, call: TreeOf<"call">) => Draw | undefined> = {
  ...Object.fromEntries(familyNames.map((name) => [name, readFamily])),
  quantiles: readQuantiles,
  dates: readDates,
  chance: readChance,
  oneOf: readOneOf,
  mixture: readMixture,
  truncate: readTruncate,
  censor: readCensor,
  orNever: readOrNever,
  empirical: readEmpirical,
  trainingDays: readTrainingDays,
};

/** The functions that draw: as a value each is one draw from its distribution. */
export const drawNames = Object.keys(readers);

/** Whether a tree is a call of a function that draws, or `low to high`. */
export function isDistributionTree(tree: Tree): boolean {
  return tree.type === "call" ? Object.hasOwn(readers, tree.name) : tree.type === "binary" && tree.operator === "to";
}

/** Checks a distribution call, or `low to high`. */
export function readDraw(elaboration: Elaboration, tree: Tree): Draw | undefined {
  if (tree.type === "call") return readers[tree.name](elaboration, tree);
  return tree.type === "binary" ? readInterval(elaboration, tree) : undefined;
}
