/** What a page asks of the workbench in a worker of its own: the same rules as a review on a server, without files or threads. */
export * from "./belief-figures.ts";
export * from "./case-outcomes.ts";
export { checkItem } from "./check-item.ts";
export { compileWorkspace } from "./compile-workspace.ts";
export { decisionChanges } from "./decision-changes.ts";
export type { ChangedItem, DecisionChange } from "./decision-changes.ts";
export * from "./dependence-map.ts";
export * from "./moves.ts";
export type { LocatedProblem, WorkspaceProblem } from "./problem.ts";
export * from "./review.ts";
export { reviewWorkspace } from "./review-workspace.ts";
export type { ReviewOptions, ReviewResult } from "./review-workspace.ts";
export * from "./what-if.ts";
export * from "./why.ts";
export { wordProblem } from "./wording/problem-wording.ts";
