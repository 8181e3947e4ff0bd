import { afterAll, expect, test } from "vitest";
import { generateWorkspace } from "./generate-workspace.ts";
import { reviewOnWorkers } from "./review-on-workers.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { startWorkers } from "./workers-node.ts";

const workspace = generateWorkspace({ questions: 20, companies: 7, seed: 3 });
const options = { draws: 2048, theses: true };
const alone = reviewWorkspace(workspace, options);
const pools = [1, 3].map((workers) => startWorkers(workers));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

test.each(pools.map((pool) => [pool.workers, pool] as const))(
  "a review shared with %i workers has the figures of one made alone",
  async (_, pool) => {
    const shares: number[] = [];
    const shared = await reviewOnWorkers(workspace, { ...options, onProgress: (share) => shares.push(share) }, pool);
    expect(alone.review!.companies.length).toBe(7);
    expect(shared.review).toEqual(alone.review);
    expect(shared.problems).toEqual(alone.problems);
    expect(shared.newStreams).toEqual(alone.newStreams);
    expect(shares.at(-1)).toBe(1);
  },
);

test("more workers than companies leave some without work", async () => {
  const few = { ...workspace, cases: workspace.cases.slice(0, 2) };
  const shared = await reviewOnWorkers(few, options, pools[1]);
  expect(shared.review).toEqual(reviewWorkspace(few, options).review);
});
