import type { InvestmentCase, Quantity, Trigger } from "@watershed/domain";
import { dice } from "./dice.ts";
import type { Dice } from "./dice.ts";
import type { GeneratedCompany } from "./generate-companies.ts";
import { amountText, dayAfter } from "./generate-questions.ts";
import type { DraftQuestion, QuestionEvent } from "./generate-questions.ts";
import type { TrackTemplate } from "./wording/generated-companies.ts";

/** A formula and about what it comes to, by which prices are set so that decisions are not all the same. */
interface Sized {
  formula: string;
  mean: number; // of money in USD
  questions: DraftQuestion[];
}

/** What the companies of a track share: quantities of the workspace, and the questions that move them. */
export interface TrackQuantities {
  track: TrackTemplate;
  quantities: Quantity[];
  market: Sized;
  multiple: Sized;
  window: Sized; // a date; mean: worth at exit of one unit then, today
  pool: DraftQuestion[];
}

/** The share of an early holding that later rounds leave, shared by many cases. */
export const laterDilution: Quantity = {
  id: "later_dilution",
  name: { en: "What later rounds leave of a holding", zh: "后续轮次稀释后剩下的比例" },
  formula: "beta(22, 12)",
  illustrative: true,
};

/** The market, the multiple and the exit window of a track, written on questions of its own and of the wider world. */
export function trackQuantities(track: TrackTemplate, world: DraftQuestion[], seed: number): TrackQuantities {
  const chance = dice(seed, `generate/track/${track.id}`);
  const own = chance.shuffled(world.filter((draft) => draft.question.dimension === track.dimension));
  const pool = [...own, ...chance.shuffled(world.filter((draft) => !own.includes(draft)))].slice(0, Math.max(12, own.length + 4));
  const market = scaled(
    `lognormal(median: ${amountText(track.market * 1e6, "USD")}, sigma: 0.7)`,
    track.market * 1.28e6,
    pool.slice(0, 3),
    chance,
  );
  const multiple = scaled("(3 to 9)", 5.5, pool.slice(3, 5), chance);
  const [low, high, never] = [chance.whole(7, 9) / 2, chance.whole(13, 17) / 2, chance.whole(5, 15)];
  const window = `orNever(${dayAfter(low)} to ${dayAfter(high)}, ${never}%)`;
  const name = (what: string): string => `${track.id}_${what}`;
  const row = (what: string, formula: string, en: string, zh: string): Quantity => ({
    id: name(what),
    name: { en: `${track.name.en}: ${en}`, zh: `${track.name.zh}：${zh}` },
    formula,
    illustrative: true,
  });
  return {
    track,
    quantities: [
      row("market", market.formula, "yearly market at exit", "退出时的年市场规模"),
      row("multiple", multiple.formula, "worth over revenue at exit", "退出时的市销率"),
      row("window", window, "day of exit", "退出日"),
    ],
    market: { ...market, formula: name("market") },
    multiple: { ...multiple, formula: name("multiple") },
    window: { formula: name("window"), mean: (1 - never / 100) * 1.2 ** (-(low + high) / 2), questions: [] },
    pool,
  };
}

/** A base times one factor for each question: more where its event comes, less where it does not. */
function scaled(base: string, mean: number, questions: DraftQuestion[], chance: Dice): Sized {
  const sized: Sized = { formula: base, mean, questions };
  for (const { event } of questions) {
    const factor = factorOf(event, chance.happens(0.75) ? chance.between(1.2, 1.9) : chance.between(0.5, 0.85), chance);
    sized.formula += ` * ${factor.formula}`;
    sized.mean *= factor.mean;
  }
  return sized;
}

function factorOf({ formula, probability }: QuestionEvent, ifYes: number, chance: Dice): { formula: string; mean: number } {
  const ifNo = ifYes > 1 ? chance.between(0.5, 0.9) : chance.between(1, 1.3);
  const [yes, no] = [Number(ifYes.toFixed(2)), Number(ifNo.toFixed(2))];
  return { formula: `(${yes} if ${formula} else ${no})`, mean: probability * yes + (1 - probability) * no };
}

/** A case with the triggers that it alone waits for, and the price it asks in millions of USD. */
export interface GeneratedCase {
  investmentCase: InvestmentCase;
  triggers: Trigger[];
  price: number;
}

