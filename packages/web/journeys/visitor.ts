import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromiumPath } from "../../../hosts/chromium.ts";

export { chromiumPath };

if (!chromiumPath())
  console.warn("There is no Chromium here, so the browser journeys are skipped: apt-get install chromium, or set CHROMIUM to its path.");

/** Somebody before the page: a browser context with its own cookies, and what went wrong in it. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts and refusals of the content security policy since the last time this was asked. */
  faults: () => string[];
  close: () => Promise<void>;
}

export interface VisitorOptions {
  language?: "en" | "zh";
  colorScheme?: "light" | "dark";
  width?: number;
  height?: number;
}

/** The Chromium of this machine, without a word to anybody outside. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath()!,
    timeout: 180_000,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A fresh visitor; the language of the browser is the language of the page until somebody chooses. */
export async function visit(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { language = "en", colorScheme = "light", width = 1280, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "Asia/Shanghai",
    colorScheme,
    reducedMotion: "reduce",
    hasTouch: width < 600,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const noted: string[] = [];
  page.on("pageerror", (error) => noted.push(`script: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    // a refusal of the server is told by the page in words; the browser's own line about it is no fault
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) noted.push(`console: ${message.text()}`);
  });
  return { page, context, faults: () => noted.splice(0), close: () => context.close() };
}
