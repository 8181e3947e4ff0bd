import type { Program } from "@watershed/formula";
import { answerPartition } from "./answer-partition.ts";
import type { PartitionOptions } from "./answer-partition.ts";
import type { RootQuestion } from "./answer-sums-layout.ts";
import type { Beliefs, RankCorrelation } from "./belief.ts";
import { streamOf } from "./reach.ts";

export interface RootQuestionRun {
  program: Program;
  beliefs: Beliefs;
  dimensions: Map<string, number>; // stream -> Sobol dimension
  correlations?: RankCorrelation[];
}

/**
 * A named column as a root question: drawn from one distribution by a uniform that nothing else reads, so that all depends on the
 * uniform through the answer alone. Undefined where it is computed, conditional or correlated, or an answer is too rare for the
 * digits of a shard: then its draws are grouped one by one.
 */
export function rootQuestion(run: RootQuestionRun, name: string, options: PartitionOptions): RootQuestion | undefined {
  const { program, beliefs, dimensions, correlations = [] } = run;
  const node = program.nodes[program.columns[name]];
  const stream = streamOf(program, name);
  const dimension = stream === undefined ? undefined : dimensions.get(stream);
  if (!node || stream === undefined || dimension === undefined) return undefined;
  const belief = node.op === "question" ? beliefs[node.name] : undefined;
  const distribution = node.op === "sample" ? node.distribution : belief?.kind === "distribution" ? belief.distribution : undefined;
  const correlated = correlations.some(({ questions }) => questions.some((other) => streamOf(program, other) === stream));
  if (!distribution || readersOf(program).get(stream)! > 1 || correlated) return undefined;
  const partition = answerPartition(distribution, options);
  return partition && { kind: "root", stream, dimension, partition };
}

const readers = new WeakMap<Program, Map<string, number>>();

/** How many nodes draw from each stream; counted once for a program. */
function readersOf(program: Program): Map<string, number> {
  const known = readers.get(program);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const node of program.nodes) if ("stream" in node) counts.set(node.stream, (counts.get(node.stream) ?? 0) + 1);
  readers.set(program, counts);
  return counts;
}
