import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestExchange } from "./across-sites-links.ts";
import { layoutsOf } from "./across-sites-layouts.ts";
import type { SiteScheme } from "./across-sites-layouts.ts";
import { readAcrossSites } from "./across-sites-question.ts";
import type { AcrossSitesQuestion, SiteLink } from "./across-sites-question.ts";
import { acrossSites } from "./across-sites.ts";
import type { AcrossSitesForecast, SchemeAcross } from "./across-sites.ts";
import { synchronisationBytes, utilisation } from "./sites-utilisation.ts";

const described = {
  model: "Llama 3.1 405B",
  plan: { precision: "bf16", gbs: 2048 },
  software: "2024-06 megatron",
  tokens: 15e12,
  sites: [
    { name: "Shanghai", chip: "H100", count: 4096 },
    { name: "Guiyang", chip: "H100", count: 4096 },
  ],
  links: [{ gigabits: 800, kilometres: 1000 }],
};
const unlike = {
  ...described,
  sites: [
    { name: "Shanghai", chip: "H100", count: 4096 },
    { name: "Guiyang", chip: "A100-80GB", count: 6000 },
    { name: "Ulanqab", chip: "Ascend910B", count: 1024 },
  ],
};

function questionOf(of: object): AcrossSitesQuestion {
  const { question, problems } = readAcrossSites(of);
  if (!question) throw new Error(JSON.stringify(problems));
  return question;
}

function forecastOf(of: object): AcrossSitesForecast {
  const { forecast, problems } = acrossSites(questionOf(of));
  if (!forecast) throw new Error(JSON.stringify(problems));
  return forecast;
}

function schemeOf({ schemes }: AcrossSitesForecast, wanted: SiteScheme): SchemeAcross {
  return schemes.find(({ scheme }) => scheme === wanted)!;
}

const asPredicted = (sites: number) => ({ slower: new Array<number>(sites).fill(1), overlap: 0.6, linkShare: 0.85 });

describe("[LAB50] sites of any size and chip", () => {
  test("two alike sites give the time of the formula for equal sites, on their own step", () => {
    const layouts = layoutsOf(questionOf(described));
    const [alone, every] = (["oneSite", "everyStep"] as const).map((of) => layouts.find(({ scheme }) => scheme === of)!);
    const longest = Math.max(...every.parts.map(({ seconds }) => seconds));
    const share = utilisation({
      stepSeconds: longest,
      bytes: synchronisationBytes(405.85e9, 2, 2),
      bytesPerSecond: 0.85 * 800 * 1.25e8,
      latencySeconds: 2 * 1000 * 1e-5,
      localSteps: 1,
      hiddenSeconds: 0.6 * longest,
    });
    expect(longest / every.time(asPredicted(2)).seconds / share).toBeCloseTo(1, 3);
    // half of the sequences each take half of the time of all of them on one, within what smaller batches lose to bubbles
    const alike = (2 * longest) / alone.time(asPredicted(2)).seconds;
    expect(alike).toBeGreaterThan(0.99);
    expect(alike).toBeLessThan(1.1);
  });

  test("data follow speed: all sequences are shared out and nobody waits longer than a round of microbatches", () => {
    const layout = layoutsOf(questionOf(unlike)).find(({ scheme }) => scheme === "everyStep")!;
    const [shanghai, guiyang, ulanqab] = layout.parts;
    const all = layout.parts.reduce((sum, { sequences }) => sum + sequences, 0);
    expect(all).toBeGreaterThanOrEqual(2048);
    expect(all).toBeLessThan(2048 * 1.03);
    expect(shanghai.sequences).toBeGreaterThan(guiyang.sequences);
    expect(guiyang.sequences).toBeGreaterThan(ulanqab.sequences);
    const longest = Math.max(...layout.parts.map(({ seconds }) => seconds));
    for (const { seconds, sequences, estimate } of layout.parts) {
      const rounds = sequences / (estimate.plan.dataParallel * estimate.plan.microbatchSize);
      expect(longest - seconds).toBeLessThan(1.5 * (seconds / rounds));
    }
    expect(forecastOf(unlike).equalSplit).toBeGreaterThan(1.5);
  });
});

