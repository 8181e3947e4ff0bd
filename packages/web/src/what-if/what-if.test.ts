import { openWorkspace, reviewWorkspace } from "@watershed/workbench";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Workspace } from "@watershed/domain";
import { answer } from "./answer.ts";
import type { Asked } from "./answer.ts";
import type { InPage } from "./in-page.ts";
import { WhatIf, liveDraws, movesFromHash, movesToHash, settledDraws } from "./what-if.ts";
import type { WhatIfState } from "./what-if.ts";

let workspace: Workspace;
const asked: Asked["ask"][] = [];

/** The page's worker without a thread between: the same answers, one after the other. */
function straight(): InPage {
  const ask = async (question: Asked): Promise<never> => {
    await Promise.resolve();
    asked.push(question.ask);
    return answer(question) as never;
  };
  return { ask, close: () => undefined };
}

beforeAll(async () => {
  ({ workspace } = (await openWorkspace(join(import.meta.dirname, "../../../../examples/china-ai-2024"))) as { workspace: Workspace });
});

function until(whatIf: WhatIf, holds: (state: WhatIfState) => boolean): Promise<WhatIfState> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds(whatIf.state())) return;
      stop();
      resolve(whatIf.state());
    };
    const stop = whatIf.subscribe(look);
    look();
  });
}

const bestOf = (state: WhatIfState, of: "before" | "after", company: string): string | undefined =>
  state[of]?.companies.find((one) => one.company.id === company)?.best.alternative;

test("a dragged belief flips a decision, the newest of many moves wins, and resting refines it to the review of such a forecast", async () => {
  const whatIf = new WhatIf(straight);
  const saved = reviewWorkspace(workspace, { draws: settledDraws }).review!;
  whatIf.load(workspace, saved);
  for (const percent of [30, 40, 60, 80]) whatIf.suppose({ question: "minimax_at_table", probability: `${percent}%` });
  const live = await until(whatIf, ({ busy, after }) => !busy && after !== undefined);
  expect(live.draws).toBe(liveDraws);
  expect(asked.filter((ask) => ask === "move").length).toBeLessThanOrEqual(4); // the baseline, the first, the newest
  expect(bestOf(live, "before", "minimax")).toBe("wait:minimax_passes_gpt4");
  expect(bestOf(live, "after", "minimax")).toBe("now");
  whatIf.settle();
  const settled = await until(whatIf, ({ busy, draws }) => !busy && draws === settledDraws);
  expect(settled.before).toBe(saved);
  const said = { question: "minimax_at_table", by: "engineer", on: workspace.settings.asOf, probability: "80%" };
  const such = { ...workspace, forecasts: [...workspace.forecasts.filter(({ question }) => question !== said.question), said] };
  const [fresh] = reviewWorkspace(such, { draws: settledDraws, company: "minimax" }).review!.companies;
  const found = settled.after!.companies.find(({ company }) => company.id === "minimax")!;
  expect([found.best.alternative, found.best.worth.amount]).toEqual([fresh.best.alternative, fresh.best.worth.amount]);
  whatIf.drop("minimax_at_table");
  expect(whatIf.state()).toMatchObject({ moves: [], after: undefined });
}, 120_000);

test("what a link supposes is worked out when the saved review comes after the workspace, and when it comes with it", async () => {
  const saved = reviewWorkspace(workspace, { draws: settledDraws }).review!;
  const moves = [{ question: "minimax_at_table", probability: "80%" }];
  for (const late of [true, false]) {
    const whatIf = new WhatIf(straight, moves);
    if (late) whatIf.load(workspace, undefined);
    whatIf.load(workspace, saved);
    const settled = await until(whatIf, ({ busy, after }) => !busy && after !== undefined);
    expect(bestOf(settled, "after", "minimax")).toBe("now");
    whatIf.close();
  }
}, 120_000);

