import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openCaseFile, runCase } from "@watershed/workbench";
import type { CaseResult } from "@watershed/workbench";
import { expect, test } from "vitest";

type Figure = { amount: number; standardError: number };
type Known = [what: string, figure: (result: CaseResult) => Figure, answer: number];

const worth = (name: string, answer: number): Known => [`worth of ${name}`, ({ alternatives }) => alternatives[name], answer];
const evpi = (answer: number): Known => ["evpi", (result) => result.evpi, answer];
const evppi = (question: string, answer: number): Known => [`evppi of ${question}`, (result) => result.evppi[question], answer];
const pair = (answer: number): Known => ["evppi of the pair", ({ pairs }) => pairs[0], answer];
const evsi = (study: string, answer: number): Known => [`evsi of ${study}`, ({ studies }) => studies[study], answer];

/** The known answers; where each comes from is said in the file itself. */
const answers: Record<string, { best: string | "tie"; known: Known[]; noise?: string[] }> = {
  wildcatter: { best: "drill", known: [worth("drill", 20_000), evpi(35_000), evppi("oil", 35_000), evsi("seismic", 12_500)] },
  party: { best: "porch", known: [worth("outdoors", 40), worth("porch", 48), worth("indoors", 46), evpi(22), evsi("detector", 11.2)] },
  interaction: { best: "tie", known: [evpi(1 / Math.PI), pair(1 / Math.PI)], noise: ["product_fits", "market_grows"] },
  "one-slot": {
    best: "tie",
    known: [
      evppi("first_project", 1 / Math.sqrt(2 * Math.PI)),
      evppi("second_project", 1 / Math.sqrt(2 * Math.PI)),
      pair(1 / Math.sqrt(Math.PI)),
      evpi(1 / Math.sqrt(Math.PI)),
    ],
  },
  "venture-test": { best: "invest", known: [worth("invest", 0.2e6), evpi(2.8e6), evsi("reference_check", 1.36e6)] },
  "implied-chance": { best: "buy", known: [worth("buy", 10.5e6), evpi(25.5e6)] },
  "wait-for-trigger": { best: "wait", known: [worth("now", 10.5e6), worth("wait", 24.3e6), evpi(11.7e6)] },
  "first-of-two-triggers": {
    best: "pass_first",
    known: [worth("act_on_first", 2e6), worth("pass_first", 4e6), worth("try_both", 1.8e6), worth("second_alone", 1.6e6), evppi("succeeds", 3e6)],
  },
  "imperfect-signal": { best: "wait_for_signal", known: [worth("now", 0.2e6), worth("wait_for_signal", 1.56e6), evppi("succeeds", 1.44e6)] },
  "staged-ticket": { best: "staged", known: [worth("ticket_alone", 1.05e6), worth("staged", 1.95e6), worth("bound_to_follow", -6.72e6), evpi(2.55e6)] },
  "lognormal-option": {
    best: "leave",
    known: [worth("build", -20e6), evppi("adoption", 13.108974138557585e6), evppi("price_level", 32.76141806389699e6), pair(37.17833379587614e6), evpi(37.17833379587614e6)],
  },
  "correlated-pair": { best: "tie", known: [evppi("ours", 0.3989422804), evppi("neighbours", 0.3989422804 * 2 * Math.sin(0.1 * Math.PI))] },
  "second-opinion": {
    best: "pass",
    known: [evpi(3.003387451171875), evsi("one_call", 5 / 11), evsi("two_calls", 5 / 11), evsi("three_calls", 0.8741258741), evsi("twenty_calls", 2.2102025910)],
  },
};

const cases = readdirSync(import.meta.dirname).flatMap((file) => (file.endsWith(".yaml") ? [file.replace(".yaml", "")] : []));

test("every teaching case has a known answer", () => {
  expect(cases.toSorted()).toEqual(Object.keys(answers).toSorted());
});

test.each(cases)("%s comes out as it is known to", async (name) => {
  const { best, known, noise = [] } = answers[name];
  const result = await resultOf(name);
  if (best !== "tie") expect(result.best).toBe(best);
  const tie = best === "tie" ? tieError(result) : 0;
  for (const [what, figure, answer] of known) {
    const { amount, standardError } = figure(result);
    expect(Math.abs(amount - answer), `${what}: ${amount} against ${answer}`).toBeLessThanOrEqual(3 * Math.hypot(standardError, tie) + 1e-9 * Math.abs(answer));
  }
  for (const question of noise) expect(result.evppi[question].distinguishable, question).toBe(false);
});

test("at the implied chance of one in nine, buying is worth what passing is worth", async () => {
  const { caseFile } = await openCaseFile(join(import.meta.dirname, "implied-chance.yaml"));
  const { result } = runCase({ ...caseFile!, questions: { succeeds: "chance(1 / 9)" } });
  const { amount, standardError } = result!.alternatives.buy;
  expect(Math.abs(amount)).toBeLessThanOrEqual(3 * standardError);
});

async function resultOf(name: string): Promise<CaseResult> {
  const { caseFile, problems } = await openCaseFile(join(import.meta.dirname, `${name}.yaml`));
  expect(problems).toEqual([]);
  const { result, problems: found } = runCase(caseFile!);
  expect(found).toEqual([]);
  return result!;
}

/** Where alternatives are equal by construction, the larger of their sample means passes for the best: its error is not in that of an evpi. */
function tieError({ alternatives }: CaseResult): number {
  return Math.max(...Object.values(alternatives).map(({ standardError }) => standardError));
}
