import { citations, cost, priceOutlook } from "@watershed/compute-lab";
import type { CostQuestion, LabProblem } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { flagText, labProblemLines } from "../lab-band-text.ts";
import { costText, outlookText } from "../lab-cost-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import { yearIn } from "./lab-dates.ts";
import { usualChip } from "./lab-flags.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn, uncertainIn } from "./lab-numbers.ts";
import { infinityAsText } from "./lab-substitute.ts";

export interface CostFlags extends LabFlags {
  chip: string;
  chipHours?: string;
  chips?: string;
  tokens?: string;
  flops?: string;
  rental?: string;
  date?: string;
  purchase?: string;
  system?: string;
  life?: string;
  discount?: string;
  upkeep?: string;
  use?: string;
  powerPrice?: string;
  pue?: string;
  load?: string;
  carbon?: string;
  years: string;
  factor: string;
}

/** The command's own flag for a field of the question. */
const flagOf: Record<string, keyof CostFlags> = {
  rentalPerChipHour: "rental",
  purchasePerChip: "purchase",
  systemOverCard: "system",
  lifeYears: "life",
  discountRate: "discount",
  yearlyUpkeep: "upkeep",
  useShare: "use",
  powerPerKilowattHour: "powerPrice",
  carbonPerKilowattHour: "carbon",
};

/** `watershed lab cost`: what a run costs rented and owned, its energy, and how prices may move. */
export function labCostCommand(terminal: Terminal, flags: CostFlags): number {
  const words = labRunWording(flags.lang);
  const idle = idleFlags(flags);
  if (idle.length > 0) {
    terminal.err(`${words.countsOnlyWith(idle.map(flagText).join(words.listSeparator), "--chip-hours")}\n`);
    return exitCodes.wrongCall;
  }
  const outlook = priceOutlook({ years: numberIn(flags.years), factor: numberIn(flags.factor) });
  const run = flags.chipHours === undefined ? undefined : cost(questionOf(flags, flags.chipHours));
  const problems: LabProblem[] = [...(run?.problems ?? []), ...outlook.problems].map((problem) => ({
    ...problem,
    at: flagOf[problem.at] ?? problem.at,
  }));
  if (problems.length > 0) terminal.err(labProblemLines(problems, words, flags));
  if (problems.some(({ severity }) => severity === "error")) return exitCodes.wrongCall;
  if (flags.json) terminal.out(`${JSON.stringify({ run, outlook: outlook.rows, problems, citations }, infinityAsText, 2)}\n`);
  else {
    if (run) terminal.out(`${costText(flags.chip, run, words, terminal)}\n`);
    terminal.out(outlookText(outlook.rows, { years: numberIn(flags.years), factor: numberIn(flags.factor) }, words, terminal));
  }
  return exitCodes.done;
}

/** Flags of a run, given without the chip-hours that make them count. */
function idleFlags(flags: CostFlags): string[] {
  if (flags.chipHours !== undefined) return [];
  const ofOutlook = new Set(["years", "factor", "json", "lang"]);
  const given = Object.entries(flags).filter(([flag, text]) => text !== undefined && !ofOutlook.has(flag));
  return given.filter(([flag, text]) => flag !== "chip" || text !== usualChip).map(([flag]) => flag);
}

function questionOf(flags: CostFlags, chipHours: string): CostQuestion {
  const given = <Read>(written: string | undefined, read: (text: string) => Read): Read | undefined =>
    written === undefined ? undefined : read(written);
  return {
    chip: flags.chip,
    chipHours: uncertainIn(chipHours),
    chips: given(flags.chips, numberIn),
    tokens: given(flags.tokens, numberIn),
    flops: given(flags.flops, numberIn),
    rentalPerChipHour: given(flags.rental, uncertainIn),
    date: given(flags.date, yearIn),
    purchasePerChip: given(flags.purchase, uncertainIn),
    systemOverCard: given(flags.system, uncertainIn),
    lifeYears: given(flags.life, uncertainIn),
    discountRate: given(flags.discount, uncertainIn),
    yearlyUpkeep: given(flags.upkeep, uncertainIn),
    useShare: given(flags.use, uncertainIn),
    powerPerKilowattHour: given(flags.powerPrice, uncertainIn),
    pue: given(flags.pue, uncertainIn),
    load: given(flags.load, uncertainIn),
    carbonPerKilowattHour: given(flags.carbon, uncertainIn),
  };
}
