import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

let home: string;
let company: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-worth-"));
  await call("new", "fund");
  const { companies } = JSON.parse((await call("review", "fund", "--json", "--draws", "1024")).out);
  company = companies.find((one: { asked?: unknown }) => one.asked).company.id;
});
afterAll(() => rm(home, { recursive: true, force: true }));

const call = (...argv: string[]) => callIn(home, argv);

describe("price", () => {
  test("says where to walk away, what would make the price fair, and draws both curves", async () => {
    for (const [language, words] of [
      ["en", ["Walk away above", "What would make the asked price fair", "Worth against the price", "Worth against the belief", "█"]],
      ["zh", ["高于此价不投", "怎样的答案才能让要价公道", "价值随价格的变化", "价值随判断的变化", "█"]],
    ] as const) {
      const { code, out } = await call("price", "fund", company, "--lang", language, "--draws", "16384", "--all");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("as JSON: every amount with unit, error and the key of its run, and no number that JSON cannot hold", async () => {
    const { out } = await call("price", "fund", company, "--json", "--draws", "4096");
    const price = JSON.parse(out);
    expect(out).not.toContain("null");
    expect(price.priceCurve.length).toBeGreaterThan(6);
    for (const { netValues } of price.priceCurve)
      expect(netValues[0].netValue).toEqual({
        amount: expect.any(Number),
        unit: price.currency,
        standardError: expect.any(Number),
        key: price.key,
      });
  });

  test("a question or thesis that is not there exits with 2 and says why", async () => {
    const unknown = await call("price", "fund", company, "--thesis", "nonsense", "--draws", "1024");
    expect(unknown).toMatchObject({ code: exitCodes.wrongCall, out: "" });
    expect(unknown.err).toContain("nonsense");
    const question = await call("price", "fund", company, "--question", "nonsense", "--draws", "1024", "--lang", "zh");
    expect(question).toMatchObject({ code: exitCodes.wrongCall, out: "" });
    expect(question.err).toContain("nonsense");
  });
});

describe("sensitivity", () => {
  test("of one company: tornado, shares, worth of learning and choosing, what the worst and the best share", async () => {
    for (const [language, words] of [
      ["en", ["What moves it most", "Explains", "Worth choosing", "Pre-mortem", "The other way"]],
      ["zh", ["什么最能左右它", "解释", "左右答案的价值", "事前验尸", "反过来"]],
    ] as const) {
      const { code, out } = await call("sensitivity", "fund", company, "--lang", language, "--draws", "16384");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("of all recommended investments together, and with tables where two inputs are named", async () => {
    const all = await call("sensitivity", "fund", "--draws", "4096");
    expect(all.code).toBe(exitCodes.done);
    expect(all.out).toContain("All recommended investments together");
    expectReadable(all.out);
    const { inputs } = JSON.parse((await call("sensitivity", "fund", company, "--json", "--draws", "1024")).out);
    const [one, other] = inputs.map(({ input }: { input: string }) => input);
    const tables = await call("sensitivity", "fund", company, "--draws", "4096", "--question", one, "--with", other);
    expect(tables.out).toContain("One way");
    expect(tables.out).toContain("Two ways");
    expectReadable(tables.out);
  });

  test("an input that is not there exits with 2 and lists those that are", async () => {
    const { code, err } = await call("sensitivity", "fund", company, "--question", "nonsense", "--draws", "1024");
    expect(code).toBe(exitCodes.wrongCall);
    expect(err).toContain("nonsense");
  });
});

describe("an attitude to risk", () => {
  /** The small fund with a line of settings more. */
  async function withRisk(risk: string): Promise<string> {
    const folder = await mkdtemp(join(home, "risk-"));
    await cp(join(home, "fund"), folder, { recursive: true });
    const settings = await readFile(join(folder, "workspace.yaml"), "utf8");
    await writeFile(join(folder, "workspace.yaml"), settings.replace(/^workspace:\n/m, `workspace:\n  risk: ${risk}\n`));
    return folder;
  }

  test("stands beside expected worth in review and explain, in both languages", async () => {
    const folder = await withRisk("{ attitude: exponential, tolerance: 5M USD, cvarLimit: { level: 0.05, amount: 1M USD } }");
    for (const [language, words] of [
      ["en", ["As good as", "for sure", "Limit"]],
      ["zh", ["相当于", "稳拿", "亏损上限"]],
    ] as const) {
      const review = await call("review", folder, "--lang", language, "--draws", "4096");
      expect(review.code).toBe(exitCodes.done);
      for (const word of words) expect(review.out).toContain(word);
      expectReadable(review.out);
      const explain = await call("explain", folder, company, "--lang", language, "--draws", "4096");
      expect(explain.out).toContain(words[0]);
      expectReadable(explain.out);
    }
    const plain = await call("review", "fund", "--draws", "4096");
    expect(plain.out).not.toContain("As good as");
  });

  test("what it lacks, and what is no positive amount, is placed in the file with a way to mend it", async () => {
    const missing = await call("check", await withRisk("{ attitude: exponential }"));
    expect(missing.code).toBe(exitCodes.materialHasErrors);
    expect(missing.err + missing.out).toMatch(/workspace\.yaml:\d+:\d+[\s\S]*tolerance/);
    const nothing = await call("check", await withRisk("{ attitude: crra, relativeAversion: 2, wealth: 0 USD }"), "--lang", "zh");
    expect(nothing.err + nothing.out).toMatch(/workspace\.yaml:\d+:\d+[\s\S]*大于零/);
  });
});
