/** What a formula yields. Columns hold doubles: yes/no 1 or 0, a choice the index of its option, a date days since 1970-01-01, a duration days, money the valuation currency. */
export type Kind = { kind: "number" | "probability" | "money" | "date" | "duration" | "yesNo" } | { kind: "choice"; options: string[] };

export type KindName = Kind["kind"];

export const numberKind: Kind = { kind: "number" };
export const probabilityKind: Kind = { kind: "probability" };
export const moneyKind: Kind = { kind: "money" };
export const dateKind: Kind = { kind: "date" };
export const durationKind: Kind = { kind: "duration" };
export const yesNoKind: Kind = { kind: "yesNo" };

/** The name of a kind as problems carry it: `money`, or `choice(openai, google)`. */
export function describe(kind: Kind): string {
  return kind.kind === "choice" ? `choice(${kind.options.join(", ")})` : kind.kind;
}

/** Whether two kinds are the same; choices are when their options are, in order. */
export function sameKind(left: Kind, right: Kind): boolean {
  if (left.kind !== "choice" || right.kind !== "choice") return left.kind === right.kind;
  return left.options.length === right.options.length && left.options.every((option, index) => option === right.options[index]);
}

/** Whether a kind is a plain number: a probability is one that lies in [0, 1]. */
export function isNumeric(kind: Kind): boolean {
  return kind.kind === "number" || kind.kind === "probability";
}
