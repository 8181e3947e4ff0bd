import type { BuiltIn } from "./built-in.ts";
import { drawBuiltIns } from "./built-in-draws.ts";
import { plainBuiltIns, syntaxBuiltIns } from "./built-in-functions.ts";

/** Everything the language knows without being told, with what it does in English and Chinese; every example runs as a test. */
export const builtIns: BuiltIn[] = [...drawBuiltIns, ...plainBuiltIns, ...syntaxBuiltIns];

/** The first signature of a function, as problems show it; empty where there is no such function. */
export function signatureOf(name: string): string {
  return builtIns.find((builtIn) => builtIn.name === name)?.signatures[0] ?? "";
}
