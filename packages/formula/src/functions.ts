import { bindArguments, demandLabels, reportWrongCount } from "./arguments.ts";
import { commonKind, demand, isUnitConstant, reportMismatch } from "./demand.ts";
import type { Operand } from "./demand.ts";
import { placeOf, report, typed } from "./elaboration.ts";
import type { Elaboration, Typed } from "./elaboration.ts";
import { dateKind, durationKind, isNumeric, moneyKind, numberKind, probabilityKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { daysPerMonth, daysPerYear } from "./operators.ts";
import type { Operator } from "./operators.ts";
import type { TreeOf } from "./tree.ts";

type Call = TreeOf<"call">;

/** A function of fixed parameters: their names and kinds ("same" is one kind shared by all of them), and how the result is computed. */
interface FixedFunction {
  parameters: [name: string, kind: Kind | "same"][];
  operator?: Operator;
  divisor?: number; // days in the unit that a duration is converted to
}

const fixedFunctions: Record<string, FixedFunction> = {
  exp: { parameters: [["x", numberKind]], operator: "exp" },
  log: { parameters: [["x", numberKind]], operator: "log" },
  sqrt: { parameters: [["x", numberKind]], operator: "sqrt" },
  pow: {
    parameters: [
      ["base", numberKind],
      ["exponent", numberKind],
    ],
    operator: "power",
  },
  abs: { parameters: [["x", "same"]], operator: "abs" },
  round: { parameters: [["x", "same"]], operator: "round" },
  floor: { parameters: [["x", "same"]], operator: "floor" },
  clip: {
    parameters: [
      ["x", "same"],
      ["low", "same"],
      ["high", "same"],
    ],
    operator: "clip",
  },
  discount: {
    parameters: [
      ["rate", numberKind],
      ["duration", durationKind],
    ],
    operator: "discount",
  },
  years: { parameters: [["duration", durationKind]], divisor: daysPerYear },
  months: { parameters: [["duration", durationKind]], divisor: daysPerMonth },
  days: { parameters: [["duration", durationKind]], divisor: 1 },
};

const manyFunctions = ["min", "max", "sum"];

/** The functions that draw nothing. */
export const functionNames = [...Object.keys(fixedFunctions), ...manyFunctions];

/** Checks a call of a function that draws nothing. */
export function elaborateFunction(elaboration: Elaboration, call: Call): Typed | undefined {
  return manyFunctions.includes(call.name)
    ? elaborateMany(elaboration, call)
    : elaborateFixed(elaboration, call, fixedFunctions[call.name]);
}

function elaborateFixed(elaboration: Elaboration, call: Call, { parameters, operator, divisor }: FixedFunction): Typed | undefined {
  const bound = bindArguments(
    elaboration,
    call,
    parameters.map(([name]) => ({ name })),
  );
  if (!bound) return undefined;
  const operands = elaborateAll(
    elaboration,
    parameters.map(([name]) => bound.get(name)!),
  );
  if (!operands) return undefined;
  const shared = parameters.some(([, kind]) => kind === "same") ? sharedKind(elaboration, call, operands) : numberKind;
  if (!shared) return undefined;
  const nodes = operands.map((operand, index) => {
    const [name, kind] = parameters[index];
    return demand(elaboration, operand, kind === "same" ? shared : kind, `${call.name}: ${name}`);
  });
  if (nodes.includes(undefined)) return undefined;
  const at = placeOf(elaboration, call);
  const { builder } = elaboration;
  if (divisor !== undefined) {
    return typed(divisor === 1 ? nodes[0]! : builder.apply("divide", [nodes[0]!, builder.constant(divisor, at)], at), numberKind);
  }
  const inUnit = call.name === "clip" && isNumeric(shared) && nodes.slice(1).every((node) => isUnitConstant(elaboration, node!));
  return typed(builder.apply(operator!, nodes as number[], at), inUnit ? probabilityKind : shared);
}

function elaborateMany(elaboration: Elaboration, call: Call): Typed | undefined {
  if (call.arguments.length === 0) return reportWrongCount(elaboration, call, "1+");
  if (!demandLabels(elaboration, call, false)) return undefined;
  const operands = elaborateAll(
    elaboration,
    call.arguments.map(({ value }) => value),
  );
  if (!operands) return undefined;
  const counts = call.name === "sum" ? operands.map(countYesNo) : operands;
  const kind = sharedKind(elaboration, call, counts);
  if (!kind) return undefined;
  const nodes = counts.map(({ typed: argument }) => argument.node);
  const result = call.name === "sum" && isNumeric(kind) ? numberKind : kind;
  return typed(elaboration.builder.apply(call.name as Operator, nodes, placeOf(elaboration, call)), result);
}

function countYesNo(operand: Operand): Operand {
  return operand.typed.kind.kind === "yesNo" ? { ...operand, typed: { ...operand.typed, kind: numberKind } } : operand;
}

function elaborateAll(elaboration: Elaboration, trees: Operand["tree"][]): Operand[] | undefined {
  const operands = new Map<Operand["tree"], Operand>();
  for (const tree of [...trees].sort((one, other) => one.from - other.from)) {
    const checked = elaboration.elaborate(tree);
    if (checked) operands.set(tree, { typed: checked, tree });
  }
  return operands.size === trees.length ? trees.map((tree) => operands.get(tree)!) : undefined;
}

/** The one kind of all operands: a quantity, and a date only where order is all that matters. */
function sharedKind(elaboration: Elaboration, call: Call, operands: Operand[]): Kind | undefined {
  const allowed = [numberKind, moneyKind, durationKind, ...(["min", "max", "clip"].includes(call.name) ? [dateKind] : [])];
  let shared = operands[0].typed;
  for (const operand of operands) {
    const { kind } = operand.typed;
    if (!isNumeric(kind) && !allowed.some((one) => one.kind === kind.kind)) return reportMismatch(elaboration, operand, allowed, call.name);
    const common = commonKind(elaboration, shared, operand.typed);
    if (!common) return reportUnlike(elaboration, call, shared.kind, operand, operands);
    shared = { node: operand.typed.node, kind: common, zero: shared.zero && operand.typed.zero };
  }
  if (!isNumeric(shared.kind)) return shared.kind;
  const inUnit = operands.every(({ typed: one }) => one.kind.kind === "probability" || isUnitConstant(elaboration, one.node));
  return inUnit && operands.some(({ typed: one }) => one.kind.kind === "probability") ? probabilityKind : numberKind;
}

function reportUnlike(elaboration: Elaboration, call: Call, kind: Kind, operand: Operand, operands: Operand[]): undefined {
  const [first] = operands;
  if (first !== operand && isNumeric(kind)) return reportMismatch(elaboration, first, [operand.typed.kind], call.name);
  return reportMismatch(elaboration, operand, [kind], call.name);
}

/** Checks the arguments of a call that names no function, so that their problems show at once. */
export function elaborateUnknown(elaboration: Elaboration, call: Call, suggestions: string[]): undefined {
  report(elaboration, "unknownFunction", { from: call.from, to: call.nameTo }, { name: call.name, suggestions });
  for (const { value } of call.arguments) elaboration.elaborate(value);
}
