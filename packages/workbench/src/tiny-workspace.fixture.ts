import { emptyWorkspace } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";

/**
 * A fund with one company: it succeeds (worth 300) or not (worth 30); its whole equity costs 60 today, 120 once success shows.
 *
 * Two partners, one question with a public answer day, one fact known later than the decision, no discounting: every figure can be had by hand.
 */
export function tinyWorkspace(): Workspace {
  return {
    ...emptyWorkspace({ id: "tiny", name: "Tiny fund", asOf: "2024-03-31", currency: "USD", discountRate: 0, seed: 5 }),
    people: [
      { id: "ann", name: "Ann" },
      { id: "bo", name: { en: "Bo", zh: "博" } },
    ],
    sources: [{ id: "S-1", title: "A paper" }],
    facts: [
      { id: "F-1", date: "2024-02", text: "The prototype ran", sources: ["S-1"] },
      { id: "F-2", date: "2024-02-01", knownFrom: "2024-06-30", text: "It was staged", sources: ["S-1"] },
    ],
    questions: [
      {
        id: "succeeds",
        text: "Does it succeed?",
        kind: "yesNo",
        dimension: "product",
        criterion: "It sells",
        resolveBy: "2024-12-31",
        sources: ["F-1"],
      },
      {
        id: "shown_on",
        text: "When does it show?",
        kind: "date",
        dimension: "product",
        criterion: "A demonstration",
        resolveBy: "2024-12-31",
        belief: "if succeeds then 2024-09-30 else never",
      },
      { id: "weather", text: "Is it a wet year?", kind: "yesNo", dimension: "world", criterion: "Rain", resolveBy: "2024-12-31" },
    ],
    forecasts: [
      { question: "succeeds", by: "ann", on: "2024-01-10", probability: "60%" },
      { question: "succeeds", by: "ann", on: "2024-03-01", probability: "15%", reasons: "The prototype ran once", sources: ["F-1", "F-2"] },
      { question: "succeeds", by: "bo", on: "2024-03-01", probability: "15%" },
      { question: "succeeds", by: "bo", on: "2024-05-01", probability: "90%" },
      { question: "weather", by: "bo", on: "2024-03-01", probability: 0.5 },
    ],
    tracks: [{ id: "machines", name: "Machines", criteria: [{ id: "works", text: "It works" }] }],
    companies: [{ id: "acme", name: { en: "Acme", zh: "艾克米" }, track: "machines" }],
    triggers: [{ id: "shows", name: "It shows", when: "shown_on", deadline: "2024-12-31" }],
    quantities: [{ id: "worth_if_it_works", formula: "300 USD" }],
    cases: [
      {
        id: "acme_case",
        company: "acme",
        on: "2024-03-31",
        quantities: { equity: "if succeeds then worth_if_it_works else 30 USD" },
        exitValue: "equity",
        exitDate: "2026-03-31",
        retention: "100%",
        now: { ticket: "60 USD", preMoney: "60 USD", newMoney: "0 USD" },
        wait: [{ trigger: "shows", ticket: "120 USD", preMoney: "preMoney * 2", newMoney: "0 USD" }],
        sources: ["F-1"],
      },
    ],
  };
}
