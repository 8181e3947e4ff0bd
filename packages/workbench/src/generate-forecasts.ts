import type { Forecast } from "@watershed/domain";
import { dice } from "./dice.ts";
import type { Dice } from "./dice.ts";
import { amountText, comesBy, dayAfter } from "./generate-questions.ts";
import type { DraftQuestion } from "./generate-questions.ts";
import { partners } from "./wording/generated-companies.ts";

type Partner = (typeof partners)[number];

/** The belief that a question carries itself, where nobody forecasts it: a formula on another question. */
export function ownBelief({ question, parent, chances, middle, sigma }: DraftQuestion, seed: number): string | undefined {
  const chance = dice(seed, `generate/belief/${question.id}`);
  if (!parent || !(question.kind === "number" || chance.happens(0.3))) return undefined;
  if (question.kind === "yesNo") {
    const { ifYes, ifNo } = twoChances(chances[0], chance);
    return `chance(${ifYes / 100} if ${parent.formula} else ${ifNo / 100})`;
  }
  return `lognormal(median: ${amountText(middle, question.unit)}, sigma: ${sigma.toFixed(2)}) * (1.3 if ${parent.formula} else 0.85)`;
}

/** The forecasts on a question: one by its owner, and on a share of the questions those of partners who see it otherwise. */
export function forecastsOn(draft: DraftQuestion, people: number, seed: number): Forecast[] {
  const { question } = draft;
  const chance = dice(seed, `generate/forecasts/${question.id}`);
  const owner = partners.find((partner) => partner.id === question.owner)!;
  const others = chance.shuffled(partners.slice(0, people).filter((partner) => partner !== owner));
  const dissenting = chance.happens(0.55) ? others.slice(0, chance.whole(1, Math.max(1, others.length - 1))) : [];
  return [owner, ...dissenting].flatMap((partner) => {
    const latest = forecastOf(draft, partner, "2026-06-15", chance);
    return chance.happens(0.05) ? [forecastOf(draft, partner, "2026-05-31", chance), latest] : [latest];
  });
}

function forecastOf(draft: DraftQuestion, partner: Partner, on: string, chance: Dice): Forecast {
  const lean = partner.optimism + 0.35 * chance.bell();
  return { question: draft.question.id, by: partner.id, on, ...answerOf(draft, lean, chance), illustrative: true };
}

function answerOf(draft: DraftQuestion, lean: number, chance: Dice): Pick<Forecast, "probability" | "distribution" | "probabilities"> {
  const { question, chances, parent } = draft;
  switch (question.kind) {
    case "yesNo": {
      const probability = shifted(chances[0], lean);
      if (!parent || chance.happens(0.3)) return { probability: `${percent(probability)}%` };
      const { ifYes, ifNo } = twoChances(probability, chance);
      return { probability: `${ifYes}% if ${parent.formula} else ${ifNo}%` };
    }
    case "oneOf":
      return { probabilities: optionChances(draft, chance) };
    case "date":
      return { distribution: dateLaw(draft, lean, chance) };
    case "number":
      return { distribution: question.unit === "probability" ? shareLaw(draft, lean, chance) : amountLaw(draft, lean, chance) };
  }
}

function shifted(probability: number, logOdds: number): number {
  return 1 / (1 + Math.exp(-Math.log(probability / (1 - probability)) - logOdds));
}

function percent(probability: number): number {
  return Math.min(97, Math.max(3, Math.round(probability * 100)));
}

function twoChances(probability: number, chance: Dice): { ifYes: number; ifNo: number } {
  const apart = chance.between(0.5, 1.2);
  return { ifYes: percent(shifted(probability, apart)), ifNo: percent(shifted(probability, -apart)) };
}

/** Whole percentages that come to a hundred. */
function optionChances({ question, chances }: DraftQuestion, chance: Dice): Record<string, string> {
  const weights = chances.map((weight) => weight * Math.exp(0.4 * chance.bell()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.max(1, Math.round((100 * weight) / total)));
  shares[shares.indexOf(Math.max(...shares))] += 100 - shares.reduce((sum, share) => sum + share, 0);
  return Object.fromEntries(question.options!.map((option, place) => [option.id, `${shares[place]}%`]));
}

function dateLaw({ middle, chances }: DraftQuestion, lean: number, chance: Dice): string {
  const years = middle * Math.exp(-0.5 * lean);
  const never = Math.max(3, Math.min(45, Math.round(100 * (1 - chances[0]) * Math.exp(-lean))));
  if (chance.happens(0.25)) return `orNever(${dayAfter(years * 0.5)} to ${dayAfter(years * 1.6 + 1)}, ${never}%)`;
  const marks = [1, 2.5, 5].map((after) => Math.round(100 * comesBy(after, years, 1 - never / 100)));
  const rising = marks.map((mark, place) => Math.max(1 + place, Math.min(mark, 100 - never - (3 - place))));
  const rows = rising.map((mark, place) => `${dayAfter([1, 2.5, 5][place])}: ${mark}%`);
  return `dates(${rows.join(", ")}, ${dayAfter(8)}: ${100 - never}%, never: ${never}%)`;
}

function shareLaw({ middle }: DraftQuestion, lean: number, chance: Dice): string {
  const share = shifted(middle, 0.5 * lean);
  const strength = chance.whole(8, 40);
  if (chance.happens(0.5)) return `beta(${(share * strength).toFixed(1)}, ${((1 - share) * strength).toFixed(1)})`;
  const [low, mode, high] = [share * 0.5, share, Math.min(0.99, share * 1.8)].map((one) => Math.round(one * 100));
  return `pert(${low}%, ${Math.max(low + 1, mode)}%, ${Math.max(low + 2, high)}%)`;
}

function amountLaw({ question, middle, sigma }: DraftQuestion, lean: number, chance: Dice): string {
  const centre = middle * Math.exp(0.6 * sigma * lean);
  const at = (deviations: number, around = centre): string => amountText(around * Math.exp(sigma * deviations), question.unit);
  switch (chance.whole(0, 4)) {
    case 0:
      return `lognormal(median: ${at(0)}, sigma: ${sigma.toFixed(2)})`;
    case 1:
      return `quantiles(10%: ${at(-1.28)}, 50%: ${at(0)}, 90%: ${at(1.28)}, low: 0)`;
    case 2: {
      const second = 10 * chance.whole(1, 3);
      return `mixture(${100 - second}%: ${at(-1.6)} to ${at(1.2)}, ${second}%: ${at(-0.5, 2 * centre)} to ${at(1.6, 2 * centre)})`;
    }
    case 3:
      return `triangular(${at(-1.6)}, ${at(-0.2)}, ${at(1.9)})`;
    default:
      return `${at(-1.64)} to ${at(1.64)}`;
  }
}
