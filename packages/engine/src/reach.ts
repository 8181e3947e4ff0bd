import { dependentNodes } from "@watershed/formula";
import type { Program } from "@watershed/formula";

/** The stream that a named column is drawn from; undefined where it is computed, or not defined. */
export function streamOf(program: Program, name: string): string | undefined {
  const node = program.nodes[program.columns[name]];
  return node && "stream" in node ? node.stream : undefined;
}

/** The random streams that the named columns draw from, in program order. */
export function streamsOf(program: Program, names: string[]): string[] {
  const needed = dependentNodes(program, names);
  return [...new Set(program.nodes.flatMap((node, index) => (needed[index] && "stream" in node ? [node.stream] : [])))];
}
