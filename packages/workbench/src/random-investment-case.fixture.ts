import { dayText, emptyWorkspace } from "@watershed/domain";
import type { InvestmentCase, Workspace } from "@watershed/domain";
import { dice } from "./dice.ts";
import type { Dice } from "./dice.ts";
import { soundDay } from "./definitions.ts";

const asOf = "2026-06-30";

/** What has been made so far, by which further formulas are written. */
interface Made {
  chance: Dice;
  workspace: Workspace;
  events: string[]; // formulas that are a yes or no
  factors: string[]; // positive numbers of the order of one
  amounts: string[]; // positive money
  dates: string[];
}

/**
 * A workspace with one investment case at random, the same for the same seed: questions of every kind that people disagree on or that are
 * written on others, heavy tails, correlations, signals, preferences, and any of now, staged and up to three waits.
 */
export function randomInvestmentCase(seed: number): Workspace {
  const chance = dice(seed, "random investment case");
  const workspace: Workspace = {
    ...emptyWorkspace({
      id: "random",
      name: `Random fund ${seed}`,
      asOf,
      currency: "USD",
      rates: { RMB: 0.14 },
      discountRate: chance.pick([0, 0.12, 0.25]),
      cashRate: chance.pick([0, 0.03]),
      pooling: { events: chance.pick(["geometricOdds", "linear"]), quantities: chance.pick(["linear", "quantileAverage"]) },
      seed,
    }),
    people: ["ann", "bo", "chen"].map((id) => ({ id, name: id, weight: chance.pick([1, 1, 2]) })),
    tracks: [{ id: "machines", name: "Machines", criteria: [{ id: "works", text: "It works" }] }],
    companies: [{ id: "acme", name: "Acme", track: "machines" }],
  };
  const made: Made = { chance, workspace, events: [], factors: [], amounts: [], dates: [] };
  ask(made);
  correlate(made);
  observe(made);
  measure(made);
  watch(made);
  workspace.cases = [caseOf(made)];
  return workspace;
}

type Asked = Pick<Workspace["questions"][number], "kind" | "unit" | "options" | "belief">;

function question({ workspace, chance }: Made, name: string, asked: Asked): string {
  const id = `${name}_${workspace.questions.length}`;
  const resolveBy = day(chance.whole(60, 900));
  workspace.questions.push({ id, text: id, dimension: "world", criterion: id, resolveBy, ...asked });
  return id;
}

/** One to three forecasts of a question. */
function forecast({ workspace, chance }: Made, id: string, answer: () => Record<string, unknown>): string {
  for (const { id: by } of chance.shuffled(workspace.people).slice(0, chance.whole(1, 3)))
    workspace.forecasts.push({ question: id, by, on: "2026-05-01", ...answer() });
  return id;
}

function ask(made: Made): void {
  const { chance, events, factors, amounts, dates } = made;
  for (let count = chance.whole(2, 4); count > 0; count--) {
    const hinges = events.length > 0 && chance.happens(0.4) ? chance.pick(events) : undefined;
    const probability = (): string => (hinges ? `${share(chance)} if ${hinges} else ${share(chance)}` : share(chance));
    const written = chance.happens(0.2) ? probability() : undefined;
    const id = question(made, "event", { kind: "yesNo", belief: written });
    events.push(written ? id : forecast(made, id, () => ({ probability: probability() })));
  }
  for (let count = chance.whole(1, 3); count > 0; count--) {
    const shape = chance.pick(factorShapes);
    factors.push(forecast(made, question(made, "factor", { kind: "number" }), () => ({ distribution: shape(chance) })));
  }
  for (let count = chance.whole(1, 2); count > 0; count--) {
    const shape = chance.pick(amountShapes);
    amounts.push(forecast(made, question(made, "amount", { kind: "number", unit: "USD" }), () => ({ distribution: shape(chance) })));
  }
  for (let count = chance.whole(1, 3); count > 0; count--) {
    const written = dates.length > 0 && chance.happens(0.4);
    const belief = written ? `if ${chance.pick(events)} then ${chance.pick(dates)} + ${chance.whole(1, 9)} months else never` : undefined;
    const id = question(made, "date", { kind: "date", belief });
    dates.push(belief ? id : forecast(made, id, () => ({ distribution: dated(chance) })));
  }
  const options = ["us", "them", "nobody"].map((id) => ({ id, name: id }));
  const leader = forecast(made, question(made, "leader", { kind: "oneOf", options }), () => {
    const us = chance.whole(10, 70);
    const them = chance.whole(5, 95 - us);
    return { probabilities: { us: `${us}%`, them: `${them}%`, nobody: `${100 - us - them}%` } };
  });
  events.push(`(${leader} is us)`, `(${leader} is not them)`);
  events.push(`(${chance.pick(dates)} by ${day(chance.whole(100, 700))})`, `(${chance.pick(factors)} > ${digits(chance.between(0.4, 2))})`);
}

