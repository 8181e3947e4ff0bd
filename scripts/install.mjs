// Installs what is missing: the packages of package-lock.json, the pinned Node among them; with --with-chromium also Debian's Chromium where
// that can be done. Runs under any Node >= 20, so plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".watershed-installed");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const pinnedNode = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");

if (Number(process.versions.node.split(".")[0]) < 20) fail(`Watershed needs Node 20 or newer to start; this is ${process.versions.node}.`);
if (!(existsSync(stamp) && readFileSync(stamp, "utf8") === wanted && existsSync(pinnedNode))) {
  process.stderr.write("Installing the packages of package-lock.json, the pinned Node among them ...\n");
  // Not `npm ci`: it refuses a lock file without the optional binaries of platforms that a registry does not offer.
  run(npm(), ["install", "--no-audit", "--no-fund"]);
  if (!pinnedNodeRuns())
    run(process.execPath, [join(root, "node_modules", "node", "installArchSpecificPackage.js")], join(root, "node_modules", "node"));
  if (!pinnedNodeRuns())
    fail("The pinned Node could not be installed. Allow the install script of the package `node`, or put Node 24 first on PATH.");
  writeFileSync(stamp, wanted);
}

if (process.argv.includes("--with-chromium")) installChromium();

/** For the tests that look at a browser; they are skipped where there is none. Asked once: what cannot be had is not asked for again. */
function installChromium() {
  const asked = join(root, "node_modules", ".watershed-asked-for-chromium");
  const there = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].some((path) => path && existsSync(path));
  if (there || existsSync(asked) || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  writeFileSync(asked, "");
  process.stderr.write("Installing Chromium for the tests that need a browser ...\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", 2] }).status === 0;
  if (!apt("update") || !apt("install", "-y", "--no-install-recommends", "chromium"))
    process.stderr.write("Chromium could not be installed; the tests that need it are skipped.\n");
}

function npm() {
  return process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
}

function run(command, args, cwd = root) {
  const [file, ...before] = Array.isArray(command) ? command : [command];
  const { status, error } = spawnSync(file, [...before, ...args], {
    cwd,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32" && file === "npm",
  });
  if (error || status !== 0)
    fail(`\`${[file, ...before, ...args].join(" ")}\` ended with ${error ? error.message : `exit code ${status}`}.`);
}

function pinnedNodeRuns() {
  return spawnSync(pinnedNode, ["--version"], { shell: process.platform === "win32" }).status === 0;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
