import { stream } from "@watershed/probability";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointWrite, expectedSlowdown, goodput, optimalIntervalSeconds, youngIntervalSeconds } from "./checkpoint.ts";
import type { CheckpointRegime } from "./checkpoint.ts";

const regimes = fc.record({
  meanTimeBetweenFailuresSeconds: fc.double({ min: 600, max: 1e6, noNaN: true }),
  checkpointSeconds: fc.double({ min: 0.01, max: 300, noNaN: true }),
  restartSeconds: fc.double({ min: 0, max: 3600, noNaN: true }),
});

describe("the interval between checkpoints", () => {
  test("gives the published goodputs of a job at one interruption in 50,676 chip-hours, to 0.2 points", () => {
    const table = [
      [1024, 96.9, 98.8],
      [10_000, 87.7, 95.1],
      [16_384, 83.0, 93.3],
      [32_768, 73.2, 89.2],
      [100_000, 46.7, 76.3],
    ];
    for (const [chips, slow, fast] of table) {
      const mean = (50_676 * 3600) / chips;
      for (const [checkpointSeconds, restartSeconds, percent] of [
        [60, 900, slow],
        [10, 300, fast],
      ]) {
        const regime = { meanTimeBetweenFailuresSeconds: mean, checkpointSeconds, restartSeconds };
        expect(Math.abs(100 * goodput(regime, youngIntervalSeconds(regime)) - percent), `${chips} chips`).toBeLessThan(0.2);
      }
    }
  });

  test("the exact one is never worse than Young's, nor than one a hundredth longer or shorter", () => {
    fc.assert(
      fc.property(regimes, (regime) => {
        const best = optimalIntervalSeconds(regime);
        const least = expectedSlowdown(regime, best);
        for (const other of [youngIntervalSeconds(regime), best * 1.01, best * 0.99])
          expect(least).toBeLessThanOrEqual(expectedSlowdown(regime, other) * (1 + 1e-12));
      }),
    );
  });

  test("is close to sqrt(2 delta M) - delta where failures are rare", () => {
    const regime = { meanTimeBetweenFailuresSeconds: 1e6, checkpointSeconds: 10, restartSeconds: 0 };
    // Daly 2006: sqrt(2 delta M) (1 + sqrt(delta / 2M) / 3 + delta / 18M) - delta
    const series = youngIntervalSeconds(regime) * (1 + Math.sqrt(10 / 2e6) / 3 + 10 / 18e6) - 10;
    expect(optimalIntervalSeconds(regime)).toBeCloseTo(series, 4);
  });
});

describe("the expected time", () => {
  test("is what a simulated run takes, within four standard errors", () => {
    for (const regime of [
      { meanTimeBetweenFailuresSeconds: 1800, checkpointSeconds: 60, restartSeconds: 900 },
      { meanTimeBetweenFailuresSeconds: 20_000, checkpointSeconds: 10, restartSeconds: 300 },
    ]) {
      const interval = optimalIntervalSeconds(regime);
      const took = Array.from({ length: 4000 }, (_, segment) => simulatedSegment(regime, interval, segment) / interval);
      const mean = took.reduce((sum, one) => sum + one, 0) / took.length;
      const deviation = Math.sqrt(took.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (took.length - 1));
      expect(Math.abs(mean - expectedSlowdown(regime, interval))).toBeLessThan((4 * deviation) / Math.sqrt(took.length));
    }
  });

  test("grows with the checkpoint, the restart and the rate of failures", () => {
    fc.assert(
      fc.property(regimes, fc.constantFrom("checkpointSeconds", "restartSeconds", "meanTimeBetweenFailuresSeconds"), (regime, field) => {
        const more = expectedSlowdown({ ...regime, [field]: regime[field] * 1.5 });
        if (field === "meanTimeBetweenFailuresSeconds") expect(more).toBeLessThanOrEqual(expectedSlowdown(regime));
        else expect(more).toBeGreaterThanOrEqual(expectedSlowdown(regime));
        expect(goodput(regime)).toBeGreaterThan(0);
        expect(goodput(regime)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("with a free checkpoint is that of restarting alone", () => {
    const regime = { meanTimeBetweenFailuresSeconds: 3600, checkpointSeconds: 0, restartSeconds: 360 };
    expect(expectedSlowdown(regime)).toBeCloseTo(Math.exp(0.1), 12);
  });
});

test("a checkpoint of BLOOM, 2.3 TB in 40 seconds as its report says", () => {
  const { bytes, durationSeconds } = checkpointWrite({ parameters: 176e9, storageBytesPerSecond: 2.3e12 / 40 });
  expect(Math.abs(bytes / 2.3e12 - 1)).toBeLessThan(0.1); // 14 bytes a parameter, against 13.1 printed
  expect(Math.abs(durationSeconds / 40 - 1)).toBeLessThan(0.1);
});

/** Wall-clock seconds of one interval of work and its checkpoint, with exponential failures, also while restarting. */
function simulatedSegment(
  { meanTimeBetweenFailuresSeconds: mean, checkpointSeconds, restartSeconds }: CheckpointRegime,
  interval: number,
  segment: number,
): number {
  const chance = stream(7, `segment/${segment}`);
  let [elapsed, draw] = [0, 0];
  let needed = interval + checkpointSeconds;
  for (;;) {
    const until = -mean * Math.log(chance.uniform(draw++));
    if (until >= needed) return elapsed + needed;
    elapsed += until;
    needed = restartSeconds + interval + checkpointSeconds; // from here the restart comes first
  }
}