const share = (chance: Dice): string => `${chance.whole(3, 97)}%`;
const digits = (amount: number): string => String(Number(amount.toPrecision(3)));
const day = (after: number): string => dayText(soundDay(asOf) + after);
const usd = (amount: number): string => `USD ${digits(amount)}M`;

const factorShapes: ((chance: Dice) => string)[] = [
  (chance) => `${digits(chance.between(0.2, 0.9))} to ${digits(chance.between(1, 6))}`,
  (chance) => `lognormal(median: ${digits(chance.between(0.5, 2))}, sigma: ${digits(chance.between(0.3, 1.6))})`,
  (chance) => `pareto(${digits(chance.between(0.2, 1))}, ${digits(chance.between(1.6, 4))})`,
  (chance) => `truncate(student(${chance.whole(3, 9)}, 1.5, ${digits(chance.between(0.2, 0.6))}), low: 0.05)`,
  (chance) => `gamma(${digits(chance.between(1, 5))}, ${digits(chance.between(0.2, 0.6))})`,
  (chance) => `quantiles(10%: ${digits(chance.between(0.2, 0.4))}, 50%: 1, 90%: ${digits(chance.between(2.5, 4))}, low: 0)`,
  (chance) => `triangular(0.2, ${digits(chance.between(0.4, 1.5))}, 3)`,
  (chance) => `weibull(${digits(chance.between(0.8, 2.5))}, ${digits(chance.between(0.6, 2))})`,
  (chance) => `empirical(${Array.from({ length: chance.whole(2, 6) }, () => digits(chance.between(0.2, 3))).join(", ")})`,
];

const amountShapes: ((chance: Dice) => string)[] = [
  (chance) => `${usd(chance.between(20, 100))} to ${usd(chance.between(200, 3000))}`,
  (chance) => `lognormal(median: ${usd(chance.between(50, 400))}, sigma: ${digits(chance.between(0.8, 2))})`,
  (chance) => `censor(pareto(${usd(chance.between(20, 90))}, ${digits(chance.between(1.1, 2))}), high: USD 20bn)`,
  (chance) => `mixture(${share(chance)}: ${usd(5)} to ${usd(50)}, ${share(chance)}: ${usd(500)} to ${usd(4000)})`,
  (chance) => `pert(USD 10M, ${usd(chance.between(50, 300))}, USD 2bn)`,
  (chance) => `normal(${usd(chance.between(100, 500))}, ${usd(chance.between(20, 200))})`,
];

function dated(chance: Dice): string {
  const [low, high, never] = [chance.whole(30, 300), chance.whole(400, 1500), chance.whole(5, 40)];
  if (chance.happens(0.4)) return `dates(${day(low)}: ${chance.whole(10, 50)}%, ${day(high)}: ${100 - never}%, never: ${never}%)`;
  return chance.happens(0.5) ? `orNever(${day(low)} to ${day(high)}, ${never}%)` : `${day(low)} to ${day(high)}`;
}

/** Rank correlations of a chain of questions that are drawn on their own: any chain of mild ones can hold. */
function correlate({ chance, workspace }: Made): void {
  const numbers = workspace.questions.filter(({ kind, belief }) => kind === "number" && belief === undefined).map(({ id }) => id);
  const chain = chance.shuffled(numbers).slice(0, chance.whole(1, 3));
  for (let place = 1; place < chain.length; place++)
    workspace.correlations.push({ questions: [chain[place - 1], chain[place]], rank: Number(chance.between(-0.7, 0.7).toFixed(2)) });
}

