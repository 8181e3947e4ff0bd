import { Button, TextInput } from "@mantine/core";
import type { Person } from "@watershed/domain";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { onEnter } from "../shell/composing.ts";
import { Empty, Failed, Illustrative } from "../shell/states.tsx";
import { useTeamWords } from "./team-words.ts";

const PersonForm = lazy(async () => ({ default: (await import("./person-form.tsx")).PersonForm }));

/** The people of the workspace with the weights of their opinions; a partner changes a weight in its field. */
export function PeopleWeights(): ReactNode {
  const { team } = useTeamWords();
  const { workspace, isPartner } = useDesk();
  const [written, write] = useState<Person | "new" | undefined>();
  return (
    <section className="card stack tight">
      <div className="row between">
        <h3>{team.members.people}</h3>
        {isPartner && (
          <Button size="compact-sm" variant="default" onClick={() => write("new")}>
            {team.members.addPerson}
          </Button>
        )}
      </div>
      <p className="small soft">{team.members.peopleLead}</p>
      {workspace.people.length === 0 && <Empty>{team.members.nobody}</Empty>}
      <ul className="plain roster">
        {workspace.people.map((person) => (
          <PersonRow key={person.id} person={person} edit={isPartner ? () => write(person) : undefined} />
        ))}
      </ul>
      {written && (
        <Suspense fallback={null}>
          <PersonForm person={written === "new" ? undefined : written} close={() => write(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

function PersonRow({ person, edit }: { person: Person; edit?: () => void }): ReactNode {
  const { text, team, say } = useTeamWords();
  const { isPartner, versionOf } = useDesk();
  const place = versionOf("people", person);
  const shown = String(person.weight ?? 1);
  // what stood when one began to type: a change of somebody else's meanwhile is met when saving
  const [draft, setDraft] = useState<{ typed: string; read: { item: Person; version: number } }>();
  const typed = draft?.typed ?? shown;
  const weight = Number(typed.replace(/[,，\s]/g, "."));
  const isSound = weight > 0 && Number.isFinite(weight);
  const { save, pending, error, dialog } = useSave({
    labelOf: (field) => (field === "weight" ? team.members.weight : field === "name" ? team.members.name : field),
    gaveUp: () => setDraft(undefined),
  });
  const take = async (): Promise<void> => {
    if (!draft || !isSound || pending) return;
    const { item, version } = draft.read;
    const isNew = weight !== (item.weight ?? 1);
    const at = { id: place?.id ?? person.id, version };
    if (!isNew || (await save({ kind: "people", item: { ...item, weight }, at, before: item }))) setDraft(undefined);
  };
  return (
    <li className="member" data-row tabIndex={-1}>
      <div className="member-who">
        <b>{say(person.name)}</b> {person.illustrative && <Illustrative />}
        {person.description && <div className="small soft">{say(person.description)}</div>}
      </div>
      {edit && (
        <Button size="compact-xs" variant="subtle" onClick={edit} aria-label={`${text.state.edit}: ${say(person.name)}`}>
          {text.state.edit}
        </Button>
      )}
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
        onBlur={() => void take()}
        onKeyDown={onEnter(() => void take())}
      />
      {error && <Failed error={error} />}
      {dialog}
    </li>
  );
}
