import { compileWorkspace } from "../packages/workbench/src/compile-workspace.ts";
import { generateWorkspace } from "../packages/workbench/src/generate-workspace.ts";
import { LiveReview } from "../packages/workbench/src/live-review.ts";

export interface Moved {
  questions: number;
  start: number; // milliseconds, as all below
  whole: number; // everything from the start, warm
  median: number; // over questions, of the median over moves
  nine: number; // nine questions in ten take less
  most: number;
  companies: number; // decided again by a move, at most
}

const chances = Array.from({ length: 9 }, (_, step) => 0.05 + 0.1 * step);

/** Drags the chance of every yes/no question of the generated workspace from 5% to 85%, in a page as in Node. */
export async function run(): Promise<Moved> {
  const compiled = compileWorkspace(generateWorkspace({ questions: 150, companies: 60, seed: 1 }));
  const begin = performance.now();
  const live = new LiveReview(compiled, { draws: 16_384 });
  const start = performance.now() - begin;
  const questions = compiled.workspace.questions.filter(({ kind, id }) => kind === "yesNo" && compiled.pooled.beliefs[id]);
  const dragged = (): { took: number; companies: number }[] =>
    questions.map(({ id }) => {
      let companies = 0;
      const taken = chances.map((probability) => {
        const from = performance.now();
        companies = live.move({ [id]: { kind: "distribution", distribution: { kind: "bernoulli", probability } } }).decisions.length;
        return performance.now() - from;
      });
      live.move({});
      return { took: middle(taken, 0.5), companies };
    });
  dragged(); // once to warm up
  const rows = dragged();
  const took = rows.map((row) => row.took);
  return {
    questions: rows.length,
    start,
    whole: middle(
      Array.from({ length: 3 }, () => {
        const from = performance.now();
        void new LiveReview(compiled, { draws: 16_384 });
        return performance.now() - from;
      }),
      0.5,
    ),
    median: middle(took, 0.5),
    nine: middle(took, 0.9),
    most: Math.max(...took),
    companies: Math.max(...rows.map((row) => row.companies)),
  };
}

function middle(taken: number[], share: number): number {
  return taken.toSorted((one, other) => one - other)[Math.floor(taken.length * share)];
}
