import type { Banded, MemoryPrediction } from "@watershed/compute-lab";
import { useMemo } from "react";
import { useWords } from "../language/language.tsx";
import { labPageEn } from "../wording/lab-page-en.ts";
import type { LabPageWording } from "../wording/lab-page-en.ts";
import { labPageZh } from "../wording/lab-page-zh.ts";

/** The sentences of the lab, loaded with it. */
export function useLabWords(): LabPageWording {
  return useWords().language === "zh" ? labPageZh : labPageEn;
}

/** How the lab's figures are written: three figures, units of people, bands as low to high. */
export interface LabFigureWords {
  plain: (amount: number) => string;
  count: (amount: number) => string;
  share: (amount: number) => string;
  bytes: (amount: number) => string;
  large: (amount: number) => string;
  seconds: (amount: number) => string;
  of: (amount: number, unit: string) => string;
  band: (of: Pick<Banded, "low" | "high" | "unit">) => string;
  banded: (of: Banded) => string;
}

/** The figures of the lab in words. */
export function useLabFigureWords(): LabFigureWords {
  const { language, money } = useWords();
  const text = useLabWords();
  return useMemo(() => figureWords(language, money, text), [language, money, text]);
}

/** Made once: a format costs more to make than a hundred numbers to write. */
const figures = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

function figureWords(language: "en" | "zh", money: (amount: number, currency: string) => string, text: LabPageWording): LabFigureWords {
  const plain = (amount: number): string =>
    Number.isFinite(amount) ? figures.format(Number(amount.toPrecision(amount >= 1000 ? 4 : 3))) : "∞";
  const count = (amount: number): string => figures.format(Math.round(amount));
  const share = (amount: number): string => `${(100 * amount).toFixed(Math.abs(amount) < 0.1 ? 1 : 0).replace(/^-(0(?:\.0)?)$/, "$1")}%`;
  const bytes = (amount: number): string => `${(amount / 2 ** 30).toFixed(1).replace(/^-0\.0$/, "0.0")} GiB`;
  const large = (amount: number): string => largeText(amount, language, plain);
  const seconds = (amount: number): string =>
    amount < 0.1
      ? text.milliseconds(plain(1000 * amount))
      : amount >= 7200
        ? text.hours(plain(amount / 3600))
        : text.seconds(plain(amount));
  const units: Record<string, (amount: number) => string> = {
    days: (amount) => text.days(plain(amount)),
    hours: (amount) => text.hours(plain(amount)),
    seconds,
    share,
    bytes,
    hosts: (amount) => text.hosts(count(amount)),
    "Gb/s": (amount) => text.gigabitsOf(plain(amount)),
    factor: (amount) => `${plain(amount)}×`,
    MWh: (amount) => text.megawattHours(plain(amount)),
    MW: (amount) => text.megawatts(plain(amount)),
  };
  const of = (amount: number, unit: string): string =>
    units[unit]?.(amount) ?? (unit.startsWith("USD") ? money(amount, "USD") : `${plain(amount)} ${unit}`);
  const band = ({ low, high, unit }: Pick<Banded, "low" | "high" | "unit">): string => text.band(of(low, unit), of(high, unit));
  return {
    plain,
    count,
    share,
    bytes,
    large,
    seconds,
    of,
    band,
    banded: (figure) => `${of(figure.amount, figure.unit)} (${band(figure)})`,
  };
}

function largeText(amount: number, language: "en" | "zh", plain: (amount: number) => string): string {
  const scales: [number, string][] =
    language === "zh"
      ? [
          [1e12, "万亿"],
          [1e8, "亿"],
          [1e4, "万"],
        ]
      : [
          [1e12, "T"],
          [1e9, "B"],
          [1e6, "M"],
          [1e3, "k"],
        ];
  const [factor, name] = scales.find(([least]) => amount >= least) ?? [1, ""];
  return `${plain(amount / factor)}${name}`;
}

/** Whether a run fits into memory, in words: it does, it may within what the prediction errs, it does not. */
export function verdictOf(
  { memory: { totalBytes, capacityBytes, fits, bytesShort }, mayFit }: { memory: MemoryPrediction; mayFit: boolean },
  text: LabPageWording,
  { bytes }: LabFigureWords,
): string {
  if (fits) return text.fits(bytes(capacityBytes - totalBytes));
  return mayFit ? text.mayFit(bytes(bytesShort)) : text.doesNotFit(bytes(bytesShort));
}
