import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Terminal } from "../terminal.ts";
import type { LabWording } from "../wording/lab-en.ts";

/** The content of a JSON file; undefined, with the reason on stderr, where there is none. */
export async function readJson(terminal: Terminal, file: string, words: LabWording): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(terminal.cwd, file), "utf8");
  } catch (error) {
    return void terminal.err(`${words.cannotRead(file, error instanceof Error ? error.message : String(error))}\n`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown; // some editors put a mark of the byte order first
  } catch (error) {
    return void terminal.err(`${words.notJson(file, error instanceof Error ? error.message : String(error))}\n`);
  }
}
