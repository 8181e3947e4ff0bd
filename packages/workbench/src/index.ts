export * from "./check-workspace.ts";
export * from "./explain-company.ts";
export * from "./problem.ts";
export * from "./review.ts";
export * from "./review-workspace.ts";
export * from "./run-case.ts";
export * from "./why.ts";
export * from "./wording/problem-wording.ts";
