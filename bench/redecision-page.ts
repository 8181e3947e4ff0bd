import { compileWorkspace } from "../packages/workbench/src/compile-workspace.ts";
import { generateWorkspace } from "../packages/workbench/src/generate-workspace.ts";
import { redecide } from "../packages/workbench/src/redecide.ts";
import { runCases } from "../packages/workbench/src/run-cases.ts";

export interface Redecided {
  draws: number;
  first: number; // milliseconds, as all below
  median: number;
  drawing: number;
}

/** Times whole re-decisions and the drawing of their scenarios, in a page as in Node. */
export async function run(): Promise<Redecided[]> {
  const compiled = compileWorkspace(generateWorkspace({ questions: 150, companies: 60, seed: 1 }));
  return [16_384, 131_072].map((draws) => {
    const decide = times(() => redecide(compiled, { draws }), draws > 20_000 ? 3 : 9);
    const draw = times(() => runCases(compiled, compiled.workspace.cases, { draws }), 5);
    return { draws, first: decide.first, median: decide.median, drawing: draw.median };
  });
}

function times(work: () => unknown, runs: number): { first: number; median: number } {
  const taken = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return { first: taken[0], median: taken.sort((one, other) => one - other)[runs >> 1] };
}
