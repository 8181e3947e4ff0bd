import type { SiteLink } from "./across-sites-question.ts";

export const SECONDS_PER_KILOMETRE = 1e-5; // 10 ms per 1,000 km and direction: fibre at two thirds of light, on a route half as long again

/** A way to bring every site the same numbers: what the links carry, the narrowest of them, and the latency that no rate shortens. */
export interface Exchange {
  way: "tree" | "ring";
  /** Bytes over the narrowest link and direction, per byte that a site holds. */
  times: number;
  narrowest: SiteLink;
  latencySeconds: number;
}

export function linkBetween(links: SiteLink[], one: number, other: number): SiteLink | undefined {
  return links.find(({ between }) => between.includes(one) && between.includes(other));
}

/**
 * The faster of two ways to add up numbers over all sites and give all of them the sum: along the tree of the widest links, up one way and down
 * the other at once, so that every link carries the whole once per direction; and around a ring, where it carries `2 (n - 1) / n` times the whole
 * over the ring's narrowest link.
 */
export function bestExchange(links: SiteLink[], sites: number[]): Exchange {
  const tree = treeOf(links, sites);
  const ring = sites.length > 2 ? ringOf(links, sites) : undefined;
  const cost = ({ times, narrowest }: Exchange): number => times / narrowest.gigabitsPerSecond;
  return ring && cost(ring) < cost(tree) ? ring : tree;
}

/** The tree whose narrowest link is as wide as can be: links from the widest on, as long as they join what was apart (Kruskal 1956). */
function treeOf(links: SiteLink[], sites: number[]): Exchange {
  const part = new Map(sites.map((site) => [site, site]));
  const chosen: SiteLink[] = [];
  for (const link of links.toSorted((one, other) => other.gigabitsPerSecond - one.gigabitsPerSecond || one.kilometres - other.kilometres)) {
    const [one, other] = link.between.map((site) => part.get(site));
    if (one === undefined || other === undefined || one === other) continue;
    for (const [site, of] of part) if (of === other) part.set(site, one);
    chosen.push(link);
  }
  const kilometres = chosen.reduce((sum, link) => sum + link.kilometres, 0);
  return { way: "tree", times: 1, narrowest: narrowestOf(chosen), latencySeconds: 2 * kilometres * SECONDS_PER_KILOMETRE };
}

function ringOf(links: SiteLink[], [first, ...rest]: number[]): Exchange | undefined {
  let best: Exchange | undefined;
  const count = rest.length + 1;
  for (const order of ordersOf(rest)) {
    const path = pathOf(links, [first, ...order, first]);
    if (!path) continue;
    const narrowest = narrowestOf(path);
    if (best && narrowest.gigabitsPerSecond <= best.narrowest.gigabitsPerSecond) continue;
    const longest = Math.max(...path.map(({ kilometres }) => kilometres));
    const latencySeconds = 2 * (count - 1) * longest * SECONDS_PER_KILOMETRE; // a ring has 2 (n - 1) rounds
    best = { way: "ring", times: (2 * (count - 1)) / count, narrowest, latencySeconds };
  }
  return best;
}

/** The links from site to site in this order; undefined where one is missing. */
export function pathOf(links: SiteLink[], order: number[]): SiteLink[] | undefined {
  const path = order.slice(1).map((site, place) => linkBetween(links, order[place], site));
  return path.every((link) => link !== undefined) ? (path as SiteLink[]) : undefined;
}

export function narrowestOf(links: SiteLink[]): SiteLink {
  return links.reduce((narrowest, link) => (link.gigabitsPerSecond < narrowest.gigabitsPerSecond ? link : narrowest));
}

/** Every order of a few things; the given one alone where there are too many to try. */
export function ordersOf(things: number[]): number[][] {
  if (things.length > 5) return [things];
  if (things.length < 2) return [things];
  return things.flatMap((first, place) => ordersOf(things.filter((_, other) => other !== place)).map((order) => [first, ...order]));
}
