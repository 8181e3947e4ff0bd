import type { Command } from "commander";
import type { SetExitCode, Terminal } from "../terminal.ts";
import { withLabFlags } from "./lab-flags.ts";
import { addRunCommands } from "./lab-run.ts";

/** `watershed lab ...`: the compute lab, one file per command. */
export function addLabCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  const lab = program
    .command("lab")
    .description("can this team train what it promises: step time, memory, plans, failures, sites, cost of a training cluster");
  addChips(lab, terminal, setExitCode);
  addRunCommands(lab, terminal, setExitCode);
}

function addChips(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("chips").argument("[NAME]", "a chip's name or alias; every chip unless given"))
    .description("accelerators: speed, memory, links, power, and which of these figures nobody could verify")
    .addHelpText("after", "\nExample: watershed lab chips H100-80GB")
    .action(async (name: string | undefined, options) =>
      setExitCode((await import("./lab-chips.ts")).labChipsCommand(terminal, name, options)),
    );
}
