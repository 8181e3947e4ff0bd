import { resolve } from "node:path";
import { acceleratorOf, citations, cost } from "@watershed/compute-lab";
import type { TrainingForecast } from "@watershed/compute-lab";
import { describedTraining, openWorkspace } from "@watershed/workbench";
import { exitCodes } from "../exit-codes.ts";
import { bandText, shareFigure, shortFigure, sourceLines } from "../lab-band-text.ts";
import { labProblemsText } from "../lab-problems-text.ts";
import { problemsText } from "../problems-text.ts";
import { wrap } from "../figures.ts";
import { indent } from "../layout.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import type { LabRunWording } from "../wording/lab-run-en.ts";
import { labWording } from "../wording/lab.ts";
import { wordingOf } from "../wording/wording.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn } from "./lab-numbers.ts";

export interface TrainFlags extends LabFlags {
  tokens: string;
}

/** `watershed lab train`: a training as a workspace describes it, with its parts. */
export async function labTrainCommand(
  terminal: Terminal,
  folder: string,
  lab: string,
  aiModel: string,
  flags: TrainFlags,
): Promise<number> {
  const words = labRunWording(flags.lang);
  const tokens = numberIn(flags.tokens);
  if (!(tokens > 0)) {
    terminal.err(`${words.notNumber("--tokens", flags.tokens)}\n`);
    return exitCodes.wrongCall;
  }
  const { workspace, problems: unread } = await openWorkspace(resolve(terminal.cwd, folder));
  const { language, text } = wordingOf(flags.lang);
  if (!workspace) {
    terminal.err(problemsText(unread, text, language, terminal));
    return exitCodes.materialHasErrors;
  }
  const missing = (["lab", "aiModel"] as const).find((what) => !listOf(workspace, what).includes(what === "lab" ? lab : aiModel));
  if (missing) {
    const known = listOf(workspace, missing).join(words.listSeparator) || words.train.noLabs;
    terminal.err(`${words.train.unknown(missing, missing === "lab" ? lab : aiModel, known)}\n`);
    return exitCodes.wrongCall;
  }
  const { forecast, problems } = describedTraining(workspace, { lab, aiModel, tokens })!;
  if (!forecast) {
    terminal.err(`${labProblemsText(problems, labWording(flags.lang), terminal)}\n`);
    return exitCodes.materialHasErrors;
  }
  const described = workspace.labs.find(({ id }) => id === lab)!;
  const bill = billOf(described.chips, forecast);
  if (flags.json) {
    const { prediction, ...rest } = forecast;
    terminal.out(`${JSON.stringify({ lab, aiModel, tokens, ...rest, prediction, cost: bill, problems, citations }, null, 2)}\n`);
  } else terminal.out(trainText(words.train.title(aiModel, lab, shortFigure(tokens)), described.count, forecast, bill, words, terminal));
  return exitCodes.done;
}

function listOf(workspace: { labs: { id: string }[]; aiModels: { id: string }[] }, what: "lab" | "aiModel"): string[] {
  return (what === "lab" ? workspace.labs : workspace.aiModels).map(({ id }) => id);
}

/** The bill of the whole training, failures included. */
function billOf(chip: string, { distribution, chips, days }: TrainingForecast): ReturnType<typeof cost> {
  const perDay = 24 * chips;
  const chipHours =
    distribution.kind === "lognormal" ? { ...distribution, logMean: distribution.logMean + Math.log(perDay) } : days.amount * perDay;
  return cost({ chip: acceleratorOf(chip)!.id, chips, chipHours });
}

function trainText(
  title: string,
  count: number,
  forecast: TrainingForecast,
  bill: ReturnType<typeof cost>,
  words: LabRunWording,
  terminal: Terminal,
): string {
  const { bold, dim } = terminal.colours;
  const { rows, spare, note } = words.train;
  const { days, chips, prediction, goodput, overhead, siteShare } = forecast;
  const { energyMegawattHours, owned, rental } = bill;
  const step = {
    amount: prediction.stepSeconds,
    low: prediction.stepSecondsLow,
    high: prediction.stepSecondsHigh,
    unit: "seconds",
    sources: [],
  };
  const lines: [string, string][] = [
    [rows.days, bandText(days)],
    [rows.chips, chips < count ? spare(chips.toLocaleString("en-US"), count.toLocaleString("en-US")) : chips.toLocaleString("en-US")],
    [rows.step, bandText(step)],
    [rows.use, shareFigure(prediction.mfu)],
    [rows.goodput, bandText(goodput, shareFigure)],
    [rows.overhead, bandText(overhead)],
    ...(siteShare.amount < 1 ? [[rows.sites, bandText(siteShare, shareFigure)] as [string, string]] : []),
    ...(energyMegawattHours ? [[rows.energy, bandText(energyMegawattHours)] as [string, string]] : []),
    ...(owned ? [[rows.owned, bandText(owned)] as [string, string]] : []),
    ...(rental ? [[rows.rental, bandText(rental)] as [string, string]] : []),
  ];
  return [
    ...wrap(title, terminal.width).map((line) => bold(line)),
    ...wrap(words.bandNote, terminal.width),
    "",
    ...lines.flatMap(([label, said]) => indent(label, said, 40, terminal.width, dim)),
    "",
    ...wrap(note, terminal.width),
    "",
    bold(words.sources),
    ...sourceLines([days, goodput, ...(owned ? [owned] : []), ...(rental ? [rental] : [])], words, terminal),
    "",
  ].join("\n");
}
