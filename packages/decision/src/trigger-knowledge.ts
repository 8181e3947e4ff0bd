import { assert } from "./assert.ts";
import { strided, type Amounts } from "./sharding.ts";

/** A question whose answer the team may have by the time the trigger fires. */
export interface KnownQuestion {
  name: string;
  column: Float64Array; // [draw]
  /** Day from which the answer is known, since 1970-01-01; for a date question its own column. */
  knownAt: Amounts;
  discrete: boolean;
}

/** What the team knows of one question when the trigger fires. */
export type Knowledge = { question: string; answer: number | "someNumber" | "notYet" };

/** Draws on which the trigger fires, grouped by what is known then. */
export interface TriggerKnowledge {
  firedDraws: Uint32Array; // [fired]
  groupOfFired: Uint32Array; // [fired]
  groups: Knowledge[][]; // [group][known question]
}

export interface TriggerDates {
  triggerDate: Float64Array; // [draw], days since 1970-01-01, Infinity for never
  deadline: number;
  today: number;
}

/** The draws on which the trigger fires by the deadline; one that fired in the past counts as firing today. */
export function firedDraws({ triggerDate, deadline }: TriggerDates): Uint32Array {
  const fired = new Uint32Array(triggerDate.length);
  let count = 0;
  for (let draw = 0; draw < triggerDate.length; draw++) {
    const date = triggerDate[draw];
    assert(date === date, "A trigger date is not a number.");
    if (date <= deadline && date < Infinity) fired[count++] = draw;
  }
  return fired.slice(0, count);
}

/** Groups the fired draws by every discrete answer known then, and by which answers are not known yet. */
export function knowledgeAtTrigger(dates: TriggerDates, known: KnownQuestion[]): TriggerKnowledge {
  const fired = firedDraws(dates);
  let groupOfFired = new Uint32Array(fired.length);
  let firstOfGroup = fired.length > 0 ? [0] : [];
  for (const question of known) {
    const codes = codesOf(question, fired, dates);
    const groups = new Map<number, number>();
    firstOfGroup = [];
    groupOfFired = groupOfFired.map((group, index) => {
      // Codes stay below 2^16 and groups below 2^32, so the product is exact in a double.
      const key = group * 65536 + codes[index];
      let merged = groups.get(key);
      if (merged === undefined) {
        merged = groups.size;
        groups.set(key, merged);
        firstOfGroup.push(index);
      }
      return merged;
    });
  }
  const groups = firstOfGroup.map((index) => known.map((question) => knowledgeOn(question, fired[index], dates)));
  return { firedDraws: fired, groupOfFired, groups };
}

/** 0 while not known, 1 for a known number, 1 + the place of first sight for a discrete answer. Uint16Array // [fired]. */
function codesOf(question: KnownQuestion, fired: Uint32Array, dates: TriggerDates): Uint16Array {
  const answers = new Map<number, number>();
  const knownAt = strided(question.knownAt);
  const codes = new Uint16Array(fired.length);
  for (let row = 0; row < fired.length; row++) {
    const draw = fired[row];
    if (!isKnown(knownAt.values[draw * knownAt.step], draw, dates)) continue;
    const answer = question.column[draw] + 0;
    assert(answer === answer, "A known question holds a draw that is not a number.");
    if (question.discrete) {
      const code = answers.get(answer) ?? answers.size + 1;
      answers.set(answer, code);
      codes[row] = code;
    } else {
      assert(Number.isFinite(answer), "A question is known to be infinite on a draw.");
      codes[row] = 1;
    }
  }
  assert(answers.size <= 4096, `Question ${question.name} has more than 4096 different answers.`);
  return codes;
}

function isKnown(knownAt: number, draw: number, { triggerDate, today }: TriggerDates): boolean {
  return knownAt <= Math.max(triggerDate[draw], today);
}

function knowledgeOn(question: KnownQuestion, draw: number, dates: TriggerDates): Knowledge {
  const knownAt = strided(question.knownAt);
  if (!isKnown(knownAt.values[draw * knownAt.step], draw, dates)) return { question: question.name, answer: "notYet" };
  return { question: question.name, answer: question.discrete ? question.column[draw] + 0 : "someNumber" };
}
