import { Option } from "commander";
import type { Command } from "commander";
import type { SetExitCode, Terminal } from "../terminal.ts";
import { usualChip, withLabFlags } from "./lab-flags.ts";

/** The lab's commands about running a job: failures, sites, substitution, cost, scaling. */
export function addRunCommands(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  addFailures(lab, terminal, setExitCode);
  addSites(lab, terminal, setExitCode);
  addSubstitute(lab, terminal, setExitCode);
  addCost(lab, terminal, setExitCode);
  addScaling(lab, terminal, setExitCode);
  addTrain(lab, terminal, setExitCode);
}

function addFailures(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("failures"))
    .description("how often a job is interrupted, the best checkpoint interval, useful time, spares and days, at any number of chips")
    .option("--chips <list>", "sizes of the job, commas between them; 1000 to 100000 unless given")
    .option("--chip-hours <n>", "useful work of the whole run in chip-hours, for days and interruptions: 2.664M")
    .option("--fleet <name>", "one published fleet instead of the spread of all: llama-3-405b, meta-rsc-1 ...")
    .option("--chip-hours-per-interruption <n>", "the team's own record: 50000, or a range 30000..80000")
    .option("--checkpoint-seconds <n>", "for which a checkpoint halts training; 2..60 unless given")
    .option("--parameters <n>", "with --storage: checkpoints of this many parameters are written while training halts")
    .option("--storage <n>", "GB/s that the storage takes from all hosts together: 2000")
    .option("--restart-seconds <n>", "from a failure until training goes on")
    .addOption(new Option("--restart <how>", "who restarts: 180..900 seconds or 1 to 8 hours").choices(["automatic", "manual"]))
    .option("--chips-per-host <n>", "8 unless given")
    .option("--repair-hours <n>", "until a broken host is back; 24..168 unless given")
    .addHelpText("after", "\nExample: watershed lab failures --chips 2048,16384,100000 --chip-hours 2.664M")
    .action(async (options) => setExitCode((await import("./lab-failures.ts")).labFailuresCommand(terminal, options)));
}

/** An option that may be given several times. */
function together(written: string, before: string[] = []): string[] {
  return [...before, written];
}

function addSites(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(
    lab
      .command("sites")
      .argument("[FILE]", "JSON: model, plan, software, sites (name, chip, count) and links (between, gigabits, kilometres)"),
  )
    .description(
      "one AI model on several sites: what links cost in time and fewer synchronisations in loss; with FILE or --at, sites that are not alike",
    )
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
    .option("--at <site>", "a site of its own size and chip, once for each: Shanghai=8192xH800, 20000xAscend910B:bf16", together)
    .option(
      "--link <link>",
      "with --at: Gb/s and km between two sites, once for each: Shanghai-Ulanqab=800:1500; else --gigabits",
      together,
    )
    .option("--ai-model <name>", "with --at: a published AI model, such as DeepSeek-V3", "Llama 3.1 405B")
    .option("--software <text>", "with --at: the stack's name and date")
    .option("--precision <format>", "with --at: bf16, fp8, mxfp8 or fp4", "bf16")
    .option("--batch <n>", "with --at: sequences per step over all sites")
    .addHelpText(
      "after",
      `
Examples: watershed lab sites --parameters 671B --active 37B --sites 3 --kilometres 1500
          watershed lab sites --at Shanghai=2048xH800 --at Ulanqab=4096xAscend910B --gigabits 800 --ai-model DeepSeek-V3`,
    )
    .action(async (file: string | undefined, options, command: Command) => {
      const links = command.getOptionValueSource("gigabits") === "cli" || command.getOptionValueSource("kilometres") === "cli";
      if (file === undefined && options.at === undefined)
        return setExitCode((await import("./lab-sites.ts")).labSitesCommand(terminal, options));
      const { labAcrossSitesCommand } = await import("./lab-across-sites.ts");
      setExitCode(await labAcrossSitesCommand(terminal, file, { ...options, linksGiven: links }));
    });
}

function addSubstitute(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("substitute"))
    .description("how many of one chip do the work of so many of another in equal time, with power and cost, and both in one job")
    .option("--have <chips>", "chips at hand: 100000xA100", "100000xA100")
    .option("--for <chips>", "chips to stand in for: 10000xGB200", "10000xGB200")
    .option("--have-format <format>", "bf16, fp16, fp8 or fp4; fp8 where the chip has it unless given")
    .option("--for-format <format>", "the same for the other side")
    .option("--have-tflops <n>", "your own rate per chip, a number or a range, instead of published runs")
    .option("--for-tflops <n>", "the same for the other side")
    .option("--experts", "an AI model with experts instead of a dense one")
    .option("--ai-model <name>", "predict both rates for this published AI model: DeepSeek-V3")
    .option("--software <stack>", "with --ai-model, stack and date of both sides: 2024 in-house")
    .option("--loss-per-doubling <n>", "of utilisation per doubling of chips; 1%..5% unless given")
    .option("--fleet <name>", "failures of one published fleet: llama-3-405b")
    .option("--chip-hours-per-interruption <n>", "the team's own record of failures")
    .option("--microbatches <n>", "of one step when both train together; 1024 unless given")
    .option("--layers <n>", "of the AI model when both train together; 96 unless given")
    .addHelpText("after", "\nExample: watershed lab substitute --have 100000xAscend910B --for 10000xGB200 --experts")
    .action(async (options) => setExitCode((await import("./lab-substitute.ts")).labSubstituteCommand(terminal, options)));
}

