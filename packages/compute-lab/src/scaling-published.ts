import type { CitationKey } from "./citations.ts";

/** A fitted law of loss, E + A / N^alpha + B / D^beta, nats per token, with the standard errors its authors print. */
export interface LossLaw {
  irreducible: number;
  parameterFactor: number;
  tokenFactor: number;
  parameterExponent: number;
  tokenExponent: number;
  standardErrors: { parameterExponent: number; tokenExponent: number; optimumExponent: number };
  source: CitationKey;
}

/** Besiroglu 2024: the fit to Chinchilla's reconstructed data that agrees with its two other methods. */
export const besirogluLaw: LossLaw = {
  irreducible: 1.8172,
  parameterFactor: 482.01,
  tokenFactor: 2085.43,
  parameterExponent: 0.3478,
  tokenExponent: 0.3658,
  standardErrors: { parameterExponent: 0.02, tokenExponent: 0.02, optimumExponent: 0.02 },
  source: "besiroglu",
};

/** A law of the best size for a budget of compute: parameters = at.parameters (flops / at.flops)^exponent. */
export interface OptimumLaw {
  name: string;
  at: { flops: number; parameters: number; tokens: number };
  exponent: number;
  exponentError: number; // standard error; printed, or the spread between laws where none is
  source: CitationKey;
}

// What stands in where a paper prints no error of its exponent: the spread of the exponents below.
const SPREAD_OF_EXPONENTS = 0.02;

/** Four fits that different teams published; they agree on the exponent within 0.06 and on tokens per parameter within a factor of three. */
export const optimumLaws: OptimumLaw[] = [
  {
    name: "chinchilla",
    at: { flops: 5.76e23, parameters: 67e9, tokens: 1.5e12 },
    exponent: 0.5,
    exponentError: SPREAD_OF_EXPONENTS,
    source: "chinchilla",
  },
  {
    name: "besiroglu",
    at: { flops: 5.76e23, parameters: 72.25e9, tokens: 1.3287e12 }, // from the law of loss above (scaling.test.ts)
    exponent: 0.5126,
    exponentError: besirogluLaw.standardErrors.optimumExponent,
    source: "besiroglu",
  },
  {
    name: "deepSeek",
    at: { flops: 1e24, parameters: 1.094e11, tokens: 1.523e12 }, // 0.1715 C^0.5243 FLOP per token, six per parameter
    exponent: 0.5243,
    exponentError: SPREAD_OF_EXPONENTS,
    source: "deepseekLlm",
  },
  {
    name: "llama3",
    at: { flops: 3.8e25, parameters: 402e9, tokens: 16.55e12 },
    exponent: 0.47,
    exponentError: SPREAD_OF_EXPONENTS,
    source: "llama3Scaling",
  },
];
