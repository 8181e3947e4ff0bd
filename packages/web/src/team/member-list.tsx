import { ActionIcon, Button, Modal, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { Member, Role } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { sessionQuery } from "../data/queries.ts";
import { Icon } from "../shell/icon.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import { membersQuery } from "./team-queries.ts";
import { useTeamWords } from "./team-words.ts";

type Change = { role?: Role; person?: string };

/** Every member with role and person; a partner changes both here, and can take a change back. */
export function MemberList(): ReactNode {
  const { team, text } = useTeamWords();
  const { view, isPartner } = useDesk();
  const { tell } = useNotices();
  const client = useQueryClient();
  const members = useQuery(membersQuery(view.id));
  const session = useQuery(sessionQuery);
  const [removing, remove] = useState<Member>();
  const path = (member: Member): string => `/workspaces/${encodeURIComponent(view.id)}/members/${encodeURIComponent(member.user.id)}`;
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["team", view.id] });
    await client.invalidateQueries({ queryKey: ["workspace", view.id] });
  };
  const change = useMutation({
    mutationFn: ({ member, to }: { member: Member; to: Change }) => call("PATCH", path(member), to),
    onSuccess: async (_, { member, to }) => {
      await refresh();
      const back: Change = to.role ? { role: member.role } : member.person === null ? {} : { person: member.person };
      const undo = async (): Promise<void> => {
        await call("PATCH", path(member), back);
        await refresh();
        tell(text.state.undone);
      };
      tell(team.members.changed(member.user.name), Object.keys(back).length > 0 ? { undo } : {});
    },
  });
  if (members.error) return <Failed error={members.error} retry={() => void members.refetch()} />;
  if (!members.data) return <Loading rows={4} />;
  const own = session.data?.signedIn ? session.data.user.id : undefined;
  return (
    <section className="card stack tight">
      {change.error && <Failed error={change.error} />}
      <ul className="plain roster">
        {members.data.map((member) => (
          <MemberRow
            key={member.user.id}
            member={member}
            isYou={member.user.id === own}
            mayChange={isPartner}
            taken={members.data.flatMap(({ person }) => (person !== null && person !== member.person ? [person] : []))}
            change={(to) => change.mutate({ member, to })}
            remove={() => remove(member)}
          />
        ))}
      </ul>
      {removing && (
        <RemoveDialog
          member={removing}
          path={path(removing)}
          close={() => remove(undefined)}
          done={async () => {
            remove(undefined);
            await refresh();
            tell(team.members.removed(removing.user.name));
          }}
        />
      )}
    </section>
  );
}

interface MemberRowProps {
  member: Member;
  isYou: boolean;
  mayChange: boolean;
  taken: string[]; // people that other members are
  change: (to: Change) => void;
  remove: () => void;
}

function MemberRow({ member, isYou, mayChange, taken, change, remove }: MemberRowProps): ReactNode {
  const { team, say, day } = useTeamWords();
  const { workspace } = useDesk();
  const { user, role, person, since } = member;
  const people = workspace.people.filter(({ id }) => !taken.includes(id));
  return (
    <li className="member" data-row tabIndex={-1}>
      <div className="member-who">
        <b>{user.name}</b> {isYou && <span className="tag">{team.members.you}</span>}
        <div className="small soft wrap-anywhere">
          {user.email ?? ""} {team.members.since} {day(since)}
        </div>
      </div>
      {mayChange ? (
        <>
          <Select
            label={team.members.role}
            aria-label={team.members.roleOf(user.name)}
            size="xs"
            allowDeselect={false}
            value={role}
            data={(["partner", "analyst", "observer"] as const).map((value) => ({ value, label: team.role[value] }))}
            onChange={(chosen) => chosen && chosen !== role && change({ role: chosen as Role })}
          />
          <Select
            label={team.members.person}
            aria-label={team.members.personOf(user.name)}
            size="xs"
            allowDeselect={false}
            placeholder={team.members.nobody}
            value={person}
            data={people.map(({ id, name }) => ({ value: id, label: say(name) }))}
            onChange={(chosen) => chosen && chosen !== person && change({ person: chosen })}
          />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={team.members.remove(user.name)} onClick={remove}>
            <Icon name="close" size={16} />
          </ActionIcon>
        </>
      ) : (
        <>
          <Stated name={team.members.role}>{team.role[role]}</Stated>
          <Stated name={team.members.person}>{say(workspace.people.find(({ id }) => id === person)?.name) || team.members.nobody}</Stated>
        </>
      )}
    </li>
  );
}

function Stated({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <div className="small soft">{name}</div>
      {children}
    </div>
  );
}

interface RemoveDialogProps {
  member: Member;
  path: string;
  close: () => void;
  done: () => Promise<void>;
}

function RemoveDialog({ member, path, close, done }: RemoveDialogProps): ReactNode {
  const { team, text } = useTeamWords();
  const remove = useMutation({ mutationFn: () => call("DELETE", path), onSuccess: done });
  const { name } = member.user;
  return (
    <Modal opened onClose={close} title={team.members.remove(name)} closeButtonProps={{ "aria-label": text.state.close }}>
      <div className="stack">
        <p>{team.members.removeWhy(name)}</p>
        {remove.error && <Failed error={remove.error} />}
        <div className="row">
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {team.members.remove(name)}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
