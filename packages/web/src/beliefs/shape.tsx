import type { Question } from "@watershed/domain";
import type { BeliefFigures } from "@watershed/workbench/in-page";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { toldAt } from "./belief-text.ts";
import { useAnswerWords } from "./belief-words.ts";
import "./beliefs.css";

/** The shares of probability at which beliefs are told; the same list as the workbench's, checked by a test. */
export const shares: number[] = [0.01, 0.025, 0.05, ...Array.from({ length: 17 }, (_, step) => 0.1 + 0.05 * step), 0.95, 0.975, 0.99];

/** The stretch of amounts that a picture shows; logarithmic where a belief reaches over more than a factor of forty. */
export interface Scale {
  from: number;
  to: number;
  logarithmic: boolean;
}

/** The stretch that shows what beliefs are about: from their first told quantile to their last, wide tails cut at the body. */
export function scaleOf(quantiles: number[][]): Scale {
  const logarithmic = quantiles.every((one) => one[0] > 0 && one.at(-3)! / one[2] > 40);
  if (logarithmic)
    return { logarithmic, from: Math.min(...quantiles.map((one) => one[0])), to: Math.max(...quantiles.map((one) => one.at(-1)!)) };
  const from = Math.min(...quantiles.map((one) => Math.max(one[0], one[toldAt.median] - 3.2 * (one[toldAt.median] - one[toldAt.low]))));
  const to = Math.max(...quantiles.map((one) => Math.min(one.at(-1)!, one[toldAt.median] + 3.2 * (one[toldAt.high] - one[toldAt.median]))));
  return to > from ? { logarithmic, from, to } : { logarithmic, from: from - 1, to: to + 1 };
}

/** Where an amount stands on a scale, 0 to 1. */
export function placeOn({ from, to, logarithmic }: Scale, amount: number): number {
  return logarithmic ? Math.log(amount / from) / Math.log(to / from) : (amount - from) / (to - from);
}

/** The amount at a place of a scale. */
export function amountAt({ from, to, logarithmic }: Scale, place: number): number {
  return logarithmic ? from * (to / from) ** place : from + place * (to - from);
}

/** Neighbouring told quantiles that are one amount: an answer of its own, with the chance between them at least. */
function atomsOf(quantiles: number[]): { at: number; chance: number }[] {
  const atoms: { at: number; chance: number }[] = [];
  quantiles.forEach((at, place) => {
    if (place === 0 || at !== quantiles[place - 1]) return;
    const last = atoms.at(-1);
    const chance = shares[place] - shares[place - 1];
    if (last?.at === at) last.chance += chance;
    else atoms.push({ at, chance });
  });
  return atoms;
}

/** Heights of the density between told quantiles, as the corners of a polygon in a field of 100 by `height`; single answers stand as upright strokes. */
export function densityPath(quantiles: number[], scale: Scale, height: number): string {
  const x = (amount: number): number => 100 * placeOn(scale, amount);
  const atoms = atomsOf(quantiles);
  const bars = atoms.map(({ at, chance }) => {
    const left = Math.min(98, Math.max(0, x(at) - 1));
    const top = height - (height - 2) * Math.min(1, 0.15 + chance);
    return `M${left.toFixed(2)},${height} V${top.toFixed(2)} H${(left + 2).toFixed(2)} V${height} Z`;
  });
  const cells = quantiles.slice(1).flatMap((high, place) => {
    const width = x(high) - x(quantiles[place]);
    return width > 0 ? [{ middle: x((high + quantiles[place]) / 2), density: (shares[place + 1] - shares[place]) / width }] : [];
  });
  const between = atoms.length > 0 && cells.length < 8 ? [] : cells.filter(({ middle }) => middle >= -5 && middle <= 105);
  const tops = smoothed(between.map(({ density }) => density));
  const most = Math.max(...tops, Number.MIN_VALUE);
  const points = between.map(({ middle }, place) => `${middle.toFixed(2)},${(height - (height - 2) * (tops[place] / most)).toFixed(2)}`);
  const body =
    points.length < 2
      ? ""
      : `M${x(quantiles[0]).toFixed(2)},${height} L${points.join(" L")} L${x(quantiles.at(-1)!).toFixed(2)},${height} Z`;
  return [body, ...bars].join(" ");
}

/** Quantiles read off scenarios are rough; each height is drawn with its neighbours. */
function smoothed(heights: number[]): number[] {
  return heights.map((height, place) => (height * 2 + (heights[place - 1] ?? height) + (heights[place + 1] ?? height)) / 4);
}

/** A small picture of a distribution with what it says in words. */
export function Shape({
  question,
  figures,
  ghost,
  height = 44,
}: {
  question: Question;
  figures: BeliefFigures;
  ghost?: BeliefFigures;
  height?: number;
}): ReactNode {
  const { text } = useWords();
  const words = useAnswerWords();
  if (figures.kind !== "number" && figures.kind !== "date") return null;
  if (figures.quantiles.length === 0) return <p className="small soft">{text.belief.neverMost("100%")}</p>;
  const behind = ghost && ghost.kind === figures.kind && ghost.quantiles.length > 0 ? ghost : undefined;
  const scale = scaleOf([figures.quantiles, ...(behind ? [behind.quantiles] : [])]);
  const at = (place: number): string => words(question, figures.quantiles[place]);
  const never = `${(100 * figures.never).toFixed(0)}%`;
  const summary = text.belief.shapeSummary(at(toldAt.low), at(toldAt.median), at(toldAt.high));
  return (
    <figure className="shape">
      <svg viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none" aria-hidden="true">
        {behind && <path d={densityPath(behind.quantiles, scale, height)} className="ghost-shape" vectorEffect="non-scaling-stroke" />}
        <path d={densityPath(figures.quantiles, scale, height)} className="own-shape" vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="small soft">
        {summary} {figures.never > 0.0005 && text.belief.neverMost(never)}
      </figcaption>
    </figure>
  );
}
