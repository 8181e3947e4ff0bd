import type { Workspace } from "@watershed/domain";
import type { Move, MovedCompany } from "@watershed/workbench/in-page";
import type { ReviewView } from "../data/contract.ts";
import type { WordedProblem } from "./answer.ts";
import type { InPage } from "./in-page.ts";

/** What is supposed at the moment, and what would follow from it. */
export interface WhatIfState {
  open: boolean; // whether the drawer is
  moves: Move[];
  picked: string[]; // questions that were laid ready in the drawer, moved or not
  lying: string[]; // all that lie in the drawer: those that came with a link, then the picked ones
  before?: ReviewView; // the saved beliefs, over the scenarios that `after` has
  after?: ReviewView; // the supposed ones
  draws: number;
  busy: boolean;
  settling: boolean; // the hand rests, and all scenarios are being drawn
  milliseconds?: number; // how long the last answer took
  problems: WordedProblem[];
  failure?: string;
}

/** Scenarios while a hand drags, and once it rests. */
export const liveDraws = 16_384;
export const settledDraws = 131_072;

const nothing: WhatIfState = {
  open: false,
  moves: [],
  picked: [],
  lying: [],
  draws: liveDraws,
  busy: false,
  settling: false,
  problems: [],
};

/**
 * The what-if of a page. One question is under way at its worker at a time: first what follows at once from the newest move, then, if nothing newer
 * came, the whole review. When the hand rests, a second worker makes the same over all scenarios; it is given up as soon as the hand moves again, so
 * that nobody waits for what is no longer asked. Free of any framework: it has listeners.
 */
export class WhatIf {
  #state: WhatIfState;
  readonly #start: () => InPage;
  #worker: InPage | undefined;
  #refiner: InPage | undefined; // at work on all scenarios
  #workspace: Workspace | undefined;
  #saved: ReviewView | undefined;
  #baseline: Promise<ReviewView | undefined> | undefined; // the saved beliefs over the live scenarios
  #running = false;
  #isMoved = false; // since the last answer
  #isResting = false; // all scenarios are due once the moves are answered
  #followed: ReviewView | undefined; // the answer to the last move; the next one tells only what differs from it
  readonly #touched = new Set<string>(); // companies that moves have reached since their last whole review
  readonly #listeners = new Set<() => void>();

  constructor(start: () => InPage, moves: Move[] = []) {
    this.#start = start;
    this.#state = { ...nothing, moves, lying: lyingOf(moves, [], []), open: moves.length > 0 };
  }

