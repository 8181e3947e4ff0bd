import type { Distribution, ProbabilityPooling } from "@watershed/probability";

/** What is believed about one question: one distribution, or the weights with which its conditional chances are pooled draw by draw. */
export type Belief =
  | { kind: "distribution"; distribution: Distribution }
  | { kind: "conditional"; weights: number[]; method: ProbabilityPooling };

export type Beliefs = Record<string, Belief>;

/** A rank (Spearman) correlation between the answers of two questions. */
export interface RankCorrelation {
  questions: [string, string];
  rank: number;
}
