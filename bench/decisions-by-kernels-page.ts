import { evppiTable, groupingOf } from "../packages/decision/src/index.ts";
import { answerSums, assignDimensions, rootQuestion, Scenarios, streamsOf } from "../packages/engine/src/index.ts";
import { check } from "../packages/formula/src/index.ts";

export interface Decided {
  draws: number;
  pairs: number; // of a company and a question it depends on
  first: number; // milliseconds, as all below; the compilation of kernels and tables included
  median: number;
  drawing: number;
}

const [questionCount, quantityCount, companies] = [150, 90, 60];
const shardSize = 16_384;
const families = ["chance(30%)", "normal(0, 1)", "lognormal(0, 0.6)", "beta(2, 5)", "chance(12%)", "triangular(-1, 0, 2)"];

/** A program of 360 variables in 60 companies, as formulas. */
export function sources(): Record<string, string> {
  const q = (index: number): string => `q${index % questionCount}`;
  const questions = Array.from({ length: questionCount }, (_, index) => [q(index), families[index % families.length]]);
  const quantities = Array.from({ length: quantityCount }, (_, index) => {
    const [yes, size, more] = [q(6 * index), q(6 * index + 7), q(6 * index + 8)];
    return [`g${index}`, `exp(0.3 * ${size}) * (1.4 if ${yes} else 0.8) + 0.2 * ${more}`];
  });
  const alternatives = Array.from({ length: 2 * companies }, (_, index) => {
    const [one, other] = [`g${(index * 3) % quantityCount}`, `g${(index * 3 + 1 + (index % 2)) % quantityCount}`];
    const own = q(6 * index + 2 + (index % 2));
    return [`c${index}`, `${one} * ${other} + 0.5 * ${own} - ${(1.6 + (index % 7) / 10).toFixed(1)}`];
  });
  return Object.fromEntries([...questions, ...quantities, ...alternatives]);
}

/** Times whole re-decisions in a page as in Node. */
export async function run(): Promise<Decided[]> {
  return [16_384, 131_072].map(measure);
}

function measure(draws: number): Decided {
  const begun = performance.now();
  const definitions = Object.entries(sources()).map(([name, source]) => ({ name, source }));
  const { program, problems } = check(definitions, { currency: "USD", rates: {}, today: 0 });
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  const { dimensions } = assignDimensions(program.streams, []);
  const shards = draws / shardSize;
  const columns = Array.from({ length: 2 * companies }, (_, index) => `c${index}`);
  const scenarios = new Scenarios(program, {}, { seed: 1, shardSize, dimensions, keep: columns, resident: false });
  const questions = Array.from({ length: questionCount }, (_, index) => {
    const discrete = families[index % families.length].startsWith("chance");
    return rootQuestion({ program, beliefs: {}, dimensions }, `q${index}`, { discrete, shardSize, draws })!;
  });
  const reached = columns.map((name) => new Set(streamsOf(program, [name])));
  const groupings = questions.map(({ partition }) => groupingOf(partition, draws));
  const decisions = Array.from({ length: companies }, (_, company) => ({
    questions: [...questions.keys()].filter((question) =>
      [0, 1].some((side) => reached[2 * company + side].has(questions[question].stream)),
    ),
    alternatives: [{ name: "pass", netValue: 0 }, ...[0, 1].map((side) => ({ name: `c${side}`, column: 2 * company + side }))],
  }));
  const sums = answerSums({
    seed: 1,
    shards,
    shardSize,
    columns: columns.length,
    questions,
    depends: (column, question) => reached[column].has(questions[question].stream),
  });
  let shift = 0; // another shard every time, so that nothing is drawn already
  const decide = (): void => {
    sums.clear();
    for (let shard = 0; shard < shards; shard++) {
      scenarios.run(shard + shift * shards);
      sums.add(
        shard + shift * shards,
        columns.map((name) => scenarios.column(name)),
      );
    }
    shift = 1 - shift;
    evppiTable(decisions, sums, groupings);
  };
  decide();
  const first = performance.now() - begun;
  const pairs = decisions.reduce((sum, decision) => sum + decision.questions.length, 0);
  const draw = (): void => {
    for (let shard = 0; shard < shards; shard++) scenarios.run(shard + shift * shards);
    shift = 1 - shift;
  };
  return { draws, pairs, first, median: median(decide, 31), drawing: median(draw, 31) };
}

function median(work: () => void, runs: number): number {
  const taken = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return taken.sort((one, other) => one - other)[runs >> 1];
}
