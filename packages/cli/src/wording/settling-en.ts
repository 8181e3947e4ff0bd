/** What `disagreement`, `thresholds` and `agenda --together` say in English; the Chinese table has the same shape. */
export const settlingEn = {
  everything: "Whose beliefs are right, all questions at once",
  everythingColumns: ["Company", "Worth of settling", "Decision under each partner"],
  decides: (who: string, would: string, worth: string) => `${who}: ${would} (${worth})`,
  unsettled: (would: string) => `without knowing: ${would}`,
  disputed: "Questions on which partners differ, by what settling them is worth",
  disputedColumns: ["Question", "Worth of settling", "Each partner's forecast"],
  spread: (points: string) => `${points} points apart`,
  changes: (companies: string) => `changes ${companies}`,
  noChange: "would change no decision",
  questionsOf: (company: string) => `The same for ${company}, with what each partner would do`,
  nobodyDiffers: "No two people have forecast an open question differently.",
  more: (count: number) => `${count} more: --all or --json shows them.`,
  howSettled:
    "Settling means learning which partner is right before deciding; each is right with a probability in proportion to the weight. Without knowing, the best choice is made for all partners' worlds at once; it can differ from the team's decision, which rests on the pooled beliefs. Question by question, the rest stays as the team believes it.",
  chance: (share: string) => share,
  median: (place: string, low: string, high: string) => `${place} (${low} to ${high})`,
  thresholds: "The smallest change of each belief that changes the decision, each moved alone",
  thresholdColumns: ["Belief in", "We say", "Down to", "Up to"],
  atFlip: (place: string, change: string, would: string) => `${place} (${change})\n${would}`,
  noFlip: "–",
  closeCall: "too close to call against the next best",
  points: (amount: string) => `${amount} pts`,
  days: (amount: string) => `${amount} days`,
  medianIs: (place: string) => `median ${place}`,
  unmoved: (count: number) =>
    count === 1
      ? "1 more belief leaves the decision as it is, wherever between 0 and 100% it lies, or moved by odds of up to 55 to 1 either way."
      : `${count} more beliefs leave the decision as it is, wherever between 0 and 100% each lies, or moved by odds of up to 55 to 1 either way.`,
  lines: "Worth against the nearest belief",
  lineColumns: ["Alternative", "at 0%", "at 100%"],
  curve: (question: string) => `Worth against the nearest median: ${question}`,
  together: "Worth of these answers together",
  togetherRow: (worth: string, floor: string) => `${worth}, ${floor}`,
  lowerBound: (worth: string) => `chosen on one half of the scenarios and valued on the other: ${worth}`,
  alone: "each alone",
  companyTogether: "together, by company",
  beyond: (amount: string) => `more than the sum of each alone: ${amount}`,
  within: (amount: string) => `less than the sum of each alone, because they overlap: ${amount}`,
  noQuestion: (id: string, known: string) => `No question "${id}" in this workspace. Near: ${known}`,
  nothingTogether: "No company depends on any of these questions.",
};

export type SettlingWording = typeof settlingEn;
