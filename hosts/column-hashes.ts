import type { Accumulation, Draws } from "@watershed/engine";

/** SHA-256 of every column of a run, dummies included. An undefined number has many bit patterns; here it has one. */
export async function columnHashes({ columns, dummies }: Draws): Promise<Record<string, string>> {
  const named = [...columns, ...dummies.map((dummy, place): [string, Float64Array] => [`dummy ${place}`, dummy])];
  return Object.fromEntries(await Promise.all(named.map(async ([name, column]) => [name, await hashOf(column)] as const)));
}

/** The same of accumulated figures. */
export async function summaryHashes({ columns }: Accumulation): Promise<Record<string, string>> {
  const figures = [...columns].map(([name, { moments, finite, infinite, undefinedDraws }]) => {
    return [name, Float64Array.of(finite, infinite, undefinedDraws, ...Object.values(moments ?? {}))] as const;
  });
  return Object.fromEntries(await Promise.all(figures.map(async ([name, numbers]) => [name, await hashOf(numbers)] as const)));
}

async function hashOf(column: Float64Array): Promise<string> {
  const bytes = new Uint8Array(column.map((amount) => (amount !== amount ? NaN : amount)).buffer);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
