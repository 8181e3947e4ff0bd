import { acceleratorOf, nearestAccelerators } from "./accelerator.ts";
import type { Uncertain } from "./band.ts";
import { count, notNegative, positive, within } from "./checked.ts";
import type { LabProblem } from "./problem.ts";

/** A run whose cost is asked for. Prices in USD. */
export interface CostQuestion {
  chip: string;
  chipHours: Uncertain; // wall clock times chips, what is paid for
  chips?: number; // for power; with `chipHours` it gives days
  tokens?: number; // for the price of a million tokens
  flops?: number; // model FLOP of the run, for the price of 10^18
  rentalPerChipHour?: Uncertain;
  date?: number; // year and fraction of the rental price, 2024.21 unless given
  purchasePerChip?: Uncertain; // card alone
  systemOverCard?: Uncertain; // servers, network and hall over the card's price
  lifeYears?: Uncertain;
  discountRate?: Uncertain; // a year
  yearlyUpkeep?: Uncertain; // of the capital, staff and repairs
  useShare?: Uncertain; // of its life that owned hardware works
  powerPerKilowattHour?: Uncertain;
  pue?: Uncertain;
  load?: Uncertain; // mean draw over rated power
  carbonPerKilowattHour?: Uncertain; // kg CO2; no carbon unless given
}

/** What is wrong with a question about cost, field by field. */
export function costProblems(question: CostQuestion): LabProblem[] {
  const { chip } = question;
  const known: LabProblem[] = acceleratorOf(chip)
    ? []
    : [{ code: "unknownChip", severity: "error", at: "chip", params: { given: chip, nearest: nearestAccelerators(chip).join(", ") } }];
  return [
    ...known,
    ...positive("chipHours", question.chipHours),
    ...count("chips", question.chips),
    ...positive("tokens", question.tokens),
    ...positive("flops", question.flops),
    ...positive("rentalPerChipHour", question.rentalPerChipHour),
    ...within("date", question.date, 2020, 2040),
    ...positive("purchasePerChip", question.purchasePerChip),
    ...within("systemOverCard", question.systemOverCard, 1, 10),
    ...positive("lifeYears", question.lifeYears),
    ...within("discountRate", question.discountRate, 0, 1),
    ...within("yearlyUpkeep", question.yearlyUpkeep, 0, 1),
    ...within("useShare", question.useShare, 0.01, 1),
    ...notNegative("powerPerKilowattHour", question.powerPerKilowattHour),
    ...within("pue", question.pue, 1, 5),
    ...within("load", question.load, 0.01, 1.2),
    ...notNegative("carbonPerKilowattHour", question.carbonPerKilowattHour),
  ];
}
