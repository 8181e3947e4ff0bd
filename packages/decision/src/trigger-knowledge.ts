import { assert } from "./assert.ts";
import { scratch } from "./scratch.ts";
import { strided } from "./sharding.ts";
import { firingOrder, silent, type KnownQuestion, type Occasion, type WaitingSequence } from "./waiting-sequence.ts";

/** What the team knows of one question when the trigger fires. */
export type Knowledge = { question: string; answer: number | "someNumber" | "never" | "notYet" };

/** What the team knows when a trigger fires: which others fired before, and the answers it has. */
export interface StateOfKnowledge {
  after: number[]; // occasions, ascending
  knows: Knowledge[];
}

/** The draws on which one trigger is the first, second, ... to fire, grouped by what is known then. */
export interface Batch {
  stage: number;
  occasion: number;
  draws: Uint32Array; // [row], ascending
  group: Uint32Array; // [row]
  states: StateOfKnowledge[]; // [group]
}

/** Batches by stage: the draws of one stage are disjoint. A question known as a number is not grouped by its amount. */
export function knowledgeAtTriggers(sequence: WaitingSequence, draws: number): Batch[] {
  const { occasions, today } = sequence;
  if (occasions.length === 1) {
    const fired = firedDraws(occasions[0], draws);
    return fired.length === 0 ? [] : [groupedBatch(occasions[0], today, { stage: 0, occasion: 0, draws: fired, before: [[]] })];
  }
  const { stages } = firingOrder(sequence, draws);
  const history = new FiredBefore(occasions.length);
  const batches: Batch[] = [];
  let past = new Uint32Array(draws);
  stages.forEach((places, stage) => {
    occasions.forEach((occasion, index) => {
      const fired = drawsOf(places, index);
      if (fired.length === 0) return;
      const row = { stage, occasion: index, draws: fired, pastOf: past, before: history.sets };
      batches.push(groupedBatch(occasion, today, row));
    });
    if (stage + 1 < stages.length) past = past.map((set, draw) => (places[draw] === silent ? set : history.with(set, places[draw])));
  });
  return batches;
}

/** The sets of triggers that have fired, numbered by first sight. */
class FiredBefore {
  readonly sets: number[][] = [[]];
  readonly #numbers = new Map<string, number>([["", 0]]);
  readonly #next = new Map<number, number>();
  readonly #occasions: number;

  constructor(occasions: number) {
    this.#occasions = occasions;
  }

  /** The number of a set with one more trigger in it. */
  with(set: number, occasion: number): number {
    const key = set * this.#occasions + occasion;
    const seen = this.#next.get(key);
    if (seen !== undefined) return seen;
    const members = [...this.sets[set], occasion].sort((one, other) => one - other);
    const name = members.join();
    const number = this.#numbers.get(name) ?? this.sets.length;
    if (number === this.sets.length) {
      this.sets.push(members);
      this.#numbers.set(name, number);
    }
    this.#next.set(key, number);
    return number;
  }
}

/** The draws on which a trigger fires by its deadline; one that fired in the past counts as firing today. */
function firedDraws({ triggerDate, deadline }: Occasion, draws: number): Uint32Array {
  const fired = scratch.uint32("fired", draws);
  const last = Math.min(deadline, Number.MAX_VALUE);
  let count = 0;
  for (let draw = 0; draw < draws; draw++) {
    const date = triggerDate[draw];
    if (date !== date) assert(false, "A trigger date is not a number.");
    fired[count] = draw;
    count += Number(date <= last);
  }
  return fired.subarray(0, count);
}

