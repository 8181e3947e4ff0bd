import type { AnswerGrid } from "@watershed/decision";
import { expectation } from "@watershed/decision";
import type { Question, Workspace } from "@watershed/domain";
import { cdf, quantileFunction } from "@watershed/probability";
import type { Distribution } from "@watershed/probability";
import { answerPlace } from "./answer-place.ts";
import type { AnswerPlace } from "./answer-place.ts";
import { poolBeliefs } from "./beliefs.ts";
import { forecastName } from "./definitions.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { ScenarioRun } from "./scenario-run.ts";

/** One partner's forecast as figures: a chance, one per option, or the median with nine in ten of the answers. */
export interface ForecastFigures {
  probability?: number;
  probabilities?: Record<string, number>;
  median?: AnswerPlace;
  low?: AnswerPlace; // 5%
  high?: AnswerPlace; // 95%
}

/** A partner's forecast over the cells of a question's answers. */
export interface ForecastCells {
  figures: ForecastFigures;
  probabilities: Float64Array; // [cell]
}

/** The columns that a forecast needs which is a formula on other questions: its chance differs by scenario. */
export function chanceColumns({ program, workspace }: CompiledWorkspace): string[] {
  return workspace.questions
    .filter((question) => question.kind === "yesNo")
    .flatMap((question) => workspace.people.map((person) => forecastName(person.id, question.id)))
    .filter((name) => program.columns[name] !== undefined && program.nodes[program.columns[name]].op !== "constant");
}

/** Every question's belief as one person alone states it; the pool where that person says nothing. */
export function beliefsOf({ workspace, program }: CompiledWorkspace, person: string): ReturnType<typeof poolBeliefs>["beliefs"] {
  return poolBeliefs(workspace, program, person).beliefs;
}

/** A forecast as figures and as probabilities of the cells; undefined where it could not be read. */
export function forecastCells(
  run: ScenarioRun,
  question: Question,
  person: Workspace["people"][number],
  belief: ReturnType<typeof beliefsOf>[string] | undefined,
  answers: { grid: AnswerGrid; boundaries: Float64Array },
): ForecastCells | undefined {
  if (belief === undefined) return undefined;
  if (belief.kind === "conditional") {
    const column = run.draws.columns.get(forecastName(person.id, question.id));
    if (!column) return undefined;
    const probability = expectation(column, run.draws).amount;
    return { figures: { probability }, probabilities: discreteCells(answers.grid, [1 - probability, probability]) };
  }
  const { distribution } = belief;
  switch (question.kind) {
    case "yesNo": {
      const probability = distribution.kind === "bernoulli" ? distribution.probability : 1 - cdf(distribution, 0.5);
      return { figures: { probability }, probabilities: discreteCells(answers.grid, [1 - probability, probability]) };
    }
    case "oneOf": {
      const weights = question.options!.map((_, place) => cdf(distribution, place + 0.5) - cdf(distribution, place - 0.5));
      const probabilities = Object.fromEntries(question.options!.map((option, place) => [option.id, weights[place]]));
      return { figures: { probabilities }, probabilities: discreteCells(answers.grid, weights) };
    }
    case "number":
    case "date": {
      const quantile = quantileFunction(distribution);
      const at = (probability: number): AnswerPlace => answerPlace(question.kind, quantile(probability));
      return {
        figures: { median: at(0.5), low: at(0.05), high: at(0.95) },
        probabilities: continuousCells(distribution, answers.boundaries),
      };
    }
  }
}

function discreteCells({ binning }: AnswerGrid, chances: number[]): Float64Array {
  return binning.from.map((answer) => chances[answer] ?? 0);
}

function continuousCells(distribution: Distribution, boundaries: Float64Array): Float64Array {
  let below = 0;
  return boundaries.map((boundary) => {
    const upTo = boundary === Infinity ? 1 : boundary === -Infinity ? 0 : cdf(distribution, boundary);
    const share = Math.max(0, upTo - below);
    below = Math.max(below, upTo);
    return share;
  });
}

/** Beyond every day and amount, and before never. */
const beforeNever = 1e300;

/** Upper end of every cell of a number or a date: halfway to the next answer met; the last one is open, and a cell without draws holds nothing. */
export function cellBoundaries(column: Float64Array, { cellOfDraw, counts, binning }: AnswerGrid): Float64Array {
  if (binning.discrete) return new Float64Array(0);
  const least = new Float64Array(counts.length).fill(Infinity);
  const most = new Float64Array(counts.length).fill(-Infinity);
  for (let draw = 0; draw < column.length; draw++) {
    const cell = cellOfDraw[draw];
    least[cell] = Math.min(least[cell], column[draw]);
    most[cell] = Math.max(most[cell], column[draw]);
  }
  const filled = [...counts.keys()].filter((cell) => counts[cell] > 0);
  const boundaries = new Float64Array(counts.length).fill(-Infinity);
  filled.forEach((cell, place) => {
    const next = filled[place + 1];
    boundaries[cell] = next === undefined ? Infinity : Math.min(beforeNever, (most[cell] + least[next]) / 2);
  });
  for (let cell = 1; cell < counts.length; cell++) if (counts[cell] === 0) boundaries[cell] = boundaries[cell - 1];
  return boundaries;
}
