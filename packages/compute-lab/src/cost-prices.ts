import type { Distribution } from "@watershed/probability";
import { between } from "./band.ts";
import type { CitationKey } from "./citations.ts";

/** One observed price. Dates are years and fractions: 2024.21 is mid-March 2024. */
export interface ObservedPrice {
  chip: string;
  date: number;
  low: number; // USD
  high: number;
  source: CitationKey;
}

/** What an hour of one H100 was rented for. Sources disagree by provider and contract: market medians in early 2024 were above 7. */
export const rentalPrices: ObservedPrice[] = [
  { chip: "H100-SXM", date: 2023.5, low: 7, high: 12, source: "rental" },
  { chip: "H100-SXM", date: 2024.21, low: 2.85, high: 2.85, source: "rental" },
  { chip: "H100-SXM", date: 2024.79, low: 2.99, high: 2.99, source: "rental" },
  { chip: "H100-SXM", date: 2025.79, low: 1.7, high: 1.7, source: "rental" },
  { chip: "H100-SXM", date: 2026.21, low: 2.35, high: 2.35, source: "rental" },
  { chip: "H100-SXM", date: 2026.37, low: 2, high: 2.95, source: "rentalIndex" },
];

/** What one card cost to buy. */
export const purchasePrices: ObservedPrice[] = [
  { chip: "H100-SXM", date: 2023.5, low: 25_000, high: 40_000, source: "rental" },
  { chip: "GB200-NVL72", date: 2025.5, low: 36_700, high: 36_700, source: "epochChips" },
];

/** How fast something gets cheaper: the factor by which its price falls in a year. */
export interface PriceTrend {
  name: "purchase" | "energy" | "rental" | "levelTraining" | "levelServing";
  /** Natural logarithm of the yearly factor; above zero is cheaper. */
  logFactorPerYear: Distribution;
  sources: CitationKey[];
}

/** How much cheaper than the median by provider, contract and region: assumption, from the 2.0 to 2.95 that one index shows in one month. */
export const rentalSpread: Distribution = between(0.8, 1.35);
