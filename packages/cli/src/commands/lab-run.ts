import { Option } from "commander";
import type { Command } from "commander";
import type { SetExitCode, Terminal } from "../terminal.ts";
import { withLabFlags } from "./lab-flags.ts";

/** The lab's commands about running a job: failures, sites, substitution, cost, scaling. */
export function addRunCommands(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("failures"))
    .description("how often a job is interrupted, the best checkpoint interval, useful time, spares and days, at any number of chips")
    .option("--chips <list>", "sizes of the job, commas between them; 1000 to 100000 unless given")
    .option("--chip-hours <n>", "useful work of the whole run in chip-hours, for days and interruptions: 2.664M")
    .option("--fleet <name>", "one published fleet instead of the spread of all: llama-3-405b, meta-rsc-1 ...")
    .option("--chip-hours-per-interruption <n>", "the team's own record: 50000, or a range 30000..80000")
    .option("--checkpoint-seconds <n>", "for which a checkpoint halts training; 2..60 unless given")
    .option("--restart-seconds <n>", "from a failure until training goes on")
    .addOption(new Option("--restart <how>", "who restarts: 180..900 seconds or 1 to 8 hours").choices(["automatic", "manual"]))
    .option("--chips-per-host <n>", "8 unless given")
    .option("--repair-hours <n>", "until a broken host is back; 24..168 unless given")
    .addHelpText("after", "\nExample: watershed lab failures --chips 2048,16384,100000 --chip-hours 2.664M")
    .action(async (options) => setExitCode((await import("./lab-failures.ts")).labFailuresCommand(terminal, options)));
}
