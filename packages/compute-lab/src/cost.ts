import { exp, log, power } from "@watershed/probability";
import { acceleratorOf } from "./accelerator.ts";
import type { Accelerator } from "./accelerator.ts";
import type { Banded, Uncertain } from "./band.ts";
import { bandOf, between, columnsOf } from "./band.ts";
import type { CitationKey } from "./citations.ts";
import { purchasePrices, rentalPrices, rentalSpread } from "./cost-prices.ts";
import type { ObservedPrice } from "./cost-prices.ts";
import { costProblems } from "./cost-question.ts";
import type { CostQuestion } from "./cost-question.ts";
import { kilowattHours, runEnergyJoules, serverPower, usualLoad, usualPue } from "./energy.ts";
import type { LabProblem } from "./problem.ts";

/** What a run costs, uses and emits. */
export interface CostForecast {
  chipHours: Banded;
  days?: Banded;
  rental: Banded; // USD
  owned: Banded; // USD, the run's share of capital, upkeep and power
  rentalPerChipHour: Banded;
  ownedPerChipHour: Banded;
  capital?: Banded; // USD, of all chips with their servers, network and hall
  energyMegawattHours?: Banded;
  powerMegawatts?: Banded; // rated, at the facility's meter
  rentalPerMillionTokens?: Banded;
  ownedPerMillionTokens?: Banded;
  rentalPerExaflop?: Banded; // of 10^18 model FLOP
  carbonTonnes?: Banded;
  problems: LabProblem[];
}

// Stated assumptions, each to be replaced by the team's own; nine in ten within.
const usual = {
  systemOverCard: between(1.4, 1.9),
  lifeYears: between(3, 6),
  discountRate: between(0.06, 0.14),
  yearlyUpkeep: between(0.03, 0.08),
  useShare: between(0.6, 0.95),
  powerPerKilowattHour: between(0.05, 0.12),
  pue: usualPue,
  load: usualLoad,
};

const MARCH_2024 = 2024.21;
// A chip without a price of its own is taken at the price of an H100's FLOP, give or take this: assumption.
const otherChip = { low: 0.6, high: 1.6 };

/** Cost of a run rented and owned, its energy and carbon, each with an 80 % band over the prices and assumptions that were not given. */
export function cost(question: CostQuestion): Partial<CostForecast> & { problems: LabProblem[] } {
  const problems = costProblems(question);
  if (problems.some(({ severity }) => severity === "error")) return { problems };
  const chip = acceleratorOf(question.chip)!;
  const priced = pricesOf(question, chip);
  const watts = serverPower(chip);
  const given = (name: keyof typeof usual): Uncertain => question[name] ?? usual[name];
  const inputs = {
    chipHours: question.chipHours,
    rental: priced.rental,
    purchase: priced.purchase,
    relative: priced.relative,
    rentalRelative: priced.rentalRelative,
    watts: watts?.watts ?? 0,
    carbon: question.carbonPerKilowattHour ?? 0,
    systemOverCard: given("systemOverCard"),
    lifeYears: given("lifeYears"),
    discountRate: given("discountRate"),
    yearlyUpkeep: given("yearlyUpkeep"),
    useShare: given("useShare"),
    powerPerKilowattHour: given("powerPerKilowattHour"),
    pue: given("pue"),
    load: given("load"),
  };
  const columns = columnsOf(inputs, (drawn) => figuresOf(drawn, question));
  return { ...answerOf(columns, question, priced.sources, watts?.sources), problems: [...problems, ...priced.problems] };
}

/** Yearly payment per unit of capital over a life at a discount rate: r / (1 - (1 + r)^-life), 1 / life at zero. */
export function annuity(lifeYears: number, discountRate: number): number {
  return discountRate === 0 ? 1 / lifeYears : discountRate / (1 - power(1 + discountRate, -lifeYears));
}

type Drawn = Record<
  | "chipHours"
  | "rental"
  | "purchase"
  | "relative"
  | "rentalRelative"
  | "watts"
  | "carbon"
  | "systemOverCard"
  | "lifeYears"
  | "discountRate"
  | "yearlyUpkeep"
  | "useShare"
  | "powerPerKilowattHour"
  | "pue"
  | "load",
  number
>;

function figuresOf(drawn: Drawn, { chips = 0, tokens = 1, flops = 1 }: CostQuestion) {
  const { chipHours, watts, load, pue } = drawn;
  const energy = kilowattHours(runEnergyJoules({ chipHours, serverWatts: watts, load, pue }));
  const capitalPerChip = drawn.purchase * drawn.relative * drawn.systemOverCard;
  const yearly = capitalPerChip * (annuity(drawn.lifeYears, drawn.discountRate) + drawn.yearlyUpkeep);
  const ownedPerChipHour = yearly / (8766 * drawn.useShare) + (energy / chipHours) * drawn.powerPerKilowattHour;
  const rentalPerChipHour = drawn.rental * drawn.rentalRelative;
  const [rental, owned] = [rentalPerChipHour * chipHours, ownedPerChipHour * chipHours];
  return {
    chipHours,
    days: chipHours / (24 * Math.max(1, chips)),
    rental,
    owned,
    rentalPerChipHour,
    ownedPerChipHour,
    capital: capitalPerChip * chips,
    energyMegawattHours: energy / 1000,
    powerMegawatts: (chips * watts * pue) / 1e6,
    rentalPerMillionTokens: (1e6 * rental) / tokens,
    ownedPerMillionTokens: (1e6 * owned) / tokens,
    rentalPerExaflop: (1e18 * rental) / flops,
    carbonTonnes: (energy * drawn.carbon) / 1000,
  };
}