test("a hand that takes a belief up again waits for no review of before, and what else is supposed stays supposed", async () => {
  const closed: string[] = [];
  let started = 0;
  const whatIf = new WhatIf(() => {
    const name = started++ === 0 ? "live" : "all scenarios";
    const { ask } = straight();
    // the second worker never ends, as it would on a large workspace
    return { ask: name === "live" ? ask : () => new Promise(() => undefined), close: () => closed.push(name) };
  });
  whatIf.load(workspace, reviewWorkspace(workspace, { draws: 2048 }).review);
  whatIf.suppose({ question: "moore_threads_volume", distribution: "dates(2025-06-30: 90%, never: 10%)" });
  const first = await until(whatIf, ({ busy, after }) => !busy && after !== undefined);
  const worthOf = ({ after }: WhatIfState, company: string): number =>
    after!.companies.find((one) => one.company.id === company)!.best.worth.amount;
  whatIf.settle();
  expect(whatIf.state()).toMatchObject({ busy: true, settling: true });
  whatIf.suppose({ question: "minimax_at_table", probability: "80%" });
  expect(closed).toEqual(["all scenarios"]);
  const second = await until(whatIf, ({ busy }) => !busy);
  expect(second.settling).toBe(false);
  expect(bestOf(second, "after", "minimax")).toBe("now");
  expect(bestOf(first, "after", "minimax")).toBe("wait:minimax_passes_gpt4");
  expect(worthOf(second, "moore_threads")).toBe(worthOf(first, "moore_threads"));
  expect(worthOf(first, "moore_threads")).not.toBe(
    first.before!.companies.find(({ company }) => company.id === "moore_threads")!.best.worth.amount,
  );
}, 60_000);

test("after all scenarios have answered, another move keeps what was supposed of other questions", async () => {
  const whatIf = new WhatIf(straight);
  whatIf.load(workspace, reviewWorkspace(workspace, { draws: 2048 }).review);
  const shown = ({ after }: WhatIfState): number =>
    after!.companies.find(({ company }) => company.id === "moore_threads")!.best.worth.amount;
  whatIf.suppose({ question: "moore_threads_volume", distribution: "dates(2025-06-30: 90%, never: 10%)" });
  const live = shown(await until(whatIf, ({ busy, after }) => !busy && after !== undefined));
  whatIf.settle();
  await until(whatIf, ({ busy, draws }) => !busy && draws === settledDraws);
  const seen: number[] = [];
  whatIf.subscribe(() => whatIf.state().draws === liveDraws && seen.push(shown(whatIf.state())));
  whatIf.suppose({ question: "minimax_at_table", probability: "80%" });
  await until(whatIf, ({ busy, draws }) => !busy && draws === liveDraws);
  expect(new Set(seen)).toEqual(new Set([live]));
}, 120_000);

test("what cannot be read is told, and what was shown before stays", async () => {
  const whatIf = new WhatIf(straight);
  whatIf.load(workspace, reviewWorkspace(workspace, { draws: 2048 }).review);
  whatIf.suppose({ question: "minimax_at_table", probability: "2 apples" });
  const { problems } = await until(whatIf, ({ busy, problems }) => !busy && problems.length > 0);
  expect(problems[0]).toMatchObject({
    severity: "error",
    message: { en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) },
  });
}, 60_000);

test("a what-if travels in an address and back; what is no what-if is none", () => {
  const moves = [
    { question: "minimax_at_table", probability: "80%" },
    { question: "leader", probabilities: { minimax: "60%", zhipu: "40%" } },
  ];
  expect(movesFromHash(movesToHash(moves))).toEqual(moves);
  expect(movesToHash([])).toBe("");
  for (const hash of ["", "#", "#what-if=", "#what-if=%7B", "#what-if=%5B1%2Cnull%2C%7B%22question%22%3A1%7D%5D", "#other"])
    expect(movesFromHash(hash)).toEqual([]);
});