describe("[LAB51] a pipeline over sites", () => {
  test("trains what no site holds alone, layers by speed, and says that no site does", () => {
    const small = {
      ...described,
      model: "DeepSeek-V3",
      software: "2024-12 in-house",
      sites: [
        { name: "one", chip: "H800", count: 96 },
        { name: "two", chip: "H800", count: 128 },
      ],
    };
    const { forecast, problems } = acrossSites(questionOf(small));
    expect(forecast!.schemes.map(({ scheme }) => scheme)).toEqual(["pipeline"]);
    expect(problems.map(({ code, at }) => `${code} ${at}`)).toEqual(["noSiteFits sites[0]", "noSiteFits sites[1]"]);
    const layers = Object.fromEntries(forecast!.schemes[0].sites.map((site) => [site.name, site.layers]));
    expect(layers.one + layers.two).toBe(61);
    expect(layers.two).toBeGreaterThan(layers.one);
  });

  test("sends two bytes of every activation each way over a link, and is held back where that takes longer than the layers", () => {
    const narrow = { ...described, links: [{ gigabits: 10, kilometres: 0 }] };
    const layout = layoutsOf(questionOf(narrow)).find(({ scheme }) => scheme === "pipeline")!;
    const longest = Math.max(...layout.parts.map(({ seconds }) => seconds));
    const bytes = 2 * 2048 * 8192 * 16_384;
    expect(layout.waits(asPredicted(2)).link).toBeCloseTo(bytes / (0.85 * 10 * 1.25e8) - longest, 6);
    // 95 % is not asked of a pipeline: below the rate at which transfers last as long as layers all wait for the link
    expect(layout.gigabitsForNinetyFive!(asPredicted(2))).toBeCloseTo(bytes / 0.85 / 1.25e8 / longest, 6);
  });
});

describe("[LAB52] links", () => {
  const links = (rates: [number, number, number][]): SiteLink[] =>
    rates.map(([one, other, gigabitsPerSecond]) => ({ between: [one, other], gigabitsPerSecond, kilometres: 1000 }));

  test("gradients go along the widest links: a narrow third one is not used", () => {
    const exchange = bestExchange(links([[0, 1, 800], [1, 2, 400], [0, 2, 10]]), [0, 1, 2]); // prettier-ignore
    expect(exchange).toMatchObject({ way: "tree", times: 1, narrowest: { gigabitsPerSecond: 400 } });
    expect(exchange.latencySeconds).toBeCloseTo(0.04, 12);
  });

  test("a wider link is never slower and never costs another scheme anything", () => {
    const question = questionOf(unlike);
    const before = layoutsOf(question);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.double({ min: 1, max: 20, noNaN: true }), (widened, times) => {
        const wider = question.links.map((link, place) =>
          place === widened ? { ...link, gigabitsPerSecond: link.gigabitsPerSecond * times } : link,
        );
        for (const layout of layoutsOf({ ...question, links: wider })) {
          const old = before.find(({ scheme }) => scheme === layout.scheme)!;
          expect(layout.time(asPredicted(3)).seconds).toBeLessThanOrEqual(old.time(asPredicted(3)).seconds * (1 + 1e-9));
        }
      }),
      { numRuns: 5 },
    );
  });

  test("every scheme's waits and computing add up to its step", () => {
    for (const layout of layoutsOf(questionOf(unlike))) {
      const { seconds, computing } = layout.time(asPredicted(3));
      const { link, fill, balance } = layout.waits(asPredicted(3));
      expect(computing + (link + fill + balance) / seconds, layout.scheme).toBeCloseTo(1, 6);
    }
  });
});

describe("[LAB53] which scheme is best", () => {
  test("the fewest days for the same loss; published losses count against schemes that meet less often, never for them", () => {
    const { schemes, best } = forecastOf(unlike);
    const same = schemes.map(({ daysForSameLoss }) => daysForSameLoss.amount);
    expect(same).toEqual(same.toSorted((one, other) => one - other));
    expect(best).toBe(schemes[0].scheme);
    expect(schemes.reduce((sum, { chanceBest }) => sum + chanceBest, 0)).toBeCloseTo(1, 12);
    for (const { scheme, days, daysForSameLoss, lossChange } of schemes) {
      expect(daysForSameLoss.amount, scheme).toBeGreaterThanOrEqual(days.amount);
      if (scheme === "localSteps" || scheme === "streaming") expect(lossChange.high).toBeGreaterThan(lossChange.low);
      else expect([lossChange.low, lossChange.high, daysForSameLoss.amount]).toEqual([0, 0, days.amount]);
    }
  });

  test("without a site that holds the others back the run is faster, and the answer says by how much", () => {
    const held = { ...unlike, links: [{ gigabits: 800, kilometres: 300 }, { between: ["Shanghai", "Ulanqab"], gigabits: 20 }, { between: ["Guiyang", "Ulanqab"], gigabits: 20 }] }; // prettier-ignore
    const every = schemeOf(forecastOf(held), "everyStep");
    expect(every.link!.between).toContain("Ulanqab");
    expect(every.waits.link).toBeGreaterThan(0.8);
    const { without } = forecastOf(unlike);
    expect(without.map(({ name }) => name)).toEqual(["Shanghai", "Guiyang", "Ulanqab"]);
    const [shanghai, guiyang, ulanqab] = without.map(({ times }) => times);
    expect(shanghai).toBeGreaterThan(guiyang);
    expect(guiyang).toBeGreaterThan(ulanqab);
  });

  test("sites that err alike are as unsure together as alone; unlike ones less than the less known of them", () => {
    const width = (of: object): number => {
      const { stepSeconds } = schemeOf(forecastOf(of), "localSteps");
      return Math.log(stepSeconds.high / stepSeconds.low);
    };
    const same = width(described);
    const older = { name: "Guiyang", chip: "A100-80GB", count: 8192 };
    const mixed = width({ ...described, sites: [described.sites[0], older] });
    expect(mixed).toBeLessThan(Math.max(same, width({ ...described, sites: [older, { ...older, name: "Wuhu" }] })));
    const alone = schemeOf(forecastOf(described), "oneSite").stepSeconds;
    expect(Math.abs(same / Math.log(alone.high / alone.low) - 1)).toBeLessThan(0.15);
  });
});

