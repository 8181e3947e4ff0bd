#!/usr/bin/env node
// Starts Watershed under the pinned Node, whatever Node found this file.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  nodeModule.enableCompileCache?.();
  findSourcesDirectly();
  const { main } = await import("../src/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const pinned = join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", "node");
  if (!existsSync(pinned)) {
    process.stderr.write("Watershed needs Node 24. Run `npm install` in its folder: that installs the pinned one.\n");
    process.exit(3);
  }
  const { status } = spawnSync(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = status ?? 3;
}

/**
 * Our own modules name their files in full, so that nothing has to be looked for: no search, no symbolic links, a tenth of the start.
 * Every other name goes the usual way.
 */
function findSourcesDirectly() {
  const packages = new URL("../../", import.meta.url).href;
  nodeModule.registerHooks?.({
    resolve(specifier, context, next) {
      const ours = /^@watershed\/([a-z-]+)$/.exec(specifier)?.[1];
      const beside = /^\.\.?\//.test(specifier) && specifier.endsWith(".ts") && context.parentURL?.startsWith(packages);
      // The messages of zod in fifty languages, of which we show none.
      if (specifier === "../locales/index.js" && context.parentURL?.includes("/zod/v4/"))
        return { url: "data:text/javascript,export {}", format: "module", shortCircuit: true };
      if (!ours && !beside) return next(specifier, context);
      const url = ours ? `${packages}${ours}/src/index.ts` : new URL(specifier, context.parentURL).href;
      return { url, format: "module-typescript", shortCircuit: true };
    },
  });
}
