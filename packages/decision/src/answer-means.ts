import { assert } from "./assert.ts";
import { assertColumn, ratio, type Measured, type Sharding } from "./sharding.ts";

/** Shard sums of a column apart by the answer of a yes/no question. */
export interface AnswerMeans {
  yes: Measured | undefined; // undefined when no draw answers yes
  no: Measured | undefined;
  /** Linearised contributions to the two means, zero mean between shards. Float64Array // [shard]. */
  yesResiduals: Float64Array;
  noResiduals: Float64Array;
}

/** Mean of a column given yes and given no; the event column holds 0 and 1 only. */
export function answerMeans(netValue: Float64Array, event: Float64Array, sharding: Sharding): AnswerMeans {
  assertColumn(netValue, sharding, "netValue");
  assertColumn(event, sharding, "event");
  const { shards, shardSize } = sharding;
  const sums = { yes: new Float64Array(shards), no: new Float64Array(shards) };
  const shares = { yes: new Float64Array(shards), no: new Float64Array(shards) };
  for (let shard = 0; shard < shards; shard++) {
    let [yesSum, noSum, count] = [0, 0, 0];
    for (let draw = shard * shardSize; draw < (shard + 1) * shardSize; draw++) {
      if (event[draw] === 1) {
        yesSum += netValue[draw];
        count++;
      } else {
        assert(event[draw] === 0, "An event column holds 0 and 1 only.");
        noSum += netValue[draw];
      }
    }
    sums.yes[shard] = yesSum;
    sums.no[shard] = noSum;
    shares.yes[shard] = count;
  }
  for (let shard = 0; shard < shards; shard++) {
    assert(Number.isFinite(sums.yes[shard] + sums.no[shard]), "Column netValue holds a draw that is not finite.");
    sums.yes[shard] /= shardSize;
    sums.no[shard] /= shardSize;
    shares.yes[shard] /= shardSize;
    shares.no[shard] = 1 - shares.yes[shard];
  }
  return meansOfAnswers(sums, shares);
}

type YesNo = Record<"yes" | "no", Float64Array>; // [shard]

/** The same from sums per draw of a shard, and the shares of draws behind them. */
export function meansOfAnswers(sums: YesNo, shares: YesNo): AnswerMeans {
  const yes = ratio(sums.yes, shares.yes);
  const no = ratio(sums.no, shares.no);
  return { yes, no, yesResiduals: residuals(sums.yes, shares.yes, yes), noResiduals: residuals(sums.no, shares.no, no) };
}

function residuals(sums: Float64Array, shares: Float64Array, mean: Measured | undefined): Float64Array {
  if (mean === undefined) return new Float64Array(sums.length);
  let below = 0;
  for (const share of shares) below += share / shares.length;
  return sums.map((sum, shard) => (sum - mean.amount * shares[shard]) / below);
}
