import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { Change } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { nameOfItem } from "./item-name.ts";
import { useSince } from "./since.ts";

const fewChanges = 5;

/** What others (and we) changed since the last visit, newest first, until it is marked as seen. */
export function SinceLastVisit(): ReactNode {
  const { text, day } = useWords();
  const { view } = useDesk();
  const client = useQueryClient();
  const since = useSince();
  const [all, showAll] = useState(false);
  const seen = useMutation({
    mutationFn: () => call("PUT", `/workspaces/${encodeURIComponent(view.id)}/visit`, {}),
    onSuccess: () => client.invalidateQueries({ queryKey: ["figures", view.id, "since"] }),
  });
  if (!since.data) return null;
  const { from, changes } = since.data;
  const newest = changes.toReversed();
  return (
    <section className="card stack tight" aria-labelledby="since-title">
      <h2 id="since-title">{text.decisions.sinceTitle}</h2>
      {from === null && <p className="soft small">{text.decisions.sinceNever}</p>}
      {from !== null && changes.length === 0 && <p className="soft small">{text.decisions.sinceNothing(day(from.at))}</p>}
      {changes.length > 0 && from !== null && (
        <>
          <ul className="plain stack tight small">
            {(all ? newest : newest.slice(0, fewChanges)).map((change) => (
              <ChangeLine key={`${change.revision} ${change.kind} ${change.id}`} of={change} />
            ))}
          </ul>
          {newest.length > fewChanges && (
            <Button variant="subtle" size="compact-xs" onClick={() => showAll(!all)}>
              {all ? text.state.less : text.decisions.changes(newest.length)}
            </Button>
          )}
        </>
      )}
      {(from === null || changes.length > 0) && (
        <div>
          <Button variant="default" size="xs" loading={seen.isPending} onClick={() => seen.mutate()}>
            {text.decisions.markSeen}
          </Button>
        </div>
      )}
    </section>
  );
}

function ChangeLine({ of }: { of: Change }): ReactNode {
  const { say, day } = useWords();
  const { workspace } = useDesk();
  const item = of.after ?? of.before;
  return (
    <li>
      <span className="soft">
        {day(of.at)} · {of.by?.name ?? "—"} ·{" "}
      </span>
      {item ? nameOfItem(item, workspace, say) : of.id}
    </li>
  );
}
