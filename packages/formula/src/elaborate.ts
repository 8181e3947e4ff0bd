import { builtIns, signatureOf } from "./built-ins.ts";
import { combine } from "./combine.ts";
import { commonKind, demand, reportBareNumber } from "./demand.ts";
import { isDistributionTree } from "./draws.ts";
import { nextStream, placeOf, report, typed, written } from "./elaboration.ts";
import type { Elaboration, Typed } from "./elaboration.ts";
import { elaborateEquality } from "./equality.ts";
import { elaborateFunction, elaborateUnknown, functionNames } from "./functions.ts";
import { dateKind, describe, durationKind, moneyKind, numberKind, probabilityKind, yesNoKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { suggest } from "./nearest.ts";
import type { Tree, TreeOf } from "./tree.ts";
import { branches } from "./tree.ts";

/** Checks a tree and emits its steps; undefined where something is wrong, which is then reported. */
export function elaborate(elaboration: Elaboration, tree: Tree): Typed | undefined {
  const constant = (amount: number, kind: Kind) => typed(elaboration.builder.constant(amount, placeOf(elaboration, tree)), kind);
  if (isDistributionTree(tree)) return elaborateDraw(elaboration, tree);
  switch (tree.type) {
    case "number":
      return elaborateNumber(elaboration, tree);
    case "money":
      return elaborateMoney(elaboration, tree);
    case "duration":
      return constant(tree.days, durationKind);
    case "date":
      return constant(tree.day, dateKind);
    case "today":
      return constant(elaboration.world.today, dateKind);
    case "never":
      return constant(Infinity, dateKind);
    case "yesNo":
      return constant(Number(tree.yes), yesNoKind);
    case "text":
      return report(elaboration, "textOutsideComparison", tree, { found: tree.text });
    case "name":
      return elaborateName(elaboration, tree);
    case "unary":
      return elaborateUnary(elaboration, tree);
    case "binary":
      return elaborateBinary(elaboration, tree);
    case "if":
      return elaborateIf(elaboration, tree);
    case "call":
      return elaborateCall(elaboration, tree);
  }
}

function elaborateNumber(elaboration: Elaboration, tree: TreeOf<"number">): Typed {
  const node = elaboration.builder.constant(tree.amount, placeOf(elaboration, tree));
  const kind = tree.percent && tree.amount <= 1 ? probabilityKind : numberKind;
  return { node, kind, zero: tree.amount === 0 && !tree.percent };
}

function elaborateMoney(elaboration: Elaboration, tree: TreeOf<"money">): Typed | undefined {
  const rate = rateOf(elaboration, tree.currency);
  if (rate !== undefined) return typed(elaboration.builder.constant(tree.amount * rate, placeOf(elaboration, tree)), moneyKind);
  return report(elaboration, "unknownCurrency", tree, { found: tree.currency, known: knownCurrencies(elaboration) });
}

/** RMB and CNY are one currency under two codes. */
function rateOf({ world }: Elaboration, currency: string): number | undefined {
  const codes = currency === "RMB" || currency === "CNY" ? ["RMB", "CNY"] : [currency];
  if (codes.includes(world.currency)) return 1;
  const code = codes.find((one) => Object.hasOwn(world.rates, one));
  return code === undefined ? undefined : world.rates[code];
}

function knownCurrencies({ world }: Elaboration): string[] {
  return [...new Set([world.currency, ...Object.keys(world.rates)])];
}

function elaborateName(elaboration: Elaboration, tree: TreeOf<"name">): Typed | undefined {
  const resolved = elaboration.resolve(tree.name);
  if (resolved.found === "quantity") return resolved.typed;
  return resolved.found === "broken" ? undefined : reportUnknownName(elaboration, tree);
}

function reportUnknownName(elaboration: Elaboration, tree: TreeOf<"name">): undefined {
  const { name } = tree;
  if (builtIns.some((builtIn) => builtIn.name === name))
    return report(elaboration, "functionNotCalled", tree, { name, signature: signatureOf(name) });
  const [, currency, amount] = /^([A-Z]{3})(\d\w*)?$/.exec(name) ?? [];
  if (currency && rateOf(elaboration, currency) !== undefined) {
    return report(elaboration, "currencyWithoutAmount", tree, { found: name, suggestion: `${currency} ${amount ?? 100}` });
  }
  return report(elaboration, "unknownName", tree, { name, suggestions: suggest(name, elaboration.visibleNames()) });
}

function elaborateUnary(elaboration: Elaboration, tree: TreeOf<"unary">): Typed | undefined {
  const operand = elaboration.elaborate(tree.operand);
  if (!operand) return undefined;
  const at = placeOf(elaboration, tree);
  if (tree.operator === "not") {
    const node = demand(elaboration, { typed: operand, tree: tree.operand }, yesNoKind, "not");
    return node === undefined ? undefined : typed(elaboration.builder.apply("not", [node], at), yesNoKind);
  }
  const kind = operand.kind.kind === "probability" ? numberKind : operand.kind;
  if (kind.kind === "yesNo") {
    const suggestion = `if ${written(elaboration, tree.operand)} then 1 else 0`;
    return report(elaboration, "yesNoArithmetic", tree, { operator: "-", suggestion });
  }
  if (kind.kind === "date" || kind.kind === "choice") {
    const expected = [numberKind, moneyKind, durationKind].map(describe);
    return report(elaboration, "kindMismatch", tree.operand, { expected, found: describe(kind), what: "-" });
  }
  return { node: elaboration.builder.apply("negate", [operand.node], at), kind, zero: operand.zero };
}

function elaborateBinary(elaboration: Elaboration, tree: TreeOf<"binary">): Typed | undefined {
  const { operator } = tree;
  if (operator === "=" || operator === "!=") return elaborateEquality(elaboration, tree, operator);
  const left = elaboration.elaborate(tree.left);
  const right = elaboration.elaborate(tree.right);
  if (!left || !right || operator === "to") return undefined;
  return combine(elaboration, tree, operator, { typed: left, tree: tree.left }, { typed: right, tree: tree.right });
}

function elaborateIf(elaboration: Elaboration, tree: TreeOf<"if">): Typed | undefined {
  const checked = new Map(branches(tree).map((branch) => [branch, elaboration.elaborate(branch)]));
  const [condition, whenTrue, whenFalse] = [tree.condition, tree.whenTrue, tree.whenFalse].map((branch) => checked.get(branch));
  const test = condition && demand(elaboration, { typed: condition, tree: tree.condition }, yesNoKind, "if");
  if (!whenTrue || !whenFalse) return undefined;
  const kind = commonKind(elaboration, whenTrue, whenFalse);
  if (!kind) return reportBranches(elaboration, tree, whenTrue, whenFalse);
  if (test === undefined) return undefined;
  const node = elaboration.builder.apply("if", [test, whenTrue.node, whenFalse.node], placeOf(elaboration, tree));
  return { node, kind, zero: whenTrue.zero && whenFalse.zero };
}

function reportBranches(elaboration: Elaboration, tree: TreeOf<"if">, whenTrue: Typed, whenFalse: Typed): undefined {
  if (reportBareNumber(elaboration, { typed: whenTrue, tree: tree.whenTrue }, whenFalse.kind)) return undefined;
  if (reportBareNumber(elaboration, { typed: whenFalse, tree: tree.whenFalse }, whenTrue.kind)) return undefined;
  const params = { operator: "if", left: describe(whenTrue.kind), right: describe(whenFalse.kind) };
  return report(elaboration, "operandsMismatch", tree, params);
}

function elaborateDraw(elaboration: Elaboration, tree: Tree): Typed | undefined {
  const stream = nextStream(elaboration);
  const draw = elaboration.distributionOf(tree);
  if (!draw) return undefined;
  const at = placeOf(elaboration, tree);
  const { builder } = elaboration;
  const node =
    "family" in draw ? builder.sampleWith(draw.family, draw.parameters, stream, at) : builder.sample(draw.distribution, stream, at);
  return typed(node, draw.kind);
}

function elaborateCall(elaboration: Elaboration, call: TreeOf<"call">): Typed | undefined {
  if (functionNames.includes(call.name)) return elaborateFunction(elaboration, call);
  if (elaboration.resolve(call.name).found === "nothing") {
    return elaborateUnknown(
      elaboration,
      call,
      suggest(
        call.name,
        builtIns.filter(({ form }) => form === "function").map(({ name }) => name),
      ),
    );
  }
  return report(elaboration, "notAFunction", { from: call.from, to: call.nameTo }, { name: call.name });
}
