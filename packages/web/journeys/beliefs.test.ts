import { gzipSync } from "node:zlib";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { compose, tabTo } from "./by-keyboard.ts";
import { standing } from "./every-page.ts";
import { callApi } from "./setting-out.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

const asked = "国产算力能否在2025年底前支撑万卡训练？";

/** What a partner does all day: asks, forecasts, supposes, goes back and forth, loses the connection. */
describe.skipIf(!chromiumPath())("a partner", { timeout: 900_000 }, () => {
  const stage = openStage();

  test("sees the decisions before charts, editors or anything else that is large has come", async () => {
    const visitor = await stage.visit();
    const scripts: Promise<[url: string, bytes: number] | undefined>[] = [];
    visitor.page.on("response", (response) => {
      if (response.request().resourceType() !== "script" || response.url().includes("worker")) return;
      scripts.push(
        response.body().then(
          (body) => [response.url(), gzipSync(body).length],
          () => undefined, // it is still on its way when the page is left
        ),
      );
    });
    await visitor.page.goto(stage.home);
    await standing(visitor.page);
    await visitor.page.locator(".company-row [data-row]").first().waitFor();
    const come = (await Promise.all(scripts.slice())).filter((script) => script !== undefined);
    const total = come.reduce((sum, [, bytes]) => sum + bytes, 0);
    expect(total, come.join("; ")).toBeLessThan(300_000);
    expect(total).toBeGreaterThan(50_000);
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("adds a question and a forecast in Chinese by keyboard alone; Enter while an input method composes does nothing", async () => {
    const visitor = await stage.open("", { language: "zh" });
    const { page } = visitor;
    const input = await page.context().newCDPSession(page);
    await page.keyboard.press("/");
    await page.getByRole("dialog").locator("input:focus").waitFor();
    await compose(page, input, "wenti", "问题"); // Enter chose characters, not yet the page
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "问题" }).waitFor();
    await tabTo(page, /^新增问题$/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.locator(":is(input, textarea):focus").waitFor();
    await compose(page, input, "guochansuanli", asked);
    await tabTo(page, /^判定标准/);
    await compose(page, input, "anniandu", "以年度财报或第三方评测披露的单集群规模为准。");
    await tabTo(page, /^维度/);
    await compose(page, input, "compute", "compute"); // a field of one line, where Enter would send the form
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: asked }).waitFor();
    await tabTo(page, /^概率/);
    for (let step = 0; step < 10; step++) await page.keyboard.press("ArrowRight");
    const said = await page.evaluate(() => (document.activeElement as HTMLInputElement).value);
    expect(said).toBe("60"); // from evens, and no press is lost
    await tabTo(page, /^理由/);
    await compose(page, input, "chanliang", "产能在爬坡，软件栈仍是短板。");
    await tabTo(page, /^记录预测$/);
    await page.keyboard.press("Enter");
    await page.getByText(/您在 .* 说的是/).waitFor();
    await page.getByText("产能在爬坡，软件栈仍是短板。").waitFor();
    const { answer } = await callApi<{ workspace: { forecasts: { by: string; probability?: unknown; reasons?: string }[] } }>(
      page,
      "GET",
      "/workspaces/china_ai_2024",
    );
    const forecast = answer.workspace.forecasts.find(({ reasons }) => reasons === "产能在爬坡，软件栈仍是短板。");
    expect(Number(String(forecast?.probability).replace("%", "")) * (String(forecast?.probability).includes("%") ? 1 : 100)).toBeCloseTo(
      Number(said),
      6,
    );
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("drags a belief: a decision flips while the hand is still down, stands after it rests, and goes back when discarded", async () => {
    const visitor = await stage.open("");
    const { page } = visitor;
    await page.keyboard.press("w");
    await page.getByRole("combobox", { name: "Suppose something about" }).fill("Does MiniMax still sit");
    await page.getByRole("option").first().click();
    const slider = page.locator('.drawer input[type="range"]').first();
    await slider.waitFor();
    const row = page.locator(".company-row", { hasText: "MiniMax" }).filter({ has: page.getByRole("link", { name: "MiniMax" }) });
    await row.getByText("Wait").first().waitFor();
    const box = await atRest(slider);
    const at = (share: number): number => box.x + 9 + (box.width - 18) * share;
    const y = box.y + box.height / 2;
    await page.mouse.move(at(Number(await slider.inputValue()) / 100), y);
    await page.mouse.down();
    for (const share of [0.35, 0.5, 0.65, 0.8]) await page.mouse.move(at(share), y, { steps: 4 });
    await row.getByText("Invest now").first().waitFor(); // the hand is still down
    await page.mouse.up();
    await page.getByText("You see a what-if: 1 belief is supposed.").waitFor();
    await page
      .getByText(/131,072/)
      .first()
      .waitFor();
    await row.getByText("Invest now").first().waitFor();
    await page.locator(".strip").getByRole("button", { name: "Discard" }).click();
    await row.getByText("Wait").first().waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("goes back and forth and reloads: the address says what is shown", async () => {
    const visitor = await stage.open("/companies/minimax?part=why");
    const { page } = visitor;
    const tab = (name: string) => page.locator('[aria-selected="true"], [aria-current="page"]').filter({ hasText: name }).first();
    await tab("Why?").waitFor();
    await page.reload();
    await tab("Why?").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("heading", { level: 2, name: "Members" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 2, name: "Members" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 2, name: "Workspace" }).waitFor();
    await page.goBack();
    await tab("Why?").waitFor();
    await page.goForward();
    await page.getByRole("heading", { level: 2, name: "Workspace" }).waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("is told when the server is gone, loses nothing typed, and saves once it is back", async () => {
    const visitor = await stage.open("/settings");
    const { page } = visitor;
    const save = page.getByRole("form", { name: "Workspace" }).getByRole("button", { name: "Save" });
    await page.getByLabel("Cash rate a year").fill("3.5");
    await stage.workbench.kill();
    await save.click();
    await page.getByText("The server cannot be reached. What you typed is still here.").waitFor();
    await page.getByText(/^No connection to the server/).waitFor();
    expect(await page.getByLabel("Cash rate a year").inputValue()).toBe("3.5");
    await stage.workbench.restart();
    await save.click();
    await page.getByText("Saved.").waitFor();
    await page.getByText(/^No connection to the server/).waitFor({ state: "hidden" });
    const { answer } = await callApi<{ workspace: { settings: { cashRate: number } } }>(page, "GET", "/workspaces/china_ai_2024");
    expect(answer.workspace.settings.cashRate).toBe(0.035);
    expect(visitor.faults().filter((fault) => !/ERR_|Failed to fetch/.test(fault))).toEqual([]);
    await visitor.close();
  });
});

/** Where something is once it stays there. */
async function atRest(place: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let last = await place.boundingBox(); ;) {
    await place.page().waitForTimeout(100);
    const box = await place.boundingBox();
    if (box && JSON.stringify(box) === JSON.stringify(last)) return box;
    last = box;
  }
}
