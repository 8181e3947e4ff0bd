import { emptyWorkspace } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";

/** A small workspace with one of almost everything, repeated names among it, and values that are hard to keep. */
export function smallFund(id = "small-fund"): Workspace {
  return {
    ...emptyWorkspace({
      id: "small_fund",
      name: { en: "Small fund", zh: "小基金" },
      asOf: "2024-06-30",
      currency: "USD",
      discountRate: 0.2,
    }),
    streams: ["question/passes", "question/size", id],
    people: [
      { id: "ann", name: "Ann" },
      { id: "bo", name: "薄" },
    ],
    sources: [{ id: "S-1", title: "S" }],
    facts: [
      {
        id: "F-1",
        date: "2024-01",
        text: "early",
        sources: ["S-1"],
        data: { infinite: Infinity, none: null, nought: -0, $number: "5", z: 1, a: [{ $$: NaN }], nul: "a\u0000b", half: "\ud800" },
      },
    ],
    questions: [
      { id: "passes", text: "Q", kind: "yesNo", dimension: "ai", criterion: "c", resolveBy: "2025-12-31", owner: "ann" },
      { id: "size", text: "问题", kind: "number", dimension: "ai", criterion: "c", resolveBy: "2025-12-31" },
    ],
    forecasts: [
      { question: "passes", by: "ann", on: "2024-01-10", probability: "60%" },
      { question: "passes", by: "bo", on: "2024-02-10", probability: 0.1 + 0.2 },
      { question: "passes", by: "bo", on: "2024-02-10", probability: 5e-324 },
    ],
    correlations: [{ questions: ["passes", "size"], rank: 0.3 }],
    tracks: [{ id: "chips", name: "C", criteria: [{ id: "arch", text: "A" }] }],
    companies: [{ id: "acme", name: "A", track: "chips" }],
    assessments: [{ company: "acme", criterion: "arch", by: "ann", on: "2024-03-01", level: 3 }],
    rounds: [{ id: "r1", company: "acme", name: "A", date: "2024-02", sources: ["S-1"] }],
    positions: [{ company: "acme", on: "2024-05-01", invested: "1M USD" }],
    cases: [
      {
        id: "acme_case",
        company: "acme",
        on: "2024-03-01",
        quantities: { zeta: "1", alpha: "2", mid: 3 },
        exitValue: "1bn USD",
        exitDate: "2030-12-31",
        retention: "60%",
      },
    ],
    decisions: [{ id: "d1", company: "acme", on: "2024-06-01", by: ["ann"], alternative: "pass" }],
    resolutions: [{ question: "passes", on: "2024-06-02", outcome: true }],
    notes: [
      { id: "notes/team", text: "for all\r\n", title: "T" },
      { id: "notes/own", text: "for Bo alone", private: true, by: "bo" },
    ],
  };
}
