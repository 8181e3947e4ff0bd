import { bindArguments } from "./arguments.ts";
import type { TrainingDays } from "./definition.ts";
import { report } from "./elaboration.ts";
import type { Draw, Elaboration } from "./elaboration.ts";
import { soundDistribution } from "./families.ts";
import { durationKind, numberKind } from "./kind.ts";
import { constantTree } from "./labelled.ts";
import { suggest } from "./nearest.ts";
import type { Tree, TreeOf } from "./tree.ts";

const parameters = [{ name: "lab" }, { name: "aiModel" }, { name: "tokens" }];

/** Checks `trainingDays(lab: "a", aiModel: "b", tokens: 10T)`: one draw of a duration, from the distribution that the context computes. */
export function readTrainingDays(elaboration: Elaboration, call: TreeOf<"call">): Draw | undefined {
  const bound = bindArguments(elaboration, call, parameters);
  if (!bound) return undefined;
  const lab = textOf(elaboration, bound.get("lab")!, "lab");
  const aiModel = textOf(elaboration, bound.get("aiModel")!, "aiModel");
  const tokensTree = bound.get("tokens")!;
  const tokens = constantTree(elaboration, tokensTree, numberKind, "trainingDays: tokens");
  if (lab === undefined || aiModel === undefined || tokens === undefined) return undefined;
  if (tokens <= 0)
    return report(elaboration, "trainingUnpredicted", tokensTree, { lab, aiModel, reason: "notPositive", details: [`${tokens}`] });
  const answer = elaboration.world.trainingDays?.({ lab, aiModel, tokens }) ?? { missing: "lab", known: [] };
  return drawOf(elaboration, call, { lab, aiModel }, bound, answer);
}

function drawOf(
  elaboration: Elaboration,
  call: TreeOf<"call">,
  run: { lab: string; aiModel: string },
  bound: Map<string, Tree>,
  answer: TrainingDays,
): Draw | undefined {
  if ("distribution" in answer) return soundDistribution(elaboration, call, durationKind, answer.distribution);
  if ("missing" in answer) {
    const found = run[answer.missing];
    const suggestions = suggest(found, answer.known);
    return report(elaboration, "unknownLabItem", bound.get(answer.missing)!, { what: answer.missing, found, suggestions });
  }
  return report(elaboration, "trainingUnpredicted", call, { ...run, reason: answer.reason, details: answer.details });
}

/** An id in double quotes. */
function textOf(elaboration: Elaboration, tree: Tree, argument: string): string | undefined {
  if (tree.type === "text") return tree.text;
  const found = tree.type === "name" ? tree.name : "";
  return report(elaboration, "textNeeded", tree, { function: "trainingDays", argument, found });
}