/** Signals on some of the questions, each as its kind misleads. */
function observe({ chance, workspace }: Made): void {
  const errors = {
    yesNo: { sensitivity: share(chance), specificity: share(chance) },
    number: { noise: digits(chance.between(0.1, 1)) },
    date: { noise: `${chance.whole(10, 90)} days` },
    oneOf: { accuracy: `${chance.whole(40, 95)}%` },
  };
  for (const { id, kind, unit } of chance.shuffled(workspace.questions).slice(0, chance.whole(0, 3))) {
    const error = kind === "number" && unit ? { noise: usd(chance.between(10, 100)) } : errors[kind];
    workspace.signals.push({ id: `seen_${id}`, name: id, question: id, readOn: day(chance.whole(20, 500)), ...error });
  }
}

/** Quantities of the workspace, each on what stands before it. */
function measure(made: Made): void {
  const { chance, workspace, events, factors, amounts } = made;
  const formulas: ((id: string) => void)[] = [
    (id) => quantity(id, `${chance.pick(factors)} * (${digits(chance.between(1, 2))} if ${chance.pick(events)} else 0.6)`, factors),
    (id) => quantity(id, `min(${chance.pick(factors)}, ${chance.pick(factors)}) ^ ${digits(chance.between(0.3, 1.5))}`, factors),
    (id) => quantity(id, `clip(log(1 + abs(${chance.pick(factors)})), 0.1, 3)`, factors),
    (id) => quantity(id, `lognormal(0, ${digits(chance.between(0.2, 1))})`, factors),
    (id) => quantity(id, `exp(min(2, ${chance.pick(factors)} - 1)) / ${digits(chance.between(1, 3))}`, factors),
    (id) => quantity(id, `${chance.pick(amounts)} * ${chance.pick(factors)}`, amounts),
    (id) => quantity(id, `sum(${chance.pick(amounts)}, ${chance.pick(amounts)}, RMB ${chance.whole(1, 9)}亿) / 2`, amounts),
    (id) => quantity(id, `max(USD 1M, ${chance.pick(amounts)} - ${usd(chance.between(10, 200))})`, amounts),
    (id) => quantity(id, `${chance.pick(amounts)} if ${chance.pick(events)} else ${usd(chance.between(1, 60))}`, amounts),
    (id) => quantity(id, `chance(clip(${chance.pick(factors)} / 3, 5%, 95%))`, events),
    (id) => quantity(id, `${chance.pick(events)} and not ${chance.pick(events)} or ${chance.pick(events)}`, events),
    (id) => quantity(id, `${chance.pick(amounts)} > ${chance.pick(amounts)} * ${digits(chance.between(0.4, 1.1))}`, events),
  ];
  const quantity = (id: string, formula: string, into: string[]): void => {
    workspace.quantities.push({ id, formula });
    into.push(id);
  };
  for (let count = chance.whole(3, 8); count > 0; count--) chance.pick(formulas)(`quantity_${count}`);
}

/** Three triggers: a date, a yes or no on its deadline, and a date written on both. */
function watch({ chance, workspace, events, dates }: Made): void {
  const when = [
    chance.pick(dates),
    chance.pick(events),
    `if ${chance.pick(events)} then min(${chance.pick(dates)}, ${day(200)}) else never`,
  ];
  workspace.triggers = when.map((formula, place) => ({
    id: `trigger_${place}`,
    name: `Trigger ${place}`,
    when: formula,
    deadline: day(chance.whole(200, 800)),
  }));
}

type Terms = NonNullable<InvestmentCase["now"]>;
type Wait = NonNullable<InvestmentCase["wait"]>[number];

