import { emptyWorkspace } from "@watershed/domain";
import type { Correlation, Settings, Thesis, Workspace } from "@watershed/domain";
import { compileWorkspace } from "./compile-workspace.ts";
import { dice } from "./dice.ts";
import { generateCase, laterDilution, trackQuantities } from "./generate-cases.ts";
import { companyLists, draftCompanies } from "./generate-companies.ts";
import { forecastsOn, ownBelief } from "./generate-forecasts.ts";
import type { GeneratedSize } from "./generated-size.ts";
import { draftQuestions, generatedDay } from "./generate-questions.ts";
import type { DraftQuestion } from "./generate-questions.ts";
import { partners } from "./wording/generated-companies.ts";

/**
 * An invented workspace of any size, as a fund might keep it: the same size and seed give the same workspace.
 *
 * Questions of the world and of single companies, of every kind; partners who disagree on a share of them; beliefs that hang on other
 * questions, correlations, triggers, and a priced case for every company, a quarter of them with heavy tails.
 */
export function generateWorkspace(size: GeneratedSize): Workspace {
  const { seed } = size;
  const companies = draftCompanies(size.companies, seed);
  const people = partners.slice(0, 3 + Number(size.questions >= 50) + Number(size.questions >= 120));
  const drafts = draftQuestions(size.questions, companies, people.length, seed);
  const world = drafts.filter((draft) => draft.company === undefined);
  const beliefs = new Map(drafts.map((draft) => [draft, ownBelief(draft, seed)]));
  const tracks = new Map(
    [...new Set(companies.map((company) => company.track))].map((track) => [track, trackQuantities(track, world, seed)]),
  );
  const ofCompany = new Map(drafts.map((draft) => [draft.company, draft]));
  const cases = companies.map((company) => generateCase(company, tracks.get(company.track)!, ofCompany.get(company.id), seed));
  const prices = new Map(cases.map(({ investmentCase, price }) => [investmentCase.company, price]));
  const workspace: Workspace = {
    ...emptyWorkspace(settingsOf(size)),
    people: people.map(({ id, name, role, description }) => ({ id, name, role, description, illustrative: true })),
    sources: [{ id: "S-OURS", title: { en: "Invented for this workspace", zh: "为本工作区虚构" }, reliability: "ours" }],
    questions: drafts.map((draft) => (beliefs.get(draft) ? { ...draft.question, belief: beliefs.get(draft) } : draft.question)),
    forecasts: drafts.flatMap((draft) => (beliefs.get(draft) ? [] : forecastsOn(draft, people.length, seed))),
    correlations: correlationsOf(
      drafts.filter((draft) => beliefs.get(draft) === undefined),
      seed,
    ),
    theses: thesesOf(world, seed),
    ...companyLists(
      companies,
      people.map((person) => person.id),
      prices,
      seed,
    ),
    quantities: [laterDilution, ...[...tracks.values()].flatMap((track) => track.quantities)],
    triggers: cases.flatMap(({ triggers }) => triggers),
    cases: cases.map(({ investmentCase }) => investmentCase),
  };
  return { ...workspace, streams: compileWorkspace(workspace).newStreams };
}

function settingsOf({ questions, companies, seed }: GeneratedSize): Settings {
  return {
    id: `generated_${questions}x${companies}`,
    name: {
      en: `Invented fund, ${questions} questions and ${companies} companies`,
      zh: `虚构基金：${questions}个问题、${companies}家公司`,
    },
    description: {
      en: "Made by watershed new --size. Every company, forecast and price is invented.",
      zh: "由watershed new --size生成，公司、预测、价格均为虚构。",
    },
    asOf: generatedDay,
    currency: "USD",
    discountRate: 0.2,
    cashRate: 0.04,
    pooling: { events: "geometricOdds", quantities: "linear" },
    seed,
  };
}

/** One pair in fifteen questions moves together: neighbours of one dimension, no question in more than one pair. */
function correlationsOf(drafts: DraftQuestion[], seed: number): Correlation[] {
  const chance = dice(seed, "generate/correlations");
  const wished = Math.round(drafts.length / 15);
  const pairs = [...Map.groupBy(chance.shuffled(drafts), ({ question }) => question.dimension).values()].flatMap((group) =>
    group.flatMap((draft, place) => (place % 2 === 1 ? [[group[place - 1].question.id, draft.question.id] as [string, string]] : [])),
  );
  return chance
    .shuffled(pairs)
    .slice(0, wished)
    .map((questions) => ({
      questions,
      rank: Number((chance.happens(0.8) ? chance.between(0.2, 0.7) : -chance.between(0.2, 0.5)).toFixed(2)),
    }));
}

function thesesOf(world: DraftQuestion[], seed: number): Thesis[] {
  const chance = dice(seed, "generate/theses");
  const statements = [
    { en: "Scale decides, and few can pay for it.", zh: "规模决定胜负，付得起的没几家。" },
    { en: "What is scarce is power and memory, not ideas.", zh: "稀缺的是电和存储，不是想法。" },
    { en: "Robots become a business before homes see one.", zh: "机器人先成为生意，再走进家庭。" },
  ];
  const chosen = chance.shuffled(world.filter(({ question }) => question.kind === "yesNo"));
  return statements.slice(0, Math.floor(chosen.length / 2)).map((statement, place) => ({
    id: `thesis_${place + 1}`,
    statement,
    by: partners[place].id,
    questions: chosen.slice(2 * place, 2 * place + 2).map(({ question }) => ({
      question: question.id,
      confirmedBy: chance.happens(0.75) ? "yes" : "no",
    })),
  }));
}
