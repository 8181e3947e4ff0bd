export * from "./answer-partition.ts";
export * from "./answer-sums.ts";
export type { AnswerSumsOptions, RootQuestion, SummedQuestion } from "./answer-sums-layout.ts";
export type { ShardColumn } from "./answer-sums-memory.ts";
export { accumulate, accumulateShard } from "./accumulate.ts";
export type { Accumulation, ColumnSummary } from "./accumulate.ts";
export * from "./belief.ts";
export * from "./dimensions.ts";
export * from "./draws.ts";
export * from "./pool.ts";
export * from "./pool-task.ts";
export * from "./reach.ts";
export { serveTasks } from "./serve-tasks.ts";
export { simulate } from "./simulate.ts";
export type { SimulationOptions } from "./simulate.ts";
export { simulateOnPool, simulateShard } from "./simulate-on-pool.ts";
export * from "./root-question.ts";
export * from "./simulate.ts";
export { correlatedGroups } from "./uniforms.ts";
export * from "./web-worker-port.ts";

/** Changes whenever the same key could give other numbers. */
export const engineVersion = "interpreter-2";
