import type { CitationKey } from "./citations.ts";

/** Evaluation loss of data-parallel training and of DiLoCo with several replicas, compute-optimal tokens, 30 local steps. */
export interface LocalStepLoss {
  parameters: number;
  everyStep: number; // loss with a synchronisation every step
  replicas: Partial<Record<number, number>>; // loss by number of replicas
}

/** Charles 2025, table 4 (tuned, 35M to 2.4B) and table 5 (4B and 10B with hyperparameters from the fit). */
export const localStepLosses: { rows: LocalStepLoss[]; localSteps: number; source: CitationKey } = {
  localSteps: 30,
  source: "diloco",
  rows: [
    { parameters: 35e6, everyStep: 3.485, replicas: { 1: 3.482, 2: 3.508, 4: 3.554, 8: 3.621 } },
    { parameters: 90e6, everyStep: 3.167, replicas: { 1: 3.162, 2: 3.182, 4: 3.213, 8: 3.265 } },
    { parameters: 180e6, everyStep: 2.95, replicas: { 1: 2.943, 2: 2.957, 4: 2.981, 8: 3.019 } },
    { parameters: 335e6, everyStep: 2.784, replicas: { 1: 2.777, 2: 2.788, 4: 2.808, 8: 2.841 } },
    { parameters: 550e6, everyStep: 2.653, replicas: { 1: 2.645, 2: 2.657, 4: 2.673, 8: 2.698 } },
    { parameters: 1.3e9, everyStep: 2.46, replicas: { 1: 2.451, 2: 2.464, 4: 2.472, 8: 2.493 } },
    { parameters: 2.4e9, everyStep: 2.326, replicas: { 1: 2.317, 2: 2.323, 4: 2.332, 8: 2.351 } },
    { parameters: 4e9, everyStep: 2.224, replicas: { 1: 2.219, 2: 2.22, 4: 2.23 } },
    { parameters: 10e9, everyStep: 2.09, replicas: { 1: 2.086, 2: 2.086, 4: 2.096 } },
  ],
};

/** What runs over several sites report: efficiencies only, none with bandwidth, chips and step time together. */
export interface ReportedSites {
  run: string;
  scheme: "everyStep" | "localSteps";
  low: number;
  high: number;
  kilometres?: number;
  source: CitationKey;
}

export const reportedSites: ReportedSites[] = [
  { run: "NeMo, Nemotron-4 340B, two data centres", scheme: "everyStep", low: 0.96, high: 0.96, kilometres: 1000, source: "nemoTwoSites" },
  { run: "PaLM 540B, two pods of one campus", scheme: "everyStep", low: 0.97, high: 0.97, source: "palm" },
  {
    run: "China Unicom, 100B class, Lingang to Jinan",
    scheme: "everyStep",
    low: 0.95,
    high: 1,
    kilometres: 1500,
    source: "unicom",
  },
  { run: "INTELLECT-1, 10B, three continents", scheme: "localSteps", low: 0.83, high: 0.96, source: "intellect1" },
];
