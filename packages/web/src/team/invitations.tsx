import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { Invitation, Role } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import { Form } from "./form.tsx";
import { Secret } from "./secret.tsx";
import { invitationsQuery, membersQuery } from "./team-queries.ts";
import { useTeamWords } from "./team-words.ts";

/** Makes a link that lets one person in, and shows it once. */
export function InviteForm(): ReactNode {
  const { team, say } = useTeamWords();
  const { view, workspace } = useDesk();
  const client = useQueryClient();
  const members = useQuery(membersQuery(view.id));
  const [role, setRole] = useState<Role>("analyst");
  const [days, setDays] = useState("7");
  const [person, setPerson] = useState("");
  const invite = useMutation({
    mutationFn: () =>
      call<{ link: string }>("POST", `/workspaces/${encodeURIComponent(view.id)}/invitations`, {
        role,
        days: Number(days),
        ...(person ? { person } : {}),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery(view.id).queryKey }),
  });
  const free = workspace.people.filter(({ id }) => !members.data?.some((member) => member.person === id));
  const soundDays = /^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= 30;
  return (
    <Form
      onSubmit={() => invite.mutate()}
      submit={team.members.invite}
      busy={invite.isPending}
      error={invite.error}
      disabled={!soundDays}
      label={team.members.inviteTitle}
    >
      <p className="small soft">{team.members.inviteLead}</p>
      <div className="fields">
        <Select
          label={team.members.role}
          allowDeselect={false}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen as Role)}
          data={(["partner", "analyst", "observer"] as const).map((value) => ({
            value,
            label: `${team.role[value]} · ${team.roleWhy[value]}`,
          }))}
        />
        <Select
          label={team.members.asPerson}
          allowDeselect={false}
          value={person}
          onChange={(chosen) => setPerson(chosen ?? "")}
          data={[{ value: "", label: team.members.newPerson }, ...free.map(({ id, name }) => ({ value: id, label: say(name) }))]}
        />
        <TextInput label={team.members.days} inputMode="numeric" value={days} onChange={({ target }) => setDays(target.value)} />
      </div>
      {invite.data && <Secret label={team.members.link} secret={invite.data.link} />}
    </Form>
  );
}

/** The invitations that were made: open ones can be withdrawn. */
export function InvitationList(): ReactNode {
  const { team } = useTeamWords();
  const { view } = useDesk();
  const invitations = useQuery(invitationsQuery(view.id));
  if (invitations.error) return <Failed error={invitations.error} retry={() => void invitations.refetch()} />;
  if (!invitations.data) return <Loading rows={2} />;
  return (
    <div className="stack tight">
      <h4>{team.members.open}</h4>
      {invitations.data.length === 0 && <p className="small soft">{team.members.noneOpen}</p>}
      <ul className="plain stack tight">
        {invitations.data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </div>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }): ReactNode {
  const { team, day } = useTeamWords();
  const { view } = useDesk();
  const { tell } = useNotices();
  const client = useQueryClient();
  const { id, role, usedBy, invitedBy, expiresAt } = invitation;
  const withdraw = useMutation({
    mutationFn: () => call("DELETE", `/workspaces/${encodeURIComponent(view.id)}/invitations/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: invitationsQuery(view.id).queryKey });
      tell(team.members.withdrawn);
    },
  });
  const isOver = Date.parse(expiresAt) < Date.now();
  const said = usedBy
    ? team.members.used(team.role[role], usedBy.name)
    : isOver
      ? team.members.expired(team.role[role], day(expiresAt))
      : team.members.invited(team.role[role], invitedBy?.name ?? "—", day(expiresAt));
  return (
    <li className="row between">
      <span className={usedBy || isOver ? "soft" : undefined}>{said}</span>
      {!usedBy && !isOver && (
        <Button variant="default" size="compact-sm" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {team.members.withdraw}
        </Button>
      )}
      {withdraw.error && <Failed error={withdraw.error} />}
    </li>
  );
}
