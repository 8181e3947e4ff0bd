import { startWorkers } from "@watershed/workbench";
import { expect, test } from "vitest";
import { chromiumPath, runInChromium } from "./chromium.ts";
import { hostHashes } from "./determinism-page.ts";
import type { HostHashes } from "./determinism-page.ts";

const node = hostHashes([1, 2, 4], startWorkers);

test("1, 2 and 4 worker threads of Node draw the bits that it draws alone", async () => {
  const { alone, shared } = await node;
  expect(Object.keys(alone).length).toBeGreaterThan(50);
  expect(new Set(Object.values(alone)).size).toBe(Object.keys(alone).length);
  for (const workers of [1, 2, 4]) expect(shared[workers].columns, `${workers} workers`).toEqual(alone);
  for (const workers of [2, 4]) expect(shared[workers].figures, `${workers} workers`).toEqual(shared[1].figures);
});

test.skipIf(!chromiumPath())("Chromium draws the bits that Node draws, alone and on 1 and 2 Web Workers (needs chromium)", async () => {
  const { alone, shared } = await runInChromium<HostHashes>("hosts/determinism-page.ts");
  const inNode = await node;
  expect(alone).toEqual(inNode.alone);
  for (const workers of [1, 2]) expect(shared[workers], `${workers} workers`).toEqual(inNode.shared[workers]);
});
