import type { Law } from "./law.ts";
import { log, log1p } from "./logarithm.ts";
import { between } from "./tail-inverse.ts";

/** Beyond this tail probability the law answers itself; the smallest that a 32-bit word can ask is 2^-33. */
const end = 1.5 * 2 ** -33;

/** Miss that an interval may have in its middle, where it is then cut once more: of a smooth curve about a sixteenth is left. */
const tolerance = 4e-7; // of the larger of interquartile range and distance from the median
const deepest = 50;
const mostNodes = 4000;

/** A place on the curve of x over the log-odds of its cumulative probability. */
interface Node {
  x: number;
  odds: number; // log(F / (1 - F))
  slope: number; // dx / d odds
}

/**
 * The quantiles of a law without atoms by cubics of x in the log-odds of the probability, in which even heavy tails are smooth:
 * a few hundred evaluations of the law, then some 50 ns a quantile. A stretch that stays too bent or flat is left to the law.
 */
export function interpolatedInverse(law: Law): Pick<Law, "lowerQuantile" | "upperQuantile"> {
  const nodes = nodesOf(law);
  const first = nodes[0].odds;
  const last = nodes[nodes.length - 1].odds;
  const odds = Float64Array.from(nodes, (node) => node.odds);
  const at = (wanted: number): number => {
    let low = 0;
    let high = odds.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (odds[middle] <= wanted) low = middle;
      else high = middle;
    }
    return cubicBetween(nodes[low], nodes[high], wanted);
  };
  const answer = (wanted: number): number => (wanted > first && wanted < last ? at(wanted) : NaN);
  return {
    lowerQuantile: (p, guess) => {
      const found = answer(log(p) - log1p(-p));
      return found === found ? found : law.lowerQuantile(p, guess);
    },
    upperQuantile: (p, guess) => {
      const found = answer(log1p(-p) - log(p));
      return found === found ? found : law.upperQuantile(p, guess);
    },
  };
}

function nodesOf(law: Law): Node[] {
  const quartiles = [law.lowerQuantile(0.25), law.lowerQuantile(0.5), law.upperQuantile(0.25)];
  const range = quartiles[2] - quartiles[0];
  const allowed = (x: number): number => tolerance * Math.max(range, Math.abs(x - quartiles[1]));
  const [from, ...starts] = [law.lowerQuantile(end), ...quartiles, law.upperQuantile(end)].map((x) => nodeAt(law, x));
  const nodes = [from];
  let left = from;
  for (const right of starts) {
    if (!(right.x > left.x)) continue;
    refine({ law, allowed, nodes }, left, right, 0);
    left = right;
  }
  return nodes;
}

function nodeAt(law: Law, x: number): Node {
  const below = law.cumulative(x);
  const above = below < 0.5 ? 1 - below : law.exceedance(x);
  const under = below < 0.5 ? below : 1 - above;
  return { x, odds: log(under) - log(above), slope: (under * above) / law.density(x) };
}

/** Adds the right node and what has to stand between. */
function refine(curve: { law: Law; allowed: (x: number) => number; nodes: Node[] }, left: Node, right: Node, depth: number): void {
  const { law, allowed, nodes } = curve;
  // Without probability between them the quantile jumps from one to the other.
  if (!(right.odds > left.odds)) return void nodes.push(right);
  const guess = cubicBetween(left, right, (left.odds + right.odds) / 2);
  const inside = guess > left.x && guess < right.x;
  const x = inside ? guess : between(left.x, right.x);
  if (!(x > left.x && x < right.x) || depth > deepest || nodes.length > mostNodes) return void nodes.push(right);
  const middle = nodeAt(law, x);
  const miss = Math.abs(middle.odds - (left.odds + right.odds) / 2) * middle.slope;
  if (inside && miss <= allowed(x)) {
    nodes.push(middle, right);
    return;
  }
  refine(curve, left, middle, depth + 1);
  refine(curve, middle, right, depth + 1);
}

/** Cubic through two nodes with their slopes; NaN where it would not rise. */
function cubicBetween(left: Node, right: Node, odds: number): number {
  const width = right.odds - left.odds;
  const rise = right.x - left.x;
  const [from, to] = [left.slope * width, right.slope * width];
  if (!(width > 0) || !(from >= 0 && to >= 0 && from <= 3 * rise && to <= 3 * rise)) return NaN;
  const t = (odds - left.odds) / width;
  return left.x + t * (from + t * (3 * rise - 2 * from - to + t * (from + to - 2 * rise)));
}
