// The page on the generated workspace of 150 questions and 60 companies, a belief dragged back and forth by the mouse in Chromium: how long frames take,
// how much of the page's thread a move takes (which other jobs on the machine do not change), and how soon the decisions follow. `FRAMES_SECONDS` changes how long is dragged, `FRAMES_QUESTION` which belief.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startGeneratedWorkspace } from "@watershed/workbench";
import { machine, median } from "./machine.ts";
import { servedPage } from "./served-page.ts";

const seconds = Number(process.env.FRAMES_SECONDS ?? 8);
/** Runs in the page: notes every frame, and every answer that the drawer tells of. */
const watchFrames = `
  globalThis.seen = { frames: [], answers: [], going: true };
  let last = performance.now();
  let said = "";
  const next = (now) => {
    seen.frames.push(now - last);
    last = now;
    const text = document.querySelector(".drawer [aria-live=off]")?.textContent ?? "";
    const taken = /16,384.*?([0-9]+) ms/.exec(text)?.[1];
    if (taken && text !== said) seen.answers.push(Number(taken));
    said = text;
    if (seen.going) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
`;

const data = await mkdtemp(join(tmpdir(), "watershed-frames-"));
await startGeneratedWorkspace(join(data, "generated"), { questions: 150, companies: 60, seed: 1 });
const { server, url, browser } = await servedPage(join(data, "generated"), data);
try {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: "en-GB" });
  await enter(page);
  const { frames, answers, moves, script, work } = await drag(page);
  const sorted = frames.toSorted((one, other) => one - other);
  const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  console.log(machine());
  console.log(
    `${frames.length} frames while dragging: median ${at(0.5)} ms, nineteen in twenty under ${at(0.95)} ms, longest ${at(1)} ms, ${frames.filter((frame) => frame > 50).length} over 50 ms`,
  );
  console.log(
    `${moves} moves: ${(script / moves).toFixed(1)} ms of script each, ${(work / moves).toFixed(1)} ms of the page's thread in all`,
  );
  console.log(
    `${answers.length} answers of the worker seen: median ${median(answers).toFixed(0)} ms for the decisions over 16,384 scenarios`,
  );
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
}

/** First run, the decisions, the drawer with one belief in it. */
async function enter(page: Page): Promise<void> {
  await page.goto(url);
  await page.getByRole("textbox").first().fill("Bench");
  await page.keyboard.press("Enter");
  await page.locator(".company-row [data-row]").nth(20).waitFor({ timeout: 120_000 });
  await page.keyboard.press("w");
  await page.locator(".drawer .suggestion").first().waitFor();
  const wanted = process.env.FRAMES_QUESTION;
  const suggestions = page.locator(".drawer .suggestion");
  await (wanted ? suggestions.filter({ hasText: wanted }).first() : suggestions.first()).click();
  await page.locator(".drawer input[type=range], .drawer .handle").first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000); // the worker warms up as it would while a reader reads
}

interface Dragged {
  frames: number[]; // milliseconds between frames
  answers: number[]; // milliseconds that the drawer says each answer took
  moves: number;
  script: number; // milliseconds of the processor's time on the page's thread
  work: number; // with style, layout and painting
}

/** Drags back and forth. */
async function drag(page: Page): Promise<Dragged> {
  const handle = page.locator(".drawer input[type=range], .drawer .handle.h1").first();
  const box = (await handle.boundingBox())!;
  const isRange = (await handle.getAttribute("type")) === "range";
  const field = isRange ? box : (await page.locator(".drawer .drag-field").first().boundingBox())!;
  const y = box.y + box.height / 2;
  const meter = await page.context().newCDPSession(page);
  await meter.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async (name: string): Promise<number> =>
    1000 * (await meter.send("Performance.getMetrics")).metrics.find((metric) => metric.name === name)!.value;
  const [script, work] = [await spent("ScriptDuration"), await spent("TaskDuration")];
  await page.evaluate(watchFrames);
  await page.mouse.move(isRange ? field.x + field.width / 2 : box.x + box.width / 2, y);
  await page.mouse.down();
  const until = Date.now() + seconds * 1000;
  let moves = 0;
  for (; Date.now() < until; moves++) {
    await page.mouse.move(field.x + field.width * (0.5 + 0.3 * Math.sin(moves / 12)), y);
    await page.waitForTimeout(8);
  }
  const found = await page.evaluate<{ frames: number[]; answers: number[] }>(
    "(seen.going = false, { frames: seen.frames.slice(2), answers: seen.answers })",
  );
  const measured = { ...found, moves, script: (await spent("ScriptDuration")) - script, work: (await spent("TaskDuration")) - work };
  await page.mouse.up();
  return measured;
}
