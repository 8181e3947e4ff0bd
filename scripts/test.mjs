// Everything that must hold: types, lint, format, tests. Ends with `N passed, N failed` alone on the last line.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const report = join(root, ".cache", "tests.json");
mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });

const checks = [
  ["types", "tsc", ["--noEmit", "-p", "tsconfig.json"]],
  ["types of the page", "tsc", ["--noEmit", "-p", "packages/web/tsconfig.json"]],
  ["lint", "oxlint", ["--deny-warnings"]],
  ["format", "oxfmt", ["--check"]],
];
let [passed, failed, skipped] = [0, 0, 0];
for (const [name, command, args] of checks) {
  const ok = run(command, args) === 0;
  console.log(`${name}: ${ok ? "passed" : "FAILED"}`);
  if (ok) passed++;
  else failed++;
}
const status = run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)]);
try {
  const results = JSON.parse(readFileSync(report, "utf8"));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  skipped += results.numPendingTests + results.numTodoTests;
  if (status !== 0 && results.numFailedTests === 0) failed++;
} catch (error) {
  console.error(`the test runner left no report: ${error.message}`);
  failed++;
}
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command, args) {
  const env = { ...process.env, PATH: `${bin}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}` };
  return spawnSync(join(bin, command), args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] }).status ?? 1;
}
