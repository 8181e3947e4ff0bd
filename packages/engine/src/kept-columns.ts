import type { Program } from "@watershed/formula";

/** An empty column for every name; names of the same step share one. Map // name -> Float64Array [draw] */
export function keptColumns(
  program: Program,
  names: string[],
  draws: number,
  newColumn: (draws: number) => Float64Array = (length) => new Float64Array(length),
): Map<string, Float64Array> {
  const made = new Map<number, Float64Array>();
  const columnOfNode = (node: number): Float64Array => {
    const column = made.get(node) ?? newColumn(draws);
    made.set(node, column);
    return column;
  };
  return new Map(names.map((name) => [name, columnOfNode(program.columns[name])]));
}
