import { assert } from "./assert.ts";
import { drawCount, strided } from "./sharding.ts";
import { newColumn } from "./spare-columns.ts";
import { rowOfDraw, type Batch } from "./trigger-knowledge.ts";
import { drawsOfCell } from "./policy-cells.ts";
import { decide, type DecidedBatch, type PolicyState, type Prepared } from "./waiting-policy.ts";

/** Columns and sums per shard that deciding batch after batch fills. */
export interface Tally {
  netValue: Float64Array; // [draw]
  chosen: Int8Array; // [draw]
  open: Float64Array | undefined; // [draw], chance that we have not got in yet; undefined where nothing follows the first trigger
  tries: Uint8Array | undefined; // [draw]
  worth: Float64Array; // [shard], as all below
  always: Float64Array;
  money: Float64Array;
  attempts: Float64Array[]; // [attempt][shard]
  occasions: { first: Float64Array; invests: Float64Array }[];
}

export function tallyOf({ batches, sequence, sharding }: Prepared): Tally {
  const { shards } = sharding;
  const draws = drawCount(sharding);
  const goesOn = batches.some(({ stage }) => stage > 0);
  const perShard = (): Float64Array => new Float64Array(shards);
  return {
    netValue: newColumn(draws),
    chosen: new Int8Array(draws).fill(-1),
    open: goesOn ? new Float64Array(draws).fill(1) : undefined,
    tries: goesOn ? new Uint8Array(draws) : undefined,
    worth: perShard(),
    always: perShard(),
    money: perShard(),
    attempts: [],
    occasions: sequence.occasions.map(() => ({ first: perShard(), invests: perShard() })),
  };
}

export type CountedState = PolicyState & { reached: number; taken: number };

/** Decides one batch by the rules that others learned and counts what comes of it. */
export function tallyBatch(prepared: Prepared, decided: DecidedBatch, tally: Tally): CountedState[] {
  const { batch, cells } = decided;
  const { invests, taken } = decide(prepared, decided, "others");
  tallyMoney(prepared, batch, invests, tally);
  if (!tally.open) {
    tallyOnce(prepared, batch, invests, tally);
    return cells.map((state, cell) => ({ ...state, reached: drawsOfCell(decided.counts, cell), taken: taken[cell] }));
  }
  const counted = tallyOpen(prepared, decided, invests, tally);
  return cells.map((state, cell) => ({ ...state, reached: counted.reached[cell], taken: counted.taken[cell] }));
}

/** What is put in, before the batch is decided: what was decided earlier weighs what is left. A fixed ticket is counted by who gets in. */
function tallyMoney({ sequence, sharding }: Prepared, { draws, occasion }: Batch, invests: Uint8Array, tally: Tally): void {
  const { ticketThen, access } = sequence.occasions[occasion];
  if (!(ticketThen instanceof Float64Array)) return;
  const { values, step } = strided(access);
  const { open, money } = tally;
  let [shard, end] = [0, sharding.shardSize];
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    for (; draw >= end; end += sharding.shardSize) shard++;
    if (invests[row] === 1) money[shard] += (open ? open[draw] : 1) * values[draw * step] * ticketThen[draw];
  }
}

/** Money put in per shard, fixed tickets included; undefined where an occasion has none. */
export function moneyOf({ sequence: { occasions } }: Prepared, tally: Tally): Float64Array | undefined {
  if (occasions.some(({ ticketThen }) => ticketThen === undefined)) return undefined;
  return tally.money.map((drawn, shard) =>
    occasions.reduce(
      (sum, { ticketThen }, place) => sum + (typeof ticketThen === "number" ? ticketThen * tally.occasions[place].invests[shard] : 0),
      drawn,
    ),
  );
}

/** The only batch of a draw: nothing follows it. One pass, shard by shard. */
function tallyOnce({ sequence, sharding }: Prepared, { draws, occasion }: Batch, invests: Uint8Array, tally: Tally): void {
  const { shards, shardSize } = sharding;
  const { netValueThen, access } = sequence.occasions[occasion];
  const { values, step } = strided(access);
  const { netValue, chosen } = tally;
  const sums = tally.occasions[occasion];
  const attempts = (tally.attempts[0] ??= new Float64Array(shards));
  let row = 0;
  for (let shard = 0; shard < shards; shard++) {
    const from = row;
    const to = rowOfDraw(draws, (shard + 1) * shardSize);
    let [worth, always, gotIn, tried] = [0, 0, 0, 0];
    for (; row < to; row++) {
      const draw = draws[row];
      const chance = values[draw * step];
      if (!(chance >= 0 && chance <= 1)) assert(false, "Access must lie between 0 and 1.");
      const takes = invests[row];
      const then = netValueThen[draw];
      const offered = chance * then;
      // Adding 0 makes a declined loss 0 and not -0.
      const nets = takes * offered + 0;
      netValue[draw] = nets;
      chosen[draw] = takes * (occasion + 1) - 1;
      worth += nets;
      tried += takes * then;
      always += offered;
      gotIn += takes * chance;
    }
    // A sum is finite only if all its terms are.
    assert(Number.isFinite(always), "Column netValueThen holds a draw that is not finite.");
    sums.first[shard] += row - from;
    sums.invests[shard] += gotIn;
    tally.worth[shard] += worth;
    tally.always[shard] += always;
    attempts[shard] += tried;
  }
}

/** A batch that others precede or follow: what was decided before weighs what is left. */
function tallyOpen(
  { sequence, sharding }: Prepared,
  { batch, cellOf, cells }: DecidedBatch,
  invests: Uint8Array,
  tally: Tally,
): { reached: Float64Array; taken: Float64Array } {
  const { draws, group, stage, occasion } = batch;
  const { netValueThen: then, access } = sequence.occasions[occasion];
  const { values, step } = strided(access);
  const [reached, taken] = [new Float64Array(cells.length), new Float64Array(cells.length)];
  const { open, tries, chosen, netValue, worth, always, attempts } = tally as Required<Tally>;
  const sums = tally.occasions[occasion];
  let [shard, end] = [0, sharding.shardSize];
  for (let row = 0; row < draws.length; row++) {
    const draw = draws[row];
    for (; draw >= end; end += sharding.shardSize) shard++;
    const chance = values[draw * step];
    if (!(chance >= 0 && chance <= 1)) assert(false, "Access must lie between 0 and 1.");
    if (!Number.isFinite(then[draw])) assert(false, "Column netValueThen holds a draw that is not finite.");
    const nets = chance * then[draw];
    if (stage === 0) {
      sums.first[shard]++;
      always[shard] += nets;
    }
    const left = open![draw];
    const cell = cellOf[group[row]];
    if (cell >= 0) reached[cell] += left;
    if (invests[row] === 0) continue;
    taken[cell] += left;
    sums.invests[shard] += left * chance;
    worth[shard] += left * nets;
    if (chosen[draw] < 0) chosen[draw] = occasion;
    netValue[draw] += left * nets;
    open![draw] = left * (1 - chance);
    const attempt = tries![draw]++;
    (attempts[attempt] ??= new Float64Array(sharding.shards))[shard] += then[draw];
  }
  return { reached, taken };
}
