import { intervalDistribution } from "@watershed/probability";
import { commonKind, demandConstant, reportBareNumber, reportMismatch } from "./demand.ts";
import type { Operand } from "./demand.ts";
import { placeOf, report, written } from "./elaboration.ts";
import type { Draw, Elaboration } from "./elaboration.ts";
import { soundDistribution } from "./families.ts";
import { dateKind, describe, durationKind, isNumeric, moneyKind, numberKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { TreeOf } from "./tree.ts";

/** The 95% point of the standard normal. */
const normal95 = 1.6448536269514722;

/** Checks `low to high`: the 5% and 95% points of a lognormal when both are positive, else of a normal; dates always of a normal. */
export function readInterval(elaboration: Elaboration, tree: TreeOf<"binary">): Draw | undefined {
  const [left, right] = [elaboration.elaborate(tree.left), elaboration.elaborate(tree.right)];
  if (!left || !right) return undefined;
  const [from, to] = [
    { typed: left, tree: tree.left },
    { typed: right, tree: tree.right },
  ];
  const kind = intervalKind(elaboration, tree, from, to);
  const low = kind && demandConstant(elaboration, from, kind, "to");
  const high = kind && demandConstant(elaboration, to, kind, "to");
  if (kind === undefined || low === undefined || high === undefined) return undefined;
  if (low >= high) {
    return report(elaboration, "intervalOutOfOrder", tree, {
      low: written(elaboration, tree.left),
      high: written(elaboration, tree.right),
    });
  }
  const distribution = kind.kind === "date" ? normalBetween(low, high) : intervalDistribution(low, high);
  const reading = distribution.kind === "lognormal" ? "lognormal" : "normal";
  elaboration.readings.push({ at: placeOf(elaboration, tree), reading, low, high });
  return soundDistribution(elaboration, tree, kind, distribution);
}

function normalBetween(low: number, high: number): ReturnType<typeof intervalDistribution> {
  return { kind: "normal", mean: low + (high - low) / 2, standardDeviation: (high - low) / (2 * normal95) };
}

function intervalKind(elaboration: Elaboration, tree: TreeOf<"binary">, from: Operand, to: Operand): Kind | undefined {
  const common = commonKind(elaboration, from.typed, to.typed);
  const allowed = [numberKind, moneyKind, durationKind, dateKind];
  if (common && isNumeric(common)) return numberKind;
  if (common && allowed.some(({ kind }) => kind === common.kind)) return common;
  if (common) return reportMismatch(elaboration, from, allowed, "to");
  if (reportBareNumber(elaboration, from, to.typed.kind) || reportBareNumber(elaboration, to, from.typed.kind)) return undefined;
  const params = { operator: "to", left: describe(from.typed.kind), right: describe(to.typed.kind) };
  return report(elaboration, "operandsMismatch", tree, params);
}
