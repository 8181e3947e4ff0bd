import { expect, test } from "vitest";
import { problemsOf } from "./change-workspace.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

test("on a day before a question was asked, what is written on it and on the signals about it is left out without a word", () => {
  const tiny = tinyWorkspace();
  const workspace: typeof tiny = {
    ...tiny,
    questions: tiny.questions.map((question) => (question.id === "succeeds" ? { ...question, askedOn: "2024-02-01" } : question)),
    signals: [{ id: "rumour", name: "A rumour", question: "succeeds", readOn: "2024-04-30", sensitivity: "80%", specificity: "70%" }],
    triggers: [
      ...tiny.triggers,
      { id: "rumoured", name: "Rumoured", when: "if rumour then rumour.readOn else never", deadline: "2024-12-31" },
    ],
  };
  const errors = (day: string) => problemsOf(workspace, day).filter(({ severity }) => severity === "error");
  expect(errors("2024-03-31")).toEqual([]);
  expect(errors("2024-01-31")).toEqual([]);
  const broken = { ...workspace, triggers: [{ id: "wrong", name: "Wrong", when: "rumor.readOn", deadline: "2024-12-31" }] };
  expect(problemsOf(broken, "2024-01-31").map(({ code, params }) => [code, params.name])).toContainEqual(["unknownName", "rumor.readOn"]);
});
