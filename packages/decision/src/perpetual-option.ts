import { power, square } from "@watershed/probability";
import { assert } from "./assert.ts";

/** An investment that can be made at any time, whose worth wanders like a price: what the textbook of real options asks. */
export interface PerpetualOption {
  rate: number; // yearly, riskless
  payout: number; // yearly share of the worth that only the invested receive
  volatility: number; // of the worth, per root of a year
}

/** When to invest, and what the right to wait is worth. */
export interface PerpetualOptionWorth {
  /** Elasticity of the option to the worth. */
  beta: number;
  /** Worth over cost at which one invests at once. */
  investAbove: number;
  /** Worth of the right per unit of cost where the investment is worth `worthOverCost` times its cost. */
  worth: (worthOverCost: number) => number;
}

/**
 * The perpetual option to invest (McDonald and Siegel 1986): closed form for a worth that follows a geometric Brownian motion. A bound beside
 * `waitFor`, whose triggers are events and not a price that wanders. Stops where the payout is not above zero: then one never invests.
 */
export function perpetualOption({ rate, payout, volatility }: PerpetualOption): PerpetualOptionWorth {
  assert(
    payout > 0 && volatility > 0 && rate >= 0,
    "A perpetual option needs a payout and a volatility above zero, and a rate of at least zero.",
  );
  const drift = (rate - payout) / square(volatility);
  const beta = 0.5 - drift + Math.sqrt(square(drift - 0.5) + (2 * rate) / square(volatility));
  const investAbove = beta / (beta - 1);
  const worth = (worthOverCost: number): number =>
    worthOverCost >= investAbove ? worthOverCost - 1 : (investAbove - 1) * power(worthOverCost / investAbove, beta);
  return { beta, investAbove, worth };
}
