import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;
const houses = readdirSync(join(root, "packages"));

/** Who may import whom; a package that is not named here may not exist. */
const mayImport: Record<string, string[]> = {
  domain: [],
  probability: [],
  formula: ["probability"],
  engine: ["domain", "probability", "formula"],
  decision: ["domain", "probability"],
  "compute-lab": ["probability"],
  "workspace-files": ["domain"],
  store: ["domain"],
  workbench: ["domain", "probability", "compute-lab", "formula", "engine", "decision", "workspace-files", "store"],
  web: ["domain", "probability", "formula", "engine", "decision", "compute-lab", "workbench"],
  server: ["workbench", "domain"],
  cli: ["workbench", "domain", "compute-lab", "server"],
};
const pure = new Set(["domain", "probability", "formula", "engine", "decision", "compute-lab"]);
const impure = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bfetch\(/,
  /from "node:/,
  /\bsetTimeout\b/,
  /\bperformance\./,
];

const sources = houses
  .flatMap((house) => [...files(join(root, "packages", house, "src")), ...files(join(root, "packages", house, "bin"))])
  .filter((file) => /\.tsx?$/.test(file));
const production = sources.filter((file) => !isTest(file));

test("every package has its row in the table of imports, a README and one index.ts", () => {
  expect(houses.sort()).toEqual(Object.keys(mayImport).sort());
  for (const house of houses) {
    expect(existsSync(join(root, "packages", house, "README.md")), `README.md of ${house}`).toBe(true);
    const indexes = production.filter((file) => houseOf(file) === house && file.endsWith("/index.ts"));
    expect(indexes.length, `index.ts of ${house}`).toBe(1);
  }
});

test("packages import only what the table allows, and only what their package.json declares", () => {
  for (const file of sources) {
    const house = houseOf(file);
    const declared = dependenciesOf(house);
    for (const name of imports(file)) {
      const ours = /^@watershed\/([a-z-]+)(?:\/[a-z-]+)?$/.exec(name)?.[1];
      if (ours) {
        const allowed = isTest(file) ? [...mayImport[house], house, "probability", "domain"] : mayImport[house];
        expect(allowed, `${relative(root, file)} imports ${name}`).toContain(ours);
      } else if (name.startsWith(".")) {
        expect(houseOf(resolve(dirname(file), name)), `${relative(root, file)} reaches into another package: ${name}`).toBe(house);
      } else if (!name.startsWith("node:") && !isTest(file)) {
        expect(name.startsWith("@watershed/"), `${relative(root, file)} imports ${name}: what a package offers to tests`).toBe(false);
        expect(declared, `${relative(root, file)} imports ${name}, which packages/${house}/package.json does not declare`).toContain(
          packageOf(name),
        );
      }
    }
  }
});

test("no import goes round in a circle", () => {
  const edges = new Map(production.map((file) => [file, imports(file).flatMap((name) => targetOf(file, name))]));
  const state = new Map<string, "open" | "done">();
  const walk = (file: string, path: string[]): void => {
    if (state.get(file) === "done") return;
    const circle = [...path.slice(path.indexOf(file)), file].map((step) => relative(root, step)).join(" -> ");
    expect(state.get(file) === "open" ? circle : "", "import cycle").toBe("");
    state.set(file, "open");
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of production) walk(file, []);
});

test("the page runs only those parts of the workbench that need no machine under them", () => {
  const parts = ["in-page", "figures", "measures"].map((part) => entryOf("workbench", part));
  const reached = new Set<string>();
  const walk = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    const bare = read(file).replace(/(?:^|\n)\s*(?:import|export) type [^;]*;/g, "");
    expect(/from "(node:[^"]+)"|import\("(node:[^"]+)"\)/.exec(bare)?.[0] ?? "", `${relative(root, file)}, which the page runs`).toBe("");
    for (const name of importsIn(bare)) for (const next of targetOf(file, name)) walk(next);
  };
  for (const part of parts) walk(part);
  expect(reached.size).toBeGreaterThan(100);
  for (const file of production.filter((candidate) => houseOf(candidate) === "web")) {
    const whole = /(?:^|\n)\s*import (?!type )[^;]*from "@watershed\/workbench";/.exec(read(file))?.[0] ?? "";
    expect(whole, `${relative(root, file)} takes more than types from the whole workbench`).toBe("");
  }
});

test("pure packages know no clock, no chance, no files, no network", () => {
  for (const file of production.filter((candidate) => pure.has(houseOf(candidate))))
    for (const pattern of impure) expect(pattern.exec(read(file))?.[0] ?? "", `${relative(root, file)} uses ${pattern}`).toBe("");
});

