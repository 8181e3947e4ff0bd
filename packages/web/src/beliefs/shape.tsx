import type { Question } from "@watershed/domain";
import type { BeliefFigures } from "@watershed/workbench/in-page";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { toldAt } from "./belief-text.ts";
import { useAnswerWords } from "./belief-words.ts";

/** The shares of probability at which beliefs are told; the same list as the workbench's, checked by a test. */
export const shares: number[] = [0.01, 0.025, 0.05, ...Array.from({ length: 17 }, (_, step) => 0.1 + 0.05 * step), 0.95, 0.975, 0.99];

export interface Scale {
  from: number;
  to: number;
}

/** The stretch that shows what a belief is about: from its first told quantile to its last, wide tails cut at the body. */
export function scaleOf(quantiles: number[][]): Scale {
  const from = Math.min(...quantiles.map((one) => Math.max(one[0], one[toldAt.median] - 3.2 * (one[toldAt.median] - one[toldAt.low]))));
  const to = Math.max(...quantiles.map((one) => Math.min(one.at(-1)!, one[toldAt.median] + 3.2 * (one[toldAt.high] - one[toldAt.median]))));
  return to > from ? { from, to } : { from: from - 1, to: to + 1 };
}

/** Heights of the density between told quantiles, as the corners of a polygon in a field of 100 by `height`. */
export function densityPath(quantiles: number[], { from, to }: Scale, height: number): string {
  const x = (amount: number): number => (100 * (amount - from)) / (to - from);
  const cells = quantiles.slice(1).map((high, place) => {
    const low = quantiles[place];
    return { middle: x((low + high) / 2), density: high > low ? (shares[place + 1] - shares[place]) / (high - low) : 0 };
  });
  const seen = cells.filter(({ middle }) => middle >= -5 && middle <= 105);
  const most = Math.max(...smoothed(seen.map(({ density }) => density)), Number.MIN_VALUE);
  const tops = smoothed(seen.map(({ density }) => density));
  const points = seen.map(({ middle }, place) => `${middle.toFixed(2)},${(height - (height - 2) * (tops[place] / most)).toFixed(2)}`);
  return points.length < 2
    ? ""
    : `M${x(quantiles[0]).toFixed(2)},${height} L${points.join(" L")} L${x(quantiles.at(-1)!).toFixed(2)},${height} Z`;
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
