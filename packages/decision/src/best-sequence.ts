import { assert } from "./assert.ts";
import { indexOfLargest } from "./expected-net-value.ts";
import { bestAt, type Later } from "./evsi.ts";
import type { Inquiry } from "./reading.ts";
import { resultSums, type Ledger } from "./result-sums.ts";
import { measured, type Measured } from "./sharding.ts";

/** What a company's alternatives net after every pair of results of two inquiries: all that comparing plans needs. */
export interface ResultTable {
  company: string;
  ledger: Omit<Ledger, "columns">;
  first: number; // results
  second: number;
  sums: Float64Array; // [shard][result of the first][result of the second][alternative, then count]
}

/** The table of one company for two inquiries. */
export function resultTable(company: string, ledger: Ledger, one: Inquiry, other: Inquiry): ResultTable {
  const { results, sums } = resultSums(ledger, [one, other]);
  const { columns: _, ...slim } = ledger;
  return { company, ledger: slim, first: results[0], second: results[1], sums };
}

/** A company whose decision the two inquiries serve, and what becomes of its alternatives while results are waited for. */
export interface ServedCompany {
  table: ResultTable;
  later: {
    afterOne: [Later, Later]; // after the first alone, after the second alone
    afterBoth: [Later, Later]; // one after the other: first then second, second then first
    atOnce: Later; // both asked for today
  };
}

/** A plan of inquiries and what it nets, costs paid, chosen on one half of the shards and valued on the other. */
export interface PlanWorth {
  worth: Measured;
  perShard: Float64Array; // [shard]
  /** The same chosen and valued on all shards: at least as large on average. */
  plugIn: number;
  /** Companies that wait for the first result. */
  waiting: string[];
  /** Results of the first inquiry after which the second one is asked for. */
  goesOn: boolean[]; // [result of the first]
  probabilityGoesOn: number;
}

/** Two inquiries in every order: each alone, both at once, and each followed by the other where its result says so. */
export interface PairOfInquiries {
  alone: [PlanWorth, PlanWorth];
  together: PlanWorth;
  /** First then perhaps second, and second then perhaps first. */
  inSequence: [PlanWorth, PlanWorth];
}

/**
 * What the best adaptive use of two inquiries is worth over companies decided apart: after the first result either stop and decide,
 * or pay for the second and decide after it. The choice to go on is common, because the second inquiry is paid once; every
 * company then waits or does not. Expectations are exact over results given the answers, rules come from even shards for odd
 * ones and the other way round, so that choosing among noisy sums flatters nothing.
 */
export function pairOfInquiries(companies: ServedCompany[], one: { cost: number }, other: { cost: number }): PairOfInquiries {
  const tables = companies;
  const never = Infinity;
  return {
    alone: [
      planWorth(
        tables.map(({ table, later }) => ({ ...collapsed(table), later: [later.afterOne[0], later.afterOne[0]] })),
        one.cost,
        never,
      ),
      planWorth(
        tables.map(({ table, later }) => ({ ...collapsed(swapped(table)), later: [later.afterOne[1], later.afterOne[1]] })),
        other.cost,
        never,
      ),
    ],
    together: planWorth(
      tables.map(({ table, later }) => ({ ...table, first: table.first * table.second, second: 1, later: [later.atOnce, later.atOnce] })),
      one.cost + other.cost,
      never,
    ),
    inSequence: [
      planWorth(
        tables.map(({ table, later }) => ({ ...table, later: [later.afterOne[0], later.afterBoth[0]] })),
        one.cost,
        other.cost,
      ),
      planWorth(
        tables.map(({ table, later }) => ({ ...swapped(table), later: [later.afterOne[1], later.afterBoth[1]] })),
        other.cost,
        one.cost,
      ),
    ],
  };
}

type ServedTable = ResultTable & { later: [Later, Later] }; // after the first, after the second

