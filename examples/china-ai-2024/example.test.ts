import { asOf, knownFrom } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import { checkWorkspace, openWorkspace, reviewWorkspace } from "@watershed/workbench";
import type { OpenedWorkspace } from "@watershed/workbench";
import { beforeAll, describe, expect, test } from "vitest";

let reading: OpenedWorkspace;
let workspace: Workspace;

beforeAll(async () => {
  reading = await openWorkspace(import.meta.dirname);
  workspace = reading.workspace!;
});

describe("the worked example", () => {
  test("has nothing to mend", () => {
    expect(checkWorkspace(reading)).toEqual([]);
  });

  test("asks at least 60 questions in every dimension of the method, each in both languages with a criterion and a day", () => {
    expect(workspace.questions.length).toBeGreaterThanOrEqual(60);
    const dimensions = new Set(workspace.questions.map((question) => question.dimension));
    for (const dimension of ["compute", "ai_model", "application", "capital", "chips", "open_source", "robotics", "edge", "policy", "team", "agi"])
      expect(dimensions).toContain(dimension);
    for (const { id, text, criterion, resolveBy } of workspace.questions) {
      expect(text, id).toMatchObject({ en: expect.stringMatching(/\?$/), zh: expect.stringMatching(/[\u4e00-\u9fff]/) });
      expect(criterion, id).toMatchObject({ en: expect.any(String), zh: expect.stringMatching(/[\u4e00-\u9fff]/) });
      expect(resolveBy > "2024-03-31", id).toBe(true);
    }
  });

  test("watches the labs, a chip maker, a vertical, a robotics company, investable or not", () => {
    expect(workspace.companies.map((company) => company.id)).toEqual(
      expect.arrayContaining(["minimax", "moonshot", "zero_one", "baichuan", "zhipu", "stepfun", "deepseek", "moore_threads", "langboat", "unitree"]),
    );
    expect(workspace.companies.length).toBeGreaterThanOrEqual(14);
    expect(workspace.companies.find((company) => company.id === "deepseek")!.status).toBe("uninvestable");
    expect(workspace.cases.find((investmentCase) => investmentCase.company === "deepseek")?.now).toBeUndefined();
  });

  test("judges chips by the six criteria of the interview, in its order", () => {
    const chips = workspace.tracks.find((track) => track.id === "ai_compute_chips")!;
    expect(chips.criteria.map((criterion) => [criterion.id, criterion.sources?.[0]])).toEqual([
      ["chip_a100_class", "C-CHIP-1"],
      ["chip_original_architecture", "C-CHIP-2"],
      ["chip_lasting_innovation", "C-CHIP-3"],
      ["chip_big_chip_record", "C-CHIP-4"],
      ["chip_mass_production", "C-CHIP-5"],
      ["chip_valuation", "C-CHIP-6"],
    ]);
  });

  test("marks every forecast and every invented person as an illustration", () => {
    expect(workspace.people.map((person) => person.illustrative)).toEqual([true, true, true]);
    expect(workspace.forecasts.filter((forecast) => !forecast.illustrative)).toEqual([]);
    expect(workspace.quantities.filter((quantity) => !quantity.illustrative && !quantity.sources?.length)).toEqual([]);
  });

  test("cites nothing that became known after the decision day", () => {
    const later = new Set(workspace.facts.filter((fact) => knownFrom(fact) > workspace.settings.asOf).map((fact) => fact.id));
    expect(later.size).toBeGreaterThan(100);
    const citing = [...workspace.questions, ...workspace.forecasts, ...workspace.companies, ...workspace.cases, ...workspace.signals, ...workspace.triggers, ...workspace.theses, ...workspace.assessments];
    for (const item of citing) for (const id of item.sources ?? []) expect(later.has(id), `${JSON.stringify(item).slice(0, 80)} cites ${id}`).toBe(false);
    const then = asOf(workspace, "2024-03-31");
    expect(then.facts.every((fact) => knownFrom(fact) <= "2024-03-31")).toBe(true);
    expect(then.resolutions).toEqual([]);
  });

  test("every fact has a source that is listed", () => {
    const sources = new Set(workspace.sources.map((source) => source.id));
    for (const fact of workspace.facts) expect(fact.sources.every((id) => sources.has(id)), fact.id).toBe(true);
  });

  test("is answered with all three decisions, and one question moves many companies", () => {
    const { review } = reviewWorkspace(workspace, { draws: 16_384 });
    expect(review!.notAppraised).toEqual([]);
    const kinds = new Set(review!.companies.map((company) => company.best.alternative.split(":")[0]));
    expect([...kinds].sort()).toEqual(["now", "pass", "wait"]);
    const barrier = review!.agenda.find((item) => item.question.id === "compute_barrier")!;
    expect(barrier.companies.length).toBeGreaterThanOrEqual(8);
    expect(barrier.distinguishable).toBe(true);
  });

  test("waits for a claim that may mislead or for the board, and weighs a small ticket with a right to follow on", () => {
    const { review } = reviewWorkspace(workspace, { draws: 16_384 });
    const of = (company: string) => review!.companies.find((candidate) => candidate.company.id === company)!;
    // A claim that every second lab would make is not acted on: the team waits for the board all the same.
    const claim = of("zhipu").waits.find(({ triggers }) => triggers.length > 1)!;
    const [said, shown] = claim.triggers.map(({ probabilityFirst }) => probabilityFirst.amount);
    expect(said + shown).toBeCloseTo(claim.probabilityTriggers.amount, 9);
    expect(said).toBeGreaterThan(shown);
    expect(claim.triggers.map(({ probabilityInvests }) => probabilityInvests.amount > 0)).toEqual([false, true]);
    const { withoutRight, worthOfRight, expectedMoney } = of("moonshot").stage!;
    expect(withoutRight.amount).toBeLessThan(0);
    expect(worthOfRight.amount).toBeGreaterThan(-withoutRight.amount);
    expect(of("moonshot").best.alternative).toBe("wait:moonshot_passes_gpt4");
    expect(expectedMoney.amount).toBeGreaterThan(5e6);
    expect(expectedMoney.amount).toBeLessThan(30e6);
  });

  test("what happened later is a workspace of its own", async () => {
    const later = await openWorkspace(`${import.meta.dirname}/later`);
    expect(later.problems).toEqual([]);
    expect(later.workspace!.resolutions.length).toBeGreaterThan(20);
    expect(workspace.resolutions).toEqual([]);
    for (const resolution of later.workspace!.resolutions) expect(resolution.evidence?.length, resolution.question).toBeGreaterThan(0);
    const asked = new Set(workspace.questions.map((question) => question.id));
    expect(later.workspace!.resolutions.filter((resolution) => !asked.has(resolution.question))).toEqual([]);
  });

  test("the compute claims are a workspace of their own, in which an investment rests on how long a training takes", async () => {
    const compute = await openWorkspace(`${import.meta.dirname}/compute`);
    expect(checkWorkspace(compute)).toEqual([]);
    const { review } = reviewWorkspace(compute.workspace!, { draws: 16_384 });
    const [frugal] = review!.companies;
    expect(frugal.company.id).toBe("frugal_lab");
    // with a start in the summer and two to three months of training the run fits into the year more often than not, and then has to work
    const bet = frugal.implied.find(({ question }) => question === "trains_trillion")!;
    expect(bet.belief).toBeGreaterThan(0.3);
    expect(bet.belief).toBeLessThan(0.6);
    // half the cards take twice the time, and the bet is worth less
    const worthNow = ({ alternatives }: typeof frugal): number => alternatives.find(({ name }) => name === "now")!.worth.amount;
    const labs = compute.workspace!.labs.map((lab) => (lab.id === "two-thousand-h800" ? { ...lab, count: 1024 } : lab));
    const half = reviewWorkspace({ ...compute.workspace!, labs }, { draws: 16_384 }).review!;
    expect(worthNow(half.companies[0])).toBeLessThan(worthNow(frugal) - 1e6);
  });
});
