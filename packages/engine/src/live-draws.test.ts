import { describe, expect, test } from "vitest";
import type { Beliefs } from "./belief.ts";
import { LiveDraws } from "./live-draws.ts";
import { randomCase } from "./random-case.fixture.ts";
import { simulate } from "./simulate.ts";

describe("draws that follow beliefs", () => {
  for (const engine of ["kernels", "interpreter"] as const)
    test(`move after move they are those of a run from the start, and what differs is told (${engine})`, () => {
      for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const { program, beliefs, dimensions, correlations } = randomCase(seed);
        const options = { seed, shards: 4, shardSize: 256, dimensions, correlations, engine };
        const live = new LiveDraws(program, beliefs, options);
        expect(contentOf(live.first())).toEqual(contentOf(simulate(program, beliefs, options)));
        for (const moved of [...movesOf(beliefs), beliefs]) {
          const before = contentOf(live.move(moved).draws); // a move to where they are changes nothing
          const { draws, fresh } = live.move(moved);
          expect(contentOf(draws)).toEqual(before);
          if (engine === "kernels") expect(fresh.size).toBe(0);
          expect(before).toEqual(contentOf(simulate(program, moved, options)));
        }
      }
    });

  test("a column that does not depend on the moved belief is not fresh", () => {
    const { program, beliefs, dimensions, correlations } = randomCase(3);
    const options = { seed: 1, shards: 2, shardSize: 512, dimensions, correlations };
    const live = new LiveDraws(program, beliefs, options);
    const before = contentOf(live.first()).columns;
    for (const moved of movesOf(beliefs)) {
      const { draws, fresh } = live.move(moved);
      const after = contentOf(draws).columns;
      for (const [name, column] of Object.entries(after)) if (!fresh.has(name)) expect(column, name).toEqual(before[name]);
      expect(fresh.size).toBeLessThan(draws.columns.size);
      live.move(beliefs);
    }
  });
});

function contentOf({ columns, undefinedDraws }: ReturnType<LiveDraws["first"]>) {
  return { columns: Object.fromEntries([...columns].map(([name, column]) => [name, column.slice()])), undefinedDraws };
}

/** One belief after the other moved to something of its own kind; certain ones among them. */
function movesOf(beliefs: Beliefs): Beliefs[] {
  return Object.entries(beliefs).flatMap(([name, belief]): Beliefs[] => {
    if (belief.kind !== "distribution") return [];
    const { distribution } = belief;
    const to = (other: typeof distribution): Beliefs => ({ ...beliefs, [name]: { kind: "distribution", distribution: other } });
    if (distribution.kind === "bernoulli") return [0.37, 0, 1].map((probability) => to({ kind: "bernoulli", probability }));
    return distribution.kind === "normal" ? [to({ ...distribution, mean: distribution.mean + 1 })] : [];
  });
}
