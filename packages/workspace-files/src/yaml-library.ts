import { createRequire } from "node:module";

type YamlLibrary = typeof import("yaml");

let library: YamlLibrary | undefined;

/** The YAML library, loaded when a file first needs it: most are read without (`plain-yaml.ts`), and loading takes as long as reading them. */
export function yamlLibrary(): YamlLibrary {
  return (library ??= createRequire(import.meta.url)("yaml") as YamlLibrary);
}
