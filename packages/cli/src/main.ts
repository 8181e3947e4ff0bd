import { CommanderError } from "commander";
import { exitCodes } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";
import type { Terminal } from "./terminal.ts";
import { wordingOf } from "./wording/wording.ts";

/** Runs one call of `watershed` and returns its exit code; nothing but a bug escapes as an exception. */
export async function main(argv: string[], terminal: Terminal = processTerminal()): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCall;
    const { text } = wordingOf(undefined);
    terminal.err(`${text.unexpected(error instanceof Error ? error.message : String(error))}\n`);
    return exitCodes.failed;
  }
}
