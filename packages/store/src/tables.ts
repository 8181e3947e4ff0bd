import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

/** Everything of the store is in this schema; other tables of the same database are none of its business. */
export const watershed = pgSchema("watershed");

/** Items as their own text: `jsonb` would put the fields of an item into another order. See item-text.ts. */
const itemText = customType<{ data: string; driverData: string }>({ dataType: () => "json" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** A workspace; what it holds is in its items, settings too. */
export const workspaces = watershed.table("workspace", {
  id: text().primaryKey(),
  createdAt: moment("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  archivedAt: moment("archived_at"),
});

/** One change of a workspace: who, when, why. Append-only, numbered from 1, each with the hash of itself and all before it. */
export const changes = watershed.table(
  "change",
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    number: bigint({ mode: "number" }).notNull(),
    at: moment("at").notNull(),
    author: text().notNull(),
    action: text().notNull(),
    reason: text(),
    requestId: text("request_id"),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.number] }),
    uniqueIndex("change_request")
      .on(table.workspace, table.requestId)
      .where(sql`request_id is not null`),
    index("change_at").on(table.workspace, table.at),
  ],
);

/**
 * One version of one item. Append-only; a version without data says that the item was removed. That its change is there is held by a
 * trigger: a foreign key would need the right to update the table it points to.
 */
export const versions = watershed.table(
  "item_version",
  {
    workspace: text().notNull(),
    kind: text().notNull(),
    key: text().notNull(),
    version: integer().notNull(),
    change: bigint({ mode: "number" }).notNull(),
    place: doublePrecision().notNull(), // orders the items of a list
    owner: text(), // of a private note: who alone may read this version
    data: itemText(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.kind, table.key, table.version] }),
    index("item_version_change").on(table.workspace, table.change),
    check("item_version_from_one", sql`version >= 1`),
  ],
);

/** What happened beside changes of workspaces: signed in, invited, exported. Append-only. */
export const events = watershed.table(
  "event",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspace: text(),
    at: moment("at").notNull(),
    author: text().notNull(),
    action: text().notNull(),
    details: itemText(),
  },
  (table) => [index("event_at").on(table.at, table.id)],
);

/** Until which change somebody has seen a workspace. */
export const visits = watershed.table(
  "visit",
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    author: text().notNull(),
    change: bigint({ mode: "number" }).notNull(),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.author] })],
);

/** Rows of a backup whose tables are not the store's and were not there yet; their owner fetches them. */
export const restoredRows = watershed.table("restored_row", {
  id: bigserial({ mode: "number" }).primaryKey(),
  schema: text().notNull(),
  table: text().notNull(),
  data: itemText().notNull(),
  claimed: boolean().notNull().default(false),
});
