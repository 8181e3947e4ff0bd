import type { Command } from "commander";
import type { SetExitCode, Terminal } from "../terminal.ts";
import { withLabFlags } from "./lab-flags.ts";
import { addRunCommands } from "./lab-run.ts";

/** `watershed lab ...`: the compute lab, one file per command. */
export function addLabCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  const lab = program
    .command("lab")
    .description("can this team train what it promises: step time, memory, plans, failures, sites, cost of a training cluster");
  addPredict(lab, terminal, setExitCode);
  addSearch(lab, terminal, setExitCode);
  addCompare(lab, terminal, setExitCode);
  addValidate(lab, terminal, setExitCode);
  addChips(lab, terminal, setExitCode);
  addRunCommands(lab, terminal, setExitCode);
}

function addPredict(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("predict").argument("[FILE]", "JSON: a row with model, chips, plan and software, a list of rows, or { rows }"))
    .description("step time with its band and parts, use of the chips, memory; what a row does not say is chosen and named")
    .option("--preset <name>", "instead of a file: a published AI model, such as DeepSeek-V3")
    .option("--cluster <name>", "with --preset: CHIPxCOUNT or a published cluster; gb200-10k unless given")
    .option("--software <text>", 'with --preset: the stack\'s name and date, such as "NeMo 24.09"')
    .option("--precision <format>", "with --preset: bf16, fp8, mxfp8 or fp4")
    .option("--calibrate <file>", "one to three measured rows of the same site: they correct the level and narrow the band")
    .option("--tokens <n>", "also days and chip-hours for so many tokens: 300B, 14.8T")
    .addHelpText("after", "\nExample: watershed lab predict --preset DeepSeek-V3 --cluster deepseek-2k-h800 --precision fp8 --tokens 14.8T")
    .action(async (file: string | undefined, options) =>
      setExitCode(await (await import("./lab-predict.ts")).labPredictCommand(terminal, file, options)),
    );
}

function addSearch(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("search").argument("[FILE]", "JSON: a row with model and chips; what its plan prints stays fixed"))
    .description("the fastest plans that fit, over the whole space; with --frontier time against chips")
    .option("--preset <name>", "instead of a file: a published AI model, such as DeepSeek-V3")
    .option("--cluster <name>", "with --preset: CHIPxCOUNT or a published cluster; gb200-10k unless given")
    .option("--software <text>", "with --preset: the stack's name and date")
    .option("--precision <format>", "with --preset: bf16, fp8, mxfp8 or fp4")
    .option("--batch <n>", "sequences per step; about 8,000 tokens per chip unless given")
    .option("--keep <n>", "how many plans to show, 5 unless given")
    .option("--frontier <chips>", "the fastest plan at each of these numbers of chips: 1024,4096,16384")
    .addHelpText("after", "\nExample: watershed lab search --preset DeepSeek-V3 --cluster H800x2048 --precision fp8 --batch 15360")
    .action(async (file: string | undefined, options) =>
      setExitCode(await (await import("./lab-search.ts")).labSearchCommand(terminal, file, options)),
    );
}

function addCompare(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("compare").argument("FILE", "JSON: rows to set side by side"))
    .description("rows side by side: step time, days with band, chip-hours, use, memory, largest loss")
    .option("--tokens <n>", "tokens to train, 1T unless given")
    .option("--calibrate <file>", "one to three measured rows of the same site")
    .addHelpText("after", "\nExample: watershed lab compare examples/compute-lab/rows.json --tokens 10T")
    .action(async (file: string, options) =>
      setExitCode(await (await import("./lab-compare.ts")).labCompareCommand(terminal, file, options)),
    );
}

function addValidate(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("validate"))
    .description("how predictions do on every published paper, by constants that never saw it: error, bias, band, worst row")
    .option("--known <rows>", "measured rows of the same site known beforehand, 0 to 3; 0 unless given")
    .option("--any", "any rows of the site, drawn five times, instead of the ones most like the row asked for")
    .option("--same-release", "only rows of the same release of the software count as the site's")
    .option("--memory", "memory per chip on published totals instead of step times, and how often fits or does not fit is right")
    .option("--fitted", "by the constants calibrated on all papers: the fit, no test")
    .addHelpText("after", "\nExample: watershed lab validate --known 2")
    .action(async (options) => setExitCode((await import("./lab-validate.ts")).labValidateCommand(terminal, options)));
}

function addChips(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("chips").argument("[NAME]", "a chip's name or alias; every chip unless given"))
    .description("accelerators: speed, memory, links, power, and which of these figures nobody could verify")
    .addHelpText("after", "\nExample: watershed lab chips H100-80GB")
    .action(async (name: string | undefined, options) =>
      setExitCode((await import("./lab-chips.ts")).labChipsCommand(terminal, name, options)),
    );
}
