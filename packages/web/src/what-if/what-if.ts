import type { Workspace } from "@watershed/domain";
import type { Move, MovedCompany } from "@watershed/workbench/in-page";
import type { ReviewView } from "../data/contract.ts";
import type { WordedProblem } from "./answer.ts";
import type { InPage } from "./in-page.ts";

/** What is supposed at the moment, and what would follow from it. */
export interface WhatIfState {
  open: boolean; // whether the drawer is
  moves: Move[];
  picked: string[]; // questions that lie ready in the drawer, moved or not
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

const nothing: WhatIfState = { open: false, moves: [], picked: [], draws: liveDraws, busy: false, settling: false, problems: [] };

/**
 * The what-if of a page. One question is under way at its worker at a time: first what follows at once from the newest move, then, if nothing newer
 * came, the whole review; and when the hand rests, the same over all scenarios. Free of any framework: it has listeners.
 */
export class WhatIf {
  #state: WhatIfState;
  readonly #start: () => InPage;
  #worker: InPage | undefined;
  #workspace: Workspace | undefined;
  #saved: ReviewView | undefined;
  #baseline: Promise<ReviewView | undefined> | undefined; // the saved beliefs over the live scenarios
  #running = false;
  #wanted: "live" | "settled" | undefined;
  readonly #touched = new Set<string>(); // companies that moves have reached since their last whole review
  readonly #listeners = new Set<() => void>();

  constructor(start: () => InPage, moves: Move[] = []) {
    this.#start = start;
    this.#state = { ...nothing, moves, open: moves.length > 0 };
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
    void this.#run("live");
  };

  /** The hand rests: the same over all scenarios. */
  readonly settle = (): void => {
    if (this.#state.moves.length > 0) void this.#run("settled");
  };

  readonly drop = (question: string): void => {
    const { moves, picked } = this.#state;
    this.#set({ moves: moves.filter((move) => move.question !== question), picked: picked.filter((one) => one !== question) });
    if (this.#state.moves.length > 0) void this.#run("settled");
    else this.#forget();
  };

  readonly clear = (): void => {
    this.#set({ picked: [] });
    this.#forget();
  };

  #forget(): void {
    this.#touched.clear();
    this.#set({ moves: [], after: undefined, before: undefined, problems: [], failure: undefined });
  }

  /** Takes a workspace and its saved review; what is supposed stays, and is worked out anew. */
  load(workspace: Workspace, saved: ReviewView | undefined): void {
    this.#saved = saved;
    if (this.#workspace === workspace) return;
    this.#workspace = workspace;
    this.#baseline = undefined;
    if (this.#worker) void this.#worker.ask({ ask: "open", workspace });
    if (this.#state.moves.length > 0) void this.#run("settled");
  }

  close(): void {
    this.#worker?.close();
    this.#worker = undefined;
    this.#baseline = undefined;
  }

  #set(change: Partial<WhatIfState>): void {
    this.#state = { ...this.#state, ...change };
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

  async #run(wanted: "live" | "settled"): Promise<void> {
    this.#wanted = wanted;
    if (this.#running || !this.#workspace || !this.#saved) return;
    this.#running = true;
    this.#set({ busy: true, failure: undefined });
    try {
      while (this.#wanted && this.#state.moves.length > 0) {
        const now = this.#wanted;
        this.#wanted = undefined;
        this.#set({ settling: now === "settled" });
        await (now === "live" ? this.#answerLive() : this.#answerSettled());
      }
    } catch (error) {
      this.#set({ failure: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#running = false;
      if (this.#state.moves.length === 0) this.#forget();
      this.#set({ busy: false, settling: false });
    }
  }

  async #answerLive(): Promise<void> {
    const before = await this.#before();
    const { moves } = this.#state;
    const { companies, undecided, problems, milliseconds, key } = await this.#ready().ask({ ask: "move", moves, draws: liveDraws });
    const last = this.#state.draws === liveDraws ? (this.#state.after ?? before) : before;
    const after = last && moved({ ...last, key }, companies, undecided);
    this.#set({ before, after, problems, milliseconds, draws: liveDraws });
    for (const { company } of companies) this.#touched.add(company);
    if (this.#wanted || !after) return;
    const only = [...this.#touched];
    const review = await this.#ready().ask({ ask: "moved", draws: liveDraws, only });
    if (!review || this.#wanted) return;
    this.#touched.clear();
    const whole = new Map(review.companies.map((company) => [company.company.id, company]));
    // Companies that no move reached stay the same objects, so that nothing of theirs is drawn again.
    this.#set({
      after: { ...after, agenda: review.agenda, companies: after.companies.map((company) => whole.get(company.company.id) ?? company) },
    });
  }

  async #answerSettled(): Promise<void> {
    const { moves } = this.#state;
    const { review, problems, milliseconds } = await this.#ready().ask({ ask: "review", moves, draws: settledDraws });
    if (moves === this.#state.moves)
      this.#set({ before: this.#saved, after: review ?? this.#state.after, problems, milliseconds, draws: settledDraws });
  }
}

/** A review with what a move changed at once put in its place. */
function moved(review: ReviewView, companies: MovedCompany[], undecided: string[]): ReviewView {
  const found = new Map(companies.map((one) => [one.company, one]));
  return {
    ...review,
    companies: review.companies
      .filter(({ caseId }) => !undecided.includes(caseId))
      .map((company) => {
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
