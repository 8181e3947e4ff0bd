// A workbench of its own on a folder, and a Chromium to open it in, for the benches of the page.
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";
import { chromiumPath } from "../hosts/chromium.ts";

const root = join(import.meta.dirname, "..");

/** Serves the folder with its data in another and starts the browser; whoever asks closes both. */
export async function servedPage(folder: string, data: string): Promise<{ server: ChildProcess; url: string; browser: Browser }> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("there is no Chromium: apt-get install chromium, or set CHROMIUM to its path");
  const server = spawn(
    process.execPath,
    [join(root, "packages/cli/bin/watershed.mjs"), "serve", "--first", folder, "--port", "0", "--no-open"],
    {
      env: { ...process.env, WATERSHED_DATA: join(data, "data"), DATABASE_URL: "", WATERSHED_LOG: "warn" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const url = await new Promise<string>((resolve) => {
    server.stdout.on("data", (chunk: Buffer) => {
      const address = /http:\/\/[\d.:]+/.exec(String(chunk))?.[0];
      if (address) resolve(address);
    });
  });
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return { server, url, browser };
}
