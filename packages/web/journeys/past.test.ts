import { describe, expect, test } from "vitest";
import { tabTo } from "./by-keyboard.ts";
import { standing } from "./every-page.ts";
import { callApi } from "./setting-out.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

interface Held {
  workspace: { cases: { id: string; now?: { preMoney: unknown } }[] };
  places: Record<string, { id: string; version: number }[]>;
}

/** What a partner does to look back: every page as of a past day, and what has moved since. */
describe.skipIf(!chromiumPath())("a past day", { timeout: 300_000 }, () => {
  const stage = openStage();

  test("is typed into the palette, marked on every page, kept by links, back and forward, and nothing can be written in it", async () => {
    const { page, faults, close } = await stage.visit();
    await page.goto(stage.home);
    await standing(page);
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: /company, a question/ }).fill("2024-01-31");
    await page.getByRole("option", { name: /Read everything as of 31 Jan 2024/ }).waitFor();
    await page.keyboard.press("Enter");
    const strip = page.getByText("You read everything as of 31 Jan 2024.");
    await strip.waitFor();
    expect(new URL(page.url()).searchParams.get("asOf")).toBe("2024-01-31");
    await standing(page);
    expect(await page.getByRole("button", { name: "Add a company" }).count()).toBe(0);
    await page.getByRole("navigation").getByRole("link", { name: "Questions" }).click();
    await page.getByRole("heading", { level: 1, name: "Questions" }).waitFor();
    await strip.waitFor();
    expect(new URL(page.url()).searchParams.get("asOf")).toBe("2024-01-31");
    expect(await page.getByRole("button", { name: "Add a question" }).count()).toBe(0);
    await page.goto(`${stage.home}/questions/compute_barrier?asOf=2024-01-31`); // a link that somebody was given
    await strip.waitFor();
    await standing(page);
    expect(await page.getByRole("button", { name: /^(Edit|Record forecast|Bring this back)$/ }).count()).toBe(0);
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Questions" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    await strip.waitFor();
    await page.goBack();
    await strip.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Add a company" }).waitFor();
    await page.goForward();
    await strip.waitFor();
    await tabTo(page, /^Back to today$/);
    await page.keyboard.press("Enter");
    await strip.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.has("asOf")).toBe(false);
    await page.getByRole("button", { name: "Add a company" }).waitFor();
    await page.locator(".company-list").getByRole("link", { name: "MiniMax" }).waitFor();
    expect(faults()).toEqual([]);
    await close();
  });

  test("shows what was recorded by then, though it was changed since, and tells what moved and why", async () => {
    const { page, faults, close } = await stage.visit({ language: "zh" });
    await page.goto(stage.home);
    await standing(page);
    const before = (await callApi<Held>(page, "GET", "/workspaces/china_ai_2024")).answer;
    const moved = await callApi(page, "POST", "/workspaces/china_ai_2024/changes", { changes: changesOf(before) });
    expect(moved.status, JSON.stringify(moved.answer)).toBe(200);
    await page.goto(`${stage.home}/companies/minimax?part=record`);
    const history = page.getByRole("region", { name: "历史" });
    await history.getByText("第 2 版").waitFor();
    await page.locator(".verdict-band").getByText("要价 10.0亿美元").waitFor();
    await history.getByRole("button", { name: "看当时的一切" }).press("Enter"); // as of the first version
    await page.getByText("即到那时已在这里记录的内容。").waitFor();
    await page.locator(".verdict-band").getByText("要价 19.0亿美元").waitFor();
    await history.getByText("第 1 版").waitFor();
    expect(await history.getByText("第 2 版").count()).toBe(0);
    expect(new URL(page.url()).searchParams.get("part")).toBe("record");
    await page.getByRole("navigation").getByRole("link", { name: "决策" }).first().click();
    const card = page.getByRole("region", { name: /^从 .* 到今天$/ });
    const row = card
      .getByRole("listitem")
      .filter({ has: page.getByRole("link", { name: "MiniMax", exact: true }) })
      .first();
    await row.getByText("要价 19.0亿美元 → 10.0亿美元").waitFor();
    await card.getByText("1 条预测").waitFor();
    await card
      .getByText(/%（?.* → 20%|→ .*%/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "换一天" }).click();
    const dialog = page.getByRole("dialog", { name: "回看过去某一天……" });
    await dialog.getByLabel("日期").fill("2024-01-31");
    await dialog.getByRole("button", { name: "按这一天阅读" }).click();
    await page.getByText("那时这里还没有本工作区").waitFor();
    await page.getByText("还没有投资案例").first().waitFor();
    expect(faults()).toEqual([]);
    await close();
  });

  function changesOf(held: Held): unknown[] {
    const place = held.workspace.cases.findIndex(({ id }) => id === "minimax");
    const item = held.workspace.cases[place];
    return [
      {
        kind: "cases",
        change: "set",
        id: held.places.cases[place].id,
        expectedVersion: held.places.cases[place].version,
        item: { ...item, now: { ...item.now, preMoney: "1bn USD" } },
      },
      { kind: "forecasts", change: "add", item: { question: "compute_barrier", probability: "20%", reasons: "the second look" } },
    ];
  }
});
