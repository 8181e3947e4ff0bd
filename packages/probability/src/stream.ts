/** Independent random numbers that anyone can ask for by position: no state, no order. */
export interface Stream {
  /** A uniform 32-bit word. `counter` is a whole number 0..2^53 - 1. */
  uint32(counter: number): number;
  /** Uniform strictly inside (0, 1): (word + 1/2) / 2^32. */
  uniform(counter: number): number;
}

/**
 * The stream of a seed and a name: Philox4x32-10 (Salmon and others 2011) keyed and offset by a 128-bit hash of both,
 * so that streams of different names do not meet.
 */
export function stream(seed: number | string, name: string): Stream {
  const [key0, key1, offset0, offset1] = hash128(`${seed}\u0000${name}`);
  const uint32 = (counter: number): number =>
    philox([counter >>> 0, Math.floor(counter / 2 ** 32) >>> 0, offset0, offset1], [key0, key1])[0];
  return { uint32, uniform: (counter) => uniformFromWord(uint32(counter)) };
}

/** (word + 1/2) / 2^32: a 32-bit word as a number strictly inside (0, 1). */
export function uniformFromWord(word: number): number {
  return (word + 0.5) / 4294967296;
}

/** One block of Philox4x32-10: four words from a 128-bit counter and a 64-bit key. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

type Words = readonly [number, number, number, number];

/** The upper 32 bits of a 64-bit product. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/** MurmurHash3 x86 128 (Appleby) of a text's UTF-16 units, the last block filled with zeros. */
export function hash128(text: string): Words {
  const constants = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];
  const added = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17];
  const preTurns = [15, 16, 17, 18];
  const postTurns = [19, 17, 15, 13];
  const h = new Uint32Array(4);
  const unit = (i: number) => (i < text.length ? text.charCodeAt(i) : 0);
  for (let from = 0; from < text.length; from += 8) {
    for (let lane = 0; lane < 4; lane++) {
      const block = unit(from + 2 * lane) | (unit(from + 2 * lane + 1) << 16);
      const mixed = rotate(Math.imul(block, constants[lane]), preTurns[lane]);
      h[lane] ^= Math.imul(mixed, constants[(lane + 1) % 4]);
      h[lane] = rotate(h[lane], postTurns[lane]) + h[(lane + 1) % 4];
      h[lane] = Math.imul(h[lane], 5) + added[lane];
    }
  }
  for (let lane = 0; lane < 4; lane++) h[lane] ^= 2 * text.length;
  shareOut(h);
  for (let lane = 0; lane < 4; lane++) h[lane] = finish(h[lane]);
  shareOut(h);
  return [h[0], h[1], h[2], h[3]];
}

function shareOut(h: Uint32Array): void {
  h[0] += h[1] + h[2] + h[3];
  for (let lane = 1; lane < 4; lane++) h[lane] += h[0];
}

function rotate(word: number, turns: number): number {
  return ((word << turns) | (word >>> (32 - turns))) >>> 0;
}

function finish(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
