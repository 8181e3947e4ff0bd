import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callIn, expectReadable } from "../call.fixture.ts";
import { exitCodes } from "../exit-codes.ts";

let home: string;
const row = {
  id: "one",
  model: { name: "Llama 2 70B" },
  chips: { name: "A100-80GB", count: 512 },
  plan: { tp: 8, pp: 4, mbs: 1, gbs: 512, recompute: "selective", precision: "bf16" },
  software: "2023-05 Megatron-LM",
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "watershed-lab-"));
  const files = {
    row,
    rows: { rows: [row, { ...row, id: "two" }] },
    wrong: [row, { ...row, id: "bad", chips: { name: "A101", count: 0 } }],
    unmeasured: [row],
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, `${name}.json`), JSON.stringify(content));
  await writeFile(join(home, "broken.json"), "{");
});
afterAll(() => rm(home, { recursive: true, force: true }));

const call = (...argv: string[]) => callIn(home, ["lab", ...argv]);

describe("lab predict", () => {
  test("answers a row with an object and rows with a list, in the same order", async () => {
    const one = JSON.parse((await call("predict", "row.json", "--json")).out);
    const list = JSON.parse((await call("predict", "rows.json", "--json")).out);
    expect(one).toMatchObject({ id: "one", fits: true });
    expect(list.map(({ id }: { id: string }) => id)).toEqual(["one", "two"]);
    expect(list[0].stepSeconds).toBe(one.stepSeconds);
    for (const field of ["stepSecondsLow", "stepSecondsHigh", "tflopsPerChip", "mfu", "memoryBytes", "parts", "problems"])
      expect(one[field], field).not.toBeNull();
  });

  test("is readable in both languages, with days for a number of tokens", async () => {
    for (const [language, words] of [
      ["en", ["80% band", "Where the time of a step goes", "fits", "2T tokens in", "Matrix products"]],
      ["zh", ["80% 区间", "一步的时间花在哪里", "放得下", "2 万亿 token 需", "矩阵乘法"]],
    ] as const) {
      const { code, out } = await call("predict", "row.json", "--lang", language, "--tokens", "2T");
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("a measured row of the site moves the level to it and narrows the band; one far off moves it too, widens the band and is told", async () => {
    const widthOf = (answer: { stepSecondsLow: number; stepSecondsHigh: number }) => answer.stepSecondsHigh / answer.stepSecondsLow;
    const blind = JSON.parse((await call("predict", "row.json", "--json")).out);
    const measured = async (seconds: number) => {
      await writeFile(join(home, "site.json"), JSON.stringify({ ...row, measured: { step_s: seconds } }));
      const { code, out, err } = await call("predict", "row.json", "--json", "--calibrate", "site.json", "--lang", "en");
      expect(code).toBe(exitCodes.done);
      return { answer: JSON.parse(out), err };
    };
    const near = await measured(1.05 * blind.stepSeconds);
    expect(near.answer.stepSeconds / blind.stepSeconds).toBeCloseTo(1.05, 2);
    expect(widthOf(near.answer)).toBeLessThan(widthOf(blind));
    expect(near.err).toBe("");
    const far = await measured(2 * blind.stepSeconds);
    expect(far.answer.stepSeconds / blind.stepSeconds).toBeGreaterThan(1.8);
    expect(widthOf(far.answer)).toBeGreaterThan(widthOf(near.answer));
    expect(far.err).toContain("site.json rows[0].measured.step_s");
    expect(far.err).toContain("2 times the");
  });

  test("wrong rows are told apart and lose nothing of the right ones", async () => {
    const { code, out, err } = await call("predict", "wrong.json", "--lang", "en");
    expect(code).toBe(exitCodes.materialHasErrors);
    expect(out).toContain("one");
    expect(err).toContain("bad chips.name");
    expect(err).toContain("A100-40GB");
    expect(err).toContain("bad chips.count");
    expect((await call("predict", "wrong.json", "--lang", "zh")).err).toContain("最接近的是");
  });

  test("words and fields that nothing reads are told in both languages, and the row is answered", async () => {
    await writeFile(join(home, "misspelt.json"), JSON.stringify({ ...row, plan: { ...row.plan, tpp: 8, schedule: "banana" } }));
    for (const [language, words] of [
      ["en", ["plan.tpp warning", 'called "tpp"', "Nearest: tp.", '"banana" means nothing here', "zero-bubble"]],
      ["zh", ["plan.tpp 警告", "“tpp”的字段", "“banana”在这里没有意义"]],
    ] as const) {
      const { code, out } = await call("predict", "misspelt.json", "--lang", language);
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
    const { code, err } = await call("search", "misspelt.json", "--json", "--lang", "en");
    expect(code).toBe(exitCodes.done);
    expect(err).toContain("plan.tpp");
    await writeFile(join(home, "flat.json"), JSON.stringify({ ...row, plan: "tp 8" }));
    const flat = await call("predict", "flat.json", "--lang", "en");
    expect(flat.code).toBe(exitCodes.materialHasErrors);
    expect(flat.err).toContain('"tp 8" is not what stands here');
  });

  test("says what is wrong with a call", async () => {
    for (const [argv, word] of [
      [["predict"], "--preset"],
      [["predict", "none.json"], "none.json"],
      [["predict", "broken.json"], "not JSON"],
      [["predict", "--preset", "GPT-3 180B"], "GPT-3 175B"],
      [["predict", "--preset", "GPT-3 175B", "--cluster", "nowhere"], "llama3-16k-h100"],
      [["predict", "row.json", "--tokens", "many"], "14.8T"],
      [["chips", "H10"], "H100"],
      [["predict", "row.json", "--preset", "GPT-3 175B"], "--preset: these count only without a file"],
      [["predict", "row.json", "--cluster", "H800x8", "--precision", "fp8", "--software", "NeMo"], "--cluster, --software, --precision"],
      [["search", "row.json", "--precision", "fp8"], "--precision"],
      [["predict", "row.json", "--calibrate", "none.json"], "none.json"],
      [["compare", "rows.json", "--calibrate", "none.json"], "none.json"],
    ] as const) {
      const { code, err } = await call(...argv, "--lang", "en");
      expect(code, argv.join(" ")).toBe(exitCodes.wrongCall);
      expect(err, argv.join(" ")).toContain(word);
    }
    const { code, err } = await call("predict", "row.json", "--calibrate", "unmeasured.json", "--lang", "en");
    expect(code).toBe(exitCodes.materialHasErrors);
    expect(err).toContain("measured.step_s");
  });
});

test("a file without a row is told, as rows and as measured rows, in both languages", async () => {
  await writeFile(join(home, "empty.json"), "[]");
  await writeFile(join(home, "empty-rows.json"), '{"rows":[]}');
  for (const argv of [
    ["predict", "empty.json"],
    ["predict", "empty-rows.json", "--json"],
    ["compare", "empty.json"],
    ["predict", "row.json", "--calibrate", "empty.json"],
    ["compare", "rows.json", "--calibrate", "empty-rows.json"],
  ])
    for (const [language, words] of [
      ["en", "holds no row"],
      ["zh", "里没有行"],
    ] as const) {
      const { code, out, err } = await call(...argv, "--lang", language);
      expect({ code, out }, argv.join(" ")).toEqual({ code: exitCodes.materialHasErrors, out: "" });
      expect(err).toContain(words);
    }
});

test("a file may begin with a mark of the byte order", async () => {
  await writeFile(join(home, "marked.json"), `\uFEFF${JSON.stringify(row)}`);
  const { code, out } = await call("predict", "marked.json", "--json");
  expect(code).toBe(exitCodes.done);
  expect(JSON.parse(out).id).toBe("one");
});

test("lab chips lists every chip, and one with its sources, in both languages", async () => {
  for (const language of ["en", "zh"]) {
    for (const argv of [["chips"], ["chips", "H100-80GB"]]) {
      const { code, out } = await call(...argv, "--lang", language);
      expect(code).toBe(exitCodes.done);
      expect(out).toContain("H100-SXM");
      expectReadable(out);
    }
  }
});

describe("lab search", () => {
  test("finds the fastest plans that fit, with what it looked at, in both languages", async () => {
    for (const [language, words] of [
      ["en", ["Fastest plans for", "plans considered", "passed over"]],
      ["zh", ["最快的并行方案", "共考虑", "略过"]],
    ] as const) {
      const { code, out } = await call(
        "search",
        "--preset",
        "GPT-3 175B",
        "--cluster",
        "A100-80GBx512",
        "--batch",
        "512",
        "--lang",
        language,
      );
      expect(code).toBe(exitCodes.done);
      for (const word of words) expect(out).toContain(word);
      expectReadable(out);
    }
  });

  test("what a row prints stays fixed, and the best plan is no slower than the row's own", async () => {
    const { plans } = JSON.parse((await call("search", "row.json", "--json")).out);
    for (const { plan } of plans)
      expect(plan).toMatchObject({ tensorParallel: 8, pipelineParallel: 4, microbatchSize: 1, globalBatchSize: 512 });
    const own = JSON.parse((await call("predict", "row.json", "--json")).out);
    expect(plans[0].seconds).toBeLessThanOrEqual(own.stepSeconds * (1 + 1e-9));
  });

  test("time against chips, and a number of chips on which nothing fits", async () => {
    const argv = ["search", "--preset", "Kimi K2", "--cluster", "H100-80GBx1024", "--precision", "fp8", "--frontier", "16,1024,4096"];
    const { code, out } = await call(...argv, "--lang", "en");
    expect(code).toBe(exitCodes.done);
    expect(out).toContain("No plan fits on 16 chips");
    expectReadable(out);
    const [none, small, large] = JSON.parse((await call(...argv, "--json")).out);
    expect(none.plans).toEqual([]);
    expect(large.plans[0].prediction.tokensPerSecond).toBeGreaterThan(small.plans[0].prediction.tokensPerSecond);
    expect((await call("search", "row.json", "--frontier", "many", "--lang", "en")).err).toContain("--frontier");
  });
});

test("lab compare sets rows side by side, fewest days first", async () => {
  for (const language of ["en", "zh"]) {
    const { code, out } = await call("compare", "rows.json", "--tokens", "10T", "--lang", language);
    expect(code).toBe(exitCodes.done);
    expect(out).toContain("two");
    expectReadable(out);
  }
  const doubtful = { ...row, id: "doubtful", plan: { ...row.plan, tpp: 8 } };
  await writeFile(join(home, "doubtful.json"), JSON.stringify([row, doubtful]));
  const { code: told, err } = await call("compare", "doubtful.json", "--lang", "en");
  expect(told).toBe(exitCodes.done);
  expect(err).toMatch(/^doubtful plan\.tpp warning/);
  expect((await call("compare", "rows.json")).err).toBe("");
  const { code, out } = await call("compare", "wrong.json", "--json");
  expect(code).toBe(exitCodes.materialHasErrors);
  expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toEqual(["one"]);
});

test("lab validate tells every paper, in both languages, and how measured rows help", async () => {
  for (const [language, word] of [
    ["en", "All dense"],
    ["zh", "全部稠密"],
  ] as const) {
    const { code, out } = await call("validate", "--lang", language);
    expect(code).toBe(exitCodes.done);
    expect(out).toContain(word);
    expect(out).toContain("korthikanti-2022");
    expectReadable(out);
  }
  const { dense } = JSON.parse((await call("validate", "--json", "--known", "3")).out);
  expect(dense.rows).toBeGreaterThan(300);
  expect((await call("validate", "--known", "9", "--lang", "en")).code).toBe(exitCodes.wrongCall);
});

test("lab validate --memory tells every source of totals and how often fits is right, in both languages", async () => {
  for (const [language, words] of [
    ["en", "ran out of memory"],
    ["zh", "显存不足的有"],
  ]) {
    const { code, out } = await call("validate", "--memory", "--lang", language);
    expect(code).toBe(exitCodes.done);
    expect(out).toContain("nanotron-2024-07");
    expect(out).toContain(words);
    expectReadable(out);
  }
  const { fits } = JSON.parse((await call("validate", "--memory", "--json")).out);
  expect(fits.outOfMemory.rows).toBe(5);
});
