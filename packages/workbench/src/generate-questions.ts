import type { Question } from "@watershed/domain";
import { dayNumber, dayText } from "@watershed/domain";
import { dice } from "./dice.ts";
import type { Dice } from "./dice.ts";
import type { GeneratedCompany } from "./generate-companies.ts";
import { companyTemplates, partners } from "./wording/generated-companies.ts";
import { questionTemplates } from "./wording/generated-questions.ts";
import type { QuestionTemplate, Subject } from "./wording/generated-questions.ts";

/** The day as of which every generated workspace is read. */
export const generatedDay = "2026-06-30";

/** A yes or no that can be read off a question, and about how likely it is. */
export interface QuestionEvent {
  formula: string;
  probability: number;
}

/** A question with what its forecasts are made from. */
export interface DraftQuestion {
  question: Question;
  company?: string; // of which it asks
  signal?: { en: string; zh: string }; // what its answer would show, in a few words
  middle: number; // of a number; years until a date in the middle scenario
  sigma: number;
  chances: number[]; // yes; of each option; a date: that it comes at all
  parent?: QuestionEvent; // what the belief depends on
  event: QuestionEvent;
}

/** The days that questions ask for: ends of half-years after the day of the workspace. */
const halfYears = Array.from({ length: 9 }, (_, index) => {
  const year = 2026 + Math.floor((index + 1) / 2);
  const atEnd = index % 2 === 0;
  return {
    id: `${year}${atEnd ? "h2" : "h1"}`,
    day: atEnd ? `${year}-12-31` : `${year}-06-30`,
    en: atEnd ? `the end of ${year}` : `mid-${year}`,
    zh: atEnd ? `${year}年底` : `${year}年年中`,
  };
});
type HalfYear = (typeof halfYears)[number];

/** How often each kind is asked, of twenty questions. */
const kinds: Question["kind"][] = [
  ...Array.from({ length: 11 }, () => "yesNo" as const),
  ...Array.from({ length: 4 }, () => "number" as const),
  ...Array.from({ length: 3 }, () => "date" as const),
  ...Array.from({ length: 2 }, () => "oneOf" as const),
];

/** Questions of the world and of single companies: as many as wished, no two alike. */
export function draftQuestions(count: number, companies: GeneratedCompany[], owners: number, seed: number): DraftQuestion[] {
  const ofCompanies = Math.min(companies.length, Math.floor(count * 0.4));
  const drafts = worldQuestions(count - ofCompanies, owners, seed);
  for (const company of companies.slice(0, ofCompanies)) drafts.push(companyQuestion(company, owners, seed));
  dependOnOthers(drafts, seed);
  return drafts;
}

interface Asked {
  template: Omit<QuestionTemplate, "a" | "b">;
  dimension: string;
  a?: Subject;
  b?: Subject;
  by: HalfYear;
}

function worldQuestions(count: number, owners: number, seed: number): DraftQuestion[] {
  const chance = dice(seed, "generate/world");
  const dimensions = Object.keys(questionTemplates);
  const pools = new Map<string, Asked[]>();
  for (const dimension of dimensions) {
    const all = chance.shuffled(questionTemplates[dimension].flatMap((template) => combinations(template, dimension)));
    for (const [kind, asked] of Map.groupBy(all, ({ template }) => template.kind)) pools.set(`${dimension}/${kind}`, alternating(asked));
  }
  const order = Array.from({ length: Math.ceil(count / kinds.length) }, () => chance.shuffled(kinds)).flat();
  return order.slice(0, count).map((kind, index) => {
    const dimension = dimensions[index % dimensions.length];
    const pool = [kind, ...kinds].map((one) => pools.get(`${dimension}/${one}`)!).find((asked) => asked.length > 0)!;
    return draft(pool.pop()!, owners, seed);
  });
}

/** Every question that a template can ask; one on a date needs no day in its text. */
function combinations(template: QuestionTemplate, dimension: string): Asked[] {
  const days = template.kind === "date" ? halfYears.slice(-1) : halfYears;
  return template.a.flatMap((a) => (template.b ?? [undefined]).flatMap((b) => days.map((by) => ({ template, dimension, a, b, by }))));
}

/** The questions with the templates taking turns, so that a small workspace has some of each. */
function alternating(asked: Asked[]): Asked[] {
  const byTemplate = [...Map.groupBy(asked, ({ template }) => template.id).values()];
  const turns = Math.max(...byTemplate.map((list) => list.length));
  return Array.from({ length: turns }, (_, turn) => byTemplate.flatMap((list) => list.slice(turn, turn + 1)))
    .flat()
    .reverse();
}

function companyQuestion(company: GeneratedCompany, owners: number, seed: number): DraftQuestion {
  const chance = dice(seed, `generate/asks/${company.id}`);
  const template = chance.pick(companyTemplates);
  const asked: Asked = {
    template,
    dimension: company.track.dimension,
    a: { id: company.id, ...company.name },
    b: { id: company.track.id, ...company.track.product },
    by: template.kind === "date" ? halfYears.at(-1)! : chance.pick(halfYears.slice(1)),
  };
  const made = draft(asked, owners, seed, `${company.id}_${template.id}`);
  return {
    ...made,
    company: company.id,
    signal: { en: filled(template.signal.en, asked, "en"), zh: filled(template.signal.zh, asked, "zh") },
  };
}

