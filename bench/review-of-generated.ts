// Claim: a review of the generated workspace of 150 questions and 60 companies as a whole process, 131,072 scenarios.
// Prints the median of five runs after one to warm up, as a ratio to starting the command.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine, median } from "./machine.ts";

const watershed = join(import.meta.dirname, "..", "packages", "cli", "bin", "watershed.mjs");
const folder = join(mkdtempSync(join(tmpdir(), "watershed-generated-")), "fund");
const call = (...args: string[]): number => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [watershed, ...args], { stdio: "ignore" });
  if (status !== 0) throw new Error(`watershed ${args.join(" ")} ended with exit code ${status}`);
  return (performance.now() - start) / 1000;
};
call("new", folder, "--size", "150x60", "--seed", "1");
const seconds = Array.from({ length: 6 }, () => call("review", folder)).slice(1);
const starting = median(Array.from({ length: 5 }, () => call("--version")));
console.log(
  `review of 150 questions and 60 companies: ${median(seconds).toFixed(2)} s, ${(median(seconds) / starting).toFixed(0)} times starting the command (${machine()})`,
);
rmSync(join(folder, ".."), { recursive: true });
