import { power } from "@watershed/probability";
import type { Banded } from "./band.ts";
import { bandOf, columnsOf } from "./band.ts";
import { positive, within } from "./checked.ts";
import type { LabProblem } from "./problem.ts";
import { capability, capabilityLevels, computeForLevel } from "./scaling-capability.ts";
import { besirogluLaw, optimumLaws } from "./scaling-published.ts";
import type { LossLaw } from "./scaling-published.ts";

/** A run by its compute, or by parameters and tokens; `released` dates what data and methods allow. */
export interface ScalingQuestion {
  flops?: number;
  activeParameters?: number;
  tokens?: number;
  released: number; // year and fraction
  levels?: Record<string, number>; // MMLU scores asked for, GPT-3.5 and GPT-4 unless given
}

export interface ScalingAnswer {
  flops: number;
  parameters: Banded; // compute-optimal
  tokens: Banded;
  tokensPerParameter: Banded;
  byLaw: { name: string; parameters: number; tokens: number; source: string }[];
  wasted?: Banded; // share of compute above an optimal run of equal loss, with parameters and tokens given
  score: Banded;
  levels: { name: string; score: number; chance: number; flops: Banded }[];
}

/** The best size and data for a budget of compute by four published laws, and what score it may reach. */
export function scaling(question: ScalingQuestion): { answer?: ScalingAnswer; problems: LabProblem[] } {
  const { activeParameters, tokens, released, levels = capabilityLevels } = question;
  const flops = question.flops ?? (activeParameters !== undefined && tokens !== undefined ? 6 * activeParameters * tokens : undefined);
  const problems: LabProblem[] = [
    ...(flops === undefined ? [{ code: "missing", severity: "error", at: "flops", params: {} } as const] : []),
    ...within("flops", flops, 1e18, 1e30),
    ...positive("activeParameters", activeParameters),
    ...positive("tokens", tokens),
    ...within("released", released, 2018, 2035),
    ...Object.values(levels).flatMap((level) => within("levels", level, 0.25, 1)),
  ];
  if (flops === undefined || problems.length > 0) return { problems };
  const { score, chanceOf } = capability({ flops, released });
  return {
    answer: {
      flops,
      ...optimum(flops),
      ...(activeParameters !== undefined && tokens !== undefined ? { wasted: wasted(activeParameters, tokens) } : {}),
      score,
      levels: Object.entries(levels).map(([name, level]) => ({
        name,
        score: level,
        chance: chanceOf(level),
        flops: computeForLevel(level, released),
      })),
    },
    problems,
  };
}

/** Compute-optimal parameters and tokens: the laws count equally, each with the error of its exponent; tokens are flops / 6 / parameters. */
export function optimum(flops: number): Pick<ScalingAnswer, "parameters" | "tokens" | "tokensPerParameter" | "byLaw"> {
  const byLaw = optimumLaws.map(({ name, at, exponent, source }) => {
    const parameters = at.parameters * power(flops / at.flops, exponent);
    return { name, parameters, tokens: (at.tokens * flops) / at.flops / (parameters / at.parameters), source };
  });
  const inputs = {
    law: { kind: "uniform", low: 0, high: optimumLaws.length },
    error: { kind: "normal", mean: 0, standardDeviation: 1 },
  } as const;
  const columns = columnsOf(inputs, ({ law, error }) => {
    const { at, exponent, exponentError } = optimumLaws[Math.min(optimumLaws.length - 1, Math.floor(law))];
    const growth = power(flops / at.flops, exponent + error * exponentError);
    const parameters = at.parameters * growth;
    const tokens = (at.tokens * flops) / at.flops / growth;
    return { parameters, tokens, tokensPerParameter: tokens / parameters };
  });
  const sources = optimumLaws.map(({ source }) => source);
  return {
    parameters: bandOf(columns.parameters, "parameters", sources),
    tokens: bandOf(columns.tokens, "tokens", sources),
    tokensPerParameter: bandOf(columns.tokensPerParameter, "tokens per parameter", sources),
    byLaw,
  };
}

/** Loss of a run by a law, nats per token. */
export function lossOf({ parameters, tokens }: { parameters: number; tokens: number }, law: LossLaw = besirogluLaw): number {
  return (
    law.irreducible + law.parameterFactor / power(parameters, law.parameterExponent) + law.tokenFactor / power(tokens, law.tokenExponent)
  );
}

/** The least compute that reaches a loss: where both reducible terms fall equally fast, FLOP. */
export function leastCompute(loss: number, law: LossLaw = besirogluLaw): number {
  const { parameterFactor: A, tokenFactor: B, parameterExponent: alpha, tokenExponent: beta, irreducible } = law;
  const reducible = loss - irreducible;
  if (reducible <= 0) return Infinity;
  // at the optimum alpha A / N^alpha = beta B / D^beta
  const parameters = power((A * (alpha + beta)) / (beta * reducible), 1 / alpha);
  const tokens = power((B * (alpha + beta)) / (alpha * reducible), 1 / beta);
  return 6 * parameters * tokens;
}

/** What a run spends above the best run of equal loss: the price of a smaller AI model that is cheaper to serve. */
function wasted(parameters: number, tokens: number): Banded {
  const { parameterExponent, tokenExponent } = besirogluLaw.standardErrors;
  const error = (standardDeviation: number) => ({ kind: "normal", mean: 0, standardDeviation }) as const;
  const columns = columnsOf({ alpha: error(parameterExponent), beta: error(tokenExponent) }, ({ alpha, beta }) => {
    const law = turned(besirogluLaw, alpha, beta);
    return { share: Math.max(0, 1 - leastCompute(lossOf({ parameters, tokens }, law), law) / (6 * parameters * tokens)) };
  });
  return bandOf(columns.share, "share", ["besiroglu"]);
}

/** A law with other exponents that still passes through the middle of its data (1e10 parameters, 1e11 tokens): its factors and exponents err together. */
function turned(law: LossLaw, alpha: number, beta: number): LossLaw {
  return {
    ...law,
    parameterExponent: law.parameterExponent + alpha,
    tokenExponent: law.tokenExponent + beta,
    parameterFactor: law.parameterFactor * power(1e10, alpha),
    tokenFactor: law.tokenFactor * power(1e11, beta),
  };
}
