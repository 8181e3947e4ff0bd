// Pictures of every page in both languages, light and dark, on a phone and on a wide screen: npm run screenshots [-- page ...]
import { mkdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { everyPage, standing } from "./every-page.ts";
import type { ShownPage } from "./every-page.ts";
import { setUp, visitAs } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import type { Page } from "playwright-core";
import { chromiumPath, launchChromium, visit } from "./visitor.ts";
import type { VisitorOptions } from "./visitor.ts";
import { openWorkbench, root } from "./workbench.ts";

const folder = join(root, ".cache/screenshots");
const wanted = process.argv.slice(2);
const looks = (["en", "zh"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    ([390, 1600] as const).map((width) => ({ language, colorScheme, width, height: width === 390 ? 844 : 1000 })),
  ),
);
const sizeOf = ({ width = 1600, height = 1000 }: VisitorOptions) => ({ width, height });
const tallest = 5000;

if (!chromiumPath()) {
  process.stderr.write("There is no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path.\n");
  process.exit(3);
}
if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const [workbench, browser] = await Promise.all([openWorkbench(), launchChromium()]);
let [pictures, faults] = [0, 0];
try {
  await takeAll("fresh");
  const session = await setUp(browser, workbench.url);
  await takeAll("stranger");
  await takeAll("partner", session);
} finally {
  await browser.close();
  await workbench.close();
}
process.stdout.write(`${pictures} pictures in ${relative(process.cwd(), folder)}, ${faults} faults\n`);
process.exitCode = faults > 0 ? 1 : 0;

async function takeAll(who: ShownPage["standing"], session?: Session): Promise<void> {
  const pages = everyPage.filter(({ name, standing: needs }) => needs === who && (wanted.length === 0 || wanted.includes(name)));
  if (pages.length === 0) return;
  for (const look of looks) await takeIn(look, pages, session);
}

/** A window as high as the page, so that bars at its foot stand at the foot of the picture. */
async function stretch(page: Page, look: VisitorOptions): Promise<void> {
  const { width, height } = sizeOf(look);
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(tallest, Math.max(height, needed)) });
  await standing(page);
}

async function takeIn(look: VisitorOptions, pages: ShownPage[], session: Session | undefined): Promise<void> {
  const visitor = session ? await visitAs(browser, session, look) : await visit(browser, look);
  const base = session ? `${workbench.url}/w/china_ai_2024` : workbench.url;
  for (const { name, path, open } of pages) {
    const file = `${name}-${look.language}-${look.colorScheme}-${look.width}.png`;
    try {
      await visitor.page.goto(base + path);
      await standing(visitor.page);
      await open?.(visitor.page);
      if (!open) await stretch(visitor.page, look);
      await visitor.page.screenshot({ path: join(folder, file) });
      await visitor.page.setViewportSize(sizeOf(look));
      pictures++;
    } catch (error) {
      faults++;
      process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    for (const fault of visitor.faults()) {
      faults++;
      process.stderr.write(`${file}: ${fault}\n`);
    }
  }
  await visitor.close();
}
