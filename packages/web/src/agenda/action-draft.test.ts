import type { Action, Question } from "@watershed/domain";
import { expect, test } from "vitest";
import { actionOf, draftOf, qualitiesOf, tracked } from "./action-draft.ts";

const question = (id: string, kind: Question["kind"]): Question =>
  ({ id, text: id, kind, dimension: "ai", criterion: "c", resolveBy: "2025-12-31" }) as Question;
const setting = {
  language: "en" as const,
  today: "2024-03-31",
  questions: new Map([question("passes", "yesNo"), question("size", "number"), question("leader", "oneOf")].map((one) => [one.id, one])),
  taken: ["two_calls"],
};
const call: Action = {
  id: "call",
  name: { en: "A call", zh: "一个电话" },
  kind: "referenceCall",
  company: "acme",
  about: [
    { question: "passes", sensitivity: "80%", specificity: "70%", experts: 3, correlation: 0.2 },
    { question: "size", panel: [{ noise: 2 }, { noise: 3 }] },
    { question: "leader", confusion: { us: { us: 1 }, them: { them: 1 } } },
  ],
  cost: "40k USD",
  delayDays: 14,
  owner: "ann",
  status: "underway",
  sources: ["F-1"],
  note: "kept",
};

test("an action that is opened and saved is the action that it was", () => {
  expect(actionOf(draftOf(call, undefined, "en"), call, setting)).toEqual(call);
  const dated: Action = { ...call, on: "2024-06-30", status: "done", doneOn: "2024-05-01" };
  delete dated.delayDays;
  expect(actionOf(draftOf(dated, undefined, "zh"), dated, { ...setting, language: "zh" })).toEqual(dated);
});

test("a new one about a question gets an id of its own, and only what was said of it", () => {
  const draft = draftOf(undefined, "passes", "en");
  const [about] = draft.about;
  const said = { ...draft, name: "Two calls", cost: "20k USD", about: [{ ...about, qualities: { sensitivity: "75%", specificity: " " } }] };
  expect(actionOf(said, undefined, setting)).toEqual({
    id: "two_calls_2",
    name: "Two calls",
    kind: "referenceCall",
    about: [{ question: "passes", sensitivity: "75%" }],
    cost: "20k USD",
  });
});

test("another wording leaves the other language; another question leaves behind what was said of the first", () => {
  const draft = draftOf(call, undefined, "zh");
  expect(draft.name).toBe("一个电话");
  expect(actionOf({ ...draft, name: "三个电话" }, call, { ...setting, language: "zh" }).name).toEqual({ en: "A call", zh: "三个电话" });
  const moved = {
    ...draft,
    about: [{ ...draft.about[0], question: "leader", qualities: { ...draft.about[0].qualities, hitRate: "60%" } }],
  };
  expect(actionOf(moved, call, setting).about).toEqual([{ question: "leader", hitRate: "60%", experts: 3 }]);
});

test("done has its day, everything else has none; planned and nobody are not written", () => {
  expect(tracked(call, { owner: null, status: "done", doneOn: "2024-03-31" })).toMatchObject({ status: "done", doneOn: "2024-03-31" });
  const back = tracked({ ...call, status: "done", doneOn: "2024-03-31" }, { owner: "", status: "planned", doneOn: "2024-03-31" });
  expect([back.owner, back.status, back.doneOn]).toEqual([undefined, undefined, undefined]);
});

test("how an answer's reliability is stated", () => {
  expect(qualitiesOf("yesNo")).toEqual(["sensitivity", "specificity"]);
  expect(qualitiesOf("number", { question: "size", relativeNoise: "20%" })).toEqual(["relativeNoise"]);
  expect(qualitiesOf("date")).toEqual(["noise"]);
  expect(qualitiesOf("oneOf", call.about[2])).toEqual([]);
});