function answerOf(
  columns: Record<keyof ReturnType<typeof figuresOf>, Float64Array>,
  { chips, tokens, flops, carbonPerKilowattHour }: CostQuestion,
  sources: { rental: CitationKey[]; purchase: CitationKey[] },
  powerSources: CitationKey[] | undefined,
): Omit<CostForecast, "problems"> {
  const owned: CitationKey[] = [...new Set([...sources.purchase, ...(powerSources ?? []), "assumption" as const])];
  const used = powerSources && [...powerSources, "assumption" as const];
  return {
    chipHours: bandOf(columns.chipHours, "chip-hours", []),
    rental: bandOf(columns.rental, "USD", sources.rental),
    owned: bandOf(columns.owned, "USD", owned),
    rentalPerChipHour: bandOf(columns.rentalPerChipHour, "USD per chip-hour", sources.rental),
    ownedPerChipHour: bandOf(columns.ownedPerChipHour, "USD per chip-hour", owned),
    ...(chips === undefined
      ? {}
      : { days: bandOf(columns.days, "days", []), capital: bandOf(columns.capital, "USD", [...sources.purchase, "assumption"]) }),
    ...(used ? { energyMegawattHours: bandOf(columns.energyMegawattHours, "MWh", used) } : {}),
    ...(used && chips !== undefined ? { powerMegawatts: bandOf(columns.powerMegawatts, "MW", used) } : {}),
    ...(tokens === undefined
      ? {}
      : {
          rentalPerMillionTokens: bandOf(columns.rentalPerMillionTokens, "USD per million tokens", sources.rental),
          ownedPerMillionTokens: bandOf(columns.ownedPerMillionTokens, "USD per million tokens", owned),
        }),
    ...(flops === undefined ? {} : { rentalPerExaflop: bandOf(columns.rentalPerExaflop, "USD per 10^18 FLOP", sources.rental) }),
    ...(used && carbonPerKilowattHour !== undefined ? { carbonTonnes: bandOf(columns.carbonTonnes, "t CO2", used) } : {}),
  };
}

/** Prices given, else those observed; for a chip without any, an H100's scaled by the peak rate of 16-bit products. */
function pricesOf(question: CostQuestion, chip: Accelerator) {
  const rental = question.rentalPerChipHour;
  const purchase = question.purchasePerChip ?? observed(purchasePrices, chip.id);
  const relative = relativePeak(chip);
  const same = chip.id === "H100-SXM";
  const problems: LabProblem[] = [];
  if ((rental === undefined && !same) || purchase === undefined)
    problems.push({
      code: "assumed",
      severity: "note",
      at: rental === undefined ? "rentalPerChipHour" : "purchasePerChip",
      params: { chip: chip.id, times: relative },
    });
  const scaled = (own: boolean): Uncertain => (own ? 1 : between(relative * otherChip.low, relative * otherChip.high));
  return {
    rental: rental ?? rentalAt(question.date ?? MARCH_2024),
    rentalRelative: rental !== undefined ? 1 : same ? rentalSpread : scaled(false),
    purchase: purchase ?? observed(purchasePrices, "H100-SXM")!,
    relative: scaled(purchase !== undefined),
    sources: {
      rental: rental !== undefined ? [] : (["rental", "rentalIndex", ...(same ? [] : (["assumption"] as const))] as CitationKey[]),
      purchase: question.purchasePerChip !== undefined ? [] : (["rental", "epochChips"] as CitationKey[]),
    },
    problems,
  };
}

function relativePeak(chip: Accelerator): number {
  const reference = acceleratorOf("H100-SXM")!.peakFlops.bf16!;
  return (chip.peakFlops.bf16 ?? chip.peakFlops.fp16 ?? reference) / reference;
}

function observed(prices: ObservedPrice[], chip: string): Uncertain | undefined {
  const found = prices.find((price) => price.chip === chip);
  return found && (found.low === found.high ? between(0.85 * found.low, 1.15 * found.high) : between(found.low, found.high));
}

/** The rental price of an H100-hour at a date: straight between the logarithms of the two observations around it, held at the ends. */
export function rentalAt(date: number): number {
  const middle = ({ low, high }: ObservedPrice): number => (log(low) + log(high)) / 2;
  const after = rentalPrices.findIndex((price) => price.date >= date);
  const [first, last] = after <= 0 ? (after < 0 ? [rentalPrices.length - 1, rentalPrices.length - 1] : [0, 0]) : [after - 1, after];
  const [one, other] = [rentalPrices[first], rentalPrices[last]];
  const share = one === other ? 0 : (date - one.date) / (other.date - one.date);
  return exp(middle(one) + share * (middle(other) - middle(one)));
}
