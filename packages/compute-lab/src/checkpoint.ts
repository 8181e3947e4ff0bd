import { exp, expm1 } from "@watershed/probability";

/** What decides how much of a job's time is useful; all in seconds. */
export interface CheckpointRegime {
  meanTimeBetweenFailuresSeconds: number; // of the whole job
  checkpointSeconds: number; // for which training stands still
  restartSeconds: number; // from a failure until training goes on, without the work done again
}

/** Young's interval between checkpoints, sqrt(2 delta M): first order, too long by about a third of delta (Young 1974). */
export function youngIntervalSeconds({ meanTimeBetweenFailuresSeconds, checkpointSeconds }: CheckpointRegime): number {
  return Math.sqrt(2 * checkpointSeconds * meanTimeBetweenFailuresSeconds);
}

/**
 * The interval of useful work between checkpoints that makes the expected wall-clock time least, to 1e-12 of M:
 * the root x = interval / M of (1 - x) e^(x + delta / M) = 1 (Daly 2006, equation 32).
 */
export function optimalIntervalSeconds(regime: CheckpointRegime): number {
  const { meanTimeBetweenFailuresSeconds: mean, checkpointSeconds } = regime;
  const share = checkpointSeconds / mean;
  if (share === 0) return 0; // a free checkpoint is taken all the time
  // x - 1 + e^-(x + share) is convex and above zero at Young's interval, so Newton's steps fall to the root and never pass it
  let x = Math.min(1, Math.sqrt(2 * share));
  for (let step = 0; step < 60; step++) {
    const survival = -expm1(-(x + share));
    const next = x - (x - survival) / survival;
    if (!(next < x)) break;
    x = next;
  }
  return x * mean;
}

/**
 * Expected wall-clock time per time of useful work, at least 1: M e^(R/M) (e^((interval + delta)/M) - 1) / interval.
 * Exact for failures at a constant rate, also during checkpoint and restart (Daly 2006); the first-order sum halves the loss at 100,000 chips.
 */
export function expectedSlowdown(regime: CheckpointRegime, intervalSeconds = optimalIntervalSeconds(regime)): number {
  const { meanTimeBetweenFailuresSeconds: mean, checkpointSeconds, restartSeconds } = regime;
  if (intervalSeconds === 0) return exp(restartSeconds / mean);
  return (mean * exp(restartSeconds / mean) * expm1((intervalSeconds + checkpointSeconds) / mean)) / intervalSeconds;
}

/** Share of wall-clock time that is useful work, 0 to 1. */
export function goodput(regime: CheckpointRegime, intervalSeconds = optimalIntervalSeconds(regime)): number {
  return 1 / expectedSlowdown(regime, intervalSeconds);
}

/** What writing a checkpoint takes. */
export interface CheckpointWrite {
  parameters: number;
  storageBytesPerSecond: number; // of all hosts together
  bytesPerParameter?: number; // 14 unless given: weights in 16 bits, master weights and two moments in 32
}

/** Seconds to write a checkpoint of weights and optimiser state to storage, and its size in bytes. */
export function checkpointWrite({ parameters, storageBytesPerSecond, bytesPerParameter = 14 }: CheckpointWrite): {
  bytes: number;
  durationSeconds: number;
} {
  const bytes = parameters * bytesPerParameter;
  return { bytes, durationSeconds: bytes / storageBytesPerSecond };
}
