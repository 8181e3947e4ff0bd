import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { labPageEn } from "../src/wording/lab-page-en.ts";
import { labPageZh } from "../src/wording/lab-page-zh.ts";
import { standing } from "./every-page.ts";
import { callApi } from "./setting-out.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

const tables = { en: labPageEn, zh: labPageZh };
const minute = { timeout: 120_000 };

/** Can this team train what it promises, asked in both languages. */
describe.skipIf(!chromiumPath())("a partner in the lab", { timeout: 480_000 }, () => {
  const stage = openStage();

  test.each(["en", "zh"] as const)("chooses, drags, compares sites, shares, calibrates, attaches: %s", async (language) => {
    const text = tables[language];
    const visitor = await stage.visit({ language });
    const { page, context } = visitor;
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: stage.workbench.url });
    await page.addInitScript((chosen) => localStorage.setItem("watershed.language", chosen), language);
    await page.goto(`${stage.home}/lab`);
    await standing(page);
    await settled(page);

    // an AI model and a cluster
    await choose(page, text.aiModel, "Llama 3/3.1 70B");
    await choose(page, text.chip, "H800-SXM");
    await settled(page);
    const before = await figuresOf(page, text);

    // the chips under the hand: figures follow and are those of where it was let go
    const slider = page.getByRole("slider", { name: text.chipsDrag });
    await dragTo(page, slider, language === "en" ? 0.35 : 0.42); // other chips, another key
    const chips = page.getByRole("textbox", { name: text.chips, exact: true });
    await expect.poll(() => chips.inputValue(), minute).not.toBe("16,384");
    await settled(page);
    const dragged = await figuresOf(page, text);
    expect(dragged.step).not.toBe(before.step);
    expect(dragged.days).not.toBe(before.days);

    // one site to three
    await page
      .locator("label")
      .filter({ hasText: text.siteCount(3) })
      .click();
    await page.getByRole("textbox", { name: text.gigabits }).fill("50");
    await page.getByRole("heading", { name: text.sitesTitle }).waitFor();
    await settled(page);
    const three = await figuresOf(page, text);
    expect(daysIn(three.days)).toBeGreaterThan(daysIn(dragged.days));
    expect(three.step).toBe(dragged.step);

    // sites of different size and chip
    await page.getByRole("checkbox", { name: text.unlike }).check();
    const second = page.getByRole("group", { name: text.siteNumber(2) });
    await choose(second, text.chip, "A100-80GB");
    await second.getByRole("textbox", { name: text.chips }).fill("2048");
    await second.getByRole("textbox", { name: text.siteLinks }).fill("100");
    await settled(page);
    const across = page.getByRole("region", { name: text.sitesTitle }).first();
    await across.getByRole("cell", { name: text.acrossSchemes.pipeline() }).waitFor();
    await across.getByText("2,048 × A100-80GB").first().waitFor();
    await expectReadable(across);

    // a link that opens the same figures
    await page.getByRole("button", { name: text.share }).click();
    await page.getByText(text.shared).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain("others=2048xA100-80GB");
    const shared = await figuresOf(page, text);
    const other = await context.newPage();
    await other.goto(link);
    await standing(other);
    await settled(other);
    expect(await figuresOf(other, text)).toEqual(shared);
    await other.close();

    // what the team reports moves the level and says so
    await page.getByRole("textbox", { name: text.reportedSeconds }).fill(String(1.15 * secondsIn(shared.step)));
    await page.getByRole("button", { name: text.addReported }).click();
    await page.getByText(text.level(1)).first().waitFor();
    await settled(page);
    const calibrated = await figuresOf(page, text);
    expect(secondsIn(calibrated.step) / secondsIn(shared.step)).toBeGreaterThan(1.1);
    expect(calibrated.key).not.toBe(shared.key);

    // evidence for a company, with its key and the way back
    await page.getByRole("button", { name: text.attach }).click();
    const form = page.getByRole("dialog", { name: text.attachTitle });
    await choose(form, text.attachCompany, "MiniMax");
    await form.getByRole("button", { name: text.attach, exact: true }).click();
    await form.waitFor({ state: "detached" });
    const key = /[0-9a-f]{16}/.exec(calibrated.key)![0];
    const { answer } = await callApi<{ workspace: Kept }>(page, "GET", "/workspaces/china_ai_2024");
    const note = answer.workspace.notes.find(({ id }) => id === `lab-${key}-minimax`);
    const fact = answer.workspace.facts.find(({ id }) => id === `lab-${key}`);
    expect(note?.text).toContain(key);
    expect(fact?.data).toMatchObject({ key, link: expect.stringContaining("others=2048xA100-80GB") });
    // once more with the same key: it is there already and nothing is written twice
    await page.getByRole("button", { name: text.attach }).click();
    await choose(form, text.attachCompany, "MiniMax");
    await form.getByRole("button", { name: text.attach, exact: true }).click();
    await form.waitFor({ state: "detached" });
    await page.goto(fact!.data.link);
    await standing(page);
    await settled(page);
    expect(await figuresOf(page, text)).toEqual(calibrated);
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a site that cannot be is told by field and nearest choice, and the figures come back when it is mended", async () => {
    const visitor = await stage.visit();
    const { page } = visitor;
    await page.goto(`${stage.home}/lab?chips=2048&sites=2&others=2048xA100-80GB&precision=fp8`);
    await standing(page);
    await page.getByText(labPageEn.problem.precisionNotOnChip).first().waitFor();
    await page.getByText(labPageEn.nearest("bf16")).first().waitFor();
    await choose(page, labPageEn.precision, "bf16");
    await settled(page);
    await page.getByRole("cell", { name: labPageEn.acrossSchemes.pipeline() }).waitFor();
    expect(await page.getByText(labPageEn.problem.precisionNotOnChip).count()).toBe(0);
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });
});

