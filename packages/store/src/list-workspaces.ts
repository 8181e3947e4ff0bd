import { desc, eq, sql } from "drizzle-orm";
import type { Text } from "@watershed/domain";
import type { Database } from "./database.ts";
import { itemOf } from "./item-text.ts";
import { changes, versions, workspaces } from "./tables.ts";

/** A workspace as it stands in a list. */
export interface WorkspaceSummary {
  id: string;
  name: Text;
  change: number;
  at: string;
  author: string;
  createdAt: string;
  createdBy: string;
  archived: boolean;
}

/** Every workspace with its name and last change, the one changed last first. */
export async function listWorkspaces(database: Database, { archived = false }: { archived?: boolean } = {}): Promise<WorkspaceSummary[]> {
  const latest = database.drizzle
    .selectDistinctOn([changes.workspace], { workspace: changes.workspace, number: changes.number, at: changes.at, author: changes.author })
    .from(changes)
    .orderBy(changes.workspace, desc(changes.number))
    .as("latest");
  const settings = database.drizzle
    .selectDistinctOn([versions.workspace], { workspace: versions.workspace, data: sql<string>`${versions.data}::text`.as("data") })
    .from(versions)
    .where(eq(versions.kind, "settings"))
    .orderBy(versions.workspace, desc(versions.version))
    .as("settings");
  const rows = await database.drizzle
    .select({
      id: workspaces.id,
      createdAt: workspaces.createdAt,
      createdBy: workspaces.createdBy,
      archivedAt: workspaces.archivedAt,
      change: latest.number,
      at: latest.at,
      author: latest.author,
      settings: settings.data,
    })
    .from(workspaces)
    .innerJoin(latest, eq(latest.workspace, workspaces.id))
    .innerJoin(settings, eq(settings.workspace, workspaces.id))
    .orderBy(desc(latest.at), workspaces.id);
  return rows
    .filter((row) => archived || row.archivedAt === null)
    .map(({ settings: text, archivedAt, createdAt, at, ...row }) => ({
      ...row,
      name: (itemOf(text) as { name: Text }).name,
      at: at.toISOString(),
      createdAt: createdAt.toISOString(),
      archived: archivedAt !== null,
    }));
}
