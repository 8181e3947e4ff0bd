import type { Correlation } from "@watershed/domain";
import { correlatedGroups, streamOf } from "@watershed/engine";
import type { Program } from "@watershed/formula";
import { nearestRanks } from "@watershed/probability";
import type { ProblemParams } from "./problem.ts";

/** What is wrong with one correlation, by its place in their list. */
export interface CorrelationProblem {
  index: number;
  code: "correlationNotDrawn" | "correlationsImpossible";
  params: ProblemParams;
}

/**
 * Correlations that name what is computed, and those that contradict each other: of these each one that would have to change, with the
 * nearest rank at which all of them can hold together.
 */
export function correlationProblems(program: Program, correlations: Pick<Correlation, "questions" | "rank">[]): CorrelationProblem[] {
  const { notDrawn, impossible } = correlatedGroups(program, correlations);
  return [
    ...notDrawn.map(({ index, question }): CorrelationProblem => ({ index, code: "correlationNotDrawn", params: { question } })),
    ...impossible.flatMap((streams) => contradictions(program, correlations, streams)),
  ];
}

function contradictions(
  program: Program,
  correlations: Pick<Correlation, "questions" | "rank">[],
  streams: string[],
): CorrelationProblem[] {
  const ours = correlations.flatMap(({ questions, rank }, index) => {
    const [one, other] = questions.map((question) => streams.indexOf(streamOf(program, question) ?? ""));
    return one < 0 || other < 0 || one === other ? [] : [{ index, rank, questions, between: [one, other] as [number, number] }];
  });
  // Of two rows on one pair the later one counts, for the engine too.
  const counted = [...new Map(ours.map((row) => [row.between.toSorted().join(" "), row])).values()];
  const nearest = nearestRanks(streams.length, counted);
  const questions = streams.map((stream) => stream.replace(/^question\//, ""));
  return counted.flatMap(({ index, rank, questions: pair }, place): CorrelationProblem[] =>
    nearest[place] === rank
      ? []
      : [{ index, code: "correlationsImpossible", params: { questions, pair: [...pair], rank, nearest: nearest[place] } }],
  );
}
