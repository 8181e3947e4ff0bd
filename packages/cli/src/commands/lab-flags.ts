import { Option } from "commander";
import type { Command } from "commander";

export interface LabFlags {
  lang?: string;
  json?: boolean;
}

/** The flags that every lab command has. */
export function withLabFlags(command: Command): Command {
  return command
    .option("--json", "the result as JSON")
    .addOption(new Option("--lang <language>", "language of the output").choices(["en", "zh"]));
}

/** The chip that a cost is of unless `--chip` is given. */
export const usualChip = "H100";
