import { commonKind, fits, reportBareNumber } from "./demand.ts";
import type { Operand } from "./demand.ts";
import { placeOf, report, typed, written } from "./elaboration.ts";
import type { Elaboration, Typed } from "./elaboration.ts";
import { dateKind, describe, durationKind, isNumeric, moneyKind, numberKind, probabilityKind, yesNoKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Operator } from "./operators.ts";
import type { BinaryOperator, Tree } from "./tree.ts";

const operatorOf: Record<Exclude<BinaryOperator, "to">, Operator> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "power",
  by: "by",
  "=": "equal",
  "!=": "notEqual",
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
  and: "and",
  or: "or",
};

/** Applies a binary operator to two checked operands; kinds that do not go together are a problem. */
export function combine(
  elaboration: Elaboration,
  tree: Tree,
  operator: Exclude<BinaryOperator, "to">,
  left: Operand,
  right: Operand,
): Typed | undefined {
  const kind = resultKind(elaboration, operator, left.typed, right.typed);
  if (!kind) return reportOperands(elaboration, tree, operator, left, right);
  const node = elaboration.builder.apply(operatorOf[operator], [left.typed.node, right.typed.node], placeOf(elaboration, tree));
  return typed(node, kind);
}

function resultKind(elaboration: Elaboration, operator: BinaryOperator, left: Typed, right: Typed): Kind | undefined {
  switch (operator) {
    case "+":
      return sumKind(elaboration, left, right);
    case "-":
      return differenceKind(elaboration, left, right);
    case "*":
      return productKind(left, right);
    case "/":
      return quotientKind(left, right);
    case "^":
      return isNumeric(left.kind) && isNumeric(right.kind) ? numberKind : undefined;
    case "by":
      return left.kind.kind === "date" && right.kind.kind === "date" ? yesNoKind : undefined;
    case "and":
    case "or":
      return left.kind.kind === "yesNo" && right.kind.kind === "yesNo" ? yesNoKind : undefined;
    case "=":
    case "!=":
      return commonKind(elaboration, left, right) && yesNoKind;
    default: {
      const common = commonKind(elaboration, left, right);
      return common && common.kind !== "yesNo" && common.kind !== "choice" ? yesNoKind : undefined;
    }
  }
}

function sumKind(elaboration: Elaboration, left: Typed, right: Typed): Kind | undefined {
  if (left.kind.kind === "date") return fits(right, durationKind) ? dateKind : undefined;
  if (right.kind.kind === "date") return fits(left, durationKind) ? dateKind : undefined;
  return additive(commonKind(elaboration, left, right));
}

function differenceKind(elaboration: Elaboration, left: Typed, right: Typed): Kind | undefined {
  if (left.kind.kind === "date") {
    if (right.kind.kind === "date") return durationKind;
    return fits(right, durationKind) ? dateKind : undefined;
  }
  const complement = right.kind.kind === "probability" && elaboration.builder.constantOf(left.node) === 1 && isNumeric(left.kind);
  return complement ? probabilityKind : additive(commonKind(elaboration, left, right));
}

function additive(kind: Kind | undefined): Kind | undefined {
  if (!kind) return undefined;
  if (isNumeric(kind)) return numberKind;
  return kind.kind === "money" || kind.kind === "duration" ? kind : undefined;
}

function productKind(left: Typed, right: Typed): Kind | undefined {
  if (left.kind.kind === "probability" && right.kind.kind === "probability") return probabilityKind;
  if (isNumeric(left.kind)) return scaled(right.kind);
  if (isNumeric(right.kind)) return scaled(left.kind);
  if (left.kind.kind === "yesNo" && right.kind.kind === "money") return moneyKind;
  return left.kind.kind === "money" && right.kind.kind === "yesNo" ? moneyKind : undefined;
}

/** What a number times something is: a yes/no counts as 1 or 0. */
function scaled(kind: Kind): Kind | undefined {
  if (isNumeric(kind) || kind.kind === "yesNo") return numberKind;
  return kind.kind === "money" || kind.kind === "duration" ? kind : undefined;
}

function quotientKind(left: Typed, right: Typed): Kind | undefined {
  if (isNumeric(right.kind) && left.kind.kind !== "yesNo") return scaled(left.kind);
  if (right.kind.kind !== "money" && right.kind.kind !== "duration") return undefined;
  return fits(left, right.kind) ? numberKind : undefined;
}

function reportOperands(elaboration: Elaboration, tree: Tree, operator: BinaryOperator, left: Operand, right: Operand): undefined {
  const arithmetic = ["+", "-", "*", "/", "^"].includes(operator);
  const yesNo = [left, right].find((operand) => operand.typed.kind.kind === "yesNo");
  if (arithmetic && yesNo) {
    const both = left.typed.kind.kind === "yesNo" && right.typed.kind.kind === "yesNo";
    const suggestion = both && operator === "*" ? "and" : `if ${written(elaboration, yesNo.tree)} then 1 else 0`;
    return report(elaboration, "yesNoArithmetic", yesNo.tree, { operator, suggestion });
  }
  if (["+", "-", "=", "!=", "<", "<=", ">", ">="].includes(operator)) {
    const unit = (kind: Kind): Kind => (kind.kind === "date" && arithmetic ? durationKind : kind);
    if (reportBareNumber(elaboration, left, unit(right.typed.kind))) return undefined;
    if (reportBareNumber(elaboration, right, unit(left.typed.kind))) return undefined;
  }
  const params = { operator, left: describe(left.typed.kind), right: describe(right.typed.kind) };
  return report(elaboration, "operandsMismatch", tree, params);
}