/** The first inquiry alone: sums over the results of the second. */
function collapsed(table: ResultTable): ResultTable {
  const { first, second, sums, ledger } = table;
  const { width } = ledger;
  const total = new Float64Array(sums.length / second);
  for (let row = 0; row < ledger.sharding.shards * first; row++)
    for (let column = 0; column < second; column++)
      for (let at = 0; at < width; at++) total[row * width + at] += sums[(row * second + column) * width + at];
  return { ...table, second: 1, sums: total };
}

function swapped(table: ResultTable): ResultTable {
  const { first, second, sums, ledger } = table;
  const { width, sharding } = ledger;
  const turned = new Float64Array(sums.length);
  for (let shard = 0; shard < sharding.shards; shard++)
    for (let row = 0; row < first; row++)
      for (let column = 0; column < second; column++) {
        const from = ((shard * first + row) * second + column) * width;
        const to = ((shard * second + column) * first + row) * width;
        for (let at = 0; at < width; at++) turned[to + at] = sums[from + at];
      }
  return { ...table, first: second, second: first, sums: turned };
}

function planWorth(tables: ServedTable[], costFirst: number, costSecond: number): PlanWorth {
  assert(tables.length > 0, "A plan of inquiries serves at least one company.");
  const { shards } = tables[0].ledger.sharding;
  const every = Array.from({ length: shards }, (_, shard) => shard);
  const whole = planOf(tables, every, costSecond);
  const inSample = valuesOf(tables, whole, costFirst, costSecond);
  const halves = [0, 1].map((parity) => every.filter((shard) => shard % 2 === parity));
  const perShard =
    shards < 2
      ? inSample
      : halves.reduce((values, _, parity) => {
          const learned = valuesOf(tables, planOf(tables, halves[1 - parity], costSecond), costFirst, costSecond);
          for (const shard of halves[parity]) values[shard] = learned[shard];
          return values;
        }, new Float64Array(shards));
  return {
    worth: measured(perShard),
    perShard,
    plugIn: measured(inSample).amount,
    waiting: tables.filter((_, place) => whole.companies[place].waits).map(({ company }) => company),
    goesOn: whole.goesOn,
    probabilityGoesOn: chanceOf(tables[0], whole.goesOn),
  };
}

/** What is done after every result; alternatives are chosen for stopping and for going on. */
interface Plan {
  goesOn: boolean[]; // [first]
  companies: CompanyPlan[];
}

interface CompanyPlan {
  waits: boolean; // for the first result; else it takes today's best
  today: number;
  stop: Int32Array; // [first]
  go: Int32Array; // [first][second]
  /** Whether the company waits for the second result where it is asked for. */
  waitsOn: boolean[]; // [first]
}

function planOf(tables: ServedTable[], shards: number[], costSecond: number): Plan {
  const pooled = tables.map((table) => pooledOver(table, shards));
  const companies = tables.map((table, place) => companyPlan(table, pooled[place]));
  let goesOn = goingOn(tables, pooled, companies, costSecond);
  companies.forEach((plan, place) => (plan.waits = gainOf(tables[place], pooled[place], plan, goesOn) > 0));
  if (companies.some(({ waits }) => !waits)) goesOn = goingOn(tables, pooled, companies, costSecond);
  return { goesOn, companies };
}

function companyPlan({ first, second, ledger, later }: ServedTable, pooled: Float64Array): CompanyPlan {
  const { width } = ledger;
  const stop = new Int32Array(first);
  const go = new Int32Array(first * second);
  const waitsOn: boolean[] = [];
  for (let row = 0; row < first; row++) {
    stop[row] = bestAt(rowSums(pooled, row, second, width), 0, later[0]);
    for (let column = 0; column < second; column++) go[row * second + column] = bestAt(pooled, (row * second + column) * width, later[1]);
    waitsOn.push(goWorth(pooled, row, { second, width, go, later }) > stopWorth(pooled, row, { second, width, stop, later }));
  }
  return { waits: true, today: indexOfLargest(ledger.means.map((means) => measured(means).amount)), stop, go, waitsOn };
}

