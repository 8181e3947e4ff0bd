import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";
import { refused } from "./outcome.ts";
import type { By, Outcome } from "./outcome.ts";
import { storeProblem } from "./problem.ts";
import { standingVersions } from "./standing.ts";
import { holdWorkspace, writeChange } from "./write-change.ts";

export interface HandingOver extends By {
  from: string; // whose private notes they are
  to: string;
}

/** Makes the private notes of one author another's, as one change. What they were before stays the first one's alone, as everything that is past. */
export async function handOver(database: Database, workspace: string, { from, to, ...by }: HandingOver): Promise<Outcome> {
  return database.steadily(() =>
    database.drizzle.transaction(async (tx) => {
      const head = await holdWorkspace(tx, workspace, randomUUID());
      if (!head) return refused(storeProblem("unknownWorkspace", { workspace }, { id: workspace }));
      const notes = await standingVersions(tx, workspace, { kinds: ["notes"] });
      const rows = notes
        .filter(({ owner, data }) => owner === from && data !== null)
        .map(({ kind, key, version, place, data }) => ({ kind, key, version: version + 1, place, owner: to, data }));
      const saved = rows.map(({ kind, key, version }) => ({ kind, key, version }));
      if (rows.length === 0) return { outcome: "saved", workspace, change: head.number, at: (head.at ?? new Date(0)).toISOString(), saved };
      const { number, at } = await writeChange(tx, head, { action: "saved", by, rows });
      return { outcome: "saved", workspace, change: number, at: at.toISOString(), saved };
    }),
  );
}
