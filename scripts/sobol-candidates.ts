// Writes packages/probability/src/sobol-candidates.ts: which starting numbers the search chooses for the first dimensions.
// node scripts/sobol-candidates.ts
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { primitivePolynomials } from "../packages/probability/src/primitive-polynomials.ts";
import { basisOf, bestCandidate, candidateDirections } from "../packages/probability/src/sobol-search.ts";

const dimensions = 2048;
const polynomials = primitivePolynomials();
const bases = [basisOf(Uint32Array.from({ length: 32 }, (_, k) => 2 ** (31 - k)))];
let digits = "";
for (let dimension = 1; dimension <= dimensions; dimension++) {
  const polynomial = polynomials.next().value as number;
  const candidate = bestCandidate(dimension, polynomial, bases);
  bases.push(basisOf(candidateDirections(dimension, polynomial, candidate)));
  digits += candidate.toString(36).padStart(2, "0");
}
const lines = digits.match(/.{1,120}/g)!.map((line) => `  "${line}"`);
const text = `// Written by scripts/sobol-candidates.ts; a test holds it against the search.

/** Two base-36 digits per dimension from 1 on. */
const digits =
${lines.join(" +\n")};

/** Which candidate the search chooses for a dimension's starting numbers; undefined beyond those that were written down. */
export function chosenCandidates(dimension: number): number | undefined {
  const place = 2 * (dimension - 1);
  return place + 2 <= digits.length ? parseInt(digits.slice(place, place + 2), 36) : undefined;
}
`;
writeFileSync(join(import.meta.dirname, "../packages/probability/src/sobol-candidates.ts"), text);
