import { TextInput } from "@mantine/core";
import type { Person } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import { useDesk } from "../data/desk.tsx";
import { onEnter } from "../shell/composing.ts";
import { useSaving } from "../shell/saving.tsx";
import { Empty, Failed, Illustrative } from "../shell/states.tsx";
import { useTeamWords } from "./team-words.ts";

/** The people of the workspace with the weights of their opinions; a partner changes a weight in its field. */
export function PeopleWeights(): ReactNode {
  const { team } = useTeamWords();
  const { workspace } = useDesk();
  return (
    <section className="card stack tight">
      <h3>{team.members.people}</h3>
      <p className="small soft">{team.members.peopleLead}</p>
      {workspace.people.length === 0 && <Empty>{team.members.nobody}</Empty>}
      <ul className="plain roster">
        {workspace.people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
    </section>
  );
}

function PersonRow({ person }: { person: Person }): ReactNode {
  const { team, say } = useTeamWords();
  const { view, isPartner, versionOf } = useDesk();
  const place = versionOf("people", person);
  const shown = String(person.weight ?? 1);
  // what stood when one began to type: a change of somebody else's meanwhile is met when saving
  const [draft, setDraft] = useState<{ typed: string; read: { item: Person; version: number } }>();
  const typed = draft?.typed ?? shown;
  const weight = Number(typed.replace(/[,，\s]/g, "."));
  const isSound = weight > 0 && Number.isFinite(weight);
  const path = `/workspaces/${encodeURIComponent(view.id)}/people/${encodeURIComponent(place?.id ?? person.id)}`;
  const saving = useSaving({
    put: (item, expectedVersion) => call("PUT", path, { item, expectedVersion }),
    settled: () => setDraft(undefined),
    labelOf: (field) => (field === "weight" ? team.members.weight : field === "name" ? team.members.name : field),
  });
  const take = (): void => {
    if (!draft || !isSound || saving.busy) return;
    if (weight === (draft.read.item.weight ?? 1)) setDraft(undefined);
    else saving.save({ ...draft.read.item, weight }, draft.read);
  };
  return (
    <li className="member" data-row tabIndex={-1}>
      <div className="member-who">
        <b>{say(person.name)}</b> {person.illustrative && <Illustrative />}
        {person.description && <div className="small soft">{say(person.description)}</div>}
      </div>
      <TextInput
        className="weight"
        size="xs"
        label={team.members.weight}
        aria-label={team.members.weightOf(say(person.name))}
        inputMode="decimal"
        readOnly={!isPartner}
        value={typed}
        error={isSound ? undefined : team.members.badWeight}
        onChange={({ target }) => setDraft({ read: { item: person, version: place?.version ?? 0 }, ...draft, typed: target.value })}
        onBlur={take}
        onKeyDown={onEnter(take)}
      />
      {saving.error && <Failed error={saving.error} />}
      {saving.dialog}
    </li>
  );
}
