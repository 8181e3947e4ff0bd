/** How large a workspace can be generated. */
export const generatedLimits = { questions: 2000, companies: 500 };

export interface GeneratedSize {
  questions: number; // 1 to 2000
  companies: number; // 1 to 500
  seed: number;
}
