import type { Browser, Page } from "playwright-core";
import type { Round } from "@watershed/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tabTo } from "./by-keyboard.ts";
import { standing } from "./every-page.ts";
import { callApi, setUp, visitAs } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import { chromiumPath, launchChromium } from "./visitor.ts";
import type { Visitor, VisitorOptions } from "./visitor.ts";
import { openWorkbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

/** What a partner writes besides beliefs: rounds, evidence, terms of waiting, criteria, people. */
describe.skipIf(!chromiumPath())("a partner writes down", { timeout: 900_000 }, () => {
  let workbench: Workbench;
  let browser: Browser;
  let session: Session;

  beforeAll(async () => {
    [workbench, browser] = await Promise.all([openWorkbench(), launchChromium()]);
    session = await setUp(browser, workbench.url);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await workbench?.close();
  });

  const open = async (path: string, options: VisitorOptions = {}): Promise<Visitor> => {
    const visitor = await visitAs(browser, session, options);
    await visitor.page.goto(`${workbench.url}/w/china_ai_2024${path}`);
    await standing(visitor.page);
    return visitor;
  };

  test("a round in Chinese by keyboard alone: what is missing is told at its field, the amounts are read back, and it can be undone", async () => {
    const visitor = await open("/companies/minimax?part=record", { language: "zh" });
    const { page } = visitor;
    await tabTo(page, /^新增融资$/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("名称").waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByText("这一项必须填写。").waitFor();
    await dialog.getByText("请写明日期").waitFor();
    await dialog.getByText("至少需要一条").waitFor();
    await page.keyboard.type("C 轮");
    await tabTo(page, /^何时 \*$/);
    await page.keyboard.type("2024-02-30");
    await dialog.getByText("“2024-02-30”不是日历上的日期").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2024-02");
    await tabTo(page, /^投前估值$/);
    await page.keyboard.type("19亿美圆");
    await dialog.locator('[aria-invalid="true"]').and(dialog.getByLabel("投前估值")).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("19亿美元");
    await dialog.getByText("读作 19.0亿美元。").waitFor();
    await dialog.locator('[aria-invalid="true"]').and(dialog.getByLabel("投前估值")).waitFor({ state: "detached" });
    await tabTo(page, /^来源 \*$/);
    await page.keyboard.type("V-MM-1");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, /^保存$/);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("row", { name: /C 轮/ });
    await row.getByText("19.0亿美元").waitFor();
    expect(await roundsNow(page, "C 轮")).toMatchObject([
      { id: "minimax_2024_02", company: "minimax", date: "2024-02", preMoney: "19亿美元", sources: ["V-MM-1"] },
    ]);
    await page.keyboard.press("u");
    await row.waitFor({ state: "detached" });
    expect(await roundsNow(page, "C 轮")).toEqual([]);
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a round that a colleague has corrected meanwhile: both versions are shown, what only one changed stays, and it can be removed and put back", async () => {
    const visitor = await open("/companies/minimax?part=record");
    const { page } = visitor;
    const row = page.getByRole("row", { name: /round of March 2024/ });
    await row.getByRole("button", { name: /^Edit/ }).click();
    const dialog = page.getByRole("dialog", { name: /Correct the round/ });
    await dialog.getByLabel("Pre-money").fill("2bn USD");
    await dialog.getByText("Pre-money and new money come to USD 2.60bn").waitFor();
    const { answer: held } = await callApi<{ version: number; item: Round }>(
      page,
      "GET",
      "/workspaces/china_ai_2024/rounds/minimax_2024_03",
    );
    const item = { ...held.item, newMoney: "700M USD", preMoney: "1.8bn USD" };
    const written = await callApi(page, "PUT", "/workspaces/china_ai_2024/rounds/minimax_2024_03", { item, expectedVersion: held.version });
    expect(written.status).toBe(200);
    await row.getByText("USD 700M").waitFor(); // the colleague's is there, under what is being typed
    expect(await dialog.getByLabel("Pre-money").inputValue()).toBe("2bn USD");
    await dialog.getByRole("button", { name: "Save" }).click();
    const clash = page.getByRole("dialog", { name: "Changed by two people" });
    await clash.getByRole("radio", { name: /Yours/ }).waitFor();
    expect(await clash.getByRole("radio").count()).toBe(2); // the pre-money alone was changed by both
    await clash.getByRole("button", { name: "Save as chosen" }).click();
    await clash.waitFor({ state: "detached" });
    await dialog.waitFor({ state: "detached" });
    await row.getByText("USD 2.00bn").waitFor();
    expect(await roundsNow(page, "round of March 2024")).toMatchObject([{ preMoney: "2bn USD", newMoney: "700M USD" }]);
    await row.getByRole("button", { name: /^Edit/ }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await row.waitFor({ state: "detached" });
    await page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
    await row.getByText("USD 2.00bn").waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("rounds on a phone: every figure stands in the window beside its name", async () => {
    const visitor = await open("/companies/minimax?part=record", { width: 390, height: 844, language: "zh" });
    const { page } = visitor;
    const row = page.getByRole("row", { name: /2024年3月一轮/ });
    await row.scrollIntoViewIfNeeded();
    for (const cell of await row.getByRole("cell").all()) {
      const box = (await cell.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
    const name = (await row.getByText("2024年3月一轮").boundingBox())!;
    expect(name.width).toBeGreaterThan(200);
    await visitor.close();
  });
});

async function roundsNow(page: Page, name: string): Promise<Round[]> {
  const { answer } = await callApi<{ workspace: { rounds: Round[] } }>(page, "GET", "/workspaces/china_ai_2024");
  return answer.workspace.rounds.filter((round) => (typeof round.name === "string" ? round.name : round.name.en) === name);
}
