import type { Cluster } from "./cluster.ts";
import type { Calibration } from "./calibration.ts";

/** The rates that collectives find on a cluster, bytes per second, chip and direction. */
export interface Links {
  domain: number;
  fast: number;
  network: number;
  latencySeconds: number;
}

/** Reads a cluster's links; a network that is oversubscribed serves each chip so much less. */
export function linksOf(cluster: Cluster, k: Calibration): Links {
  return {
    domain: cluster.scaleUpChips,
    fast: cluster.scaleUpBytesPerSecond * k.fastLinkShare,
    network: (Math.min(cluster.scaleOutBytesPerSecond, cluster.scaleUpBytesPerSecond) * k.networkShare) / cluster.oversubscription,
    latencySeconds: k.linkLatencySeconds,
  };
}

/** How many of a group's members sit in one fast domain when neighbours in the group are `stride` chips apart. */
export function membersInside(links: Links, members: number, stride: number): number {
  return Math.max(1, Math.min(members, Math.floor(links.domain / stride)));
}

/**
 * Seconds until each of `members` has all of `bytes`, of which each had its share (all-gather; reduce-scatter takes as long).
 * Beyond the fast domain every chip of a domain fetches its slice by its own adapter and the domain spreads it; the slower of both counts.
 */
export function gatherSeconds(links: Links, bytes: number, members: number, stride: number): number {
  if (members <= 1) return 0;
  const inside = membersInside(links, members, stride);
  const latency = links.latencySeconds * (1 + log2(members));
  const spread = (bytes * (inside - 1)) / inside / links.fast;
  if (inside >= members) return spread + latency;
  const domains = members / inside;
  const fetch = (bytes * (1 - 1 / domains)) / (inside * links.network);
  return Math.max(spread, fetch) + latency;
}

/** Seconds to add up `bytes` over the members and give all of them the sum: reduce-scatter and all-gather. */
export function allReduceSeconds(links: Links, bytes: number, members: number, stride: number): number {
  return 2 * gatherSeconds(links, bytes, members, stride);
}

/** Binary logarithm by halving and one linear piece: within 0.09 of the true one, the same on every machine. */
export function log2(amount: number): number {
  let whole = 0;
  let rest = amount;
  while (rest >= 2) {
    rest /= 2;
    whole++;
  }
  return whole + (rest - 1);
}
