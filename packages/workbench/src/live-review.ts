import type { Leader, Measured, ReservationPrice } from "@watershed/decision";
import { expectedNetValue } from "@watershed/decision";
import type { Beliefs, Draws, LiveDraws } from "@watershed/engine";
import { agendaOf } from "./agenda.ts";
import { appraiseCase, columnsOfCase } from "./appraise-case.ts";
import type { Appraisal } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { reviewCompany } from "./review-company.ts";
import type { ReviewedCompany } from "./review-companies.ts";
import type { AgendaItem, CompanyReview } from "./review.ts";
import { leaderFor, priceToWalkAway } from "./risk.ts";
import { believedCases, unsoundColumns } from "./run-cases.ts";
import type { Case } from "./run-cases.ts";
import { runKey } from "./run-key.ts";
import { sumByAnswers } from "./run-sums.ts";
import { scenarioRun } from "./scenario-run.ts";
import { liveWorkspace } from "./simulate-workspace.ts";
import type { RunOptions } from "./simulate-workspace.ts";

/** What one company's decision comes to at the beliefs as they are moved. Money in the workspace's currency. */
export interface LiveDecision {
  company: string;
  caseId: string;
  leader: Leader;
  alternatives: { name: string; worth: Measured }[];
  /** Pre-money at which investing now equals the best other alternative; absent where nothing is on offer today. */
  reservationPrice?: ReservationPrice["againstBest"];
}

/** What a move changed: the companies whose decision rests on a moved belief, and those that can no longer be computed. */
export interface LiveMove {
  decisions: LiveDecision[];
  undecided: string[]; // ids of cases
  problems: WorkspaceProblem[];
}

/**
 * A review that follows beliefs while they are moved: a move draws only the columns that depend on it and decides only the companies that read
 * them. The same figures, under the same key, as a review of as many draws.
 */
export class LiveReview {
  readonly #compiled: CompiledWorkspace; // its beliefs are those of the last move
  readonly #saved: Beliefs;
  readonly #live: LiveDraws;
  readonly #cases: Case[];
  readonly #appraisals = new Map<string, Appraisal>(); // case ->
  readonly #reviewed = new Map<string, ReviewedCompany>(); // case -> its review where it still stands
  readonly #unsound = new Map<string, WorkspaceProblem>(); // column -> what is wrong with its draws
  #draws: Draws;

  constructor(compiled: CompiledWorkspace, options: RunOptions = {}) {
    this.#compiled = { ...compiled };
    this.#saved = compiled.pooled.beliefs;
    this.#cases = believedCases(compiled, compiled.workspace.cases);
    const keep = [...new Set(this.#cases.flatMap((investmentCase) => columnsOfCase(this.#compiled, investmentCase)))];
    this.#live = liveWorkspace(this.#compiled, keep, { ...options, draws: options.draws ?? 16_384 });
    this.#draws = this.#live.first();
    this.#appraise(this.#cases, new Set(keep));
  }

  /** The key of the figures as they stand: that of a review with the same beliefs, seed and number of draws. */
  get key(): string {
    return runKey(this.#compiled, this.#draws);
  }

  /** Every company's decision as it stands. */
  decisions(): LiveDecision[] {
    return this.#cases.flatMap(({ id }) => (this.#appraisals.has(id) ? [this.#decisionOf(this.#appraisals.get(id)!)] : []));
  }

  /**
   * Takes these beliefs in place of the saved ones; every other question goes back to its own. A question whose forecasts are written on other
   * questions is drawn from the moved belief alone.
   */
  move(moved: Beliefs): LiveMove {
    this.#compiled.pooled = { ...this.#compiled.pooled, beliefs: { ...this.#saved, ...moved } };
    const { draws, fresh } = this.#live.move(this.#compiled.pooled.beliefs);
    this.#draws = draws;
    const touched = this.#cases.filter((investmentCase) => columnsOfCase(this.#compiled, investmentCase).some((name) => fresh.has(name)));
    const { problems, undecided } = this.#appraise(touched, fresh);
    const decided = touched.filter(({ id }) => this.#appraisals.has(id));
    return { decisions: decided.map(({ id }) => this.#decisionOf(this.#appraisals.get(id)!)), undecided, problems };
  }

  /** The whole review of companies and the agenda over all of them, as they stand: what no move has touched since is not made again. */
  review(): { key: string; companies: CompanyReview[]; agenda: AgendaItem[] } {
    const { key } = this;
    const due = this.#cases.flatMap(({ id }) => (this.#appraisals.has(id) && !this.#reviewed.has(id) ? [this.#appraisals.get(id)!] : []));
    const drawn = scenarioRun(this.#compiled, this.#draws, key);
    const run = { ...drawn, sums: sumByAnswers(drawn, due) };
    for (const appraisal of due) this.#reviewed.set(appraisal.investmentCase.id, reviewCompany(run, appraisal));
    const reviewed = this.#cases
      .flatMap(({ id }) => this.#reviewed.get(id) ?? [])
      .map((one) => ({ ...one, review: rekeyed(one.review, key) }));
    return {
      key,
      companies: reviewed.map(({ review }) => review),
      agenda: agendaOf(this.#compiled.workspace, key, reviewed),
    };
  }

  #appraise(cases: Case[], fresh: ReadonlySet<string>): Pick<LiveMove, "problems" | "undecided"> {
    const names = new Set(cases.flatMap((investmentCase) => columnsOfCase(this.#compiled, investmentCase)));
    // Where a trigger fires on other draws, its terms are read on others.
    const isDue = (name: string): boolean => fresh.has(name) || fresh.has(`${name.slice(0, name.lastIndexOf("."))}.triggerDate`);
    const due = new Set([...names].filter(isDue));
    for (const name of due) this.#unsound.delete(name);
    for (const { column, problem } of unsoundColumns(this.#compiled, this.#draws, due)) this.#unsound.set(column, problem);
    const undecided: string[] = [];
    for (const investmentCase of cases) {
      const { id } = investmentCase;
      this.#reviewed.delete(id);
      if (columnsOfCase(this.#compiled, investmentCase).some((name) => this.#unsound.has(name))) {
        this.#appraisals.delete(id);
        undecided.push(id);
      } else this.#appraisals.set(id, appraiseCase(this.#compiled, this.#draws, investmentCase));
    }
    return { undecided, problems: [...this.#unsound].flatMap(([name, problem]) => (names.has(name) ? [problem] : [])) };
  }

  #decisionOf({ investmentCase, alternatives, now }: Appraisal): LiveDecision {
    const draws = this.#draws;
    const others = alternatives.filter(({ name }) => name !== "now");
    return {
      company: investmentCase.company,
      caseId: investmentCase.id,
      leader: leaderFor(this.#compiled, alternatives, draws),
      alternatives: alternatives.map((alternative) => ({ name: alternative.name, worth: expectedNetValue(alternative, draws) })),
      ...(now ? { reservationPrice: priceToWalkAway(this.#compiled, now.terms, others, draws).againstBest } : {}),
    };
  }
}

/** A review whose figures stand under another run: same amounts, other key. */
function rekeyed<Part>(part: Part, key: string): Part {
  if (Array.isArray(part)) return part.map((one) => rekeyed(one, key)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([name, content]) => [
    name,
    name === "key" && "standardError" in part ? key : rekeyed(content, key),
  ]);
  return Object.fromEntries(entries);
}
