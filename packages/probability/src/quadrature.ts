import { exp } from "./exponential.ts";
import { log } from "./logarithm.ts";
import { square } from "./power.ts";
import type { Law } from "./law.ts";

// Gauss-Kronrod 7-15 nodes and weights on -1..1 (Piessens and others 1983, QUADPACK); the odd ones are Gauss nodes.
const NODES = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911, 0.4058451513773972,
  0.2077849550078985, 0,
];
const KRONROD = [
  0.02293532201052922, 0.06309209262997855, 0.10479001032225018, 0.14065325971552592, 0.1690047266392679, 0.19035057806478542,
  0.20443294007529889, 0.20948214108472782,
];
const GAUSS = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694];
const DEEPEST = 40;
const DEPTH_OF_TAIL = 690; // e^-690: the smallest tail probability a double can hold
const FIRST_PANELS = 24;

/** E[f(X)] over both tails of a law by adaptive Gauss-Kronrod, relative error about 1e-12; finite expectations only. */
export function expectation(law: Law, f: (x: number) => number): number {
  // p = e^-s / 2 turns a power tail into an exponential one
  const integrand = (s: number) => {
    const p = 0.5 * exp(-s);
    return p * (f(law.lowerQuantile(p)) + f(law.upperQuantile(p)));
  };
  const panels: { low: number; high: number; estimate: Estimate }[] = [];
  let size = 0;
  for (let k = 0; k < FIRST_PANELS; k++) {
    const low = DEPTH_OF_TAIL * cube(k / FIRST_PANELS);
    const high = DEPTH_OF_TAIL * cube((k + 1) / FIRST_PANELS);
    const estimate = panel(integrand, low, high);
    size += estimate.size;
    panels.push({ low, high, estimate });
  }
  let sum = 0;
  for (const { low, high, estimate } of panels) {
    sum += refine(integrand, low, high, estimate, 1e-13 * size + Number.MIN_VALUE, 0);
  }
  return sum;
}

/** Mean by quadrature, Infinity where a tail is too heavy for one. */
export function meanByQuadrature(law: Law): number {
  if (tailIndex(law, true) >= 1) return Infinity;
  if (tailIndex(law, false) >= 1) return -Infinity;
  return expectation(law, (x) => x);
}

/** Standard deviation by quadrature, Infinity where a tail is too heavy for one. */
export function deviationByQuadrature(law: Law): number {
  if (tailIndex(law, true) >= 0.5 || tailIndex(law, false) >= 0.5) return Infinity;
  const mean = expectation(law, (x) => x);
  return Math.sqrt(expectation(law, (x) => square(x - mean)));
}

/** The power k with which a quantile grows, |x| ~ p^-k: moments of order 1/k and above are infinite. */
function tailIndex(law: Law, fromAbove: boolean): number {
  const at = (p: number) => (fromAbove ? law.upperQuantile(p) : -law.lowerQuantile(p));
  const far = at(1e-280);
  const near = at(1e-140);
  if (far === Infinity) return Infinity;
  return near > 1 && far > near ? log(far / near) / (140 * Math.LN10) : 0;
}

interface Estimate {
  kronrod: number;
  gauss: number;
  /** Integral of the absolute value. */
  size: number;
}

function panel(f: (x: number) => number, low: number, high: number): Estimate {
  const centre = (low + high) / 2;
  const half = (high - low) / 2;
  const middle = f(centre);
  let kronrod = KRONROD[7] * middle;
  let gauss = GAUSS[3] * middle;
  let size = KRONROD[7] * Math.abs(middle);
  for (let i = 0; i < 7; i++) {
    const left = f(centre - half * NODES[i]);
    const right = f(centre + half * NODES[i]);
    kronrod += KRONROD[i] * (left + right);
    size += KRONROD[i] * (Math.abs(left) + Math.abs(right));
    if (i % 2 === 1) gauss += GAUSS[(i - 1) / 2] * (left + right);
  }
  return { kronrod: kronrod * half, gauss: gauss * half, size: size * half };
}

function refine(f: (x: number) => number, low: number, high: number, estimate: Estimate, tolerance: number, depth: number): number {
  const middle = (low + high) / 2;
  const [left, right] = [panel(f, low, middle), panel(f, middle, high)];
  const halves = left.kronrod + right.kronrod;
  // at a jump the two rules may agree by chance, the halves will not
  const miss = Math.max(Math.abs(estimate.kronrod - estimate.gauss), Math.abs(estimate.kronrod - halves));
  if (miss <= Math.max(tolerance, 1e-14 * estimate.size) || depth >= DEEPEST) return halves;
  return refine(f, low, middle, left, tolerance, depth + 1) + refine(f, middle, high, right, tolerance, depth + 1);
}

function cube(x: number): number {
  return x * x * x;
}
