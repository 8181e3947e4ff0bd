import { expect, test } from "vitest";
import { checkReferences } from "./references.ts";
import { soundWorkspace } from "./sound-workspace.fixture.ts";
import type { Wait } from "./investment-case.ts";
import type { Workspace } from "./workspace.ts";

/** code kind[index].path of every problem after a change of a sound workspace. */
function problemsAfter(change: (workspace: Workspace) => void): string[] {
  const workspace = structuredClone(soundWorkspace());
  change(workspace);
  return checkReferences(workspace).map(({ code, at }) => `${code} ${at.kind}[${at.index}] ${at.path.join(".")}`.trim());
}

const several = (terms: Partial<Wait>): Wait => ({ preMoney: "1bn USD", ...terms });

test("a workspace whose references all exist has no problem", () => {
  expect(problemsAfter(() => undefined)).toEqual([]);
});

test.each<[string, (workspace: Workspace) => void, string]>([
  ["a question's owner", (w) => void (w.questions[0].owner = "an"), "unknownReference questions[0] owner"],
  ["a forecast's question", (w) => void (w.forecasts[3].question = "leaders"), "unknownReference forecasts[3] question"],
  ["a forecast's person", (w) => void (w.forecasts[2].by = "bob"), "unknownReference forecasts[2] by"],
  ["a fact's source", (w) => void (w.facts[1].sources = ["S-1", "S-2"]), "unknownReference facts[1] sources.1"],
  ["a fact is no source of a fact", (w) => void (w.facts[1].sources = ["F-early"]), "unknownReference facts[1] sources.0"],
  ["a correlated question", (w) => void (w.correlations[0].questions[1] = "sizes"), "unknownReference correlations[0] questions.1"],
  ["a thesis' question", (w) => void (w.theses[0].questions[0].question = "pass"), "unknownReference theses[0] questions.0.question"],
  ["a company's track", (w) => void (w.companies[0].track = "chip"), "unknownReference companies[0] track"],
  ["an assessed criterion", (w) => void (w.assessments[0].criterion = "x"), "unknownReference assessments[0] criterion"],
  ["a round's company", (w) => void (w.rounds[0].company = "x"), "unknownReference rounds[0] company"],
  ["a trigger's company", (w) => void (w.triggers[0].companies = ["acme", "x"]), "unknownReference triggers[0] companies.1"],
  ["the trigger that is waited for", (w) => void (w.cases[0].wait![0].trigger = "x"), "unknownReference cases[0] wait.0.trigger"],
  ["a question known by then", (w) => void w.cases[0].wait![0].known!.push("x"), "unknownReference cases[0] wait.0.known.1"],
  ["what an action is about", (w) => void (w.actions[0].about[0].question = "passe"), "unknownReference actions[0] about.0.question"],
  ["whom an action serves", (w) => void (w.actions[0].company = "x"), "unknownReference actions[0] company"],
  ["who looks after an action", (w) => void (w.actions[0].owner = "anne"), "unknownReference actions[0] owner"],
  ["an action that was done nobody knows when", (w) => void (w.actions[0].status = "done"), "doneWithoutDay actions[0] status"],
  ["a day on which nothing was done", (w) => void (w.actions[1].doneOn = "2024-06-01"), "dayWithoutDone actions[1] doneOn"],
  ["an action of unstated quality", (w) => void delete w.actions[0].about[0].specificity, "qualityMissing actions[0] about.0"],
  ["an expert of unstated quality", (w) => void delete w.actions[0].about[2].panel![1].noise, "qualityMissing actions[0] about.2.panel.1"],
  ["a quality of another kind of answer", (w) => void (w.actions[0].about[1].noise = 3), "qualityOfWrongKind actions[0] about.1.noise"],
  [
    "a question that an action names twice",
    (w) => void (w.actions[0].about[1].question = "passes"),
    "observedTwice actions[0] about.1.question",
  ],
  ["a result with two days", (w) => void (w.actions[0].on = "2024-07-01"), "delayTwice actions[0] on"],
  [
    "a confused option that is not offered",
    (w) => void (w.actions[0].about[1] = { question: "leader", confusion: { me: { us: 1 } } }),
    "optionUnknown actions[0] about.1.confusion.me",
  ],
  [
    "one of several triggers",
    (w) => void (w.cases[0].wait![0] = several({ triggers: ["fires", "x"] })),
    "unknownReference cases[0] wait.0.triggers.1",
  ],
  ["a signal's question", (w) => void (w.signals[0].question = "pass"), "unknownReference signals[0] question"],
  [
    "what is known when following on",
    (w) => void (w.cases[0].stage!.followOn.known = ["cal"]),
    "unknownReference cases[0] stage.followOn.known.0",
  ],
  ["a signal with the name of a question", (w) => void (w.signals[0].id = "passes"), "duplicateId signals[0] id"],
  ["a wait for nothing", (w) => void (w.cases[0].wait![0] = several({})), "missingField cases[0] wait.0"],
  ["a wait for one and for several", (w) => void (w.cases[0].wait![0].triggers = ["fires"]), "triggerTwice cases[0] wait.0.trigger"],
  [
    "a trigger listed twice",
    (w) => void (w.cases[0].wait![0] = several({ triggers: ["fires", "fires"] })),
    "triggerTwice cases[0] wait.0.triggers.1",
  ],
  [
    "terms for another trigger",
    (w) => void (w.cases[0].wait![0].onTrigger = { fire: {} }),
    "triggerNotWaitedFor cases[0] wait.0.onTrigger.fire",
  ],
  ["a first ticket without a price", (w) => void delete w.cases[0].stage!.preMoney, "missingField cases[0] stage"],
  ["a signal that cannot mislead", (w) => void delete w.signals[0].sensitivity, "signalUnfit signals[0]"],
  ["a signal of the wrong kind", (w) => void (w.signals[0].noise = 3), "signalUnfit signals[0] noise"],
  ["who decided", (w) => void w.decisions[0].by.push("x"), "unknownReference decisions[0] by.2"],
  ["a resolution's evidence", (w) => void w.resolutions[0].evidence!.push("x"), "unknownReference resolutions[0] evidence.2"],
  ["a criterion's source", (w) => void (w.tracks[0].criteria[0].sources = ["x"]), "unknownReference tracks[0] criteria.0.sources.0"],
  ["cited evidence", (w) => void (w.theses[0].sources = ["x"]), "unknownReference theses[0] sources.0"],
  ["a name that stands twice", (w) => void w.people.push({ id: "ann", name: "Ann" }), "duplicateId people[2] id"],
  ["a quantity with the name of a question", (w) => void w.quantities.push({ id: "passes", formula: 1 }), "duplicateId quantities[0] id"],
  ["two forecasts of a person on a day", (w) => void w.forecasts.push({ ...w.forecasts[0] }), "forecastRepeated forecasts[4] on"],
  ["a forecast without an answer", (w) => void delete w.forecasts[0].probability, "answerMissing forecasts[0]"],
  ["an option that is not offered", (w) => void (w.forecasts[3].probabilities = { me: 1 }), "optionUnknown forecasts[3] probabilities.me"],
  ["a list question without a list", (w) => void delete w.questions[2].options, "optionsMissing questions[2] kind"],
])("%s", (_, change, expected) => {
  expect(problemsAfter(change)).toContain(expected);
});

test("an answer of the wrong kind is both: not what was asked, and what was asked is missing only where nothing is given", () => {
  expect(problemsAfter((w) => void (w.forecasts[2] = { question: "passes", by: "bo", on: "2024-02-10", distribution: "5 to 50" }))).toEqual(
    ["answerOfWrongKind forecasts[2] distribution"],
  );
});

test("the near name is suggested", () => {
  const workspace = soundWorkspace();
  workspace.forecasts[3].question = "leaders";
  expect(checkReferences(workspace)[0].params).toEqual({ id: "leaders", target: "question", suggestion: "leader" });
});
