import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { buildPage, root } from "./workbench.ts";

const dist = join(root, "packages/web/dist");
const limitBytes = 300_000;

beforeAll(buildPage, 600_000);

test("the first page comes with less than 300 kB of compressed script, and without charts, editor or workers", () => {
  const scripts = scriptsOf(readFileSync(join(dist, "index.html"), "utf8"));
  const bytes = scripts.map((file) => gzipSync(readFileSync(join(dist, "assets", file))).length);
  const total = bytes.reduce((sum, one) => sum + one, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(total, scripts.map((file, place) => `${file} ${bytes[place]}`).join(", ")).toBeLessThan(limitBytes);
  expect(total).toBeGreaterThan(50_000); // else this counts something else
  const code = scripts.map((file) => readFileSync(join(dist, "assets", file), "utf8")).join("\n");
  for (const late of ["echarts", "cm-editor", "zrender"]) expect(code.includes(late), late).toBe(false);
});

/** The scripts that a page names, and everything that those import before they run. */
function scriptsOf(html: string): string[] {
  const waiting = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, file]) => file);
  const found = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readFileSync(join(dist, "assets", file), "utf8");
    for (const [, next] of code.matchAll(/(?:^|[;\n}])(?:import|export)[^"'()]*?["']\.\/([^"']+\.js)["']/g)) waiting.push(next);
  }
  return [...found];
}
