import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import { useDesk } from "../data/desk.tsx";
import { Failed } from "../shell/states.tsx";
import { useTeamWords } from "./team-words.ts";

/** Puts the workspace away, once its name was typed. */
export function PutAwayForm(): ReactNode {
  const { team, say } = useTeamWords();
  const { view, workspace } = useDesk();
  const client = useQueryClient();
  const [typed, type] = useState("");
  const name = say(workspace.settings.name);
  const putAway = useMutation({
    mutationFn: () => call("DELETE", `/workspaces/${encodeURIComponent(view.id)}`),
    onSuccess: () => {
      localStorage.removeItem("watershed.workspace");
      client.clear();
      location.assign("/");
    },
  });
  return (
    <section className="card stack tight">
      <h3>{team.settings.putAway}</h3>
      <p className="small soft">{team.settings.putAwayWhy}</p>
      {putAway.error && <Failed error={putAway.error} />}
      <div className="row end-row">
        <TextInput label={team.settings.putAwayType(name)} value={typed} onChange={({ target }) => type(target.value)} />
        <Button variant="default" disabled={typed.trim() !== name} loading={putAway.isPending} onClick={() => putAway.mutate()}>
          {team.settings.putAway}
        </Button>
      </div>
    </section>
  );
}