describe("[LAB54] what cannot be is told by field, rule and nearest choice", () => {
  const cases: [string, object, [code: string, at: string, nearest?: string | number][]][] = [
    ["a site without chips", { sites: [described.sites[0], { name: "B", chip: "H100", count: 0 }] }, [["notPositive", "sites[1].count"]]],
    ["a chip nobody knows", { sites: [described.sites[0], { name: "B", chip: "H1000", count: 8 }] }, [["unknownChip", "sites[1].chip"]]],
    ["a format that a chip lacks", { plan: { precision: "fp8" }, sites: unlike.sites }, [["precisionNotOnChip", "plan.precision", "bf16"]]],
    ["a site's own format", { sites: [described.sites[0], { name: "B", chip: "A100", count: 64, precision: "fp8" }] }, [["precisionNotOnChip", "sites[1].precision", "bf16"]]],
    ["no link", { links: [] }, [["noLink", "links", "Shanghai–Guiyang"]]],
    ["a link to nowhere", { links: [{ between: ["Shanghai", "Wuhu"], gigabits: 100 }] }, [["unknownSite", "links[0].between", "Shanghai, Guiyang"]]],
    ["a link without a rate", { links: [{ between: "Shanghai-Guiyang" }] }, [["missing", "links[0].gigabits"]]],
    ["one site", { sites: [described.sites[0]] }, [["outOfRange", "sites", 2]]],
    ["a plan in one breath", { plan: "tp 8" }, [["wrongShape", "plan"]]],
    ["two of one name", { sites: [described.sites[0], described.sites[0]] }, [["sameName", "sites[1].name", "Shanghai 2"]]],
  ]; // prettier-ignore
  test.each(cases)("%s", (_, change, expected) => {
    const { question, problems } = readAcrossSites({ ...described, ...change });
    expect(question).toBeUndefined();
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, at }) => [code, at])).toEqual(expected.map(([code, at]) => [code, at]));
    expected.forEach(([, , nearest], place) => {
      if (nearest !== undefined) expect(errors[place].params.nearest).toBe(nearest);
    });
  });

  test("a field that nothing reads is told, and does not stop the question", () => {
    const { question, problems } = readAcrossSites({ ...described, plan: { ...described.plan, tpp: 8 } });
    expect(question).toBeDefined();
    expect(problems).toMatchObject([{ code: "unknownField", severity: "warning", at: "plan.tpp", params: { nearest: "tp" } }]);
  });

  test("a site may train in a format of its own", () => {
    const mixed = { ...unlike, sites: unlike.sites.map((site, place) => (place === 0 ? { ...site, precision: "fp8" } : site)) };
    const plans = schemeOf(forecastOf(mixed), "everyStep").sites.map(({ plan }) => plan.precision);
    expect(plans).toEqual(["fp8", "bf16", "bf16"]);
  });

  test("the plan and the notes tell of the compiler as they do in a row", () => {
    const compiled = (more: object): boolean | null =>
      readAcrossSites({ ...described, software: "2025-06 torchtitan", ...more }).question!.software.compiled;
    expect(compiled({})).toBeNull();
    expect(compiled({ plan: { compile: true } })).toBe(true);
    expect(compiled({ notes: "with torch.compile" })).toBe(true);
  });
});
