import { join } from "node:path";
import pc from "picocolors";
import stringWidth from "string-width";
import { expect } from "vitest";
import { main } from "./main.ts";

/** One call of `watershed` in this process, in a folder and on a hundred columns without colour, with what it wrote. */
export async function callIn(
  cwd: string,
  argv: string[],
  environment: Record<string, string | undefined> = { WATERSHED_DATA: join(cwd, "data") },
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: "", err: "" };
  const code = await main(argv, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    width: 100,
    colours: pc.createColors(false),
    live: false,
    cwd,
    environment,
  });
  return { code, ...written };
}

/** A page that a person can read: whole words in a hundred columns, nothing undefined. */
export function expectReadable(out: string): void {
  for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(100);
  expect(out).not.toMatch(/NaN|undefined|\[object|Infinity/);
}
