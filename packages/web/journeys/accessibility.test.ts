import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { tooWide, turn, violations } from "./by-axe.ts";
import { everyPage, standing } from "./every-page.ts";
import type { ShownPage } from "./every-page.ts";
import { openStage, setUpByOwner } from "./stage.ts";
import { chromiumPath, visit } from "./visitor.ts";

/** Every page by axe in both languages and both appearances, and on a phone without scrolling sideways. */
describe.skipIf(!chromiumPath())("every page", { timeout: 900_000 }, () => {
  const stage = openStage(async () => undefined);

  test.each(everyPage.filter((page) => page.standing === "fresh"))("$name, before anybody has set the place up", (shown) => holds(shown));

  test.each(everyPage.filter((page) => page.standing !== "fresh"))("$name, for a $standing", async (shown) => {
    if (!stage.session) await setUpByOwner(stage);
    await holds(shown);
  });

  /** Looked at in English and light, then dark, then in Chinese, then light again and as narrow as a phone. */
  async function holds(shown: ShownPage): Promise<void> {
    const isIn = shown.standing === "partner";
    const visitor = isIn ? await stage.visit() : await visit(stage.browser);
    const { page } = visitor;
    const found: string[] = [];
    const look = async (where: string): Promise<void> => {
      found.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
      found.push(...(await tooWide(page)).map((element) => `${where}: wider than the window: ${element}`));
      found.push(...visitor.faults().map((fault) => `${where}: ${fault}`));
    };
    await page.goto(`${isIn ? stage.home : stage.workbench.url}${shown.path}`);
    await standing(page);
    await shown.open?.(page);
    await look("en, light");
    await turn(page, "dark");
    await standing(page);
    await look("en, dark");
    await inChinese(page, shown);
    await look("zh, dark");
    await turn(page, "light");
    await page.setViewportSize({ width: 390, height: 844 });
    await standing(page);
    await look("zh, light, 390 px");
    expect(found).toEqual([]);
    await visitor.close();
  }
});

/** By the button of the page; where a dialog is before it, by opening the page anew. */
async function inChinese(page: Page, { open }: ShownPage): Promise<void> {
  const button = page.getByRole("button", { name: "中文" });
  if (!open && (await button.count()) > 0) await button.first().click();
  else {
    await page.evaluate(() => localStorage.setItem("watershed.language", "zh"));
    await page.reload();
    await standing(page);
    await open?.(page);
  }
  await page.waitForFunction(() => document.documentElement.lang === "zh-CN");
  await standing(page);
}