  readonly state = (): WhatIfState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens or closes the drawer; opening it warms the worker up. */
  readonly show = (open: boolean): void => {
    this.#set({ open });
    if (open && this.#workspace) void this.#before();
  };

  /** Lays a question ready in the drawer. */
  readonly pick = (question: string): void => {
    if (!this.#state.picked.includes(question)) this.#set({ picked: [...this.#state.picked, question] });
    this.show(true);
  };

  /** Supposes a belief, in place of what was supposed of its question before. */
  readonly suppose = (move: Move): void => {
    const known = this.#state.moves.some(({ question }) => question === move.question);
    const moves = this.#state.moves.map((one) => (one.question === move.question ? move : one));
    this.#set({ moves: known ? moves : [...moves, move] });
    this.#isMoved = true;
    this.#giveUpRefining();
    void this.#follow();
  };

  /** The hand rests: the same over all scenarios. */
  readonly settle = (): void => {
    if (this.#state.moves.length > 0) this.#rest();
  };

  readonly drop = (question: string): void => {
    const { moves, picked } = this.#state;
    this.#set({ moves: moves.filter((move) => move.question !== question), picked: picked.filter((one) => one !== question) });
    if (this.#state.moves.length > 0) this.#rest();
    else this.#forget();
  };

  readonly clear = (): void => {
    this.#set({ picked: [] });
    this.#forget();
  };

  #forget(): void {
    this.#giveUpRefining();
    this.#touched.clear();
    this.#followed = undefined;
    this.#set({ moves: [], after: undefined, before: undefined, problems: [], failure: undefined });
  }

  /** Takes a workspace and its saved review; what is supposed stays, and is worked out anew. */
  load(workspace: Workspace, saved: ReviewView | undefined): void {
    const isFirst = this.#saved === undefined && saved !== undefined; // what a link supposes may have come before the review
    this.#saved = saved;
    if (this.#workspace === workspace) {
      if (isFirst && this.#state.moves.length > 0) this.#rest();
      return;
    }
    this.#workspace = workspace;
    this.#baseline = undefined;
    this.#followed = undefined;
    if (this.#worker) void this.#worker.ask({ ask: "open", workspace });
    if (this.#state.moves.length > 0) this.#rest();
  }

  close(): void {
    this.#giveUpRefining();
    this.#worker?.close();
    this.#worker = undefined;
    this.#baseline = undefined;
  }

  #set(change: Partial<WhatIfState>): void {
    const state = { ...this.#state, ...change };
    this.#state = change.moves || change.picked ? { ...state, lying: lyingOf(state.moves, state.picked, state.lying) } : state;
    for (const listener of this.#listeners) listener();
  }

  #ready(): InPage {
    if (!this.#worker) {
      this.#worker = this.#start();
      void this.#worker.ask({ ask: "open", workspace: this.#workspace! });
    }
    return this.#worker;
  }

  /** The saved beliefs over as many scenarios as a hand gets while it drags, so that differences are those of the beliefs alone. */
  #before(): Promise<ReviewView | undefined> {
    const worker = this.#ready();
    this.#baseline ??= worker
      .ask({ ask: "move", moves: [], draws: liveDraws })
      .then(() => worker.ask({ ask: "moved", draws: liveDraws }))
      .then((review) => (review && this.#saved ? { ...this.#saved, ...review, draws: liveDraws } : undefined));
    return this.#baseline;
  }

  /** Answers moves for as long as newer ones come, then, where the hand rests, goes on to all scenarios. */
  async #follow(): Promise<void> {
    if (this.#running || !this.#workspace || !this.#saved) return;
    this.#running = true;
    this.#set({ busy: true, failure: undefined });
    try {
      while (this.#isMoved && this.#state.moves.length > 0) {
        this.#isMoved = false;
        await this.#answerLive();
      }
    } catch (error) {
      this.#set({ failure: messageOf(error) });
    } finally {
      this.#running = false;
      if (this.#state.moves.length === 0) this.#forget();
      if (this.#isResting) void this.#refine();
      else this.#set({ busy: false });
    }
  }

  async #answerLive(): Promise<void> {
    const before = await this.#before();
    const { moves } = this.#state;
    const { undecided, problems, milliseconds, key, ...answer } = await this.#ready().ask({ ask: "move", moves, draws: liveDraws });
    const last = this.#followed ?? before;
    const after = before && last && moved(before, { ...last, key }, answer.companies, undecided);
    this.#followed = after;
    this.#set({ before, after, problems, milliseconds, draws: liveDraws });
    for (const { company } of answer.companies) this.#touched.add(company);
    if (this.#isMoved || !after) return;
    const only = [...this.#touched];
    const review = await this.#ready().ask({ ask: "moved", draws: liveDraws, only });
    if (!review || this.#isMoved) return;
    this.#touched.clear();
    const whole = new Map(review.companies.map((company) => [company.company.id, company]));
    // Companies that no move reached stay the same objects, so that nothing of theirs is drawn again.
    const companies = after.companies.map((company) => whole.get(company.company.id) ?? company);
    this.#followed = { ...after, agenda: review.agenda, companies };
    this.#set({ after: this.#followed });
  }

  #rest(): void {
    this.#giveUpRefining();
    this.#isResting = true;
    if (!this.#running) void this.#refine();
  }

  /** The review over all scenarios, in a worker of its own. */
  async #refine(): Promise<void> {
    if (!this.#workspace || !this.#saved) return;
    this.#isResting = false;
    const { moves } = this.#state;
    const worker = this.#start();
    this.#refiner = worker;
    this.#set({ busy: true, settling: true, failure: undefined });
    try {
      void worker.ask({ ask: "open", workspace: this.#workspace });
      const { review, problems, milliseconds } = await worker.ask({ ask: "review", moves, draws: settledDraws });
      if (this.#refiner === worker)
        this.#set({ before: this.#saved, after: review ?? this.#state.after, problems, milliseconds, draws: settledDraws });
    } catch (error) {
      if (this.#refiner === worker) this.#set({ failure: messageOf(error) });
    }
    if (this.#refiner === worker) this.#giveUpRefining();
  }

  #giveUpRefining(): void {
    this.#isResting = false;
    if (!this.#refiner) return;
    this.#refiner.close();
    this.#refiner = undefined;
    this.#set({ busy: this.#running, settling: false });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What was picked keeps its place under the hand; what came with a link stands above it. The same list for as long as it holds the same. */
function lyingOf(moves: Move[], picked: string[], before: string[]): string[] {
  const linked = moves.map(({ question }) => question).filter((question) => !picked.includes(question));
  const lying = [...linked, ...picked];
  return lying.join("\n") === before.join("\n") ? before : lying;
}

/** The answer before with what a move changed at once put in its place; a company that can be computed again starts from its saved review. */
function moved(saved: ReviewView, last: ReviewView, companies: MovedCompany[], undecided: string[]): ReviewView {
  const found = new Map(companies.map((one) => [one.company, one]));
  const stood = new Map(last.companies.map((one) => [one.company.id, one]));
  return {
    ...last,
    companies: saved.companies
      .filter(({ caseId, company: { id } }) => !undecided.includes(caseId) && (stood.has(id) || found.has(id)))
      .map((first) => {
        const company = stood.get(first.company.id) ?? first;
        const change = found.get(company.company.id);
        if (!change) return company;
        const worths = new Map(change.alternatives.map(({ name, worth }) => [name, worth]));
        return {
          ...company,
          best: change.best,
          alternatives: company.alternatives.map((one) => ({ ...one, worth: worths.get(one.name) ?? one.worth })),
          ...(company.reservationPrice && change.againstBest
            ? { reservationPrice: { ...company.reservationPrice, againstBest: change.againstBest } }
            : {}),
        };
      }),
  };
}

const mark = "#what-if=";

/** The part of an address that carries a what-if to somebody else. */
export function movesToHash(moves: Move[]): string {
  return moves.length === 0 ? "" : mark + encodeURIComponent(JSON.stringify(moves));
}

/** The moves of an address; none where it carries none, or something else. */
export function movesFromHash(hash: string): Move[] {
  if (!hash.startsWith(mark)) return [];
  try {
    const moves = JSON.parse(decodeURIComponent(hash.slice(mark.length))) as unknown;
    return Array.isArray(moves) ? moves.filter(isMove) : [];
  } catch {
    return [];
  }
}

function isMove(candidate: unknown): candidate is Move {
  if (typeof candidate !== "object" || candidate === null) return false;
  const { question, probability, distribution, probabilities } = candidate as Record<string, unknown>;
  const isWritten = (formula: unknown): boolean => typeof formula === "string" || typeof formula === "number";
  if (typeof question !== "string") return false;
  return isWritten(probability) || isWritten(distribution) || (typeof probabilities === "object" && probabilities !== null);
}
