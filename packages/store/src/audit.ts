import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { itemOf, itemText } from "./item-text.ts";
import type { StoredKind } from "./outcome.ts";
import { isVisible, versionColumns } from "./standing.ts";
import { events, versions } from "./tables.ts";

/** One line of the audit trail: a change of a workspace, or an event beside them. */
export interface AuditEntry {
  id: string;
  workspace?: string;
  change?: number;
  at: string;
  author: string;
  action: string;
  reason?: string;
  items: { kind: StoredKind; key: string; version: number; removed: boolean }[];
  details?: Record<string, unknown>;
}

export interface AuditOptions {
  workspace?: string;
  /** Whose private notes may show. */
  viewer?: string;
  /** Where the page before this one ended. */
  before?: string;
  limit?: number;
}

interface AuditRow extends Record<string, unknown> {
  source: "change" | "event";
  workspace: string | null;
  number: string;
  at: string;
  author: string;
  action: string;
  reason: string | null;
  details: string | null;
}

/** The audit trail, newest first, a page at a time. */
export async function auditTrail(database: Database, options: AuditOptions): Promise<{ entries: AuditEntry[]; next?: string }> {
  const limit = Math.min(Math.max(1, options.limit ?? 100), 1000);
  const rows = await auditRows(database, options, limit + 1);
  const page = rows.slice(0, limit);
  const touched = await touchedItems(database, page);
  const entries = page.flatMap((row): AuditEntry[] => {
    const all = touched.get(`${row.workspace}/${row.number}`) ?? [];
    const items = row.source === "change" ? all.filter((item) => isVisible(item, options.viewer)) : [];
    // A change that touched nothing but somebody's private notes is theirs.
    if (row.source === "change" && all.length > 0 && items.length === 0) return [];
    return [
      {
        id: `${row.source}/${row.workspace ?? ""}/${row.number}`,
        ...(row.workspace === null ? {} : { workspace: row.workspace }),
        ...(row.source === "change" ? { change: Number(row.number) } : {}),
        at: new Date(row.at).toISOString(),
        author: row.author,
        action: row.action,
        ...(row.reason === null ? {} : { reason: row.reason }),
        items: items.map(({ kind, key, version, removed }) => ({ kind, key, version, removed })),
        ...(row.details === null ? {} : { details: itemOf(row.details) as Record<string, unknown> }),
      },
    ];
  });
  return { entries, ...(rows.length > limit ? { next: cursorOf(page.at(-1)!) } : {}) };
}

async function auditRows(database: Database, { workspace, before }: AuditOptions, limit: number): Promise<AuditRow[]> {
  const [at, source, of, number] = before === undefined ? [] : cursorIn(before);
  if (before !== undefined && at === undefined) return [];
  const here = workspace === undefined ? sql`true` : sql`workspace = ${workspace}`;
  const older =
    before === undefined
      ? sql`true`
      : sql`(at, source, number, coalesce(workspace, '')) < (${at}::timestamptz, ${source}::text, ${number}::bigint, ${of}::text)`;
  const { rows } = await database.drizzle.execute<AuditRow>(sql`
    select source, workspace, number::text as number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, author, action, reason, details from (
      select 'change'::text as source, workspace, number, at, author, action, reason, null::text as details from watershed.change where ${here}
      union all
      select 'event'::text, workspace, id, at, author, action, null, details::text from watershed.event where ${here}
    ) as trail
    where ${older}
    order by at desc, source desc, number desc, coalesce(workspace, '') desc
    limit ${limit}`);
  return rows;
}

function cursorOf({ at, source, workspace, number }: AuditRow): string {
  return Buffer.from(JSON.stringify([at, source, workspace ?? "", number])).toString("base64url");
}

/** What a cursor says; nothing where it is none of ours. */
function cursorIn(text: string): string[] {
  try {
    const parts = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown;
    const isOurs =
      Array.isArray(parts) && parts.length === 4 && parts.every((part) => typeof part === "string" && !part.includes("\u0000"));
    return isOurs && !Number.isNaN(Date.parse(parts[0])) && /^\d{1,18}$/.test(parts[3]) ? parts : [];
  } catch {
    return [];
  }
}

type Touched = AuditEntry["items"][number] & { owner: string | null };

async function touchedItems(database: Database, page: AuditRow[]): Promise<Map<string, Touched[]>> {
  const found = new Map<string, Touched[]>();
  const ofChanges = page.filter(({ source }) => source === "change");
  for (const [workspace, rows] of Map.groupBy(ofChanges, (row) => row.workspace!)) {
    const items = await database.drizzle
      .select({
        change: versions.change,
        kind: versionColumns.kind,
        key: versions.key,
        version: versions.version,
        removed: sql<boolean>`${versions.data} is null`,
        owner: versions.owner,
      })
      .from(versions)
      .where(
        and(
          eq(versions.workspace, workspace),
          inArray(
            versions.change,
            rows.map(({ number }) => Number(number)),
          ),
        ),
      )
      .orderBy(versions.kind, versions.place);
    for (const { change, ...item } of items) {
      const name = `${workspace}/${change}`;
      found.set(name, [...(found.get(name) ?? []), item]);
    }
  }
  return found;
}

/** Something that happened beside changes of a workspace, for the audit trail. */
export interface StoreEvent {
  author: string;
  action: string;
  workspace?: string;
  details?: Record<string, unknown>;
}

/** Writes an event into the audit trail, where it stays. */
export async function recordEvent(database: Database, { author, action, workspace, details }: StoreEvent): Promise<void> {
  const row = { workspace: workspace ?? null, author, action, details: details === undefined ? null : itemText(details) };
  await database.drizzle.insert(events).values({ ...row, at: sql`clock_timestamp()` });
}
