import { stream } from "@watershed/probability";

/** Chance by name: the same seed and name give the same throws, in the order in which they are asked for. */
export interface Dice {
  uniform: () => number;
  between: (low: number, high: number) => number;
  whole: (low: number, high: number) => number; // both ends included
  happens: (probability: number) => boolean;
  bell: () => number; // mean 0, standard deviation 1, within ±3
  pick: <T>(list: readonly T[]) => T;
  shuffled: <T>(list: readonly T[]) => T[];
}

/** Dice of a seed and a name; they keep count of their throws. */
export function dice(seed: number, name: string): Dice {
  const source = stream(seed, name);
  let thrown = 0;
  const uniform = (): number => source.uniform(thrown++);
  const whole = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1));
  return {
    uniform,
    whole,
    between: (low, high) => low + (high - low) * uniform(),
    happens: (probability) => uniform() < probability,
    // The sum of twelve uniform numbers: close enough to normal here, and the same to the last bit everywhere.
    bell: () =>
      Math.min(
        3,
        Math.max(
          -3,
          Array.from({ length: 12 }, uniform).reduce((sum, one) => sum + one, -6),
        ),
      ),
    pick: (list) => list[Math.floor(uniform() * list.length)],
    shuffled: (list) => {
      const mixed = [...list];
      for (let at = mixed.length - 1; at > 0; at--) {
        const other = whole(0, at);
        [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
      }
      return mixed;
    },
  };
}
