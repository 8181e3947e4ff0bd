import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import stringWidth from "string-width";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn } from "./call.fixture.ts";
import { exitCodes } from "./exit-codes.ts";

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-cli-"));
  await call("new", "fund");
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** One call in process, with what it wrote; `--draws` keeps runs short. */
const call = (...argv: string[]) => callIn(home, argv);

/** A copy of the small workspace with one file changed. */
async function broken(file: string, change: (text: string) => string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(home, "broken-"));
  await cp(join(home, "fund"), folder, { recursive: true });
  await writeFile(join(folder, file), change(await readFile(join(folder, file), "utf8")));
  return folder;
}

describe("a new workspace", () => {
  test("is sound, and both languages say so", async () => {
    expect(await call("check", "fund")).toMatchObject({ code: exitCodes.done, err: "" });
    expect((await call("check", "fund", "--lang", "zh")).out).toContain("无需修改");
  });

  test("is reviewed: a decision, a price, what the price believes, the agenda, the triggers; within 100 columns", async () => {
    for (const [language, words] of [
      ["en", ["Decision", "Worth to us", "Walk away above", "The price believes", "Agenda", "Triggers to watch"]],
      ["zh", ["决策", "对我们的价值", "高于此价不投", "价格相信", "议程", "触发条件"]],
    ] as const) {
      const { code, out } = await call("review", "fund", "--lang", language, "--draws", "16384");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(100);
      expect(out).not.toMatch(/NaN|undefined|\[object|Infinity/);
      // oxlint-disable-next-line no-control-regex
      expect(out).not.toMatch(/\u001b\[/);
    }
  });

  test("keeps the dimension of every stream once a review has given it", async () => {
    const lock = await readFile(join(home, "fund", "streams.lock.yaml"), "utf8");
    await call("review", "fund", "--draws", "1024");
    expect(await readFile(join(home, "fund", "streams.lock.yaml"), "utf8")).toBe(lock);
  });

  test("gives the same JSON twice, with units, errors and one key", async () => {
    const [one, other] = [
      await call("review", "fund", "--json", "--draws", "4096"),
      await call("review", "fund", "--json", "--draws", "4096"),
    ];
    expect(one.out).toBe(other.out);
    const review = JSON.parse(one.out);
    expect(review.companies.length).toBeGreaterThan(0);
    const { worth } = review.companies[0].best;
    expect(worth).toMatchObject({ unit: review.currency, key: review.key, amount: expect.any(Number), standardError: expect.any(Number) });
  });

  test("explains a company down to who forecast what", async () => {
    const { companies } = JSON.parse((await call("review", "fund", "--json", "--draws", "1024")).out);
    const { code, out } = await call("explain", "fund", companies[0].company.id, "--draws", "4096");
    expect(code).toBe(exitCodes.done);
    expect(out).toContain("Alternatives");
    expect(out).toMatch(/\d{4}-\d{2}-\d{2} says /);
    for (const line of out.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(100);
  });

  test("lists the agenda as JSON too", async () => {
    const { agenda } = JSON.parse((await call("agenda", "fund", "--json", "--draws", "4096")).out);
    expect(agenda[0]).toMatchObject({
      question: { id: expect.any(String) },
      worth: { unit: expect.any(String) },
      floor: expect.any(Number),
    });
  });
});

describe("ten ways to break a folder, ten clear messages", () => {
  const cases: [name: string, file: string, change: (text: string) => string | Buffer, says: RegExp, zh: RegExp][] = [
    [
      "a missing id",
      "forecasts.yaml",
      (text) => text.replace(/question: (\w+)/, "question: $1x"),
      /forecasts\.yaml:\d+:\d+ error[\s\S]*did you mean|Did you mean/i,
      /是不是想写|是否/,
    ],
    ["a probability of 130%", "forecasts.yaml", (text) => text.replace(/probability: [^,}\n]+/, "probability: 130%"), /130%/, /130%/],
    [
      "a date that is not one",
      "questions.yaml",
      (text) => text.replace(/resolveBy: .*/, "resolveBy: 2024-02-30"),
      /2024-02-30/,
      /2024-02-30/,
    ],
    [
      "a duplicate key",
      "questions.yaml",
      (text) => text.replace(/(\n\s+)(dimension: .*)/, "$1$2$1$2"),
      /twice|already|again/i,
      /重复|两次/,
    ],
    ["a tab", "questions.yaml", (text) => text.replace("\n    ", "\n\t"), /tab/i, /制表符|Tab/i],
    ["a near name", "questions.yaml", (text) => text.replace("dimension:", "dimention:"), /dimension/, /dimension/],
    ["an unknown kind", "questions.yaml", (text) => text.replace("kind: yesNo", "kind: yesno"), /yesNo/, /yesNo/],
    [
      "a formula that stops",
      "cases.yaml",
      (text) => text.replace(/exitValue: .*/, "exitValue: max(1 USD, "),
      /cases\.yaml:\d+:\d+/,
      /cases\.yaml:\d+:\d+/,
    ],
    [
      "money without a currency",
      "cases.yaml",
      (text) => text.replace(/exitValue: .*/, "exitValue: 3bn + 1 USD"),
      /currency|USD/,
      /货币|USD/,
    ],
    ["broken YAML", "companies.yaml", (text) => `${text}\n  - [`, /companies\.yaml:\d+:\d+/, /companies\.yaml:\d+:\d+/],
  ];
  test.each(cases)("%s", async (_, file, change, says, zh) => {
    const folder = await broken(file, change);
    const english = await call("check", folder, "--lang", "en");
    expect(english.code).toBe(exitCodes.materialHasErrors);
    expect(english.out).toMatch(says);
    expect(english.out).toContain("mend:");
    expect(english.out).not.toMatch(/\n\s+at |undefined|\[object/);
    const chinese = await call("check", folder, "--lang", "zh");
    expect(chinese.out).toMatch(zh);
    expect(chinese.out).toMatch(/[\u4e00-\u9fff]/);
    const review = await call("review", folder, "--draws", "1024");
    expect(review).toMatchObject({ code: exitCodes.materialHasErrors, out: "" });
    expect(review.err).toContain(file);
  });

  test("a folder that is no workspace, and one that is not there", async () => {
    expect((await call("check", tmpdir(), "--lang", "en")).code).toBe(exitCodes.materialHasErrors);
    const { code, out } = await call("check", "nowhere", "--lang", "en");
    expect({ code, out }).toMatchObject({ code: exitCodes.materialHasErrors, out: expect.stringContaining("nowhere") });
  });

  test("all problems come at once", async () => {
    const folder = await broken("forecasts.yaml", (text) => text.replaceAll(/probability: [^,}\n]+/g, "probability: 130%"));
    const { problems } = JSON.parse((await call("check", folder, "--json")).out);
    expect(problems.length).toBeGreaterThan(1);
    expect(problems[0]).toMatchObject({
      code: "probabilityOutsideUnit",
      at: { file: "forecasts.yaml", line: expect.any(Number) },
      what: expect.any(String),
      mend: expect.any(String),
    });
  });
});

describe("wrong calls", () => {
  test.each([
    [["review", "fund", "--as-of", "2024-13-01"], "2024-13-01"],
    [["review", "fund", "--draws", "many"], "--draws"],
    [["review", "fund", "--company", "nobody"], "nobody"],
    [["explain", "fund", "nobody"], "nobody"],
    [["schema", "unicorn"], "unicorn"],
    [["review"], "WORKSPACE"],
    [["reveiw", "fund"], "reveiw"],
    [["review", "fund", "--lang", "fr"], "fr"],
  ])("%j exits with 2 and says why", async (argv, says) => {
    const { code, out, err } = await call(...argv);
    expect({ code, out }).toEqual({ code: exitCodes.wrongCall, out: "" });
    expect(err).toContain(says);
  });

  test("help and version exit with 0; every command's help has an example", async () => {
    expect((await call("--version")).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    for (const command of ["review", "explain", "agenda", "check", "schema", "new", "case"]) {
      const { code, out } = await call(command, "--help");
      expect({ command, code }).toEqual({ command, code: exitCodes.done });
      expect(out).toContain(`Example: watershed ${command}`);
    }
  });

  test("a folder with something in it is not overwritten", async () => {
    expect((await call("new", "fund")).code).toBe(exitCodes.materialHasErrors);
  });
});

describe("a case file", () => {
  test("prints worths, and as JSON the shape other programs rely on", async () => {
    const file = join(home, "bet.yaml");
    await writeFile(
      file,
      "name: A bet\nquestions:\n  works: chance(30%)\n  size: 5 to 50\nalternatives:\n  invest: if works then size else -4\n  pass: 0\n",
    );
    const { out } = await call("case", file, "--json", "--draws", "65536", "--seed", "3");
    const result = JSON.parse(out);
    expect(result.best).toBe("invest");
    expect(Object.keys(result.alternatives)).toEqual(["invest", "pass"]);
    // 0.3 * 20.2001 - 0.7 * 4
    const { amount, standardError } = result.alternatives.invest;
    expect(Math.abs(amount - (0.3 * 20.200064134729 - 2.8))).toBeLessThanOrEqual(3 * standardError);
    expect(result.evpi).toEqual({ amount: expect.any(Number), standardError: expect.any(Number) });
    expect(result.evppi.works).toEqual({
      amount: expect.any(Number),
      standardError: expect.any(Number),
      floor: expect.any(Number),
      distinguishable: true,
    });
    expect(result.pairs).toEqual([
      {
        questions: ["works", "size"],
        amount: expect.any(Number),
        standardError: expect.any(Number),
        floor: expect.any(Number),
        distinguishable: true,
      },
    ]);
    expect((await call("case", file, "--lang", "zh")).out).toContain("一个答案的价值");
  });

  test("a mistake in it is placed", async () => {
    const file = join(home, "wrong.yaml");
    await writeFile(file, "questions:\n  works: chance(30%)\nalternatives:\n  invest: if workz then 10 else -4\n  pass: 0\n");
    const { code, err } = await call("case", file, "--lang", "en");
    expect(code).toBe(exitCodes.materialHasErrors);
    expect(err).toContain("wrong.yaml:4:14");
    expect(err).toContain("works");
  });
});