function caseOf({ chance, workspace, events, factors, amounts, dates }: Made): InvestmentCase {
  const price = chance.between(20, 400);
  const size = price * chance.between(0.1, 0.3);
  const terms = { ticket: usd(size * chance.between(0.2, 1)), preMoney: usd(price), newMoney: usd(size) };
  const preference = (): Pick<Terms, "preference"> => (chance.happens(0.5) ? { preference: preferenceOf(chance, price, amounts) } : {});
  const wait = (): Wait => ({ ...waitOf(chance, workspace, events, factors), ...preference() });
  const offered = chance.happens(0.8);
  const waits = Array.from({ length: chance.whole(1, 3) }, wait);
  const once = [...new Map(waits.map((one) => [one.trigger ?? one.triggers!.join("+"), one])).values()];
  return {
    id: "acme_case",
    company: "acme",
    on: asOf,
    quantities: {
      upside: `${chance.pick(amounts)} * ${chance.pick(factors)} if ${chance.pick(events)} else ${chance.pick(amounts)} / 4`,
      left_after: `beta(${chance.whole(8, 25)}, ${chance.whole(4, 12)})`,
    },
    exitValue: chance.pick(["upside", "max(upside, USD 3M)", `upside - ${usd(price / 4)}`, `upside + ${chance.pick(amounts)} * 30%`]),
    exitDate: chance.pick([
      day(1900),
      `${chance.pick(dates)} + 3 years`,
      `${day(700)} to ${day(2500)}`,
      `max(${chance.pick(dates)}, ${day(900)})`,
    ]),
    retention: chance.pick(["70%", "left_after", `left_after * (1 if ${chance.pick(events)} else 60%)`]),
    ...(chance.happens(0.3) ? { strategicWorth: `${usd(chance.between(1, 9))} if ${chance.pick(events)} else 0` } : {}),
    ...(offered ? { now: { ...terms, ...preference() } } : {}),
    ...(chance.happens(0.5) ? { stage: stageOf(chance, terms, wait()) } : {}),
    wait: once.map((one) => (offered ? one : { ...one, ticket: one.ticket ?? terms.ticket, preMoney: `${terms.preMoney} * 1.2` })),
  };
}

function preferenceOf(chance: Dice, price: number, amounts: string[]): Terms["preference"] {
  const ahead = chance.pick([undefined, usd(price / 5), `min(${chance.pick(amounts)}, ${usd(price / 2)})`]);
  const participation = chance.pick(["none", "full", "capped"] as const);
  return {
    multiple: chance.pick([1, 1.5]),
    participation,
    ...(participation === "capped" ? { cap: 2.5 } : {}),
    ...(ahead ? { ahead } : {}),
  };
}

function stageOf(chance: Dice, { preMoney }: Terms, followOn: Wait): InvestmentCase["stage"] {
  return {
    ticket: usd(chance.between(1, 4)),
    preMoney,
    newMoney: "USD 5M",
    followOn: { ...followOn, ticket: "stage.ticket * 3", preMoney: `${preMoney} * 1.1` },
  };
}

function waitOf(chance: Dice, { triggers, signals, questions }: Workspace, events: string[], factors: string[]): Wait {
  const ids = chance.shuffled(triggers.map(({ id }) => id)).slice(0, chance.pick([1, 1, 2, 3]));
  const known = chance.shuffled([...signals.map(({ id }) => id), ...questions.map(({ id }) => id)]).slice(0, chance.whole(0, 4));
  return {
    ...(ids.length === 1 ? { trigger: ids[0] } : { triggers: ids, ...(chance.happens(0.3) ? { decideOnce: true } : {}) }),
    ...(chance.happens(0.4) ? { ticket: `${usd(chance.between(5, 20))} * (1.5 if ${chance.pick(events)} else 1)` } : {}),
    preMoney: chance.pick([
      `preMoney * ${digits(chance.between(1, 2))}`,
      "preMoney * 1.2 ^ years(triggerDate - today)",
      `preMoney * max(0.5, ${chance.pick(factors)})`,
      `preMoney * (1.8 if ${chance.pick(events)} else 1)`,
    ]),
    ...(chance.happens(0.6) ? { access: chance.pick(["80%", `90% if ${chance.pick(events)} else 40%`, "beta(8, 2)"]) } : {}),
    ...(chance.happens(0.6) ? { known } : {}),
  };
}
