import { afterAll, expect, test } from "vitest";
import { actionsOf } from "./actions.ts";
import { agendaOnWorkers } from "./inquiries.ts";
import { jointWorth } from "./joint-worth.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";
import { startWorkers } from "./workers-node.ts";

const workspace = {
  ...tinyWorkspace(),
  actions: [
    {
      id: "call",
      name: "A call",
      kind: "referenceCall" as const,
      about: [{ question: "succeeds", sensitivity: "80%", specificity: "90%" }],
      cost: "1 USD",
    },
  ],
};
const options = { draws: 2048 };
const pools = [1, 3].map((workers) => startWorkers(workers));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

test.each(pools.map((pool) => [pool.workers, pool] as const))(
  "actions and answers together beside a review on %i workers have the figures of each made alone",
  async (_, pool) => {
    const together = ["succeeds", "shown_on"];
    const shared = await agendaOnWorkers(workspace, { ...options, together }, pool);
    expect(shared.review).toEqual(reviewWorkspace(workspace, options).review);
    const { together: joint, ...actions } = shared.inquiries;
    expect(actions).toEqual(actionsOf(workspace, options));
    expect(actions.actions.length).toBe(1);
    expect(joint).toEqual(jointWorth(workspace, together, options));
    expect(joint!.together.amount).toBeGreaterThan(0);
  },
);

test("with nothing to inquire the review is made as ever, and a broken workspace has its problems", async () => {
  const quiet = { ...workspace, actions: [] };
  const { inquiries, review } = await agendaOnWorkers(quiet, options, pools[0]);
  expect(inquiries).toEqual({ actions: [], sequences: [], notAppraised: [] });
  expect(review).toEqual(reviewWorkspace(quiet, options).review);
  const broken = structuredClone(workspace);
  broken.cases[0].exitValue = "nowhere";
  const result = await agendaOnWorkers(broken, { ...options, together: ["succeeds"] }, pools[1]);
  expect(result.review).toBeUndefined();
  expect(result.problems.map(({ code }) => code)).toContain("unknownName");
  expect(result.inquiries.actions).toEqual([]);
});
