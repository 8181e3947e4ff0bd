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
