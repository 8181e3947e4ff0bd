import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@watershed/cli";
import pc from "picocolors";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "watershed-commands-"));
cpSync(join(root, "examples"), join(home, "examples"), { recursive: true });
afterAll(() => rmSync(home, { recursive: true }));

const pages = ["README.md", "docs", "examples"].flatMap((place) => pagesIn(join(root, place)));
const commands = [...new Set(pages.flatMap((page) => commandsIn(readFileSync(page, "utf8"))))];
const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }).scripts;

test("the pages document commands", () => {
  expect(commands.length).toBeGreaterThan(8);
});

test.each(commands)("%s is real", async (command) => {
  const [program, ...argv] = command.split(/\s+/);
  if (program === "npm") return expect(Object.keys(scripts)).toContain(argv[0]);
  if (program.endsWith("/node")) return expect(existsSync(join(root, argv[0]))).toBe(true);
  if (program === "cp" || program === "sed") return void execFileSync("sh", ["-c", command], { cwd: home });
  expect([program, argv[0]]).toEqual(["npx", "watershed"]);
  const { code, err } = await run(argv.slice(1));
  expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
});

/** The call in a copy of the examples, with few scenarios where it draws any. */
async function run(argv: string[]): Promise<{ code: number; err: string }> {
  const draws = ["review", "explain", "agenda", "disagreement", "thresholds", "case", "price", "sensitivity"].includes(argv[0]) && !argv.includes("--draws") ? ["--draws", "2048"] : [];
  let err = "";
  const terminal = { out: () => {}, err: (text: string) => void (err += text), width: 100, colours: pc.createColors(false), live: false, cwd: home, environment: { WATERSHED_DATA: join(home, "data") } };
  return { code: await main([...argv, ...draws], terminal), err };
}

/** The commands of the ```sh blocks of a page, without comments. */
function commandsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) => match[1].split("\n"));
  return blocks.map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

function pagesIn(place: string): string[] {
  if (place.endsWith(".md")) return [place];
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(place, name));
}
