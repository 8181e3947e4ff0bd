import type { Accelerator } from "./accelerator.ts";
import { between } from "./band.ts";
import type { Uncertain } from "./band.ts";
import type { CitationKey } from "./citations.ts";

/** Watts of one chip with its share of the server, and who says so. */
export interface ServerPower {
  watts: Uncertain;
  sources: CitationKey[];
}

// Rated server power over chip power is 1.4 (GB200) to 2.0 (A100) in the catalogue.
const serverOverChip = { low: 1.35, high: 2.1 };

/** Power of a whole server per chip: from the catalogue, else the chip's own times what others' servers add; undefined where not even that is known. */
export function serverPower(chip: Accelerator): ServerPower | undefined {
  if (chip.serverWatts !== null) return { watts: between(0.92 * chip.serverWatts, 1.08 * chip.serverWatts), sources: ["serverPower"] };
  if (chip.powerWatts === null) return undefined;
  return {
    watts: between(serverOverChip.low * chip.powerWatts, serverOverChip.high * chip.powerWatts),
    sources: ["serverPower", "assumption"],
  };
}

/** Facility power over server power: from the best halls to ordinary ones (5 % beyond each end): assumption. */
export const usualPue = between(1.08, 1.45);

/** Mean draw of a training server over its rated power: assumption. */
export const usualLoad = between(0.65, 0.95);

/** Energy of a run in joules at the facility's meter. */
export function runEnergyJoules(run: { chipHours: number; serverWatts: number; load: number; pue: number }): number {
  return run.chipHours * 3600 * run.serverWatts * run.load * run.pue;
}

/** Kilowatt-hours of joules. */
export function kilowattHours(joules: number): number {
  return joules / 3.6e6;
}
