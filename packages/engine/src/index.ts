export * from "./answer-partition.ts";
export * from "./answer-sums.ts";
export type { AnswerSumsOptions, RootQuestion, SummedQuestion } from "./answer-sums-layout.ts";
export type { ShardColumn } from "./answer-sums-memory.ts";
export * from "./belief.ts";
export * from "./dimensions.ts";
export * from "./draws.ts";
export * from "./reach.ts";
export * from "./simulate.ts";
export { correlatedGroups } from "./uniforms.ts";

/** Changes whenever the same key could give other numbers. */
export const engineVersion = "interpreter-2";
