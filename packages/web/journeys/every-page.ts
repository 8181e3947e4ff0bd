import type { Page } from "playwright-core";

export type Width = 390 | 1600;

/** What a visitor must be to see a page: nobody yet, a stranger, invited, in no workspace, or the partner of the worked example. */
export type Standing = "fresh" | "stranger" | "partner";

/** One page or one state of a page, named as its pictures are. */
export interface ShownPage {
  name: string;
  path: string; // below the workspace for a partner, else from the root
  standing: Standing;
  /** Opens what the page shows only when asked, by keyboard. */
  open?: (page: Page) => Promise<void>;
}

const companyParts = ["case", "why", "evidence", "record", "memo"];
const settings = ["workspace", "members", "account", "tokens", "files", "audit"];

/** Every page of the workbench, with the dialogs that stand on every page shown on one of them. */
export const everyPage: ShownPage[] = [
  { name: "first-run", path: "/", standing: "fresh" },
  { name: "sign-in", path: "/sign-in", standing: "stranger" },
  { name: "join-spent", path: "/join?invitation=wsi_spent", standing: "stranger" },
  { name: "decisions", path: "", standing: "partner" },
  { name: "company", path: "/companies/minimax", standing: "partner" },
  ...companyParts.map((part): ShownPage => ({ name: `company-${part}`, path: `/companies/minimax?part=${part}`, standing: "partner" })),
  { name: "questions", path: "/questions", standing: "partner" },
  { name: "question", path: "/questions/compute_barrier", standing: "partner" },
  { name: "agenda", path: "/agenda", standing: "partner" },
  { name: "evidence", path: "/evidence", standing: "partner" },
  { name: "map", path: "/map", standing: "partner" },
  { name: "lab", path: "/lab", standing: "partner" },
  ...settings.map((section): ShownPage => ({ name: `settings-${section}`, path: `/settings?section=${section}`, standing: "partner" })),
  { name: "not-found", path: "/nowhere", standing: "partner" },
  { name: "palette", path: "/settings?section=account", standing: "partner", open: (page) => openByKey(page, "/") },
  { name: "keys", path: "/settings?section=account", standing: "partner", open: (page) => openByKey(page, "?") },
  { name: "what-if", path: "", standing: "partner", open: suppose },
  { name: "action-form", path: "/agenda", standing: "partner", open: (page) => openForm(page, /^(Change|修改)/, ".actions-worth") },
  {
    name: "wait-form",
    path: "/companies/minimax?part=case",
    standing: "partner",
    open: (page) => openForm(page, /^(Edit|编辑)/, '[aria-labelledby="waits-title"]'),
  },
  {
    name: "trigger-form",
    path: "/companies/minimax?part=case",
    standing: "partner",
    open: (page) => openForm(page, /^(Change the trigger|修改触发)/, "main"),
  },
  { name: "fact-form", path: "/evidence", standing: "partner", open: (page) => openForm(page, /^(Add a fact|新增事实)/, "main") },
  {
    name: "criteria-form",
    path: "/companies/minimax?part=evidence",
    standing: "partner",
    open: (page) => openForm(page, /^(Change the criteria|修改评判)/, "main"),
  },
  { name: "past", path: "?asOf=2024-03-31", standing: "partner" },
  { name: "past-question", path: "/questions/compute_barrier?asOf=2024-02-29", standing: "partner" },
  { name: "as-of", path: "/settings?section=account", standing: "partner", open: chooseDay },
  {
    name: "round-form",
    path: "/companies/minimax?part=record",
    standing: "partner",
    open: (page) => openForm(page, /^(Edit|编辑)/, ".rounds"),
  },
];

async function openByKey(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole("dialog").locator(":focus").waitFor();
}

/** Opens the choice of a past day by the palette. */
async function chooseDay(page: Page): Promise<void> {
  await openByKey(page, "/");
  await page.getByRole("combobox").fill("as of");
  await page.keyboard.press("Enter");
  await page.locator('[role="dialog"] input[type="date"]').waitFor();
}

/** Opens a form by its button, the first of that name within a part of the page. */
async function openForm(page: Page, button: RegExp, within: string): Promise<void> {
  await page.locator(within).getByRole("button", { name: button }).first().press("Enter");
  await page.getByRole("dialog").locator("form").waitFor();
}

/** Opens the what-if, picks the yes/no question most worth asking (who still sits at the AGI table), and moves its belief by keyboard until the answer is there. */
async function suppose(page: Page): Promise<void> {
  await page.keyboard.press("w");
  await page.locator(".drawer .suggestion").filter({ hasText: "AGI" }).first().press("Enter");
  const slider = page.locator('.drawer input[type="range"]').first();
  await slider.waitFor();
  for (let step = 0; step < 5; step++) await slider.press("PageUp");
  await page.locator('.strip[role="status"]').waitFor();
  await page
    .locator(".drawer")
    .getByText(/131,072/)
    .first()
    .waitFor(); // the refined answer, which follows the quick one
}

/** Waits until a page stands: a heading, nothing loading or moving any more, fonts there. */
export async function standing(page: Page): Promise<void> {
  await page.locator("h1, [role=alert] h2, main a").first().waitFor();
  await page.waitForFunction(
    () => {
      const isDrawn = (field: Element): boolean => field.hasAttribute("_echarts_instance_");
      return (
        document.querySelector(".mantine-Skeleton-root, [data-loading=true]") === null &&
        [...document.querySelectorAll("figure.chart > div[aria-hidden]:not(.log-chart)")].every(isDrawn) &&
        document
          .getAnimations()
          .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Infinity)
      );
    },
    undefined,
    { timeout: 240_000 },
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}
