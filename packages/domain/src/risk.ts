import { z } from "zod";
import { Formula } from "./scalar.ts";

/** How the team weighs gains against losses, and the most it will lose on average in its worst scenarios. */
export const RiskSettings = z.strictObject({
  attitude: z
    .enum(["neutral", "exponential", "crra"])
    .optional()
    .describe("neutral (expected worth) unless given; exponential with a tolerance; crra: constant relative risk aversion"),
  tolerance: Formula.optional().describe("for exponential: the stake at which an even bet of double or half is just not worth taking"),
  relativeAversion: z.number().min(0).max(100).optional().describe("for crra: 1 is the logarithm"),
  wealth: Formula.optional().describe("for crra: the money at stake beside this decision"),
  cvarLimit: z
    .strictObject({
      level: z.number().positive().max(0.5).describe("share of the worst scenarios: 0.05"),
      amount: Formula.describe("the most they may lose on average"),
    })
    .optional(),
});
export type RiskSettings = z.infer<typeof RiskSettings>;
