import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageTokens, multimodalAccount, publishedMultiples } from "./multimodal.ts";
import { capability, capabilityCurve, capabilityLevels, computeForLevel, fittedRows, heldRows, scoreAt } from "./scaling-capability.ts";
import { besirogluLaw, optimumLaws } from "./scaling-published.ts";
import { leastCompute, lossOf, optimum, scaling } from "./scaling.ts";

describe("compute-optimal size", () => {
  test("every law passes through the point its paper prints, with six FLOP per parameter and token", () => {
    for (const { at, name } of optimumLaws) {
      expect(Math.abs((6 * at.parameters * at.tokens) / at.flops - 1), name).toBeLessThan(0.06);
      const own = optimum(at.flops).byLaw.find((law) => law.name === name)!;
      expect(own.parameters).toBeCloseTo(at.parameters, -3);
      expect(own.tokens).toBeCloseTo(at.tokens, -3);
    }
  });

  test("Besiroglu's point and exponent follow from its law of loss", () => {
    const { parameterExponent: alpha, tokenExponent: beta, parameterFactor, tokenFactor } = besirogluLaw;
    const law = optimumLaws.find(({ name }) => name === "besiroglu")!;
    expect(beta / (alpha + beta)).toBeCloseTo(law.exponent, 4);
    const G = ((alpha * parameterFactor) / (beta * tokenFactor)) ** (1 / (alpha + beta));
    expect(Math.abs((G * (5.76e23 / 6) ** (beta / (alpha + beta))) / law.at.parameters - 1)).toBeLessThan(0.01);
  });

  test("the band holds Chinchilla's 70B on 1.4T and Llama 3's 405B on 15.6T", () => {
    for (const [flops, parameters, tokens] of [
      [5.76e23, 70e9, 1.4e12],
      [3.8e25, 405e9, 15.6e12],
    ]) {
      // prettier-ignore
      const found = optimum(flops);
      expect(found.parameters.low).toBeLessThan(parameters);
      expect(found.parameters.high).toBeGreaterThan(parameters);
      expect(found.tokens.low).toBeLessThan(tokens);
      expect(found.tokens.high).toBeGreaterThan(tokens);
    }
  });

  test("the least compute for a loss is reached at no other split: 1,000 random runs", () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 28, noNaN: true }), fc.double({ min: 24, max: 32, noNaN: true }), (logN, logD) => {
        const run = { parameters: Math.exp(logN), tokens: Math.exp(logD) };
        expect(leastCompute(lossOf(run))).toBeLessThanOrEqual(6 * run.parameters * run.tokens * (1 + 1e-9));
      }),
      { numRuns: 1000 },
    );
    const best = optimum(1e24).byLaw.find(({ name }) => name === "besiroglu")!;
    expect(leastCompute(lossOf(best)) / (6 * best.parameters * best.tokens)).toBeGreaterThan(0.99);
  });

  test("a small AI model on many tokens pays for being cheap to serve", () => {
    const { answer } = scaling({ activeParameters: 8e9, tokens: 15e12, released: 2024.3 });
    expect(answer!.wasted!.amount).toBeGreaterThan(0.3);
    expect(scaling({ activeParameters: 70e9, tokens: 1.4e12, released: 2022.2 }).answer!.wasted!.amount).toBeLessThan(0.02);
  });
});

