/** A group of equal chips that train together with others. */
export interface ChipGroup {
  chips: number;
  flopsPerSecondPerChip: number;
}

/** Step times of three ways to share one global batch among groups of unequal chips, relative to a perfect split (1 is perfect). */
export interface MixedSplit {
  naive: number; // every chip the same share: all wait for the slowest
  byBatches: { slowdown: number; microbatches: number[] }; // whole microbatches to replicas by speed
  byLayers: { slowdown: number; layers: number[] }; // whole layers to pipeline stages by speed
}

/**
 * Whole units given out to machines of unequal speed so that the last finishes as early as possible: `counts[machine]`, and when it finishes.
 * Greedy by earliest finish, which is optimal for equal units (Graham 1969; the test compares with every split).
 */
export function shareUnits(units: number, speeds: number[]): { counts: number[]; finish: number } {
  const counts = speeds.map(() => 0);
  for (let unit = 0; unit < units; unit++) {
    let best = 0;
    for (let machine = 1; machine < speeds.length; machine++)
      if ((counts[machine] + 1) / speeds[machine] < (counts[best] + 1) / speeds[best]) best = machine;
    counts[best]++;
  }
  return { counts, finish: Math.max(...counts.map((count, machine) => count / speeds[machine])) };
}

/**
 * How much longer a synchronous step takes than the sum of all speeds allows, for three ways to split it.
 * Replicas have equal numbers of chips within a group; links between groups are left to the caller. No gain beyond the sum of parts is assumed.
 */
export function mixedSplit(groups: ChipGroup[], { microbatches, layers }: { microbatches: number; layers: number }): MixedSplit {
  const speeds = groups.map(({ chips, flopsPerSecondPerChip }) => chips * flopsPerSecondPerChip);
  const all = speeds.reduce((sum, speed) => sum + speed, 0);
  const chips = groups.reduce((sum, group) => sum + group.chips, 0);
  const slowest = Math.min(...groups.map(({ flopsPerSecondPerChip }) => flopsPerSecondPerChip));
  const batches = shareUnits(microbatches, speeds);
  const stages = shareUnits(layers, speeds);
  return {
    naive: all / (chips * slowest),
    byBatches: { slowdown: (batches.finish * all) / microbatches, microbatches: batches.counts },
    byLayers: { slowdown: (stages.finish * all) / layers, layers: stages.counts },
  };
}
