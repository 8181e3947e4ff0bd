import { formulaText } from "@watershed/domain";
import type { Formula, Language } from "@watershed/domain";
import { parse } from "@watershed/formula";
import { money } from "@watershed/workbench/figures";

/** An amount that a formula states outright, or a range of two, for people: `1.9bn USD` is USD 1.90bn or 19.0亿美元; undefined where the formula says more than that. */
export function writtenMoney(formula: Formula, language: Language): string | undefined {
  const { tree } = parse(formulaText(formula));
  if (tree?.type === "money") return money(tree.amount, tree.currency, language);
  if (tree?.type !== "binary" || tree.operator !== "to") return undefined;
  const { left, right } = tree;
  if (left.type !== "money" || right.type !== "money") return undefined;
  return `${money(left.amount, left.currency, language)} – ${money(right.amount, right.currency, language)}`;
}

/** The amount and currency that a formula states outright. */
export function statedMoney(formula: Formula): { amount: number; currency: string } | undefined {
  const { tree } = parse(formulaText(formula));
  return tree?.type === "money" ? { amount: tree.amount, currency: tree.currency } : undefined;
}
