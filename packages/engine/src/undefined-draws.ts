import { locateUndefined } from "@watershed/formula";
import type { Beliefs } from "./belief.ts";
import { blockSize } from "./block.ts";
import type { Draws, SimulationOptions, UndefinedDraws } from "./draws.ts";
import { interpretation, interpretBlock } from "./interpretation.ts";

/** Those of the kept columns that could not be computed in every draw; the interpreter says at which step the first such draw went wrong. */
export function undefinedDraws(
  draws: Pick<Draws, "program" | "columns" | "shards" | "shardSize">,
  beliefs: Beliefs,
  options: SimulationOptions,
  among: Iterable<string> = draws.columns.keys(),
): UndefinedDraws[] {
  const found: UndefinedDraws[] = [];
  for (const name of among) {
    const column = draws.columns.get(name)!;
    let count = 0;
    let first = -1;
    for (let draw = 0; draw < column.length; draw++)
      if (column[draw] !== column[draw]) {
        if (first < 0) first = draw;
        count++;
      }
    if (first >= 0) found.push({ column: name, count, ...locateFirst(draws, beliefs, options, name, first) });
  }
  return found;
}

function locateFirst(
  { program, shardSize }: Pick<Draws, "program" | "shardSize">,
  beliefs: Beliefs,
  options: SimulationOptions,
  name: string,
  draw: number,
): Pick<UndefinedDraws, "at" | "operator"> {
  const block = Math.min(blockSize, shardSize);
  const run = interpretation(program, beliefs, [name], options, block);
  const point = draw % shardSize;
  interpretBlock(run, Math.floor(draw / shardSize), point - (point % block));
  const column = run.buffers[program.columns[name]];
  // Where the draw is undefined in f32 alone, another of its block tells the place.
  const telling = Number.isNaN(column[point % block]) ? point % block : Math.max(0, column.findIndex(Number.isNaN));
  const node = program.nodes[locateUndefined(program, name, (index) => run.buffers[index][telling])];
  return { at: node.at, operator: node.op === "apply" ? node.operator : node.op };
}
