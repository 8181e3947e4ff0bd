/** A synchronisation of several sites over a wide-area link, base units. */
export interface Synchronisation {
  stepSeconds: number; // of one training step without the link
  bytes: number; // what each site sends per synchronisation
  bytesPerSecond: number; // of the link, per site and direction
  latencySeconds: number; // that no bandwidth shortens, per synchronisation
  localSteps: number; // between synchronisations, 1 for every step
  hiddenSeconds: number; // of the transfer that run beside computation
}

/** Share of time that computes, 0 to 1: H t / (H t + what of the transfer is exposed). */
export function utilisation({ stepSeconds, bytes, bytesPerSecond, latencySeconds, localSteps, hiddenSeconds }: Synchronisation): number {
  const work = localSteps * stepSeconds;
  const exposed = Math.max(0, bytes / bytesPerSecond + latencySeconds - hiddenSeconds);
  return work / (work + exposed);
}

/** Bytes that each site sends to average `parameters` numbers over all sites, in a ring: 2 (n - 1) / n of them. */
export function synchronisationBytes(parameters: number, bytesPerNumber: number, sites: number): number {
  return ((2 * (sites - 1)) / sites) * parameters * bytesPerNumber;
}

/** The link rate that brings a utilisation, bytes per second; Infinity where latency alone costs more. */
export function bandwidthFor(
  share: number,
  { stepSeconds, bytes, latencySeconds, localSteps, hiddenSeconds }: Omit<Synchronisation, "bytesPerSecond">,
): number {
  const allowed = localSteps * stepSeconds * (1 / share - 1) + hiddenSeconds - latencySeconds;
  return allowed > 0 ? bytes / allowed : Infinity;
}
