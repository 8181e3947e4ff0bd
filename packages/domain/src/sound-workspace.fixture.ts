import { emptyWorkspace } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** A small workspace in which everything refers to something that exists. */
export function soundWorkspace(): Workspace {
  return {
    ...emptyWorkspace({ id: "w", name: "W", asOf: "2024-06-30", currency: "USD", discountRate: 0.2 }),
    people: [
      { id: "ann", name: "Ann" },
      { id: "bo", name: "Bo" },
    ],
    sources: [{ id: "S-1", title: "S" }],
    facts: [
      { id: "F-early", date: "2024-01", text: "early", sources: ["S-1"] },
      { id: "F-late", date: "2024-01-05", knownFrom: "2024-05", text: "late", sources: ["S-1"] },
    ],
    questions: [
      { id: "passes", text: "Q", kind: "yesNo", dimension: "ai", criterion: "c", resolveBy: "2025-12-31", owner: "ann" },
      { id: "size", text: "Q", kind: "number", dimension: "ai", criterion: "c", resolveBy: "2025-12-31" },
      {
        id: "leader",
        text: "Q",
        kind: "oneOf",
        options: [
          { id: "us", name: "U" },
          { id: "them", name: "T" },
        ],
        dimension: "ai",
        criterion: "c",
        resolveBy: "2025-12-31",
      },
    ],
    forecasts: [
      { question: "passes", by: "ann", on: "2024-01-10", probability: "60%", sources: ["F-early"] },
      { question: "passes", by: "ann", on: "2024-05-10", probability: "70%", sources: ["F-early", "F-late"] },
      { question: "passes", by: "bo", on: "2024-02-10", probability: 0.5 },
      { question: "leader", by: "bo", on: "2024-02-10", probabilities: { us: "60%", them: "40%" } },
    ],
    correlations: [{ questions: ["passes", "size"], rank: 0.3 }],
    theses: [{ id: "t", statement: "T", by: "bo", questions: [{ question: "passes", confirmedBy: "yes" }], sources: ["F-late"] }],
    tracks: [{ id: "chips", name: "C", criteria: [{ id: "arch", text: "A", sources: ["F-late", "F-early"] }] }],
    companies: [{ id: "acme", name: "A", track: "chips", sources: ["F-late"] }],
    assessments: [{ company: "acme", criterion: "arch", by: "ann", on: "2024-03-01", level: 3 }],
    rounds: [{ id: "r1", company: "acme", name: "A", date: "2024-02", sources: ["S-1", "F-late"] }],
    positions: [{ company: "acme", on: "2024-05-01", invested: "1M USD" }],
    signals: [{ id: "call", name: "A call", question: "passes", readOn: "2024-09-01", sensitivity: "80%" }],
    triggers: [{ id: "fires", name: "F", when: "passes", deadline: "2025-06-30", companies: ["acme"] }],
    cases: [
      {
        id: "acme_case",
        company: "acme",
        on: "2024-03-01",
        exitValue: "1bn USD",
        exitDate: "2030-12-31",
        retention: "60%",
        stage: { ticket: "1M USD", preMoney: "1bn USD", followOn: { trigger: "fires", preMoney: "1bn USD", known: ["call"] } },
        wait: [{ trigger: "fires", preMoney: "1bn USD", known: ["passes"] }],
      },
    ],
    actions: [
      {
        id: "call",
        name: "C",
        kind: "referenceCall",
        company: "acme",
        about: [
          { question: "passes", sensitivity: "80%", specificity: "70%", experts: 3, correlation: 0.2 },
          { question: "leader", hitRate: "60%" },
          { question: "size", panel: [{ noise: 2 }, { noise: 3 }] },
        ],
        cost: "40k USD",
        delayDays: 14,
        owner: "ann",
        sources: ["F-early"],
      },
      { id: "room", name: "R", kind: "dataRoom", about: [{ question: "leader" }], cost: 0, on: "2024-07-31", status: "underway" },
    ],
    decisions: [{ id: "d1", company: "acme", on: "2024-06-01", by: ["ann", "bo"], alternative: "wait", trigger: "fires" }],
    resolutions: [{ question: "passes", on: "2024-04-01", outcome: true, by: "ann", evidence: ["F-late", "S-1"] }],
    notes: [{ id: "notes/a", on: "2024-05-05", text: "x" }],
  };
}
