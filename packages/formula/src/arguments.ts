import { signatureOf } from "./built-ins.ts";
import { report, written } from "./elaboration.ts";
import type { Elaboration } from "./elaboration.ts";
import { suggest } from "./nearest.ts";
import type { Tree, TreeOf } from "./tree.ts";

export interface Parameter {
  name: string;
  optional?: boolean;
}

/** Gives each argument of a call to its parameter, by position or by name; undefined where that fails, which is then reported. */
export function bindArguments(elaboration: Elaboration, call: TreeOf<"call">, parameters: Parameter[]): Map<string, Tree> | undefined {
  const bound = new Map<string, Tree>();
  let position = 0;
  let sound = true;
  for (const { label, value } of call.arguments) {
    const name = label ? labelName(elaboration, call, label, parameters) : parameters[position++]?.name;
    if (name === undefined) sound = false;
    else if (bound.has(name)) sound = !!report(elaboration, "duplicateArgument", label ?? value, { function: call.name, argument: name });
    else bound.set(name, value);
  }
  if (position > parameters.length) return reportCount(elaboration, call, parameters);
  if (!sound) return undefined;
  const missing = parameters.find(({ name, optional }) => !optional && !bound.has(name));
  if (!missing) return bound;
  if (position === call.arguments.length) return reportCount(elaboration, call, parameters);
  return report(elaboration, "missingArgument", call, { function: call.name, argument: missing.name, signature: signatureOf(call.name) });
}

function labelName(elaboration: Elaboration, call: TreeOf<"call">, label: Tree, parameters: Parameter[]): string | undefined {
  const found = written(elaboration, label);
  if (parameters.some(({ name }) => name === found)) return found;
  const suggestions = suggest(
    found,
    parameters.map(({ name }) => name),
  );
  return report(elaboration, "unknownArgument", label, { function: call.name, found, suggestions });
}

function reportCount(elaboration: Elaboration, call: TreeOf<"call">, parameters: Parameter[]): undefined {
  const least = parameters.filter(({ optional }) => !optional).length;
  const expected = least === parameters.length ? `${least}` : `${least}-${parameters.length}`;
  return reportWrongCount(elaboration, call, expected);
}

/** Reports a call with too few or too many arguments; expected is a count, a range "1-3" or an open one "2+". */
export function reportWrongCount(elaboration: Elaboration, call: TreeOf<"call">, expected: string): undefined {
  const params = { function: call.name, expected, found: call.arguments.length, signature: signatureOf(call.name) };
  return report(elaboration, "wrongArgumentCount", call, params);
}

/** Whether all arguments of a call carry a label (or none); reports the first that does not fit. */
export function demandLabels(elaboration: Elaboration, call: TreeOf<"call">, labelled: boolean): boolean {
  const odd = call.arguments.find(({ label }) => !!label !== labelled);
  if (!odd) return true;
  if (labelled) report(elaboration, "labelNeeded", odd.value, { function: call.name, example: signatureOf(call.name) });
  else
    report(elaboration, "unknownArgument", odd.label!, { function: call.name, found: written(elaboration, odd.label!), suggestions: [] });
  return false;
}
