// Builds the page of the workbench where it is missing or older than its sources. Runs under any Node >= 20, so plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "packages", "web");
const dist = join(web, "dist");
const stamp = join(root, "node_modules", ".watershed-page-built");
const lock = join(root, "node_modules", ".watershed-page-being-built");

if (existsSync(join(web, "package.json"))) {
  const wanted = hashOfSources();
  if (!isBuilt(wanted)) alone(() => isBuilt(wanted) || build(wanted));
}

function isBuilt(wanted) {
  return existsSync(join(dist, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

/** Into a folder of its own first: a server that is at work has the whole old page or the whole new one. */
function build(wanted) {
  process.stderr.write("Building the page ... 正在构建页面……\n");
  const fresh = join(root, "node_modules", `.watershed-page-${process.pid}`);
  const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const { status } = spawnSync(node, [vite, "build", "--logLevel", "warn", "--outDir", fresh, "--emptyOutDir"], {
    cwd: web,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production" }, // a test runner has its own, with which React would be the slow one for developers
    shell: process.platform === "win32",
  });
  if (status === 0) {
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    writeFileSync(stamp, wanted);
  } else {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write("The page could not be built; the API answers without it. 页面构建失败，接口仍可使用。\n");
  }
}

/** One process builds; others wait for it, and take over from one that ended in the middle. */
function alone(act) {
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!holderLives()) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    writeFileSync(join(lock, "pid"), String(process.pid));
    act();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function holderLives() {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return true;
  } catch (error) {
    if (error.code !== "ENOENT") return error.code === "EPERM";
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0; // its number is written a moment after the folder is made
    return Date.now() - made < 10_000;
  }
}

/** The page is made of its own package, of those it runs in the browser, and of the packages of the lock file. */
function hashOfSources() {
  const hash = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(readFileSync(fileURLToPath(import.meta.url)));
  const houses = ["web", "domain", "probability", "formula", "engine", "decision", "compute-lab", "workbench", "workspace-files"];
  for (const house of houses)
    for (const file of filesIn(join(root, "packages", house))) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules" && name !== "dist" && !name.includes(".test."))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
