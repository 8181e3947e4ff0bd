import type { CDPSession, Page } from "playwright-core";
import { expect } from "vitest";

/** Presses Tab until what has the focus is called so, once the page has it. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  await page.waitForFunction(
    (called) =>
      [...document.querySelectorAll("a, button, label, summary, [aria-label], [tabindex]")].some((one) =>
        new RegExp(called).test((one.getAttribute("aria-label") ?? one.textContent ?? "").trim()),
      ),
    name.source,
  );
  const seen: string[] = [];
  for (let press = 0; press < 200; press++) {
    await page.keyboard.press("Tab");
    const called = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent;
      return (element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "").trim();
    });
    if (name.test(called)) return;
    seen.push(called);
  }
  throw new Error(`nothing called ${name} can be reached by Tab: ${seen.join(" | ")}`);
}

/** Types through an input method: letters that compose, Enter while they do, then the characters that were chosen. */
export async function compose(page: Page, input: CDPSession, letters: string, chosen: string): Promise<void> {
  for (let end = 1; end <= letters.length; end += 4)
    await input.send("Input.imeSetComposition", { text: letters.slice(0, end), selectionStart: end, selectionEnd: end });
  const state = (): Promise<string> =>
    page.evaluate(() => `${location.pathname} ${document.activeElement?.tagName} ${document.querySelectorAll("[role=dialog]").length}`);
  const before = await state();
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
  await input.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await input.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  expect(await state()).toBe(before);
  await input.send("Input.insertText", { text: chosen });
}
