import type { Arena } from "./arena.ts";
import type { QuantileCells } from "./quantile-cells.ts";
import type { RecordEntry } from "./sampler.ts";

/** Where the tables of samplers lie in memory; tables that the next call does not name are given back. */
export interface TablePlaces {
  place(entries: RecordEntry[]): void;
  /** What a record holds for a table. */
  addressOf(entry: { table: ArrayBuffer } | { cells: QuantileCells }): number;
}

const tablesPerSlab = 7; // of 2^12 and a few bytes in 2^15
const rowBytes = 16;
const smallestExponent = 127 - 16; // biased, of the kernel's smallest number

/** A slab is two ranges of equal length: the lower tails of some tables and, at a fixed distance, their upper ones. */
interface Slab {
  address: number;
  mantissaBits: number;
  free: number[]; // places
}

export function tablePlaces(arena: Arena): TablePlaces {
  let placed = new Map<object, { address: number; release: () => void }>();
  const slabs: Slab[] = [];
  const placeTable = (table: ArrayBuffer): { address: number; release: () => void } => {
    const address = arena.allocate(table.byteLength);
    new Uint8Array(arena.memory.buffer).set(new Uint8Array(table), address);
    return { address, release: () => arena.release(address) };
  };
  const placeCells = ({ mantissaBits, coefficients, cellsPerTail }: QuantileCells): { address: number; release: () => void } => {
    const distance = 2 ** (12 + mantissaBits);
    let slab = slabs.find((one) => one.mantissaBits === mantissaBits && one.free.length > 0);
    if (!slab) {
      slab = { address: arena.allocate(2 * distance), mantissaBits, free: Array.from({ length: tablesPerSlab }, (_, place) => place) };
      slabs.push(slab);
    }
    const { free } = slab;
    const place = free.pop()!;
    const start = slab.address + place * Math.floor(distance / tablesPerSlab / rowBytes) * rowBytes;
    const floats = new Float32Array(arena.memory.buffer);
    for (const tail of [0, 1])
      floats.set(coefficients.subarray(tail * cellsPerTail * 4, (tail + 1) * cellsPerTail * 4), (start + tail * distance) / 4);
    const address = start - rowBytes * smallestExponent * 2 ** mantissaBits;
    return { address, release: () => void free.push(place) };
  };
  return {
    place(entries) {
      const before = placed;
      placed = new Map();
      for (const entry of entries) {
        const key = "table" in entry ? entry.table : "cells" in entry ? entry.cells : undefined;
        if (!key || placed.has(key)) continue;
        placed.set(key, before.get(key) ?? ("table" in entry ? placeTable(entry.table) : placeCells(key as QuantileCells)));
        before.delete(key);
      }
      for (const { release } of before.values()) release();
    },
    addressOf: (entry) => placed.get("table" in entry ? entry.table : entry.cells)!.address,
  };
}