/** Where what going on adds for the companies that wait exceeds what the second inquiry costs. */
function goingOn(tables: ServedTable[], pooled: Float64Array[], companies: CompanyPlan[], costSecond: number): boolean[] {
  const { width } = tables[0].ledger;
  return Array.from({ length: tables[0].first }, (_, row) => {
    let gain = 0;
    tables.forEach((table, place) => {
      const plan = companies[place];
      if (!plan.waits || !plan.waitsOn[row]) return;
      const shape = { second: table.second, width: table.ledger.width, later: table.later, ...plan };
      gain += goWorth(pooled[place], row, shape) - stopWorth(pooled[place], row, shape);
    });
    const count = rowSums(pooled[0], row, tables[0].second, width)[width - 1];
    return costSecond < Infinity && gain > costSecond * count;
  });
}

function gainOf({ first, second, ledger, later }: ServedTable, pooled: Float64Array, plan: CompanyPlan, goesOn: boolean[]): number {
  const { width } = ledger;
  let gain = 0;
  for (let row = 0; row < first; row++) {
    const shape = { second, width, later, ...plan };
    gain += goesOn[row] && plan.waitsOn[row] ? goWorth(pooled, row, shape) : stopWorth(pooled, row, shape);
    gain -= rowSums(pooled, row, second, width)[plan.today];
  }
  return gain;
}

interface RowShape {
  second: number;
  width: number;
  later: [Later, Later];
}

function stopWorth(sums: Float64Array, row: number, { second, width, later, stop }: RowShape & { stop: Int32Array }): number {
  return later[0][stop[row]]! * rowSums(sums, row, second, width)[stop[row]];
}

function goWorth(sums: Float64Array, row: number, { second, width, later, go }: RowShape & { go: Int32Array }): number {
  let worth = 0;
  for (let column = 0; column < second; column++) {
    const at = row * second + column;
    worth += later[1][go[at]]! * sums[at * width + go[at]];
  }
  return worth;
}

function rowSums(sums: Float64Array, row: number, second: number, width: number): Float64Array {
  const total = new Float64Array(width);
  for (let column = 0; column < second; column++)
    for (let at = 0; at < width; at++) total[at] += sums[(row * second + column) * width + at];
  return total;
}

function pooledOver({ first, second, ledger, sums }: ResultTable, shards: number[]): Float64Array {
  const size = first * second * ledger.width;
  const pooled = new Float64Array(size);
  for (const shard of shards) for (let at = 0; at < size; at++) pooled[at] += sums[shard * size + at];
  return pooled;
}

/** What a plan nets in every shard over today's decisions, costs paid. Float64Array // [shard]. */
function valuesOf(tables: ServedTable[], plan: Plan, costFirst: number, costSecond: number): Float64Array {
  const { shards, shardSize } = tables[0].ledger.sharding;
  return Float64Array.from({ length: shards }, (_, shard) => {
    const views = tables.map(({ first, second, ledger, sums }) => {
      const size = first * second * ledger.width;
      return sums.subarray(shard * size, (shard + 1) * size);
    });
    let gain = 0;
    tables.forEach((table, place) => {
      if (plan.companies[place].waits) gain += gainOf(table, views[place], plan.companies[place], plan.goesOn);
    });
    const { width } = tables[0].ledger;
    plan.goesOn.forEach((goes, row) => {
      if (goes) gain -= costSecond * rowSums(views[0], row, tables[0].second, width)[width - 1];
    });
    return gain / shardSize - costFirst;
  });
}

function chanceOf({ first, second, ledger, sums }: ResultTable, goesOn: boolean[]): number {
  const { width, sharding } = ledger;
  let count = 0;
  for (let shard = 0; shard < sharding.shards; shard++)
    goesOn.forEach((goes, row) => {
      if (goes) count += rowSums(sums, shard * first + row, second, width)[width - 1];
    });
  return Math.min(1, count / (sharding.shards * sharding.shardSize));
}
