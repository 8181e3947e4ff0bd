import { assert } from "./assert.ts";
import { binning, type Binning } from "./binning.ts";
import { judged, type Evppi } from "./evppi.ts";
import { fitSurface, gainOfSurface, questionSurface, rightSides, type QuestionSurface } from "./question-surface.ts";
import { drawCount, measured, rangeOf, resolved, type Measured, type Sharding } from "./sharding.ts";
import { groupSums, type Stakes } from "./stakes.ts";

/** A question of a group, with its column and its bins. */
export interface GroupQuestion {
  name: string;
  column: Float64Array; // [draw]
  binning: Binning;
}

/** What answering a group of questions together is worth. */
export interface JointEvppi extends Omit<Evppi, "answers"> {
  /** Chosen on one half of the shards and valued on the other: on average not above the truth. */
  lowerBound: Measured;
  method: "exactGroups" | "surface";
}

/** A group of questions prepared once for all companies. */
export interface QuestionGroup {
  names: string[];
  sharding: Sharding;
  grouping: Grouping;
  /** The same group made of dummies, for the noise floor. */
  dummies: Grouping[];
}

type Grouping = { groupOfDraw: Uint32Array; groups: number } | { surface: QuestionSurface };

const mostExactGroups = 1024;
const dummySets = 3;

/**
 * Prepares a group of questions of any size: exact groups where all are discrete and there are at most 1,024 combinations,
 * else a surface. `dummies` are the uniform columns of the run that nothing depends on.
 */
export function questionGroup(questions: GroupQuestion[], sharding: Sharding, dummies: Float64Array[] = []): QuestionGroup {
  assert(questions.length > 0, "A group holds at least one question.");
  const sets = Math.min(dummySets, Math.floor(dummies.length / questions.length));
  return {
    names: questions.map(({ name }) => name),
    sharding,
    grouping: groupingOf(questions, sharding),
    dummies: Array.from({ length: sets }, (_, set) =>
      groupingOf(
        questions.map((question, place) => standIn(question, dummies[set * questions.length + place])),
        sharding,
      ),
    ),
  };
}

function groupingOf(questions: Pick<GroupQuestion, "column" | "binning">[], sharding: Sharding): Grouping {
  const groups = questions.reduce((product, question) => product * question.binning.counts.length, 1);
  if (!questions.every((question) => question.binning.discrete) || groups > mostExactGroups)
    return { surface: questionSurface(questions, sharding) };
  const groupOfDraw = new Uint32Array(drawCount(sharding));
  for (const { binning: own } of questions) {
    assert(own.draws === groupOfDraw.length, "A question has another number of draws than the run.");
    for (let draw = 0; draw < groupOfDraw.length; draw++) groupOfDraw[draw] = groupOfDraw[draw] * own.counts.length + own.binOfDraw[draw];
  }
  return { groupOfDraw, groups };
}

/** A dummy with the probabilities of the question's answers where they are discrete, its heaviest bins where not. */
function standIn({ binning: own }: GroupQuestion, dummy: Float64Array): Pick<GroupQuestion, "column" | "binning"> {
  if (!own.discrete) return { column: dummy, binning: binning(dummy, { discrete: false }) };
  const limits: number[] = [];
  let below = 0;
  for (const count of own.counts) limits.push((below += count) / own.draws);
  const column = dummy.map((uniform) =>
    Math.max(
      0,
      limits.findIndex((limit) => uniform < limit),
    ),
  );
  return { column, binning: binning(column, { discrete: true }) };
}

/**
 * Expected value of learning the answers of a group together (Strong, Oakley and Brennan 2014): the exact group, or the fitted
 * surface, chooses the alternative, the raw netValue values it, minus today's best. Fitted worths themselves are never averaged:
 * they flatter where the surface is noise.
 */
export function evppiJoint(decision: Stakes, group: QuestionGroup): JointEvppi {
  const { plugIn, crossed } = gainsOf(decision, group.grouping);
  const perDummy = Float64Array.from(group.dummies, (grouping) => measured(gainsOf(decision, grouping).plugIn).amount);
  const judgement = judged({ perShard: plugIn, perDummy, discretisation: 0, tie: decision.tie });
  // Where all shards agree a draw may still be off: as much as the widest difference between two alternatives.
  const range = judgement.standardError > 0 ? 0 : rangeOf(decision.differences);
  return {
    ...judgement,
    ...resolved(judgement, range, decision.sharding),
    lowerBound: resolved(measured(crossed), range, decision.sharding),
    method: "surface" in group.grouping ? "surface" : "exactGroups",
  };
}

function gainsOf(decision: Stakes, grouping: Grouping): { plugIn: Float64Array; crossed: Float64Array } {
  return "surface" in grouping ? gainsOfSurface(decision, grouping.surface) : gainsOfGroups(decision, grouping);
}

function gainsOfSurface(
  { differences, others, sharding }: Stakes,
  surface: QuestionSurface,
): { plugIn: Float64Array; crossed: Float64Array } {
  const width = others.length;
  if (width === 0) return { plugIn: new Float64Array(sharding.shards), crossed: new Float64Array(sharding.shards) };
  const right = rightSides(surface, differences, width);
  const plugIn = gainOfSurface(surface, fitSurface(surface, right, width, [0, 1]), differences, () => true);
  if (sharding.shards < 2) return { plugIn, crossed: plugIn };
  const halves = [0, 1].map((parity) =>
    gainOfSurface(surface, fitSurface(surface, right, width, [1 - parity]), differences, (shard) => shard % 2 === parity),
  );
  return { plugIn, crossed: plugIn.map((_, shard) => halves[shard % 2][shard]) };
}

function gainsOfGroups(
  { differences, others, sharding }: Stakes,
  { groupOfDraw, groups }: { groupOfDraw: Uint32Array; groups: number },
): { plugIn: Float64Array; crossed: Float64Array } {
  const width = others.length;
  const sums = groupSums(differences, width, groupOfDraw, groups, sharding);
  const size = groups * width;
  const chosenOn = (shards: (shard: number) => boolean): Int32Array => {
    const pooled = new Float64Array(size);
    for (let shard = 0; shard < sharding.shards; shard++)
      if (shards(shard)) for (let at = 0; at < size; at++) pooled[at] += sums[shard * size + at];
    return Int32Array.from({ length: groups }, (_, group) => {
      let [chosen, most] = [-1, 0];
      for (let other = 0; other < width; other++)
        if (pooled[group * width + other] > most) [chosen, most] = [other, pooled[group * width + other]];
      return chosen;
    });
  };
  const valued = (chosen: Int32Array, shard: number): number => {
    let gain = 0;
    chosen.forEach((other, group) => (gain += other < 0 ? 0 : sums[shard * size + group * width + other]));
    return gain / sharding.shardSize;
  };
  const all = chosenOn(() => true);
  const halves = [0, 1].map((parity) => chosenOn((shard) => sharding.shards < 2 || shard % 2 !== parity));
  const plugIn = Float64Array.from({ length: sharding.shards }, (_, shard) => valued(all, shard));
  return { plugIn, crossed: plugIn.map((_, shard) => valued(halves[shard % 2], shard)) };
}