function draft(asked: Asked, owners: number, seed: number, name?: string): DraftQuestion {
  const { template, dimension, a, b, by } = asked;
  const parts = [template.id, a?.id, b?.id, template.kind === "date" ? undefined : by.id];
  const id = name ?? parts.filter((part) => part !== undefined).join("_");
  const chance = dice(seed, `generate/question/${id}`);
  const both = (text: { en: string; zh: string }, plain: boolean): { en: string; zh: string } => ({
    en: filled(text.en, asked, plain ? "day" : "en"),
    zh: filled(text.zh, asked, plain ? "dayZh" : "zh"),
  });
  const question: Question = {
    id,
    text: both(template.text, false),
    kind: template.kind,
    dimension,
    ...(template.unit ? { unit: template.unit } : {}),
    ...(template.options ? { options: template.options.map((option) => ({ id: option.id, name: { en: option.en, zh: option.zh } })) } : {}),
    criterion: both(template.criterion, true),
    askedOn: chance.pick(["2026-01-15", "2026-03-31", "2026-05-20"]),
    resolveBy: by.day,
    owner: partners[chance.whole(0, owners - 1)].id,
    illustrative: true,
  };
  const law = lawOf(template, (a?.times ?? 1) * (b?.times ?? 1), chance);
  return { question, ...law, event: eventOf(question, law, chance) };
}

/** The text with its subjects and its day: in words, or as a plain date where strangers must agree. */
function filled(text: string, { a, b, by }: Asked, form: "en" | "zh" | "day" | "dayZh"): string {
  const language = form === "en" || form === "day" ? "en" : "zh";
  const day = form === "day" || form === "dayZh" ? by.day : by[language];
  const whole = text
    .replaceAll("{a}", a?.[language] ?? "")
    .replaceAll("{b}", b?.[language] ?? "")
    .replaceAll("{by}", day);
  return whole[0].toUpperCase() + whole.slice(1);
}

type Law = Pick<DraftQuestion, "middle" | "sigma" | "chances">;

function lawOf({ kind, middle = 1, sigma = 0.5, unit, options }: Asked["template"], times: number, chance: Dice): Law {
  switch (kind) {
    case "yesNo":
      return { middle: 1, sigma: 0.5, chances: [shareOf(-0.2 + 1.1 * chance.bell())] };
    case "oneOf": {
      const weights = options!.map(() => Math.exp(0.8 * chance.bell()));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return { middle: 1, sigma: 0.5, chances: weights.map((weight) => weight / total) };
    }
    case "date":
      return { middle: chance.between(0.9, 4), sigma: 0.5, chances: [chance.between(0.65, 0.96)] };
    case "number":
      if (unit === "probability") return { middle: shareOf(Math.log(middle / (1 - middle)) + 0.5 * chance.bell()), sigma, chances: [] };
      return { middle: middle * times * Math.exp(0.4 * chance.bell()), sigma: sigma * chance.between(0.7, 1.4), chances: [] };
  }
}

function shareOf(logOdds: number): number {
  return Math.min(0.95, Math.max(0.04, 1 / (1 + Math.exp(-logOdds))));
}

function eventOf({ id, kind, unit, options }: Question, { middle, chances }: Law, chance: Dice): QuestionEvent {
  switch (kind) {
    case "yesNo":
      return { formula: id, probability: chances[0] };
    case "oneOf": {
      const place = chance.whole(0, options!.length - 1);
      return { formula: `${id} is ${options![place].id}`, probability: chances[place] };
    }
    case "date": {
      const years = chance.whole(3, 7) / 2;
      return { formula: `${id} by ${dayAfter(years)}`, probability: comesBy(years, middle, chances[0]) };
    }
    case "number":
      return { formula: `${id} > ${amountText(middle, unit)}`, probability: 0.5 };
  }
}

/** Some beliefs hang on an earlier question of the world. */
function dependOnOthers(drafts: DraftQuestion[], seed: number): void {
  const chance = dice(seed, "generate/parents");
  const roots: DraftQuestion[] = [];
  for (const made of drafts) {
    const depends = roots.length > 1 && made.question.kind === "yesNo" && chance.happens(0.25);
    const scaled = roots.length > 1 && made.question.kind === "number" && made.question.unit !== "probability" && chance.happens(0.15);
    if (depends || scaled) made.parent = chance.pick(roots.slice(-24)).event;
    else if (made.company === undefined) roots.push(made);
  }
}

/** The chance that a date comes within some years, where half of those that come do so within `middle`. */
export function comesBy(years: number, middle: number, ever: number): number {
  return ever * (1 - 2 ** (-years / middle));
}

/** The day some half-years after the day of the workspace: ends of June and December. */
export function dayAfter(years: number): string {
  const halves = Math.max(1, Math.round(years * 2));
  return halves <= halfYears.length ? halfYears[halves - 1].day : dayText(dayNumber(generatedDay)! + Math.round(halves * 182.625));
}

/** An amount as one would write it: two digits that count, money with its currency. */
export function amountText(amount: number, unit?: string): string {
  if (unit === "probability") return `${Math.max(1, Math.round(amount * 100))}%`;
  if (unit !== "USD") return rounded(amount);
  for (const [size, letter] of [
    [1e9, "bn"],
    [1e6, "M"],
  ] as const)
    if (amount >= size) return `USD ${rounded(amount / size)}${letter}`;
  return `USD ${rounded(amount)}`;
}

function rounded(amount: number): string {
  const digits = amount === 0 ? 0 : Math.max(0, 1 - Math.floor(Math.log10(Math.abs(amount))));
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(amount))) - 1);
  return digits > 0 ? String(Number(amount.toFixed(digits))) : String(Math.round(amount / scale) * scale);
}
