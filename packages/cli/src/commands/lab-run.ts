import { Option } from "commander";
import type { Command } from "commander";
import type { SetExitCode, Terminal } from "../terminal.ts";
import { withLabFlags } from "./lab-flags.ts";

/** The lab's commands about running a job: failures, sites, substitution, cost, scaling. */
export function addRunCommands(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  addFailures(lab, terminal, setExitCode);
  addSites(lab, terminal, setExitCode);
}

function addFailures(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
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

function addSites(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("sites"))
    .description("one AI model trained on several sites: what a link costs in time, and what fewer synchronisations cost in loss")
    .option("--parameters <n>", "of the AI model: 405B", "405B")
    .option("--active <n>", "parameters that a token visits, all of them unless given: 37B")
    .option("--tokens-per-step <n>", "tokens of one step over all sites", "16.8M")
    .option("--tokens <n>", "of the whole run, 20 per parameter unless given: 15T")
    .option("--chips <n>", "chips of all sites together", "10000")
    .option("--tflops-per-chip <n>", "sustained, a number or a range: 350..450", "350..450")
    .option("--step-seconds <n>", "of one step on one site with all chips, instead of a rate per chip")
    .option("--sites <n>", "how many", "2")
    .option("--gigabits <list>", "links to try, Gb/s per site and direction", "10,100,400,800,1600,3200,10000")
    .option("--kilometres <n>", "between neighbours", "1000")
    .option("--local-steps <n>", "H, steps between synchronisations of the weights", "100")
    .option("--bytes-per-number <n>", "of a number sent every H steps", "1")
    .addHelpText("after", "\nExample: watershed lab sites --parameters 671B --active 37B --sites 3 --kilometres 1500")
    .action(async (options) => setExitCode((await import("./lab-sites.ts")).labSitesCommand(terminal, options)));
}
