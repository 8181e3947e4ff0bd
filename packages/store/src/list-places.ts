/** The places in a list of numbers whose numbers rise, as many as there can be (longest increasing subsequence); undefined never counts. */
export function keptInOrder(places: (number | undefined)[]): Set<number> {
  const tails: number[] = []; // index of the smallest end of a run of each length
  const before = new Map<number, number>();
  places.forEach((place, index) => {
    if (place === undefined) return;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[tails[middle]]! < place) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before.set(index, tails[low - 1]);
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before.get(index)) kept.add(index);
  return kept;
}

/** Gives everybody without a place one between the neighbours that have theirs; behind the last, one by one after everything there ever was. */
export function placesBetween(places: (number | undefined)[], last: number): number[] {
  const filled = [...places];
  for (let from = 0; from < filled.length; from++) {
    if (filled[from] !== undefined) continue;
    const next = filled.findIndex((place, index) => index > from && place !== undefined);
    const until = next < 0 ? filled.length : next;
    const [low, high] = [from === 0 ? undefined : filled[from - 1], next < 0 ? undefined : filled[next]];
    for (let index = from; index < until; index++)
      filled[index] = between(low, high, { step: index - from + 1, steps: until - from + 1, last });
  }
  return filled as number[];
}

function between(
  low: number | undefined,
  high: number | undefined,
  { step, steps, last }: { step: number; steps: number; last: number },
): number {
  if (high === undefined) return Math.max(low ?? 0, last) + step;
  if (low === undefined) return high - (steps - step);
  return low + ((high - low) * step) / steps;
}
