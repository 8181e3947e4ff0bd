import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { InvitationList, InviteForm } from "./invitations.tsx";
import { MemberList } from "./member-list.tsx";
import { PeopleWeights } from "./people-weights.tsx";
import { useTeamWords } from "./team-words.ts";

/** The team: members and roles, invitations, and the people whose opinions are pooled. */
export function MembersSection(): ReactNode {
  const { team } = useTeamWords();
  const { isPartner } = useDesk();
  return (
    <>
      <p className="soft">{team.members.lead}</p>
      <MemberList />
      {isPartner && (
        <section className="card stack">
          <h3>{team.members.inviteTitle}</h3>
          <InviteForm />
          <InvitationList />
        </section>
      )}
      <PeopleWeights />
    </>
  );
}
