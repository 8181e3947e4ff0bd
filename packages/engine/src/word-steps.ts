import { uniformFromWord } from "@watershed/probability";
import { allWords } from "./word-quantile.ts";

/** A quantile that takes finitely many values: value k from the word behind lasts[k - 1] up to lasts[k]. */
export interface WordSteps {
  values: number[];
  lasts: number[]; // [value] last word; 2^32 - 1 at the end
}

/** The steps of a prepared quantile of a discrete distribution, word for word; undefined beyond `most` of them. */
export function wordSteps(quantile: (probability: number) => number, most: number): WordSteps | undefined {
  const at = (word: number): number => quantile(uniformFromWord(word));
  const steps: WordSteps = { values: [at(0)], lasts: [] };
  const end = at(allWords - 1);
  for (let from = 0; steps.values.at(-1) !== end;) {
    if (steps.values.length > most) return undefined;
    const value = steps.values.at(-1)!;
    let low = from; // still this value
    let high = Math.min(allWords - 1, from + 1); // strides until another
    for (let stride = 2 ** 20; at(high) === value; stride *= 2) {
      low = high;
      high = Math.min(allWords - 1, high + stride);
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (at(middle) === value) low = middle;
      else high = middle;
    }
    steps.lasts.push(low);
    steps.values.push(at(high));
    from = high;
  }
  steps.lasts.push(allWords - 1);
  return steps;
}