describe("capability", () => {
  const curve = capabilityCurve();

  test("with each family left out, the 80 % band holds 75 to 90 % of its rows", () => {
    const families = [...new Set(fittedRows.map(({ family }) => family))];
    const held = families.flatMap((family) => {
      const others = capabilityCurve(fittedRows.filter((row) => row.family !== family));
      return fittedRows
        .filter((row) => row.family === family)
        .map((row) => Math.abs(scoreAt(others, row) - row.mmlu) < 1.2816 * curve.standardError);
    });
    const share = held.filter(Boolean).length / held.length;
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.9);
  });

  test("on twelve AI models it never saw, most of them larger: mean absolute error under 4 points, all within the band, two points too high", () => {
    const errors = heldRows.map((row) => scoreAt(curve, row) - row.mmlu);
    expect(errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length).toBeLessThan(0.04);
    const held = heldRows.filter((row) => {
      const { score } = capability(row);
      return row.mmlu >= score.low && row.mmlu <= score.high;
    });
    expect(held.length).toBe(12);
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - bias) ** 2, 0) / (errors.length - 1));
    expect(bias).toBeCloseTo(0.022, 3);
    expect(spread / Math.sqrt(errors.length)).toBeCloseTo(0.011, 3);
  });

  test("fitted on what was known at five days and asked for the year after, the band holds 75 to 90 %", () => {
    const rows = [...fittedRows, ...heldRows];
    const held = [2023.3, 2023.6, 2023.8, 2024.1, 2024.4].flatMap((day) => {
      const known = capabilityCurve(rows.filter(({ released }) => released <= day));
      return rows
        .filter(({ released }) => released > day && released < day + 1)
        .map((row) => Math.abs(scoreAt(known, row) - row.mmlu) < 1.2816 * known.standardError);
    });
    expect([held.filter(Boolean).length, held.length]).toEqual([78, 96]);
  });

  test("GPT-4's level is asked for at dates when it was reached with about as much compute: 2.1e25 in March 2023, 3.3e24 in December 2024", () => {
    for (const [released, flops] of [
      [2023.2, 2.1e25],
      [2024.98, 3.3e24],
    ]) {
      const { amount, low, high } = computeForLevel(capabilityLevels["gpt-4"], released);
      expect(Math.abs(Math.log2(amount / flops))).toBeLessThan(0.6);
      expect(low).toBeLessThan(flops);
      expect(high).toBeGreaterThan(flops);
    }
  });

  test("compute for a fixed level halves in 5 to 14 months, as Ho 2024 finds from other data", () => {
    const months = (12 * Math.log10(2) * curve.perDecade) / curve.perYear;
    expect(months).toBeGreaterThan(5);
    expect(months).toBeLessThan(14);
  });

  test("more compute and later release never score lower; the compute for a level scores it in the middle", () => {
    fc.assert(
      fc.property(fc.double({ min: 21, max: 27, noNaN: true }), fc.double({ min: 2020, max: 2027, noNaN: true }), (decade, released) => {
        const flops = 10 ** decade;
        const { score, chanceOf } = capability({ flops, released });
        expect(capability({ flops: 2 * flops, released }).score.amount).toBeGreaterThanOrEqual(score.amount);
        expect(capability({ flops, released: released + 1 }).score.amount).toBeGreaterThanOrEqual(score.amount);
        expect(chanceOf(0.7)).toBeGreaterThanOrEqual(chanceOf(0.864));
        const needed = computeForLevel(capabilityLevels["gpt-4"], released);
        expect(needed.low).toBeLessThan(needed.amount);
        expect(capability({ flops: needed.amount, released }).score.amount).toBeCloseTo(0.864, 6);
      }),
    );
    expect(computeForLevel(0.95, 2025).amount).toBe(Infinity);
  });
});

describe("multimodal data", () => {
  test("an image of 1024 x 1024 at patch 14 merged by two is 1,369 tokens; a minute of video at 1 frame and 256 tokens is 15,360", () => {
    expect(imageTokens({ width: 1024, height: 1024, patch: 14, merge: 2 })).toBe(37 * 37);
    const { tokens } = multimodalAccount({
      activeParameters: 1e9,
      textTokens: 1,
      video: { hours: 1 / 60, framesPerSecond: 1, tokensPerFrame: 256 },
    });
    expect(tokens.video).toBeCloseTo(15_360, 6);
  });

  test("ten times the compute takes nine times the tokens of the text; a frozen encoder adds a third of a trained one", () => {
    const text = { activeParameters: 30e9, textTokens: 10e12 };
    const images = { count: 90e12 / 1369, width: 1024, height: 1024, patch: 14, merge: 2 };
    expect(multimodalAccount({ ...text, images }).timesText).toBeCloseTo(10, 9);
    const [trained, frozen] = [true, false].map(
      (one) => multimodalAccount({ ...text, images, encoder: { parameters: 0.4e9, trained: one } }).flops.encoder,
    );
    expect(trained).toBeCloseTo(3 * frozen, -6);
    expect(multimodalAccount(text).timesText).toBe(1);
  });

  test("no published run took ten times: the largest is four, by tokens", () => {
    expect(Math.max(...publishedMultiples.map(({ times }) => times))).toBeCloseTo(4.12, 2);
  });

  test("wrong input names the field", () => {
    const { problems } = multimodalAccount({
      activeParameters: 0,
      textTokens: 1,
      images: { count: 1, width: -1, height: 1, patch: 14, merge: 2 },
    });
    expect(problems.map(({ at, code }) => `${at} ${code}`)).toEqual(["activeParameters notPositive", "images.width notPositive"]);
    expect(scaling({ released: 1999 }).problems.map(({ at, code }) => `${at} ${code}`)).toEqual(["flops missing", "released outOfRange"]);
  });
});
