import { dependentNodes } from "@watershed/formula";
import type { Program } from "@watershed/formula";

/** The random streams that the named columns draw from, in program order. */
export function streamsOf(program: Program, names: string[]): string[] {
  const needed = dependentNodes(program, names);
  return [...new Set(program.nodes.flatMap((node, index) => (needed[index] && "stream" in node ? [node.stream] : [])))];
}
