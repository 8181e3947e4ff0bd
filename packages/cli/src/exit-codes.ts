/** Exit codes: 0 done, 1 the material has errors, 2 the call was wrong, 3 something outside failed. */
export const exitCodes = { done: 0, materialHasErrors: 1, wrongCall: 2, failed: 3 } as const;
