// Builds the page of the workbench where it is missing or older than its sources. Runs under any Node >= 20, so plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "packages", "web");
const page = join(web, "dist", "index.html");
const stamp = join(root, "node_modules", ".watershed-page-built");

if (existsSync(join(web, "package.json"))) {
  const wanted = hashOfSources();
  const built = existsSync(page) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (!built) {
    process.stderr.write("Building the page ... 正在构建页面……\n");
    const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const { status } = spawnSync(node, [vite, "build", "--logLevel", "warn"], {
      cwd: web,
      stdio: ["ignore", 2, 2],
      env: { ...process.env, NODE_ENV: "production" }, // a test runner has its own, with which React would be the slow one for developers
      shell: process.platform === "win32",
    });
    if (status !== 0) process.stderr.write("The page could not be built; the API answers without it. 页面构建失败，接口仍可使用。\n");
    else writeFileSync(stamp, wanted);
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
