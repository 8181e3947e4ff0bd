import * as fc from "fast-check";

/** Decisions of one to three uncertain alternatives beside passing, and the answers to a question, over 64 draws. */
export const sharding = { shards: 4, shardSize: 16 };
const column = fc
  .array(fc.integer({ min: -500, max: 2000 }), { minLength: 64, maxLength: 64 })
  .map((amounts) => Float64Array.from(amounts, (amount) => amount / 10));
export const answers = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 64, maxLength: 64 })
  .map((amounts) => Float64Array.from(amounts));
export const decision = fc
  .array(column, { minLength: 1, maxLength: 3 })
  .map((columns) => [
    { name: "pass", netValue: new Float64Array(64) },
    ...columns.map((netValue, index) => ({ name: `a${index}`, netValue })),
  ]);