/** The case of one company: exit, terms and waits, priced near what the beliefs make it worth. */
export function generateCase(
  company: GeneratedCompany,
  shared: TrackQuantities,
  own: DraftQuestion | undefined,
  seed: number,
): GeneratedCase {
  const chance = dice(seed, `generate/case/${company.id}`);
  const further = chance.shuffled(shared.pool.slice(5)).slice(0, chance.whole(2, 4));
  const moved = [...(own ? [own] : shared.pool.slice(0, 1)), ...further];
  const { quantities, exit } = exitOf(shared, moved, chance);
  const date = exitDateOf(shared, own, chance);
  const retention = chance.happens(0.7) ? laterDilution.id : `beta(${chance.whole(12, 30)}, ${chance.whole(8, 14)})`;
  const fairPrice = (exit.mean * 0.65 * date.mean) / 1e6;
  const price = twoDigits(Math.max(5, fairPrice * Math.exp(0.55 * chance.bell())));
  const size = Math.max(1, twoDigits(price * chance.between(0.08, 0.22)));
  const ticket = Math.min(size, chance.whole(5, 40));
  const depends = [...new Set([...moved, ...exit.questions, ...date.questions])];
  const terms = { ticket: `USD ${ticket}M`, preMoney: `USD ${price}M`, newMoney: `USD ${size}M` };
  const onOffer = chance.happens(0.88);
  const waits = waitsOf(company, own, depends, onOffer ? undefined : terms, chance);
  const strategic = chance.happens(0.25);
  const investmentCase: InvestmentCase = {
    id: company.id,
    company: company.id,
    on: "2026-06-20",
    ...(Object.keys(quantities).length > 0 ? { quantities } : {}),
    exitValue: exit.formula,
    exitDate: date.formula,
    retention,
    ...(strategic ? { strategicWorth: `USD ${chance.whole(1, 6)}M if ${moved.at(-1)!.event.formula} else USD 0M` } : {}),
    ...(onOffer ? { now: { ...terms, ...preferenceOf(price, chance) } } : {}),
    ...(waits.length > 0 ? { wait: waits.map(({ wait }) => wait) } : {}),
    illustrative: true,
    sources: ["S-OURS"],
  };
  return { investmentCase, triggers: waits.map(({ trigger }) => trigger), price };
}

function exitOf(shared: TrackQuantities, moved: DraftQuestion[], chance: Dice): { quantities: Record<string, string>; exit: Sized } {
  const [first, ...others] = moved;
  const style = chance.uniform();
  if (style < 0.55) {
    const sigma = Number(chance.between(0.6, 1.1).toFixed(2));
    const median = Number(chance.between(0.0008, 0.006).toFixed(4));
    const share = scaled(`lognormal(median: ${median}, sigma: ${sigma})`, median * Math.exp(sigma ** 2 / 2), moved, chance);
    const mean = shared.market.mean * shared.multiple.mean * share.mean;
    const formula = `${shared.market.formula} * min(share, 0.3) * ${shared.multiple.formula}`;
    return {
      quantities: { share: share.formula },
      exit: { formula, mean, questions: [...shared.market.questions, ...shared.multiple.questions] },
    };
  }
  if (style < 0.8) {
    // Heavy tails: most end small, a few carry all of the worth.
    const [median, sigma] = [chance.between(80e6, 600e6), Number(chance.between(1.5, 2).toFixed(2))];
    const base = `lognormal(median: ${amountText(median, "USD")}, sigma: ${sigma})`;
    return { quantities: {}, exit: rerated(scaled(base, median * Math.exp(sigma ** 2 / 2), moved, chance), shared) };
  }
  const [small, large] = [chance.between(60e6, 300e6), chance.between(2e9, 8e9)];
  const share = chance.whole(10, 35);
  const prize = `mixture(${100 - share}%: ${amountText(small, "USD")} to ${amountText(8 * small, "USD")}, ${share}%: ${amountText(large, "USD")} to ${amountText(5 * large, "USD")})`;
  const meanOfPrize = (1 - share / 100) * 3.5 * small + (share / 100) * 2.6 * large;
  const { formula, probability } = first.event;
  const rest = scaled(
    `(prize if ${formula} else ${amountText(small / 3, "USD")} to ${amountText(small, "USD")})`,
    probability * meanOfPrize + (1 - probability) * 0.6 * small,
    others,
    chance,
  );
  return { quantities: { prize }, exit: rerated({ ...rest, questions: moved }, shared) };
}

