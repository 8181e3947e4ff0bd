const BITS = 320n;
const ONE = 1n << BITS;
const LN_TWO = 2n * atanh(ONE / 3n);
const double = new Float64Array(1);
const word = new BigUint64Array(double.buffer);

/** A number as `fixed` 2^(power - 320): more than 250 right digits of any value met here. */
export interface Exact {
  fixed: bigint;
  power: bigint;
}

export function exactExp(x: bigint): Exact {
  const power = x / LN_TWO - (x < 0n ? 1n : 0n);
  const r = x - power * LN_TWO;
  let [sum, part] = [ONE, ONE];
  for (let k = 1n; part !== 0n; k++) {
    part = (part * r) / (k << BITS);
    sum += part;
  }
  return { fixed: sum, power };
}

export function exactLog(x: bigint): bigint {
  const power = BigInt(x.toString(2).length) - BITS - 1n;
  const z = power >= 0n ? x >> power : x << -power;
  return power * LN_TWO + 2n * atanh(((z - ONE) * ONE) / (z + ONE));
}

export function exactPower(base: number, exponent: number): Exact {
  const [mantissa, power] = split(base);
  const logarithm = exactLog(mantissa * ONE) + power * LN_TWO;
  return exactExp((logarithm * fixedOf(exponent)) / ONE);
}

/** A double as a whole number of 2^-320; it must not be smaller than 2^-250. */
export function fixedOf(x: number): bigint {
  const [mantissa, power] = split(x);
  return power + BITS >= 0n ? mantissa << (power + BITS) : mantissa >> -(power + BITS);
}

/** How far `found` is from the truth, in units of its own last place. */
export function unitsInLastPlace(found: number, { fixed, power }: Exact): number {
  const [mantissa, place] = split(found);
  const shift = power - place;
  const truth = shift >= 0n ? fixed << shift : fixed >> -shift;
  const miss = (mantissa << BITS) - truth;
  return Number((miss < 0n ? -miss : miss) >> (BITS - 64n)) / 2 ** 64;
}

/** x = mantissa 2^power with a mantissa of 53 digits, fewer for subnormal numbers. */
function split(x: number): [mantissa: bigint, power: bigint] {
  double[0] = x;
  const biased = (word[0] >> 52n) & 0x7ffn;
  const digits = word[0] & 0xfffffffffffffn;
  const mantissa = biased === 0n ? digits : digits | 0x10000000000000n;
  return [x < 0 ? -mantissa : mantissa, (biased === 0n ? 1n : biased) - 1075n];
}

function atanh(x: bigint): bigint {
  const square = (x * x) >> BITS;
  let [sum, power] = [x, x];
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = (power * square) >> BITS;
    sum += power / k;
  }
  return sum;
}
