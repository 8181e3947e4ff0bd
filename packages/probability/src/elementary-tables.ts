// The constants of exp, log and power, made at load by integer arithmetic to 128 bits: no digit is typed in, and every machine makes the same ones.

const BITS = 128n;
const ONE = 1n << BITS;
const COARSE = 42n; // a "high" part is a multiple of 2^-42, so that sums and small multiples of high parts are exact
const OCTAVE = 128; // places between sqrt(1/2) and sqrt(2)

/** 2^p at [p + 1074], p from -1074 to 1023: a load is faster than putting a double together from its words. */
export const powersOfTwo = makePowers();
export const centreOfPowers = 1074;

/** Roots of two: 2^(j/64) as a double and what that double lacks; [2 * j], [2 * j + 1], j from 0 to 63. */
export const rootsOfTwo = makeRoots();

/**
 * The doubles F of eight leading digits from 181/256 to 181/128, each with ln F as a high part and the rest; [4 * place], [4 * place + 1], [4 * place + 2].
 * F = 1, whose logarithm is nothing, is among them.
 */
export const logarithms = new Float64Array(4 * (OCTAVE + 1));

const lnTwo = makeLogarithms();

/** ln 2 and ln(2)/64, each as a high part and the rest: multiples of the high part up to 2^11 and 2^17 are exact. */
export const [lnTwoHigh, lnTwoLow] = parts(lnTwo);
export const [stepHigh, stepLow] = parts(lnTwo / 64n);

function makePowers(): Float64Array {
  const powers = new Float64Array(1074 + 1024);
  powers[0] = Number.MIN_VALUE;
  for (let place = 1; place < powers.length; place++) powers[place] = 2 * powers[place - 1];
  return powers;
}

function makeRoots(): Float64Array {
  const table = new Float64Array(128);
  let root = 2n * ONE;
  for (let halvings = 0; halvings < 6; halvings++) root = squareRoot(root * ONE);
  let power = ONE;
  for (let place = 0; place < 64; place++) {
    table[2 * place] = toDouble(power);
    table[2 * place + 1] = toDouble(power - toFixed(table[2 * place]));
    power = (power * root) >> BITS;
  }
  return table;
}

/** Fills the table downwards and upwards from ln 1 = 0, where a place is worth 1/256 and 1/128; gives ln 2 = ln(256/181) + ln(181/128). */
function makeLogarithms(): bigint {
  let below = 0n;
  enter(75, 1, 0n);
  for (let place = 74; place >= 0; place--) {
    below -= logarithmOfStep(181 + place);
    enter(place, (181 + place) / 256, below);
  }
  let above = 0n;
  for (let place = 76; place <= OCTAVE; place++) {
    above += logarithmOfStep(52 + place);
    enter(place, (53 + place) / 128, above);
  }
  return above - below;
}

function enter(place: number, F: number, logarithm: bigint): void {
  const [high, low] = parts(logarithm);
  logarithms.set([F, high, low], 4 * place);
}

/** ln((n + 1) / n) = 2 atanh(1 / (2n + 1)). */
function logarithmOfStep(n: number): bigint {
  const odd = BigInt(2 * n + 1);
  let power = (2n * ONE) / odd;
  let sum = power;
  for (let term = 3n; power > 0n; term += 2n) {
    power /= odd * odd;
    sum += power / term;
  }
  return sum;
}

function parts(fixed: bigint): [high: number, low: number] {
  const high = ((fixed + (1n << (BITS - COARSE - 1n))) >> (BITS - COARSE)) << (BITS - COARSE);
  return [toDouble(high), toDouble(fixed - high)];
}

function toDouble(fixed: bigint): number {
  return Number(fixed) / 2 ** 128;
}

function toFixed(amount: number): bigint {
  return BigInt(amount * 2 ** 64) << (BITS - 64n);
}

function squareRoot(square: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