test("what flows into numbers uses our own exp, log and power, whose bits are the same on every machine", () => {
  const hosts = /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot|a?sinh?|a?cosh?|a?tanh?|atan2)\b|\bMath\[/;
  for (const file of production.filter((candidate) => pure.has(houseOf(candidate)) || houseOf(candidate) === "workbench")) {
    // a generated workspace has figures of two digits
    if (isTable(file) || /\/generate-[a-z]+\.ts$/.test(file)) continue;
    const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const where = `${relative(root, file)}: the last digit of such a function is the host's choice; import it from probability`;
    expect(hosts.exec(code)?.[0] ?? "", where).toBe("");
    // a power of two is exact everywhere
    expect(/[^\s"]*(?<!(^|[^\w.])2) \*\*=? .*/.exec(code)?.[0] ?? "", `${where}: power, square`).toBe("");
  }
});

test("files have at most 400 lines and functions at most 60", () => {
  for (const file of production) {
    const lines = read(file).split("\n");
    if (isTable(file)) continue;
    expect(lines.length, `lines of ${relative(root, file)}`).toBeLessThanOrEqual(401);
    for (const { name, length } of functionsOf(lines))
      expect(length, `lines of ${name} in ${relative(root, file)}`).toBeLessThanOrEqual(60);
  }
});

test("names that say nothing do not appear", () => {
  for (const file of production) {
    expect(/(^|[/-])(utils?|types|constants|helpers?|manager|service)\.ts$/.test(file), relative(root, file)).toBe(false);
    expect(/\bclass \w*(Manager|Helper|Service|Base)\b/.test(read(file)), relative(root, file)).toBe(false);
  }
});

test("both languages are level: same pages, same headings, same commands", () => {
  const pairs: [string, string][] = [["README.md", "README.zh.md"], ...pagePairs()];
  for (const [english, chinese] of pairs) {
    const [one, other] = [read(join(root, english)), read(join(root, chinese))];
    expect(headings(other), `headings of ${chinese} against ${english}`).toEqual(headings(one));
    expect(commands(other), `commands of ${chinese} against ${english}`).toEqual(commands(one));
    expect((other.match(/[\u4e00-\u9fff]/g) ?? []).length, `${chinese} is written in Chinese`).toBeGreaterThan(100);
  }
});

test("the project speaks of itself alone", () => {
  const everything = [
    ...sources,
    ...files(join(root, "docs")),
    ...files(join(root, "examples")),
    ...readdirSync(root).map((name) => join(root, name)),
  ];
  const foreign = new RegExp(
    ["/w" + "ork/(main|shared)", "\\.\\./sha" + "red", "sha" + "red/(facts|truths)", "regis" + "try\\.npmjs", "local" + "host:4873"].join(
      "|",
    ),
  );
  for (const file of everything.filter((name) => /\.(ts|mjs|md|ya?ml|json)$/.test(name)))
    expect(foreign.exec(read(file))?.[0] ?? "", `${relative(root, file)}`).toBe("");
});

test("the root stays small", () => {
  const own = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith("."));
  expect(own.map((entry) => entry.name).length).toBeLessThan(12);
});

function pagePairs(): [string, string][] {
  const english = files(join(root, "docs", "en")).map((file) => relative(join(root, "docs", "en"), file));
  const chinese = files(join(root, "docs", "zh")).map((file) => relative(join(root, "docs", "zh"), file));
  expect(chinese.sort()).toEqual(english.sort());
  const twins = examplesWithReadme().map((folder): [string, string] => [join(folder, "README.md"), join(folder, "README.zh.md")]);
  return [...english.map((page): [string, string] => [join("docs/en", page), join("docs/zh", page)]), ...twins];
}

function examplesWithReadme(): string[] {
  const folder = join(root, "examples");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "README.md")))
    .map((entry) => join("examples", entry.name));
}

function files(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function imports(file: string): string[] {
  return importsIn(read(file));
}

function importsIn(code: string): string[] {
  return [...code.matchAll(/(?:^|\n)\s*(?:import|export)[^;"'`]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g)].map(
    (match) => match[1] ?? match[2],
  );
}

function targetOf(file: string, name: string): string[] {
  if (name.startsWith(".")) return [resolve(dirname(file), name)];
  const [, ours, part] = /^@watershed\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(name) ?? [];
  return ours ? [entryOf(ours, part)] : [];
}

/** The file behind a package's name, or behind one of the parts that its package.json exports. */
function entryOf(house: string, part?: string): string {
  const { exports } = JSON.parse(read(join(root, "packages", house, "package.json"))) as { exports: Record<string, string> };
  return join(root, "packages", house, exports[part ? `./${part}` : "."]);
}

function functionsOf(lines: string[]): { name: string; length: number }[] {
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (!name || line.endsWith("}")) return [];
    const end = lines.findIndex((later, index) => index > start && later.startsWith("}"));
    return [{ name, length: end - start + 1 }];
  });
}

function headings(markdown: string): number[] {
  return withoutFences(markdown).flatMap((line) => (/^#+ /.test(line) ? [line.indexOf(" ")] : []));
}

function withoutFences(markdown: string): string[] {
  return markdown.replace(/```[\s\S]*?```/g, "").split("\n");
}

function commands(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) => match[1].split("\n"));
  return blocks
    .map((line) =>
      line
        .replace(/\s+#.*$/, "")
        .replace(/--lang (en|zh)/, "--lang _")
        .trim(),
    )
    .filter((line) => line !== "");
}

function dependenciesOf(house: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(read(join(root, "packages", house, "package.json"))) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

function houseOf(file: string): string {
  return relative(join(root, "packages"), file).split("/")[0];
}

function isTest(file: string): boolean {
  return /\.(test|fixture)\.tsx?$/.test(file);
}

/** A file that is one large literal: a table of built-ins or of wording. */
function isTable(file: string): boolean {
  return /\/(wording|built-ins)\//.test(file) || /\/built-ins?\.ts$/.test(file);
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
