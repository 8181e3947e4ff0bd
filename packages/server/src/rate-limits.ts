/** A bucket per name: it holds `burst` and fills up again at `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

interface Bucket {
  left: number;
  at: number; // milliseconds
}

/** Counts requests by name: of a person, of an address. What is idle long enough to be full again is forgotten. */
export class RateLimits {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one from the bucket of a name; the seconds to wait where it is empty. */
  take(name: string): number | undefined {
    const now = this.#now();
    const { burst, perSecond } = this.#rate;
    const bucket = this.#buckets.get(name) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > 10_000) this.#forget(now);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return undefined;
  }

  #forget(now: number): void {
    const { burst, perSecond } = this.#rate;
    for (const [name, { left, at }] of this.#buckets) if (left + ((now - at) / 1000) * perSecond >= burst) this.#buckets.delete(name);
  }
}