interface Kept {
  notes: { id: string; text: unknown }[];
  facts: { id: string; data: { link: string } }[];
}

interface Figures {
  step: string;
  days: string;
  key: string;
}

/** Waits until every figure is that of what is chosen. */
async function settled(page: Page): Promise<void> {
  await page.locator('.lab [aria-busy="false"]').waitFor();
}

/** The figures in short as the page shows them, and their key. */
async function figuresOf(page: Page, text: typeof labPageEn): Promise<Figures> {
  const tile = (name: string): Promise<string> =>
    page.locator(".lab-headline > div").filter({ hasText: name }).first().locator("dd b").innerText();
  const key = await page.locator(".lab-bar p").innerText();
  return { step: await tile(text.figures.step), days: await tile(text.figures.days), key };
}

function daysIn(shown: string): number {
  return Number(/[\d,.]+/.exec(shown)![0].replaceAll(",", ""));
}

/** Seconds of a step as the page writes them: 5.67 s, 820 ms. */
function secondsIn(shown: string): number {
  return daysIn(shown) / (/ms|毫秒/.test(shown) ? 1000 : 1);
}

/** Picks one of a list by its name, as somebody types it. */
async function choose(within: Page | Locator, label: string, name: string): Promise<void> {
  const page = "page" in within ? within.page() : within;
  const field = within
    .getByRole("combobox", { name: label, exact: true })
    .or(within.getByRole("textbox", { name: label, exact: true }))
    .first();
  await field.click();
  if (await field.isEditable()) await field.fill(name); // some lists are not searched by typing
  await page.getByRole("option", { name, exact: true }).click();
}

/** Drags a slider by the mouse to a share of its length, in a few moves. */
async function dragTo(page: Page, slider: Locator, share: number): Promise<void> {
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await slider.boundingBox())!;
  await page.mouse.move(x + 0.7 * width, y + height / 2);
  await page.mouse.down();
  for (const at of [0.65, 0.55, 0.45, share]) await page.mouse.move(x + at * width, y + height / 2);
  await page.mouse.up();
}

async function expectReadable(part: Locator): Promise<void> {
  expect(await part.innerText()).not.toMatch(/NaN|undefined|\[object|Infinity/);
}
