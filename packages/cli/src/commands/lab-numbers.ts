import { between, rangeOf } from "@watershed/compute-lab";
import type { Uncertain } from "@watershed/compute-lab";

const factors: Record<string, number> = { k: 1e3, M: 1e6, B: 1e9, T: 1e12, 万: 1e4, 亿: 1e8 };

/** A number as people write it: 2.664M, 10T, 671B, 3e23, 95%, 1,000; NaN where it is none. */
export function numberIn(written: string): number {
  const [, figure, factor] = /^\s*([-+]?[\d.,_]+(?:e[-+]?\d+)?)\s*([kMBT%万亿]?)\s*$/.exec(written) ?? [];
  if (figure === undefined || !/\d/.test(figure)) return NaN;
  const digits = figure.replace(/,(?=\d{3}(\D|$))/g, "").replace(/_/g, "");
  return factor === "%" ? Number(digits) / 100 : Number(digits) * (factor ? factors[factor] : 1);
}

/** A number, or a range that holds it nine times in ten: 10..60. NaN where it is neither. */
export function uncertainIn(written: string): Uncertain {
  const [low, high] = written.split(/\.\.|~| to /).map(numberIn);
  return high === undefined ? low : low < high ? between(low, high) : NaN;
}

/** A figure in another unit. */
export function scaledBy(figure: Uncertain, factor: number): Uncertain {
  if (typeof figure === "number") return figure * factor;
  const [low, high] = rangeOf(figure);
  return between(low * factor, high * factor);
}

/** Numbers with commas between them, the thousands in full: 1000,10000,100k. */
export function numbersIn(written: string): number[] {
  return written
    .split(/[,，\s]+/)
    .filter((part) => part !== "")
    .map(numberIn);
}
