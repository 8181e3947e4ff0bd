import { and, asc, eq, sql } from "drizzle-orm";
import type { Database, Sql, Transaction } from "./database.ts";
import { restoredRows } from "./tables.ts";

/** Schemas whose tables are not the store's and yet go into a backup: who may sign in. */
const foreignSchemas = ["auth"];
/** Open sessions and links that were sent out end with the database they belong to. */
const passing = ["session", "verification"];

/** The tables of others that go into a backup; those that are pointed to come before those that point. */
export async function foreignTables(on: Sql | Transaction): Promise<{ schema: string; table: string }[]> {
  const { rows } = await on.execute<{ schema: string; table: string }>(sql`
    select table_schema as schema, table_name as table from information_schema.tables
    where table_schema in ${foreignSchemas} and table_type = 'BASE TABLE' and table_name not in ${passing}
    order by 1, 2`);
  const links = await on.execute<{ from: string; to: string }>(sql`
    select c.conrelid::regclass::text as from, c.confrelid::regclass::text as to from pg_constraint c
    join pg_namespace n on n.oid = c.connamespace where c.contype = 'f' and n.nspname in ${foreignSchemas} and c.conrelid <> c.confrelid`);
  return pointedToFirst(rows, links.rows);
}

function pointedToFirst<T extends { schema: string; table: string }>(tables: T[], links: { from: string; to: string }[]): T[] {
  const nameOf = (table: T): string[] => [`${table.schema}.${table.table}`, `${table.schema}."${table.table}"`];
  const done: T[] = [];
  let left = tables;
  while (left.length > 0) {
    const open = new Set(left.flatMap(nameOf));
    const ready = left.filter((table) => !links.some(({ from, to }) => nameOf(table).includes(from) && open.has(to)));
    done.push(...(ready.length > 0 ? ready : left)); // a circle of tables is left as it is
    left = left.filter((table) => !done.includes(table));
  }
  return done;
}

export interface ForeignRow {
  schema: string;
  table: string;
  data: string;
}

/**
 * Puts rows of others' tables back: into the table where it is there, else aside until its owner fetches them (`claimRows`).
 * A row that cannot be put in, because one like it is there, is left out. Gives how many went in or aside.
 */
export async function putForeignRow(tx: Transaction, row: ForeignRow): Promise<number> {
  if (!foreignSchemas.includes(row.schema) || passing.includes(row.table)) return 0;
  const { rows } = await tx.execute<{ there: string | null }>(
    sql`select to_regclass(format('%I.%I', ${row.schema}::text, ${row.table}::text)) as there`,
  );
  if (rows[0].there !== null) return insertForeign(tx, row);
  await tx.insert(restoredRows).values(row);
  return 1;
}

async function insertForeign(tx: Transaction, { schema, table, data }: ForeignRow): Promise<number> {
  const fields = Object.keys(JSON.parse(data) as object);
  const { rows } = await tx.execute<{ name: string }>(sql`
    select column_name as name from information_schema.columns where table_schema = ${schema} and table_name = ${table} and is_generated = 'NEVER'`);
  const columns = sql.join(
    rows.filter(({ name }) => fields.includes(name)).map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  const target = sql`${sql.identifier(schema)}.${sql.identifier(table)}`;
  try {
    // Of its own, so that a row that does not fit leaves the others in.
    return await tx.transaction(async (inner) => {
      const done = await inner.execute(
        sql`insert into ${target} (${columns}) select ${columns} from json_populate_record(null::${target}, ${data}::json) on conflict do nothing`,
      );
      return done.rowCount ?? 0;
    });
  } catch (error) {
    if (isViolation(error)) return 0;
    throw error;
  }
}

/** Whether a row was refused for what is there already. */
function isViolation(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return (cause?.code ?? code ?? "").startsWith("23");
}

/** Moves rows that were restored before their tables were there into them; for the owner of the tables, after it made them. */
export async function claimRows(database: Database, schema: string): Promise<number> {
  return database.drizzle.transaction(async (tx) => {
    const waiting = await tx
      .select({ id: restoredRows.id, table: restoredRows.table, data: sql<string>`${restoredRows.data}::text` })
      .from(restoredRows)
      .where(and(eq(restoredRows.schema, schema), eq(restoredRows.claimed, false)))
      .orderBy(asc(restoredRows.id))
      .for("update");
    let moved = 0;
    const there = new Set((await foreignTables(tx)).filter((one) => one.schema === schema).map(({ table }) => table));
    for (const { id, table, data } of waiting) {
      if (!there.has(table)) continue;
      moved += await insertForeign(tx, { schema, table, data });
      await tx.update(restoredRows).set({ claimed: true }).where(eq(restoredRows.id, id));
    }
    return moved;
  });
}