/** An exit that rises and falls with what the track's companies are valued at. */
function rerated(exit: Sized, { multiple }: TrackQuantities): Sized {
  const usual = Number(multiple.mean.toPrecision(2));
  return { ...exit, formula: `${exit.formula} * ${multiple.formula} / ${usual}`, questions: [...exit.questions, ...multiple.questions] };
}

function exitDateOf(shared: TrackQuantities, own: DraftQuestion | undefined, chance: Dice): Sized {
  if (own?.question.kind === "date" && chance.happens(0.6))
    return { formula: `min(${own.question.id} + ${chance.whole(3, 5)} years, ${dayAfter(10)})`, mean: 0.35, questions: [own] };
  if (chance.happens(0.4)) return shared.window;
  const [low, high, never] = [chance.whole(5, 9) / 2, chance.whole(12, 18) / 2, chance.whole(5, 25)];
  const mean = (1 - never / 100) * 1.2 ** (-(low + high) / 2);
  return { formula: `orNever(${dayAfter(low)} to ${dayAfter(high)}, ${never}%)`, mean, questions: [] };
}

type Terms = NonNullable<InvestmentCase["now"]>;
type Wait = NonNullable<InvestmentCase["wait"]>[number];

function preferenceOf(price: number, chance: Dice): Pick<Terms, "preference"> {
  if (!chance.happens(0.55)) return {};
  const ahead = chance.happens(0.5) ? { ahead: `USD ${twoDigits(Math.max(1, price * chance.between(0.05, 0.5)))}M` } : {};
  if (chance.happens(0.2)) return { preference: { multiple: 1, participation: "capped", cap: 2, ...ahead } };
  return { preference: { multiple: 1, participation: "none", ...ahead } };
}

function waitsOf(
  company: GeneratedCompany,
  own: DraftQuestion | undefined,
  depends: DraftQuestion[],
  terms: { ticket: string; preMoney: string; newMoney: string } | undefined,
  chance: Dice,
): { wait: Wait; trigger: Trigger }[] {
  const signals = chance.shuffled(depends.filter((draft) => draft !== own));
  const wished = chance.happens(0.4) ? 2 : chance.happens(0.88) || !terms ? 1 : 0;
  const chosen = [...(own ? [own] : []), ...signals].slice(0, Math.max(wished, terms ? 1 : 0));
  return chosen.map((signal) => waitFor(company, signal, depends, terms, chance));
}

function waitFor(
  company: GeneratedCompany,
  signal: DraftQuestion,
  depends: DraftQuestion[],
  terms: { ticket: string; preMoney: string; newMoney: string } | undefined,
  chance: Dice,
): { wait: Wait; trigger: Trigger } {
  const { question } = signal;
  const name = signal.signal ?? {
    en: `${company.name.en} and the answer to: ${asWritten(question.text, "en")}`,
    zh: `${company.name.zh}，等答案：${asWritten(question.text, "zh")}`,
  };
  const trigger: Trigger = {
    id: `${company.id}_after_${question.id}`,
    name,
    when: question.kind === "date" ? question.id : signal.event.formula,
    deadline: question.resolveBy,
    measure: question.criterion,
    companies: [company.id],
  };
  const step = Number(chance.between(1.1, 1.8).toFixed(2));
  const drift = Number(chance.between(1.05, 1.25).toFixed(2));
  const known = [signal, ...depends.filter((draft) => draft !== signal && isKnownBy(draft, question.resolveBy))];
  const wait: Wait = {
    trigger: trigger.id,
    ...(terms ? { ticket: terms.ticket, newMoney: terms.newMoney } : {}),
    preMoney: `${terms?.preMoney ?? "preMoney"} * ${step} * ${drift} ^ years(triggerDate - today)`,
    access: `${5 * chance.whole(10, 18)}%`,
    known: known.slice(0, chance.whole(1, 3)).map((draft) => draft.question.id),
  };
  return { wait, trigger };
}

function isKnownBy({ question }: DraftQuestion, day: string): boolean {
  return question.kind === "date" || question.resolveBy <= day;
}

function asWritten(text: DraftQuestion["question"]["text"], language: "en" | "zh"): string {
  return typeof text === "string" ? text : text[language];
}

function twoDigits(amount: number): number {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 1);
  return Math.max(1, Math.round(amount / scale) * scale);
}
