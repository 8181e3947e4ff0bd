import type { CitationKey } from "./citations.ts";

/** What a component's failures grow with. */
export type GrowsWith = "chips" | "hosts";

/** One row of a published table of interruptions. */
export interface ComponentCount {
  component: string;
  count: number;
  growsWith: GrowsWith;
  kind: "hardware" | "software" | "host";
}

/**
 * Unexpected interruptions of the Llama 3 405B run by cause: 54 days on 16,384 H100 in hosts of eight.
 * The counts are the paper's; the paper's shares are not used (it prints 30.1 % where 148 of 419 is 35.3 %).
 */
export const llama3Interruptions: { chips: number; chipsPerHost: number; days: number; rows: ComponentCount[]; source: CitationKey } = {
  chips: 16_384,
  chipsPerHost: 8,
  days: 54,
  source: "llama3",
  rows: [
    { component: "faultyGpu", count: 148, growsWith: "chips", kind: "hardware" },
    { component: "gpuMemory", count: 72, growsWith: "chips", kind: "hardware" },
    { component: "softwareBug", count: 54, growsWith: "chips", kind: "software" },
    { component: "switchOrCable", count: 35, growsWith: "chips", kind: "hardware" },
    { component: "hostMaintenance", count: 32, growsWith: "hosts", kind: "host" },
    { component: "gpuSram", count: 19, growsWith: "chips", kind: "hardware" },
    { component: "gpuSystemProcessor", count: 17, growsWith: "chips", kind: "hardware" },
    { component: "networkCard", count: 7, growsWith: "chips", kind: "hardware" },
    { component: "collectiveTimeout", count: 7, growsWith: "chips", kind: "software" },
    { component: "silentCorruption", count: 6, growsWith: "chips", kind: "hardware" },
    { component: "gpuThermal", count: 6, growsWith: "chips", kind: "hardware" },
    { component: "solidStateDisk", count: 3, growsWith: "hosts", kind: "hardware" },
    { component: "powerSupply", count: 3, growsWith: "hosts", kind: "hardware" },
    { component: "serverChassis", count: 2, growsWith: "hosts", kind: "hardware" },
    { component: "ioBoard", count: 2, growsWith: "hosts", kind: "hardware" },
    { component: "dependency", count: 2, growsWith: "hosts", kind: "software" },
    { component: "processor", count: 2, growsWith: "hosts", kind: "hardware" },
    { component: "systemMemory", count: 2, growsWith: "hosts", kind: "hardware" },
  ],
};

/** How often a fleet's jobs were interrupted, as printed: per thousand days of a host of eight chips. */
export interface FleetRate {
  fleet: string;
  chips: string;
  perThousandHostDays: number;
  source: CitationKey;
  note: string;
}

/** Published fleets with hosts of eight; their spread is the spread of a fleet nobody has seen yet. */
export const fleetRates: FleetRate[] = [
  {
    fleet: "llama-3-405b",
    chips: "H100",
    perThousandHostDays: (1000 * 419) / (54 * 2048),
    source: "llama3",
    note: "419 interruptions of one job, 54 days, 2,048 hosts",
  },
  { fleet: "meta-rsc-1", chips: "A100", perThousandHostDays: 6.5, source: "rsc", note: "all jobs of a general research cluster" },
  { fleet: "meta-rsc-2", chips: "A100", perThousandHostDays: 2.34, source: "rsc", note: "figure recalled, not looked up again" },
  {
    fleet: "bloom",
    chips: "A100",
    perThousandHostDays: 1000 / (48 * 7),
    source: "bloom",
    note: "about one GPU a week on 384 GPUs; GPUs only",
  },
  { fleet: "opt-175b", chips: "A100", perThousandHostDays: (1000 * 2) / 124, source: "opt", note: "about two of 124 hosts a day, 2021" },
];

/** What share of wall-clock time was useful, as reported for whole runs: the check on the forecast, not an input to it. */
export interface ReportedGoodput {
  run: string;
  chips: number;
  atLeast?: number;
  about?: number;
  restart: "automatic" | "manual";
  fleet?: string; // of fleetRates, where its rate is known
  source: CitationKey;
}

export const reportedGoodputs: ReportedGoodput[] = [
  { run: "Llama 3 405B", chips: 16_384, atLeast: 0.9, restart: "automatic", fleet: "llama-3-405b", source: "llama3" },
  { run: "MegaScale", chips: 12_288, atLeast: 0.9, restart: "automatic", source: "megascale" },
  { run: "ByteRobust", chips: 9_600, about: 0.97, restart: "automatic", source: "byterobust" },
  { run: "OPT-175B", chips: 992, about: 0.44, restart: "manual", fleet: "opt-175b", source: "opt" },
];
