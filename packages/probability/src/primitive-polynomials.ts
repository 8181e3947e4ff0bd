/** A primitive polynomial over GF(2) as bits: bit k is the coefficient of x^k, so its degree is the highest set bit. */
export type BinaryPolynomial = number;

/** Primitive polynomials over GF(2) in rising order of degree, then of bits, without end (degrees up to 30). */
export function* primitivePolynomials(): Generator<BinaryPolynomial> {
  for (let degree = 1; degree <= 30; degree++) {
    const divisors = primeFactors(2 ** degree - 1);
    for (let bits = 2 ** degree + 1; bits < 2 ** (degree + 1); bits += 2) {
      if (isPrimitive(bits, degree, divisors)) yield bits;
    }
  }
}

export function degreeOf(polynomial: BinaryPolynomial): number {
  return 31 - Math.clz32(polynomial);
}

/** x has order 2^degree - 1 modulo the polynomial: no proper divisor of that order gives 1. */
function isPrimitive(polynomial: number, degree: number, primes: readonly number[]): boolean {
  if (degree > 1 && hasEvenTerms(polynomial)) return false; // divisible by x + 1
  const order = 2 ** degree - 1;
  if (powerOfX(order, polynomial, degree) !== 1) return false;
  return degree === 1 || primes.every((prime) => powerOfX(order / prime, polynomial, degree) !== 1);
}

function hasEvenTerms(bits: number): boolean {
  let parity = 0;
  for (let rest = bits; rest > 0; rest >>>= 1) parity ^= rest & 1;
  return parity === 0;
}

/** x^exponent modulo a polynomial of this degree. */
function powerOfX(exponent: number, polynomial: number, degree: number): number {
  let result = 1;
  for (let bit = 31 - Math.clz32(exponent); bit >= 0; bit--) {
    result = product(result, result, polynomial, degree);
    if ((exponent >>> bit) & 1) result = reduced(result << 1, polynomial, degree);
  }
  return result;
}

function product(a: number, b: number, polynomial: number, degree: number): number {
  let sum = 0;
  let shifted = a;
  for (let rest = b; rest > 0; rest >>>= 1) {
    if (rest & 1) sum ^= shifted;
    shifted = reduced(shifted << 1, polynomial, degree);
  }
  return sum;
}

function reduced(bits: number, polynomial: number, degree: number): number {
  return (bits >>> degree) & 1 ? bits ^ polynomial : bits;
}

function primeFactors(whole: number): number[] {
  const primes: number[] = [];
  let rest = whole;
  for (let factor = 2; factor * factor <= rest; factor++) {
    if (rest % factor === 0) primes.push(factor);
    while (rest % factor === 0) rest /= factor;
  }
  if (rest > 1) primes.push(rest);
  return primes;
}
