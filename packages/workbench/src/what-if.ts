import type { Belief } from "@watershed/engine";
import type { Estimate, Question, Workspace } from "@watershed/domain";
import { readBelief } from "./belief-figures.ts";
import { compileWorkspace } from "./compile-workspace.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { LiveReview } from "./live-review.ts";
import type { LiveDecision } from "./live-review.ts";
import { withMoves } from "./moves.ts";
import type { Move } from "./moves.ts";
import type { WorkspaceProblem } from "./problem.ts";
import type { AgendaItem, CompanyReview, Reached } from "./review.ts";
import { isBroken } from "./run-cases.ts";
import { estimate, reached } from "./run-key.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** What of a company's review a moved belief changed at once; the rest follows with the review. */
export interface MovedCompany {
  company: string;
  best: CompanyReview["best"];
  alternatives: { name: string; worth: Estimate }[];
  againstBest?: Reached; // the price to walk away at
}

export interface MovedReview {
  key: string;
  companies: MovedCompany[]; // only those whose decision rests on a belief that moved
  undecided: string[]; // companies that can no longer be computed
  problems: WorkspaceProblem[];
}

/**
 * A live review that is told beliefs in the words of a forecast. A question whose belief is a formula in the workspace is given a belief of its own
 * when it is first moved, which starts the scenarios anew once; every other move draws only what rests on it.
 */
export class WhatIfReview {
  readonly #workspace: Workspace;
  readonly #options: RunOptions;
  readonly #saved: CompiledWorkspace;
  #live: LiveReview | undefined;
  #opened: string[] = []; // questions that have a belief in place of their formula

  constructor(workspace: Workspace, options: RunOptions = {}) {
    this.#workspace = workspace;
    this.#options = options;
    this.#saved = compileWorkspace(workspace);
    this.#live = isBroken(this.#saved) ? undefined : new LiveReview(this.#saved, options);
  }

  /** Supposes these beliefs and no others; what cannot be read is told, and leaves its question at the saved belief. */
  move(moves: Move[]): MovedReview {
    this.#open(moves);
    const problems: WorkspaceProblem[] = [];
    const beliefs: Record<string, Belief> = {};
    for (const move of moves) {
      const question = this.#question(move.question);
      if (!question) continue;
      const { distribution, problems: found } = readBelief(this.#workspace, question, move);
      const place = { kind: "questions" as const, index: this.#workspace.questions.indexOf(question), path: ["belief"] };
      problems.push(...found.map((problem) => ({ ...problem, place })));
      if (distribution) beliefs[question.id] = { kind: "distribution", distribution };
    }
    if (!this.#live) return { key: "", companies: [], undecided: [], problems: this.#saved.problems };
    const moved = this.#live.move(beliefs);
    const { key } = this.#live;
    return {
      key,
      companies: moved.decisions.map((decision) => this.#companyOf(decision, key)),
      undecided: moved.undecided,
      problems: [...problems, ...moved.problems],
    };
  }

  /** Every company's review and the agenda, as the beliefs stand. */
  review(): { key: string; companies: CompanyReview[]; agenda: AgendaItem[] } | undefined {
    return this.#live?.review();
  }

  #question(id: string): Question | undefined {
    return this.#workspace.questions.find((question) => question.id === id);
  }

  /** Gives the questions that are formulas in the workspace a belief where they are moved, and their formula back where they no longer are. */
  #open(moves: Move[]): void {
    const { program, pooled } = this.#saved;
    const formulas = moves.filter(({ question }) => {
      const node = program.nodes[program.columns[question]];
      return node?.op !== "question" || pooled.beliefs[question] === undefined;
    });
    const opened = formulas.map(({ question }) => question).sort();
    if (opened.join(" ") === this.#opened.join(" ")) return;
    const compiled = opened.length === 0 ? this.#saved : compileWorkspace(withMoves(this.#workspace, formulas));
    if (isBroken(compiled)) return;
    this.#opened = opened;
    this.#live = new LiveReview(compiled, this.#options);
  }

  #companyOf({ company, leader, alternatives, reservationPrice }: LiveDecision, key: string): MovedCompany {
    const { currency } = this.#workspace.settings;
    const money = (measured: { amount: number; standardError: number }): Estimate => estimate(measured, currency, key);
    return {
      company,
      best: {
        alternative: leader.best,
        worth: money(leader.worth),
        clear: leader.clear,
        ...(leader.lead ? { lead: money(leader.lead) } : {}),
        ...(leader.runnerUp === undefined ? {} : { runnerUp: leader.runnerUp }),
      },
      alternatives: alternatives.map(({ name, worth }) => ({ name, worth: money(worth) })),
      ...(reservationPrice ? { againstBest: reached(reservationPrice, currency, key) } : {}),
    };
  }
}
