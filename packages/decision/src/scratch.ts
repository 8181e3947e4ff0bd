/**
 * Arrays that are written and read within one call and kept for the next: a fresh megabyte costs more in page faults than
 * most passes over it. A slot is claimed by name; its contents are whatever the last call left, and nothing handed out here
 * may be part of an answer.
 */
class Scratch {
  readonly #float64 = new Map<string, Float64Array>();
  readonly #uint32 = new Map<string, Uint32Array>();
  readonly #uint8 = new Map<string, Uint8Array>();

  float64(slot: string, length: number): Float64Array {
    const kept = this.#float64.get(slot);
    if (kept && kept.length >= length) return kept.subarray(0, length);
    const made = new Float64Array(length);
    this.#float64.set(slot, made);
    return made;
  }

  uint32(slot: string, length: number): Uint32Array {
    const kept = this.#uint32.get(slot);
    if (kept && kept.length >= length) return kept.subarray(0, length);
    const made = new Uint32Array(length);
    this.#uint32.set(slot, made);
    return made;
  }

  uint8(slot: string, length: number): Uint8Array {
    const kept = this.#uint8.get(slot);
    if (kept && kept.length >= length) return kept.subarray(0, length);
    const made = new Uint8Array(length);
    this.#uint8.set(slot, made);
    return made;
  }
}

export const scratch = new Scratch();