function addCost(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("cost"))
    .description("what a run costs rented and owned, its energy and carbon, and how the prices may move; prices in USD")
    .option("--chip <name>", "chip of the run", usualChip)
    .option("--chip-hours <n>", "paid for: 2.788M, or a range; without it only the outlook of prices")
    .option("--chips <n>", "for days, power and capital")
    .option("--tokens <n>", "for the price of a million tokens trained: 14.8T")
    .option("--flops <n>", "model FLOP of the run: 3.3e24")
    .option("--rental <n>", "USD per chip-hour, instead of what an H100 was rented for at --date")
    .option("--date <month>", "of the rental price: 2024-03")
    .option("--purchase <n>", "USD per card")
    .option("--system <n>", "servers, network and hall over the card's price; 1.4..1.9 unless given")
    .option("--life <years>", "3..6 unless given")
    .option("--discount <share>", "a year; 6%..14% unless given")
    .option("--upkeep <share>", "of the capital a year; 3%..8% unless given")
    .option("--use <share>", "of its life that owned hardware works; 60%..95% unless given")
    .option("--power-price <n>", "USD per kWh; 0.05..0.12 unless given")
    .option("--pue <n>", "facility over server power; 1.08..1.45 unless given")
    .option("--load <share>", "mean draw over rated power; 65%..95% unless given")
    .option("--carbon <n>", "kg CO2 per kWh; no carbon unless given")
    .option("--years <n>", "of the outlook", "6")
    .option("--factor <n>", "by which the price is to fall", "10")
    .addHelpText("after", "\nExample: watershed lab cost --chip H800 --chip-hours 2.788M --chips 2048 --tokens 14.8T --rental 2")
    .action(async (options) => setExitCode((await import("./lab-cost.ts")).labCostCommand(terminal, options)));
}

function addScaling(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(lab.command("scaling"))
    .description("the best size and data for a budget of compute, what it may score, and the compute of a multimodal mix")
    .option("--flops <n>", "compute of the run: 2.1e25")
    .option("--active <n>", "parameters that a token visits: 37B")
    .option("--tokens <n>", "with --active instead of --flops, and of the text in a mix: 14.8T")
    .option("--date <month>", "of release, for what data and methods allow", "2024-03")
    .option("--level <score>", "another MMLU score to ask for: 80%")
    .option("--images <n>", "images in the mix: 5B")
    .option("--image-size <WxH>", "in pixels", "1024x1024")
    .option("--patch <n>", "side of a patch in pixels", "14")
    .option("--merge <n>", "patches merged along each side", "2")
    .option("--video-hours <n>", "hours of video: 50M")
    .option("--frames-per-second <n>", "of video that are read", "1")
    .option("--tokens-per-frame <n>", "of video", "256")
    .option("--audio-hours <n>", "hours of audio")
    .option("--tokens-per-second <n>", "of audio", "12.5")
    .option("--encoder <n>", "parameters of a vision encoder: 400M")
    .option("--frozen", "the encoder is not trained")
    .addHelpText(
      "after",
      "\nExample: watershed lab scaling --active 37B --tokens 14.8T --date 2024-12\n         watershed lab scaling --active 32B --tokens 15T --images 5B --video-hours 50M",
    )
    .action(async (options) => setExitCode((await import("./lab-scaling.ts")).labScalingCommand(terminal, options)));
}

function addTrain(lab: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLabFlags(
    lab
      .command("train")
      .argument("WORKSPACE", "folder of a workspace")
      .argument("LAB", "id of a lab in it")
      .argument("AIMODEL", "id of an AI model in it"),
  )
    .description("how long a described lab takes to train a described AI model, what it is made of, energy and cost")
    .option("--tokens <n>", "training data: 15T", "10T")
    .addHelpText("after", "\nExample: watershed lab train examples/china-ai-2024/compute two-thousand-h800 moe-1t --tokens 15T")
    .action(async (folder: string, id: string, aiModel: string, options) =>
      setExitCode(await (await import("./lab-train.ts")).labTrainCommand(terminal, folder, id, aiModel, options)),
    );
}
