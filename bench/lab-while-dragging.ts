// The Lab page with the number of chips dragged back and forth by the mouse in Chromium: how long frames take, and how soon the figures follow
// (from the hand's event to the frame that shows the step of where the hand was), for a dense AI model on one site and one with experts on three.
// Where two stops of the slider read alike nothing changes, and nothing is counted. `FRAMES_SECONDS` changes how long is dragged.
// `LAB_PICTURE=file.png` also takes a picture.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { machine, median } from "./machine.ts";
import { servedPage } from "./served-page.ts";

const seconds = Number(process.env.FRAMES_SECONDS ?? 8);
const root = join(import.meta.dirname, "..");
const settings = [
  ["dense, one site", ""],
  ["experts, three sites", "?aiModel=DeepSeek-V3&chip=H800-SXM&precision=fp8&software=2024+in-house&sites=3"],
];
/** Runs in the page before all else: for every step asked of a worker, when the hand had moved; once it is answered, what waits to be shown. */
const listen = `
  globalThis.hand = {};
  const movedAt = new Map();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, options) {
    if (message?.asked?.ask === "step") movedAt.set(message.id, hand.moved);
    return post.call(this, message, options);
  };
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (kind, told) {
    return listen.call(this, kind, kind !== "message" ? told : (event) => {
      if (event.data.answer?.prediction && movedAt.has(event.data.id)) { hand.answered = movedAt.get(event.data.id); movedAt.delete(event.data.id); }
      told(event);
    });
  };
`;
/** Runs in the page: notes every frame, when the slider moved, and the first frame after the headline changed for it. */
const watch = `
  globalThis.seen = { frames: [], follows: [], going: true };
  let last = performance.now();
  let drawn;
  document.querySelector(".lab-chips input[type=range]").addEventListener("input", () => { hand.moved = performance.now(); }, true);
  new MutationObserver(() => { drawn ??= hand.answered; hand.answered = undefined; })
    .observe(document.querySelector(".lab-headline"), { characterData: true, childList: true, subtree: true });
  const next = (now) => {
    seen.frames.push(now - last);
    last = now;
    if (drawn !== undefined) { seen.follows.push(performance.now() - drawn); drawn = undefined; }
    if (seen.going) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
`;

const data = await mkdtemp(join(tmpdir(), "watershed-lab-"));
const first = join(root, "examples/china-ai-2024/compute");
const { server, url, browser } = await servedPage(first, data);
try {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: "en-GB" });
  await page.addInitScript(listen);
  await page.goto(url);
  await page.getByRole("textbox").first().fill("Bench");
  await page.keyboard.press("Enter");
  await page.locator(".company-row [data-row]").first().waitFor({ timeout: 120_000 });
  const lab = page.url().replace(/\/w\/([^/]+).*/, "/w/$1/lab");
  console.log(machine());
  for (const [label, search] of settings) {
    await page.goto(lab + search);
    const { frames, follows } = await drag(page);
    const sorted = frames.toSorted((one, other) => one - other);
    const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
    console.log(
      `${label}: ${frames.length} frames, median ${at(0.5)} ms, nineteen in twenty under ${at(0.95)} ms, longest ${at(1)} ms; the figures follow ${follows.length} times, within ${median(follows).toFixed(0)} ms at the median`,
    );
  }
  if (process.env.LAB_PICTURE) await page.screenshot({ path: process.env.LAB_PICTURE, fullPage: true });
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
}

async function drag(page: Page): Promise<{ frames: number[]; follows: number[] }> {
  const slider = page.locator(".lab-chips input[type=range]");
  await slider.waitFor({ timeout: 60_000 });
  await page.locator(".lab-headline .num").first().waitFor();
  await page.waitForTimeout(3000); // the workers warm up as they would while a reader reads
  const { x, y, width, height } = (await slider.boundingBox())!;
  await page.evaluate(watch);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  const until = Date.now() + seconds * 1000;
  for (let step = 0; Date.now() < until; step++) {
    await page.mouse.move(x + width * (0.5 + 0.45 * Math.sin(step / 25)), y + height / 2);
    await page.waitForTimeout(8);
  }
  const found = await page.evaluate<{ frames: number[]; follows: number[] }>(
    "(seen.going = false, { frames: seen.frames.slice(2), follows: seen.follows })",
  );
  await page.mouse.up();
  return found;
}
