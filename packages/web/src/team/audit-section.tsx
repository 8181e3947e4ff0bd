import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { AuditEntry } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useItemName } from "../decisions/item-name.ts";
import { Empty, Failed, Loading } from "../shell/states.tsx";
import { auditQuery, membersQuery } from "./team-queries.ts";
import { useTeamWords } from "./team-words.ts";

const fewItems = 6;

/** Who did what and when, latest first, as far back as one asks. */
export function AuditSection(): ReactNode {
  const { team } = useTeamWords();
  const { view, canWrite } = useDesk();
  const trail = useInfiniteQuery({ ...auditQuery(view.id, view.revision), enabled: canWrite });
  if (!canWrite) return <Empty>{team.audit.observers}</Empty>;
  if (trail.error) return <Failed error={trail.error} retry={() => void trail.refetch()} />;
  if (!trail.data) return <Loading rows={8} />;
  const entries = trail.data.pages.flatMap((page) => page.entries);
  return (
    <>
      <p className="soft">{team.audit.lead}</p>
      {entries.length === 0 && <Empty>{team.audit.none}</Empty>}
      {entries.length > 0 && (
        <ol className="plain card trail">
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {trail.hasNextPage && (
        <div>
          <Button variant="default" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {team.audit.earlier}
          </Button>
        </div>
      )}
    </>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }): ReactNode {
  const { team, moment } = useTeamWords();
  const { at, by, action, reason, revision, items } = entry;
  const isNew = action === "saved" && items.every(({ version }) => version === 1);
  return (
    <li data-row tabIndex={-1}>
      <div className="small soft num">
        <time dateTime={at}>{moment(at)}</time>
        {revision !== null && ` · ${team.audit.revision(revision)}`}
      </div>
      <div>
        <b>{by?.name ?? "—"}</b> {team.audit.action[isNew ? "appended" : action] ?? action} <Detail entry={entry} />
        {items.length > fewItems ? <ItemCounts items={items} /> : <ItemList items={items} />}
        {reason !== null && !ownReasons.has(reason) && (
          <div className="small">
            {team.audit.reason}: {reason}
          </div>
        )}
      </div>
    </li>
  );
}

/** Reasons that Watershed gives itself, which the action says already. */
const ownReasons = new Set(["firstRun", "joined"]);

function ItemList({ items }: { items: AuditEntry["items"] }): ReactNode {
  const { team } = useTeamWords();
  const nameOf = useItemName();
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map(({ kind, id, version, removed }) => (
        <li key={`${kind} ${id}`}>
          {team.audit.itemKind[kind] ?? kind} {kind !== "settings" && kind !== "streams" && nameOf(kind, id)}{" "}
          <span className="small soft">{removed ? team.audit.removed : team.audit.version(version)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Many items at once, as so many of each kind. */
function ItemCounts({ items }: { items: AuditEntry["items"] }): ReactNode {
  const { team, language } = useTeamWords();
  const counts = new Map<string, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (
    <div className="small soft">
      {[...counts].map(([kind, count]) => `${team.audit.itemKind[kind] ?? kind} × ${count.toLocaleString(language)}`).join(", ")}
    </div>
  );
}

/** What an entry about the team says beside its action: whom, as what. */
function Detail({ entry: { details } }: { entry: AuditEntry }): ReactNode {
  const { team, say } = useTeamWords();
  const { view, workspace } = useDesk();
  const members = useQuery(membersQuery(view.id));
  const { user, role, name, person } = details as { user?: string; role?: string; name?: string; person?: string };
  const parts = [
    user !== undefined && (members.data?.find((member) => member.user.id === user)?.user.name ?? ""),
    name,
    role !== undefined && (team.role[role as keyof typeof team.role] ?? role),
    person !== undefined && say(workspace.people.find(({ id }) => id === person)?.name),
  ].filter(Boolean);
  return parts.length > 0 && <span className="soft">({parts.join(", ")})</span>;
}
