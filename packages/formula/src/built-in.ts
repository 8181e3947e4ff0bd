/** What the language knows without being told: a function called by name, an operator written between its operands, or a word. */
export interface BuiltIn {
  name: string;
  form: "function" | "operator" | "word";
  signatures: string[];
  description: { en: string; zh: string };
  examples: BuiltInExample[];
}

/** A formula, the kind it has (as `describe` names it), and what it amounts to where it draws nothing. Dates are days since 1970-01-01. */
export interface BuiltInExample {
  source: string;
  kind: string;
  result?: number;
}
