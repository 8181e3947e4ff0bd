import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

let home: string;
const example = "china";

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-settling-"));
  await cp(join(import.meta.dirname, "..", "..", "..", "..", "examples", "china-ai-2024"), join(home, example), { recursive: true });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const call = (...argv: string[]) => callIn(home, [...argv, "--draws", "2048"]);

describe("agenda", () => {
  test("lists actions by what they net, the best two in order, and several answers together", async () => {
    for (const [language, words] of [
      ["en", ["What to do before deciding", "tells USD", "costs USD", "say yes", "First: ", "Worth of these answers together"]],
      ["zh", ["决定之前可以做什么", "信息值", "费用", "答“是”", "先做：", "这些答案一起知道的价值"]],
    ] as const) {
      const { code, out } = await call(
        "agenda",
        example,
        "--lang",
        language,
        "--together",
        "compute_barrier,exit_multiple_2027,agi_arrives",
        "--draws",
        "32768",
      );
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, with every action and the ordered pairs by net worth", async () => {
    const { out } = await call("agenda", example, "--json", "--together", "compute_barrier,exit_multiple_2027", "--draws", "32768");
    const { key, actions, sequences, notAppraised, together } = JSON.parse(out);
    expect(actions.length + notAppraised.length).toBe(6);
    const nets = actions.map(({ net }: { net: { amount: number } }) => net.amount);
    expect(nets).toEqual(nets.toSorted((one: number, other: number) => other - one));
    expect(actions[0].net).toEqual({ amount: expect.any(Number), unit: "USD", standardError: expect.any(Number), key });
    expect(sequences.length).toBeGreaterThan(10);
    expect(together.questions).toEqual(["compute_barrier", "exit_multiple_2027"]);
  });

  test("a question that is not there exits with 2 and names near ones", async () => {
    const { code, out, err } = await call("agenda", example, "--together", "compute_bar,agi_arrives");
    expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
    expect(err).toContain("compute_barrier");
  });
});

describe("disagreement", () => {
  test("over all companies and for one, in both languages", async () => {
    for (const [language, company, words] of [
      ["en", [], ["Whose beliefs are right", "points apart", "The believer", "without knowing"]],
      ["zh", ["stepfun"], ["谁的判断对", "个百分点", "信仰派合伙人", "弄不清时"]],
    ] as const) {
      const { code, out } = await call("disagreement", example, ...company, "--lang", language, "--all");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON, and a company without a name here exits with 2", async () => {
    const { questions, companies, key } = JSON.parse((await call("disagreement", example, "--json")).out);
    expect(companies.length).toBe(17);
    expect(questions[0]).toMatchObject({ worth: { unit: "USD", key }, forecasts: expect.any(Array), spread: expect.any(Number) });
    expect((await call("disagreement", example, "nobody")).code).toBe(exitCodes.wrongCall);
  });
});

describe("thresholds", () => {
  test("says how far each belief may move, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["The smallest change of each belief", "Down to", "pts"]],
      ["zh", ["每个判断最少改多少", "降到", "中位数"]],
    ] as const) {
      const { code, out } = await call("thresholds", example, "stepfun", "--lang", language, "--all");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON with data for a chart, and no number that JSON cannot hold", async () => {
    const { out } = await call("thresholds", example, "stepfun", "--json");
    const { thresholds } = JSON.parse(out);
    expect(out).not.toContain("null");
    const shift = thresholds.find((row: { kind: string }) => row.kind === "shift");
    expect(shift.curve.length).toBeGreaterThan(10);
    const event = thresholds.find((row: { kind: string }) => row.kind === "event");
    expect(event.lines[0]).toMatchObject({ alternative: "pass", ifNo: { amount: 0 }, ifYes: { amount: 0 } });
  });
});
