import { Button, NativeSelect } from "@mantine/core";
import type { Action, ActionStatus } from "@watershed/domain";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { tracked } from "./action-draft.ts";
import { useAgendaWords } from "./words.ts";

interface ActionTrackProps {
  action: Action;
  keep: (action: Action, before: Action) => void;
  edit: (action: Action) => void;
}

/** Whose action it is and how far it is: to be changed where it stands. */
export function ActionTrack({ action, keep, edit }: ActionTrackProps): ReactNode {
  const { say, day } = useWords();
  const text = useAgendaWords();
  const { workspace, canWrite } = useDesk();
  const { people } = workspace;
  const { owner, status = "planned", doneOn } = action;
  const when = doneOn === undefined ? "" : text.doneOn(day(doneOn));
  if (!canWrite)
    return (
      <p className="small">
        {say(people.find(({ id }) => id === owner)?.name) || text.nobody} · {when || text.statuses[status]}
      </p>
    );
  const change = (part: { owner?: string; status?: ActionStatus }): void =>
    keep(tracked(action, { owner: owner ?? null, status, doneOn: doneOn ?? workspace.settings.asOf, ...part }), action);
  return (
    <div className="row action-track">
      <NativeSelect
        size="xs"
        aria-label={text.ownerOf(say(action.name))}
        value={owner ?? ""}
        onChange={({ target }) => change({ owner: target.value })}
        data={[{ value: "", label: text.nobody }, ...people.map(({ id, name }) => ({ value: id, label: say(name) }))]}
      />
      <NativeSelect
        size="xs"
        aria-label={text.statusOf(say(action.name))}
        value={status}
        onChange={({ target }) => change({ status: target.value as ActionStatus })}
        data={Object.entries(text.statuses).map(([value, label]) => ({ value, label }))}
      />
      {when !== "" && <span className="small soft">{when}</span>}
      <Button size="compact-xs" variant="subtle" aria-label={text.form.changeOf(say(action.name))} onClick={() => edit(action)}>
        {text.form.edit}
      </Button>
    </div>
  );
}