/** The first row of a batch whose draw is not below one. */
export function rowOfDraw(draws: Uint32Array, draw: number): number {
  let [low, high] = [0, draws.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (draws[middle] < draw) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawsOf(places: Uint8Array, occasion: number): Uint32Array {
  let count = 0;
  for (let draw = 0; draw < places.length; draw++) if (places[draw] === occasion) count++;
  const draws = new Uint32Array(count);
  for (let draw = 0, row = 0; row < count; draw++) if (places[draw] === occasion) draws[row++] = draw;
  return draws;
}

interface Ungrouped {
  stage: number;
  occasion: number;
  draws: Uint32Array;
  pastOf?: Uint32Array; // [draw] -> place in before
  before: number[][];
}

function groupedBatch(occasion: Occasion, today: number, { stage, occasion: index, draws, pastOf, before }: Ungrouped): Batch {
  const grouping = new Grouping(draws, { triggerDate: occasion.triggerDate, today }, `group ${stage} ${index}`);
  if (pastOf && before.length > 1) grouping.refine((row) => pastOf[draws[row]], before.length);
  const whole: WholeQuestion[] = [];
  for (const question of occasion.known) {
    const answers = wholeAnswers(question, draws);
    if (answers > 0) whole.push({ ...question, knownAt: question.knownAt as number, answers });
    else refineByAnswer(grouping, question);
  }
  for (let place = 0; place < whole.length; place += mostAtOnce) grouping.refineByWhole(whole.slice(place, place + mostAtOnce));
  const states = Array.from(grouping.firsts, (row) => ({
    after: pastOf ? before[pastOf[draws[row]]] : [],
    knows: occasion.known.map((question) => knowledgeOn(question, grouping, row)),
  }));
  return { stage, occasion: index, draws, group: grouping.group, states };
}

interface TriggerDays {
  triggerDate: Float64Array; // [draw]
  today: number;
}

/** Groups of rows numbered by first sight, refined by one code after the other through a table. */
class Grouping {
  readonly draws: Uint32Array;
  readonly group: Uint32Array; // [row]
  readonly days: TriggerDays;
  firsts: number[]; // [group] -> row

  constructor(draws: Uint32Array, days: TriggerDays, slot: string) {
    this.draws = draws;
    this.days = days;
    this.group = scratch.uint32(slot, draws.length).fill(0);
    this.firsts = [0];
  }

  isKnown(question: KnownQuestion, row: number): boolean {
    const draw = this.draws[row];
    const knownAt = typeof question.knownAt === "number" ? question.knownAt : question.knownAt[draw];
    return knownAt <= Math.max(this.days.triggerDate[draw], this.days.today);
  }

  refine(codeOf: (row: number) => number, codes: number): void {
    const { group } = this;
    const next = new Merging(this.firsts.length, codes);
    for (let row = 0; row < group.length; row++) group[row] = next.number(group[row], codeOf(row), row);
    this.firsts = next.firsts;
  }

  /** The same for up to three questions with small whole answers that are known from a fixed day, in one pass without a call per row. */
  refineByWhole(questions: WholeQuestion[]): void {
    const { group, draws } = this;
    const { triggerDate, today } = this.days;
    const codes = questions.map(({ answers }) => answers + 1);
    const [one, two, three] = [0, 1, 2].map((place) => questions[place] ?? questions[0]);
    const [days, steps] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    let width = 1;
    questions.forEach(({ knownAt }, place) => {
      days[place] = knownAt;
      steps[place] = width;
      width *= codes[place];
    });
    const [dayOne, dayTwo, dayThree] = days;
    const [stepOne, stepTwo, stepThree] = steps;
    const table = new Int32Array(this.firsts.length * width).fill(-1);
    const firsts: number[] = [];
    for (let row = 0; row < group.length; row++) {
      const draw = draws[row];
      const day = Math.max(triggerDate[draw], today);
      const key =
        (group[row] * width +
          Number(dayOne <= day) * stepOne * (one.column[draw] + 1) +
          Number(dayTwo <= day) * stepTwo * (two.column[draw] + 1) +
          Number(dayThree <= day) * stepThree * (three.column[draw] + 1)) |
        0;
      let merged = table[key];
      if (merged < 0) {
        merged = table[key] = firsts.length;
        firsts.push(row);
      }
      group[row] = merged;
    }
    this.firsts = firsts;
  }
}

const mostAtOnce = 3;

/** New numbers for pairs of a group and a code: a table where it stays small, else a map. */
class Merging {
  readonly firsts: number[] = [];
  readonly #codes: number;
  readonly #table: Int32Array | undefined;
  readonly #map = new Map<number, number>();

  constructor(groups: number, codes: number) {
    this.#codes = codes;
    // Codes stay below 2^16 and groups below 2^32, so the product is exact in a double.
    this.#table = groups * codes <= largestTable ? new Int32Array(groups * codes).fill(-1) : undefined;
  }

  number(group: number, code: number, row: number): number {
    const key = group * this.#codes + code;
    const seen = this.#table ? this.#table[key] : (this.#map.get(key) ?? -1);
    if (seen >= 0) return seen;
    const made = this.firsts.length;
    if (this.#table) this.#table[key] = made;
    else this.#map.set(key, made);
    this.firsts.push(row);
    return made;
  }
}

const largestTable = 1 << 22;

function refineByAnswer(grouping: Grouping, question: KnownQuestion): void {
  const { column, discrete, name } = question;
  const { draws, group } = grouping;
  const isKnown = (row: number): boolean => grouping.isKnown(question, row);
  if (!discrete) {
    refineByNumber(grouping, question);
    return;
  }
  const answers = new Map<number, number>();
  const codes = new Uint16Array(group.length);
  for (let row = 0; row < group.length; row++) {
    if (!isKnown(row)) continue;
    const answer = column[draws[row]] + 0;
    assert(answer === answer, "A known question holds a draw that is not a number.");
    const code = answers.get(answer) ?? answers.size + 1;
    if (code > answers.size) {
      assert(code <= 4096, `Question ${name} has more than 4096 different answers.`);
      answers.set(answer, code);
    }
    codes[row] = code;
  }
  grouping.refine((row) => codes[row], answers.size + 1);
}

/** A known number makes no group of its own, whatever it is; whether it is known does, and a known never does. */
function refineByNumber(grouping: Grouping, { column, knownAt }: KnownQuestion): void {
  const { draws, days, firsts } = grouping;
  const { values, step } = strided(knownAt);
  const codes = scratch.uint8("codes", draws.length);
  let [known, nevers, trace] = [0, 0, 0];
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    const isKnown = Number(values[draw * step] <= Math.max(days.triggerDate[draw], days.today));
    const never = isKnown & Number(column[draw] === Infinity);
    if (isKnown > never) trace += column[draw] * 0;
    codes[row] = isKnown + never;
    known += isKnown;
    nevers += never;
  }
  assert(trace === 0, "A known question holds a draw that is not a number.");
  if (firsts.length > 1 || nevers > 0 || (known > 0 && known < draws.length)) grouping.refine((row) => codes[row], 3);
}

/** A question that is known from a fixed day and answered by few small whole numbers, so that a table holds its groups. */
interface WholeQuestion extends KnownQuestion {
  knownAt: number;
  answers: number;
}

/** How many answers such a question has at most; 0 for any other. */
function wholeAnswers({ discrete, knownAt, answers, column }: KnownQuestion, draws: Uint32Array): number {
  if (!discrete || typeof knownAt !== "number") return 0;
  const most = answers ?? largestWhole(column, draws) + 1;
  return most <= 64 ? most : 0;
}

/** The largest answer where all are whole numbers from 0 to 255, else -1. */
function largestWhole(column: Float64Array, draws: Uint32Array): number {
  let most = 0;
  for (let row = 0; row < draws.length; row++) {
    const answer = column[draws[row]];
    if ((answer & 255) !== answer) return -1;
    if (answer > most) most = answer;
  }
  return most;
}

function knowledgeOn(question: KnownQuestion, grouping: Grouping, row: number): Knowledge {
  const { name, column, discrete } = question;
  if (!grouping.isKnown(question, row)) return { question: name, answer: "notYet" };
  const answer = column[grouping.draws[row]];
  if (discrete) return { question: name, answer: answer + 0 };
  return { question: name, answer: answer === Infinity ? "never" : "someNumber" };
}
