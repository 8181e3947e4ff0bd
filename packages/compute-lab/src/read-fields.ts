import type { LabProblem, LabProblemCode } from "./problem.ts";

const saysNothing = /not (printed|told|given|stated)|unknown|^(n\/a|\?)$/i;
const saysNo = /^(false|no|off|0|none|disabled)$/i;
// some rows name what it is instead: a gate's function, a compiler's
const saysYes = /^(true|yes|on|1|y|full|enabled|swiglu|geglu|reglu|silu|(torch[. _-]?)?compiled?|inductor|xla)$/i;

/** A field as the row writes it. */
function written(found: unknown): string {
  return typeof found === "object" && !Array.isArray(found) ? JSON.stringify(found) : String(found);
}

/** Reads named fields of a row under any of their names and notes what is missing, not a number, or not positive. */
export class FieldReader {
  readonly problems: LabProblem[] = [];
  readonly #row: Record<string, unknown>;
  readonly #place: string;

  constructor(row: unknown, place: string) {
    this.#row = typeof row === "object" && row !== null ? (row as Record<string, unknown>) : {};
    this.#place = place;
  }

  /** The first name that the row gives a value. */
  raw(...names: string[]): unknown {
    for (const name of names)
      if (this.#row[name] !== undefined && this.#row[name] !== null && this.#row[name] !== "") return this.#row[name];
    return undefined;
  }

  text(...names: string[]): string | undefined {
    const found = this.raw(...names);
    return found === undefined ? undefined : written(found);
  }

  /** Words that `read` understands, or undefined with a warning that lists those it does; a row that says "not printed" says nothing. */
  words<Read>(name: string | string[], understood: string, read: (text: string) => Read | undefined): Read | undefined {
    const names = [name].flat();
    const text = this.text(...names);
    if (text === undefined || saysNothing.test(text)) return undefined;
    const found = read(text);
    if (found === undefined) this.tell("unknownWord", names[0], { given: text, nearest: understood }, "warning");
    return found;
  }

  /** A positive number, or undefined with a problem where something else stands there. */
  positive(...names: string[]): number | undefined {
    const found = this.raw(...names);
    if (found === undefined) return undefined;
    const amount = Number(found);
    if (Number.isFinite(amount) && amount > 0) return amount;
    this.tell("notPositive", names[0], { given: written(found) });
    return undefined;
  }

  /** A positive whole number; a fraction is a problem. */
  whole(...names: string[]): number | undefined {
    const amount = this.positive(...names);
    if (amount === undefined || Number.isSafeInteger(amount)) return amount;
    this.tell("notWhole", names[0], { given: amount, nearest: Math.max(1, Math.round(amount)) });
    return undefined;
  }

  /** A whole number, zero allowed. */
  wholeOrZero(...names: string[]): number | undefined {
    return Number(this.raw(...names)) === 0 ? 0 : this.whole(...names);
  }

  /** Yes or no in any of their words. */
  flag(...names: string[]): boolean | undefined {
    return this.words(names, "true, false", (text) => (saysNo.test(text) ? false : saysYes.test(text) ? true : undefined));
  }

  /** Notes a problem at a field of this part of the row. */
  tell(code: LabProblemCode, field: string, params: LabProblem["params"] = {}, severity: LabProblem["severity"] = "error"): void {
    this.problems.push({ code, severity, at: this.#place === "" ? field : `${this.#place}.${field}`, params });
  }
}
