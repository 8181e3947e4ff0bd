import type { Forecast, Item, ItemKind, Workspace } from "@watershed/domain";
import {
  WhatIfReview,
  beliefOverTime,
  beliefsTold,
  caseOutcomes,
  checkItem,
  compileWorkspace,
  decisionChanges,
  dependenceMap,
  readForecast,
  reviewWorkspace,
  withMoves,
  wordProblem,
} from "@watershed/workbench/in-page";
import type {
  BeliefFigures,
  CaseOutcomes,
  ChangedItem,
  DecisionChange,
  DependenceMap,
  Move,
  MovedReview,
  QuestionBeliefs,
  WorkspaceProblem,
  WorkspaceReview,
} from "@watershed/workbench/in-page";

/** What the page may ask of its worker. A workspace is sent once and kept until another one is. */
export type Asked =
  | { ask: "open"; workspace: Workspace }
  | { ask: "move"; moves: Move[]; draws: number } // what follows at once
  | { ask: "moved"; draws: number; only?: string[] } // and the whole review of it, of these companies or of all
  | { ask: "review"; moves: Move[]; draws: number } // everything from the start, over as many scenarios
  | { ask: "beliefs" }
  | { ask: "moved since"; before: Reviewed; after: Reviewed; changes: ChangedItem[] } // which decisions and beliefs are others on the later day
  | { ask: "map" } // what rests on what
  | { ask: "overTime"; question: string }
  | { ask: "read"; question: string; forecast: Pick<Forecast, "probability" | "distribution" | "probabilities"> }
  | { ask: "outcomes"; company: string; draws: number; workspace?: Workspace }
  | { ask: "item"; kind: ItemKind; item: Item<ItemKind> } // what its formulas would have wrong with them
  | { ask: "check"; workspace: Workspace };

/** A workspace with what its review said of every company. */
export interface Reviewed {
  workspace: Workspace;
  companies: Parameters<typeof decisionChanges>[0]["after"]["companies"];
}

/** What is believed about a question on two days; neither where nobody had forecast, or it was not asked yet. */
export interface MovedBelief {
  question: string;
  before?: BeliefFigures;
  after?: BeliefFigures;
}

/** A problem in words, with its place among the items. */
export interface WordedProblem {
  code: string;
  severity: "error" | "warning";
  place: WorkspaceProblem["place"];
  within?: { from: number; to: number };
  message: { en: string; zh: string };
}

/** What somebody typed as a forecast, read: its figures and what is wrong with it. */
export interface WordedReading {
  figures?: BeliefFigures;
  problems: Omit<WordedProblem, "place">[];
}

export interface Answers {
  open: true;
  move: Omit<MovedReview, "problems"> & { problems: WordedProblem[]; milliseconds: number };
  moved: Pick<WorkspaceReview, "key" | "companies" | "agenda"> | undefined;
  review: { review?: Omit<WorkspaceReview, "problems">; problems: WordedProblem[]; milliseconds: number };
  beliefs: QuestionBeliefs[];
  "moved since": { decisions: DecisionChange[]; beliefs: MovedBelief[] };
  map: DependenceMap;
  overTime: { on: string; belief: BeliefFigures }[];
  read: WordedReading;
  outcomes: { outcomes?: CaseOutcomes; problems: WordedProblem[] };
  item: WordedProblem[];
  check: WordedProblem[];
}

let opened: Workspace | undefined;
let live: WhatIfReview | undefined;

/** Answers one question about the workspace that was opened last. */
export function answer(asked: Asked): Answers[Asked["ask"]] {
  if (asked.ask === "open") {
    opened = asked.workspace;
    live = undefined;
    return true;
  }
  if (asked.ask === "check") return compileWorkspace(asked.workspace).problems.map(worded);
  if (asked.ask === "moved since")
    return {
      decisions: decisionChanges(asked, asked.after.workspace, asked.changes),
      beliefs: movedBeliefs(asked.before.workspace, asked.after.workspace),
    };
  if (!opened) throw new Error("the worker was asked before a workspace was opened");
  switch (asked.ask) {
    case "move": {
      const start = performance.now();
      live ??= new WhatIfReview(opened, { draws: asked.draws });
      const { problems, ...moved } = live.move(asked.moves);
      return { ...moved, problems: problems.map(worded), milliseconds: performance.now() - start };
    }
    case "moved":
      live ??= new WhatIfReview(opened, { draws: asked.draws });
      return some(live.review(), asked.only);
    case "item":
      return checkItem(opened, asked.kind, asked.item).map(worded);
    case "map":
      return dependenceMap(compileWorkspace(opened));
    case "overTime":
      return beliefOverTime(opened, asked.question);
    case "beliefs":
      return beliefsTold(opened);
    case "read": {
      const question = opened.questions.find(({ id }) => id === asked.question);
      if (!question) throw new Error(`there is no question ${asked.question}`);
      const { figures, problems } = readForecast(opened, question, asked.forecast);
      return { figures, problems: problems.map((problem) => ({ ...problem, message: messageOf(problem) })) };
    }
    case "outcomes": {
      const { outcomes, problems } = caseOutcomes(asked.workspace ?? opened, asked.company, { draws: asked.draws });
      return { outcomes, problems: problems.map(worded) };
    }
    case "review": {
      const start = performance.now();
      const { review, problems } = reviewWorkspace(withMoves(opened, asked.moves), { draws: asked.draws });
      return { review, problems: problems.map(worded), milliseconds: performance.now() - start };
    }
  }
}

function movedBeliefs(then: Workspace, now: Workspace): MovedBelief[] {
  const before = new Map(beliefsTold(then).map(({ question, belief }) => [question, belief]));
  return beliefsTold(now)
    .map(({ question, belief }): MovedBelief => ({ question, before: before.get(question), after: belief }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

function some(review: Answers["moved"], only: string[] | undefined): Answers["moved"] {
  return review && only ? { ...review, companies: review.companies.filter(({ company }) => only.includes(company.id)) } : review;
}

function worded({ code, severity, place, within, params }: WorkspaceProblem): WordedProblem {
  return { code, severity, place, within, message: messageOf({ code, params }) };
}

function messageOf({ code, params }: Pick<WorkspaceProblem, "code" | "params">): WordedProblem["message"] {
  const [en, zh] = [wordProblem({ code, params }, "en"), wordProblem({ code, params }, "zh")];
  return { en: `${en.what} ${en.mend}`, zh: zh.what + zh.mend };
}
