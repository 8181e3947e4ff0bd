import type { Item, ItemKind } from "@watershed/domain";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { AnyItem, ItemVersion } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { fieldConflicts } from "../data/merge.ts";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { usePast } from "../past/use-past.ts";
import { Failed, Loading } from "../shell/states.tsx";

/** Every state that an item ever had: who changed what and when; any of them can be brought back. */
export function ItemHistory<K extends ItemKind>({ kind, item }: { kind: K; item: Item<K> }): ReactNode {
  const { text, day } = useWords();
  const { view, versionOf, canWrite } = useDesk();
  const { save, pending, error, dialog } = useSave();
  const { read } = usePast();
  const at = versionOf(kind, item);
  const path = `/workspaces/${encodeURIComponent(view.id)}/${kind}/${encodeURIComponent(at?.id ?? "")}/history`;
  const history = useQuery({
    queryKey: ["history", view.id, kind, at?.id, at?.version],
    queryFn: () => call<{ versions: ItemVersion[] }>("GET", path),
    enabled: at !== undefined,
  });
  if (!at) return null;
  if (history.error) return <Failed error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <Loading rows={2} />;
  const versions = history.data.versions
    .filter(({ version }) => version <= at.version) // a past day knows none of the later ones
    .toSorted((one, other) => other.version - one.version);
  return (
    <section className="card stack tight" aria-label={text.history.title}>
      <h2>{text.history.title}</h2>
      {error && <Failed error={error} />}
      <ol className="plain forecast-list">
        {versions.map((version, place) => (
          <li key={version.version}>
            <div className="row between">
              <span>
                {day(version.at)} · {version.by?.name ?? text.history.nobody} · {text.history.version(version.version)}
              </span>
              {place > 0 && (
                <Button size="compact-xs" variant="subtle" onClick={() => read(version.at)}>
                  {text.history.readThen}
                </Button>
              )}
              {canWrite && place > 0 && version.item && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={pending}
                  onClick={() => void save({ kind, item: version.item as Item<K>, at, before: item })}
                >
                  {text.history.bringBack}
                </Button>
              )}
            </div>
            <Changes before={versions[place + 1]?.item ?? null} after={version.item} first={place === versions.length - 1} />
          </li>
        ))}
      </ol>
      {dialog}
    </section>
  );
}

/** What a version changed against the one before it. */
function Changes({ before, after, first }: { before: AnyItem | null; after: AnyItem | null; first: boolean }): ReactNode {
  const { text } = useWords();
  if (first) return <p className="small soft">{text.history.made}</p>;
  if (!after) return <p className="small soft">{text.history.removed}</p>;
  const changes = fieldConflicts({ base: before, current: { version: 0, item: before, at: "", by: null }, yours: after });
  return (
    <ul className="small">
      {changes.map(({ field, base, mine }) => (
        <li key={field}>
          <b>{field}</b>: <del>{shown(base)}</del> → <ins>{shown(mine)}</ins>
        </li>
      ))}
    </ul>
  );
}

function shown(value: unknown): string {
  const written = value === undefined ? "—" : typeof value === "string" ? value : JSON.stringify(value);
  return written.length > 240 ? `${written.slice(0, 240)}…` : written;
}
