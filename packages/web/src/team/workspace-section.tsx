import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { NewWorkspaceForm } from "./new-workspace-form.tsx";
import { PutAwayForm } from "./put-away-form.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { useTeamWords } from "./team-words.ts";

/** What holds for the whole workspace; a new one; putting this one away. */
export function WorkspaceSection(): ReactNode {
  const { team } = useTeamWords();
  const { isPartner } = useDesk();
  return (
    <>
      <p className="soft">{team.settings.workspaceLead}</p>
      {!isPartner && <p className="strip">{team.settings.partnersOnly}</p>}
      <SettingsForm />
      <section className="card stack tight">
        <h3>{team.settings.new}</h3>
        <NewWorkspaceForm />
      </section>
      {isPartner && <PutAwayForm />}
    </>
  );
}
