import type { Estimate, Text, Workspace } from "@watershed/domain";
import { confirmationTilt, impliedTilt, levelSums, reach, tiltPoint, tiltedShare } from "@watershed/decision";
import type { Measured, Tilt } from "@watershed/decision";
import { hypotenuse } from "@watershed/probability";
import type { Appraisal } from "./appraise-case.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { confirmationName } from "./definitions.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import type { Reached } from "./review.ts";
import { unbelieved } from "./run-cases.ts";
import { estimate } from "./run-key.ts";

/** What the asked price believes of a thesis: all its answers moved together until the price is fair. */
export interface ImpliedThesis {
  thesis: string;
  statement: Text;
  shift: Reached; // of the log-odds of every confirming answer, given the others
  belief: Estimate; // chance that all its answers confirm it
  implied?: Estimate; // the same at the fair price
  favourable?: boolean; // whether the team's belief makes the price cheap
  answers: { question: string; confirmedBy: string; belief: Estimate; implied?: Estimate }[];
  effect: Estimate; // netValue at the most confirmed belief that the draws can tell, minus at the least
  looked: { from: Estimate; to: Estimate }; // chances of confirmation between which the draws can tell
  effectiveDraws?: number;
}

type Thesis = Workspace["theses"][number];

/** Columns of the answers that confirm any thesis, as far as somebody believes anything of them. */
export function thesisColumns(compiled: CompiledWorkspace): string[] {
  return compiled.workspace.theses.flatMap((thesis) =>
    thesis.questions.flatMap((_, place) => {
      const name = confirmationName(thesis.id, place);
      return compiled.program.columns[name] !== undefined && unbelieved(compiled, [name]).length === 0 ? [name] : [];
    }),
  );
}

interface ThesisDraws {
  tilt: Tilt;
  rows: { question: string; confirmedBy: string; column: Float64Array }[];
  all: Float64Array; // 1 on draws on which every answer confirms
  chanceAt: (shift: number) => number;
}

/** The draws of a thesis and the tilt along it; undefined where none of its answers could be drawn. */
export function thesisTilt({ draws }: ScenarioRun, thesis: Thesis): ThesisDraws | undefined {
  const rows = thesis.questions.flatMap(({ question, confirmedBy }, place) => {
    const column = draws.columns.get(confirmationName(thesis.id, place));
    return column?.every((answer) => answer === 0 || answer === 1) ? [{ question, confirmedBy: String(confirmedBy), column }] : [];
  });
  if (rows.length === 0) return undefined;
  const columns = rows.map(({ column }) => column);
  const tilt = confirmationTilt(columns);
  const all = columns[0].map((_, draw) => (columns.every((column) => column[draw] === 1) ? 1 : 0));
  return { tilt, rows, all, chanceAt: (shift) => tiltedShare(all, tilt, { amount: shift, standardError: 0 }, draws).amount };
}

/** What the price believes of a thesis that the company depends on; empty where it does not. */
export function impliedThesis(run: ScenarioRun, appraisal: Appraisal, thesis: Thesis): ImpliedThesis[] {
  const touched = thesis.questions.some(({ question }) => appraisal.questions.includes(question));
  const found = touched ? thesisTilt(run, thesis) : undefined;
  if (!found) return [];
  const { tilt, rows, all } = found;
  const { draws, compiled, key } = run;
  const now = appraisal.alternatives.find(({ name }) => name === "now")!;
  const answer = impliedTilt(now.netValue, tilt, draws);
  const share = (event: Float64Array, shift: Measured): Estimate => estimate(tiltedShare(event, tilt, shift, draws), "probability", key);
  const today = { amount: 0, standardError: 0 };
  const [low, high] = [reach(tilt, -1), reach(tilt, 1)];
  const sums = levelSums(now.netValue, tilt, draws);
  const at = (shift: number): Measured => tiltPoint(sums, shift).netValue;
  const [least, most] = [at(low), at(high)];
  const effect = { amount: most.amount - least.amount, standardError: hypotenuse(most.standardError, least.standardError) };
  return [
    {
      thesis: thesis.id,
      statement: thesis.statement,
      shift: answer.reachable ? { reachable: true, at: estimate(answer.shift, "log-odds", key) } : { reachable: false, side: answer.side },
      belief: share(all, today),
      ...(answer.reachable
        ? {
            implied: share(all, answer.shift),
            favourable: answer.upHelps === answer.shift.amount < 0,
            effectiveDraws: Math.round(answer.effectiveDraws),
          }
        : {}),
      answers: rows.map(({ question, confirmedBy, column }) => ({
        question,
        confirmedBy,
        belief: share(column, today),
        ...(answer.reachable ? { implied: share(column, answer.shift) } : {}),
      })),
      effect: estimate(effect, compiled.workspace.settings.currency, key),
      looked: { from: share(all, { ...today, amount: low }), to: share(all, { ...today, amount: high }) },
    },
  ];
}
