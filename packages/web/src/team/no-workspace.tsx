import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import { sessionQuery } from "../data/queries.ts";
import { Doorway } from "./doorway.tsx";
import { ImportForm } from "./import-form.tsx";
import { NewWorkspaceForm } from "./new-workspace-form.tsx";
import { useTeamWords } from "./team-words.ts";

/** For somebody who is signed in and in no workspace: make one or bring one in. */
export function NoWorkspace(): ReactNode {
  const { team } = useTeamWords();
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const signOut = async (): Promise<void> => {
    await call("POST", "/sign-out", {});
    client.clear();
    location.assign("/");
  };
  return (
    <Doorway title={session?.signedIn ? team.enter.noWorkspaceTitle(session.user.name) : team.enter.welcome}>
      <p>{team.enter.noWorkspace}</p>
      <section className="stack tight" aria-label={team.settings.new}>
        <h2>{team.settings.new}</h2>
        <NewWorkspaceForm />
      </section>
      <section className="stack tight" aria-label={team.files.importTitle}>
        <h2>{team.files.importTitle}</h2>
        <ImportForm />
      </section>
      <div>
        <Button variant="default" onClick={() => void signOut()}>
          {team.enter.signOut}
        </Button>
      </div>
    </Doorway>
  );
}
