import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyPage, standing } from "./every-page.ts";
import type { ShownPage } from "./every-page.ts";
import { setUp, visitAs } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import { chromiumPath, launchChromium, visit } from "./visitor.ts";
import { openWorkbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Every page by axe in both languages and both appearances, and on a phone without scrolling sideways. */
describe.skipIf(!chromiumPath())("every page", { timeout: 900_000 }, () => {
  let workbench: Workbench;
  let browser: Browser;
  let session: Session | undefined;

  beforeAll(async () => {
    [workbench, browser] = await Promise.all([openWorkbench(), launchChromium()]);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await workbench?.close();
  });

  test.each(everyPage.filter((page) => page.standing === "fresh"))("$name, before anybody has set the place up", (shown) => holds(shown));

  test.each(everyPage.filter((page) => page.standing !== "fresh"))("$name, for a $standing", async (shown) => {
    session ??= await setUp(browser, workbench.url);
    await holds(shown);
  });

  /** Looked at in English and light, then dark, then in Chinese, then light again and as narrow as a phone. */
  async function holds(shown: ShownPage): Promise<void> {
    const isIn = shown.standing === "partner";
    const visitor = isIn ? await visitAs(browser, session!) : await visit(browser);
    const { page } = visitor;
    const found: string[] = [];
    const look = async (where: string): Promise<void> => {
      found.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
      found.push(...(await tooWide(page)).map((element) => `${where}: wider than the window: ${element}`));
      found.push(...visitor.faults().map((fault) => `${where}: ${fault}`));
    };
    await page.goto(`${workbench.url}${isIn ? "/w/china_ai_2024" : ""}${shown.path}`);
    await standing(page);
    await shown.open?.(page);
    await look("en, light");
    await turn(page, "dark");
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

/** Light or dark, as the system of a reader turns; the page follows. */
async function turn(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  await standing(page);
}

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

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join(";")}`),
  );
}

/** What makes the page scroll sideways, where it does. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} px of ${clientWidth}`, ...wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)];
  });
}
