import type { Action, Workspace } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { actionsOf as actionsOfWorkspace } from "./actions.ts";
import { runCompanies } from "./run-companies.ts";
import type { ActionsReview } from "./actions.ts";
import { tinyWorkspace } from "./tiny-workspace.fixture.ts";

const test80: Action = {
  id: "call",
  name: "A call",
  kind: "referenceCall",
  about: [{ question: "succeeds", sensitivity: "80%", specificity: "90%" }],
  cost: "1 USD",
};

function actionsOf(actions: Action[], change: (workspace: Workspace) => void = () => undefined): ActionsReview {
  const workspace = { ...tinyWorkspace(), actions };
  change(workspace);
  expect(runCompanies(workspace, { draws: 16 }).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return actionsOfWorkspace(workspace, { draws: 65_536 });
}

/** Off by less than three standard errors, or one draw of a shard in a thousand units of money. */
function near(estimate: { amount: number; standardError: number }, truth: number): void {
  expect(Math.abs(estimate.amount - truth), `${estimate.amount} against ${truth}`).toBeLessThanOrEqual(
    Math.max(3 * estimate.standardError, 300 / 8192),
  );
}

describe("a call about the company of the tiny fund, by hand: waiting nets 0.15 * 180 = 27 today", () => {
  const [call] = actionsOf([test80]).actions;

  test("it says yes: 0.12 * 240 - 0.085 * 30 = 26.25 now, more than waiting's 21.6; no: wait, 5.4; so it tells 31.65 - 27 = 4.65", () => {
    near(call.evsi, 4.65);
    near(call.net, 3.65);
    expect(call.delayCost.amount).toBe(0);
    expect(call.distinguishable).toBe(true);
  });

  test("which result changes what, and how often: 0.12 + 0.085", () => {
    expect(call.changes).toMatchObject([
      {
        company: "acme",
        results: [{ question: "succeeds", says: "votes", from: 1, to: 1, of: 1 }],
        best: "now",
        instead: "wait:shows",
      },
    ]);
    expect(call.probabilityChanges).toBeCloseTo(0.205, 2);
    expect(call.changes[0].gain).toBeCloseTo(4.65 / 0.205, 0);
    expect(call.waiting).toEqual(["acme"]);
  });
});

test("who does it and how far it is stand beside what it is worth; nobody and planned unless said", () => {
  const [call, panel] = actionsOf(
    [
      { ...test80, owner: "ana", status: "underway" },
      { ...test80, id: "again" },
    ],
    (workspace) => {
      workspace.people = [{ ...workspace.people[0], id: "ana" }, ...workspace.people];
    },
  ).actions;
  expect([call, panel].map(({ action, owner, status }) => [action, owner, status])).toEqual([
    ["call", "ana", "underway"],
    ["again", undefined, "planned"],
  ]);
});

describe("what the delay takes", () => {
  const late: Action = { ...test80, delayDays: 14 };

  test("a round that closes before the result leaves nothing to change: the company decides today, and the call is money lost", () => {
    const [call] = actionsOf([late], (workspace) => void (workspace.cases[0].now!.closes = "2024-04-05")).actions;
    near(call.net, -1);
    near(call.delayCost, 4.65);
    expect(call.changes).toEqual([]);
    expect([call.waiting, call.tooLate]).toEqual([[], ["acme"]]);
  });

  test("a round that closes on the day of the result is still open", () => {
    const [call] = actionsOf([late], (workspace) => void (workspace.cases[0].now!.closes = "2024-04-14")).actions;
    near(call.net, 3.65);
  });

  test("investing after the result is discounted at the company's rate; waiting for the trigger is not moved", () => {
    const year: Action = { ...test80, delayDays: 365.25 };
    const discounted = (workspace: Workspace): void => {
      workspace.cases[0].discountRate = 0.1;
      workspace.cases[0].exitDate = "2024-03-31"; // proceeds of today, so that the netValue stays 240 and -30
      workspace.cases[0].wait = [];
    };
    // Now nets 10.5 today; a year later 26.25 / 1.1 after a yes, and passing after a no.
    const [call] = actionsOf([year], discounted).actions;
    near(call.evsi, 26.25 - 10.5);
    near(call.net, 26.25 / 1.1 - 10.5 - 1);
  });
});

test("an action with a day of its own, one about nothing that matters, one whose day has passed, one that is done and one given up", () => {
  const { actions, notAppraised } = actionsOf([
    { ...test80, id: "dated", on: "2024-04-30" },
    { ...test80, id: "rain", about: [{ question: "weather", sensitivity: "90%", specificity: "90%" }] },
    { ...test80, id: "past", on: "2024-03-30" },
    { ...test80, id: "did", status: "done", doneOn: "2024-03-30" },
    { ...test80, id: "gave_up", status: "dropped" },
  ]);
  expect(actions.map(({ action, delayDays }) => [action, delayDays])).toEqual([["dated", 30]]);
  expect(notAppraised).toEqual([
    { action: "rain", reason: "nothingDepends" },
    { action: "past", reason: "past" },
    { action: "did", reason: "done" },
    { action: "gave_up", reason: "dropped" },
  ]);
});

describe("other ways to learn", () => {
  test("a data room tells the answer: 0.15 * 240 - 27 = 9; a panel of three tells more than one of them", () => {
    const { actions } = actionsOf([
      { ...test80, id: "room", kind: "dataRoom", about: [{ question: "succeeds" }] },
      {
        ...test80,
        id: "panel",
        kind: "expertPanel",
        about: [{ question: "succeeds", sensitivity: "80%", specificity: "90%", experts: 3 }],
      },
      test80,
    ]);
    const net = Object.fromEntries(actions.map(({ action, net: worth }) => [action, worth]));
    near(net.room, 8);
    // Two or three of three say yes: 0.15 * 0.896 * 240 - 0.85 * 0.028 * 30 = 31.542 now, one: 0.15 * 0.096 and 0.85 * 0.243, wait 2.592; none 0.216.
    near(net.panel, 31.542 + 0.15 * 180 * (0.096 + 0.008) - 27 - 1);
    expect(net.panel.amount).toBeGreaterThan(net.call.amount);
  });

  test("a report on a date: shown_on is known to a day or never, so a report within a month tells all", () => {
    const { actions } = actionsOf([{ ...test80, about: [{ question: "shown_on", noise: "5 days" }] }]);
    near(actions[0].evsi, 9);
    expect(actions[0].changes[0]).toMatchObject({ results: [{ says: "report" }], best: "now" });
  });
});

test("first the cheap call, then the dear one only where the first says yes", () => {
  const cheap: Action = {
    ...test80,
    id: "cheap",
    about: [{ question: "succeeds", sensitivity: "90%", specificity: "80%" }],
    cost: "0.1 USD",
  };
  const dear: Action = { ...test80, id: "dear", about: [{ question: "succeeds", sensitivity: "95%", specificity: "95%" }], cost: "2 USD" };
  const { sequences } = actionsOf([cheap, dear]);
  expect(sequences).toHaveLength(2);
  const [best] = sequences;
  expect([best.first, best.second]).toEqual(["cheap", "dear"]);
  expect(best.goesOn).toEqual([[{ question: "succeeds", says: "votes", from: 1, to: 1, of: 1 }]]);
  expect(best.stops).toEqual([[{ question: "succeeds", says: "votes", from: 0, to: 0, of: 1 }]]);
  // Yes, yes: 0.12825 of yes, 0.0085 of no: now 30.525. Yes, no: 0.00675 of yes: wait 1.215. No: 0.015 of yes: wait 2.7. Then the costs.
  near(best.net, 30.525 + 1.215 + 2.7 - 27 - 0.1 - 2 * (0.135 + 0.17));
  expect(best.net.amount).toBeGreaterThan(Math.max(best.together.amount, best.firstAlone.amount, best.secondAlone.amount));
});
