import { describe, expect, test } from "vitest";
import { acceleratorOf } from "./accelerator.ts";
import { rentalPrices } from "./cost-prices.ts";
import { priceOutlook } from "./cost-trends.ts";
import { annuity, cost, rentalAt } from "./cost.ts";
import { kilowattHours, runEnergyJoules, serverPower } from "./energy.ts";

describe("cost of a run", () => {
  test("DeepSeek-V3: 2.788 M H800-hours at 2 USD are 5.576 M USD, 0.38 USD per million tokens", () => {
    const { rental, rentalPerMillionTokens, days } = cost({
      chip: "H800",
      chipHours: 2.788e6,
      chips: 2048,
      tokens: 14.8e12,
      rentalPerChipHour: 2,
    });
    expect(rental!.amount).toBeCloseTo(5.576e6, 3);
    expect(rental!.high).toBe(rental!.low);
    expect(rentalPerMillionTokens!.amount).toBeCloseTo(0.3768, 3);
    expect(days!.amount).toBeCloseTo(56.7, 1);
  });

  test("Llama 2 70B: 1,720,320 hours at 400 W are 688 MWh, and 291.42 t at 0.424 kg/kWh, as its card says", () => {
    const energy = kilowattHours(runEnergyJoules({ chipHours: 1_720_320, serverWatts: 400, load: 1, pue: 1 }));
    expect(energy / 1000).toBeCloseTo(688.1, 1);
    expect(291_420 / energy).toBeCloseTo(0.4235, 3);
    const { carbonTonnes, energyMegawattHours } = cost({ chip: "A100-80GB", chipHours: 1_720_320, carbonPerKilowattHour: 0.4235 });
    // servers and cooling, which the card leaves out, take twice as much
    expect(carbonTonnes!.low).toBeGreaterThan(291.42);
    expect(energyMegawattHours!.amount).toBeGreaterThan(1000);
    expect(energyMegawattHours!.amount).toBeLessThan(1900);
  });

  test("an annuity pays back its capital: worked by hand over two years at 10 %", () => {
    expect(annuity(2, 0.1) * (1 / 1.1 + 1 / 1.21)).toBeCloseTo(1, 12);
    expect(annuity(4, 0)).toBe(0.25);
  });

  test("every assumption moves the cost of owning the way it should", () => {
    const base = { chip: "H100-SXM", chipHours: 1e6, purchasePerChip: 30_000, systemOverCard: 1.6, lifeYears: 4, discountRate: 0.1, yearlyUpkeep: 0.05, useShare: 0.8, powerPerKilowattHour: 0.08, pue: 1.2, load: 0.8 }; // prettier-ignore
    const owned = cost(base).owned!.amount;
    for (const field of [
      "purchasePerChip",
      "systemOverCard",
      "discountRate",
      "yearlyUpkeep",
      "powerPerKilowattHour",
      "pue",
      "load",
    ] as const)
      expect(cost({ ...base, [field]: base[field] * 1.1 }).owned!.amount, field).toBeGreaterThan(owned);
    for (const field of ["lifeYears", "useShare"] as const)
      expect(cost({ ...base, [field]: base[field] * 1.1 }).owned!.amount, field).toBeLessThan(owned);
  });

  test("by hand: 30,000 USD a card, 1.6 with its system, four years at 10 %, 5 % upkeep, four fifths used", () => {
    const { ownedPerChipHour } = cost({ chip: "H100-SXM", chipHours: 1, purchasePerChip: 30_000, systemOverCard: 1.6, lifeYears: 4, discountRate: 0.1, yearlyUpkeep: 0.05, useShare: 0.8, powerPerKilowattHour: 0, pue: 1, load: 1 }); // prettier-ignore
    expect(ownedPerChipHour!.amount).toBeCloseTo((48_000 * (0.1 / (1 - 1.1 ** -4) + 0.05)) / (8766 * 0.8), 9);
  });

  test("a chip without a price says that its price was assumed", () => {
    const { problems, rental } = cost({ chip: "Ascend910B", chipHours: 1e6 });
    expect(problems).toMatchObject([{ code: "assumed", severity: "note", at: "rentalPerChipHour" }]);
    expect(rental!.sources).toContain("assumption");
    expect(rental!.high / rental!.low).toBeGreaterThan(1.5);
  });

  test("wrong input names the field and near chips", () => {
    expect(cost({ chip: "H10O", chipHours: -1, pue: 0.5 }).problems.map(({ code, at }) => `${at} ${code}`)).toEqual([
      "chip unknownChip",
      "chipHours notPositive",
      "pue outOfRange",
    ]);
  });
});

test("the rental price runs through the observations and stays at its ends", () => {
  for (const { date, low, high } of rentalPrices) expect(rentalAt(date)).toBeCloseTo(Math.sqrt(low * high), 9);
  expect(rentalAt(2021)).toBe(rentalAt(2023.5));
  expect(rentalAt(2030)).toBe(rentalAt(2026.37));
});

test("a server draws more than its chip", () => {
  for (const name of ["A100-80GB", "H100-SXM", "Ascend910B", "GB200"]) {
    const chip = acceleratorOf(name)!;
    expect(cost({ chip: name, chipHours: 1, chips: 1, pue: 1 }).powerMegawatts!.low).toBeGreaterThan(chip.powerWatts! / 1e6);
    expect(serverPower(chip)!.sources.length).toBeGreaterThan(0);
  }
});

describe("the tenth of today's cost", () => {
  test("takes hardware 5.6 to 12 years (95 %), and 7.7 in the middle, as a doubling in 2.32 years says", () => {
    const purchase = priceOutlook({ years: 6, factor: 10 }).rows.find(({ name }) => name === "purchase")!;
    expect(purchase.yearsToFactor.amount).toBeCloseTo(2.32 * Math.log2(10), 1);
    expect(purchase.yearsToFactor.low).toBeGreaterThan(1.69 * Math.log2(10));
    expect(purchase.yearsToFactor.high).toBeLessThan(3.62 * Math.log2(10));
  });

  test("comes first for serving a level, then training to it, then hardware; rental may never get there", () => {
    const { rows } = priceOutlook({ years: 6, factor: 10 });
    const years = Object.fromEntries(rows.map(({ name, yearsToFactor }) => [name, yearsToFactor]));
    expect(years.levelServing.amount).toBeLessThan(years.levelTraining.amount);
    expect(years.levelTraining.amount).toBeLessThan(years.purchase.amount);
    expect(years.rental.high).toBe(Infinity);
  });

  test("the chance by a date grows with the date, and what is left falls", () => {
    const [near, far] = [2, 8].map((years) => priceOutlook({ years, factor: 10 }).rows);
    near.forEach((row, place) => {
      expect(far[place].chanceByDate).toBeGreaterThanOrEqual(row.chanceByDate);
      expect(far[place].priceAtDate.amount).toBeLessThan(row.priceAtDate.amount);
    });
    expect(priceOutlook({ years: 0, factor: 1 }).problems.map(({ at }) => at)).toEqual(["years", "factor"]);
  });
});
