import type { Accelerator } from "./accelerator.ts";

/** Equal chips in one site, joined by a fast domain and a network. */
export interface Cluster {
  accelerator: Accelerator;
  chips: number;
  /** Chips per fast domain, and its rate per chip and direction. */
  scaleUpChips: number;
  scaleUpBytesPerSecond: number;
  /** Network rate per chip and direction. */
  scaleOutBytesPerSecond: number;
  /** How many times the leaves' bandwidth exceeds the spine's; 1 is a full fat tree. */
  oversubscription: number;
  /** Hosts share storage of this rate, for checkpoints; null where unknown. */
  storageBytesPerSecond: number | null;
}

/** What stands in for a link or a domain that a chip's maker does not print: eight chips, 200 GB/s inside, 200 Gb/s outside. */
const usualLinks = { scaleUpChips: 8, scaleUpBytesPerSecond: 200e9, scaleOutBytesPerSecond: 25e9 };

/** A cluster of a chip with the links its catalogue row prints, or the ones given. */
export function clusterOf(accelerator: Accelerator, chips: number, given: Partial<Omit<Cluster, "accelerator" | "chips">> = {}): Cluster {
  return {
    accelerator,
    chips,
    scaleUpChips: given.scaleUpChips ?? accelerator.scaleUpChips ?? usualLinks.scaleUpChips,
    scaleUpBytesPerSecond: given.scaleUpBytesPerSecond ?? accelerator.scaleUpBytesPerSecond ?? usualLinks.scaleUpBytesPerSecond,
    scaleOutBytesPerSecond: given.scaleOutBytesPerSecond ?? accelerator.scaleOutBytesPerSecond ?? usualLinks.scaleOutBytesPerSecond,
    oversubscription: given.oversubscription ?? 1,
    storageBytesPerSecond: given.storageBytesPerSecond ?? null,
  };
}
