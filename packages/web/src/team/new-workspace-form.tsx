import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { WorkspaceCard } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { Form } from "./form.tsx";
import { todayHere } from "./today-here.ts";
import { useTeamWords } from "./team-words.ts";

/** Makes an empty workspace and opens it. */
export function NewWorkspaceForm(): ReactNode {
  const { team } = useTeamWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [asOf, setDay] = useState(todayHere);
  const [currency, setCurrency] = useState("USD");
  const make = useMutation({
    mutationFn: () => call<WorkspaceCard>("POST", "/workspaces", { name: name.trim(), asOf, currency }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await navigate({ to: "/w/$workspace", params: { workspace: id } });
    },
  });
  return (
    <Form
      onSubmit={() => make.mutate()}
      submit={team.settings.create}
      busy={make.isPending}
      error={make.error}
      disabled={name.trim() === "" || asOf === "" || !/^[A-Z]{3}$/.test(currency)}
      label={team.settings.new}
    >
      <p className="small soft">{team.settings.newLead}</p>
      <div className="fields">
        <TextInput label={team.settings.newName} maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
        <TextInput label={team.settings.asOf} type="date" value={asOf} onChange={({ target }) => setDay(target.value)} />
        <TextInput
          label={team.settings.currency}
          maxLength={3}
          value={currency}
          onChange={({ target }) => setCurrency(target.value.toUpperCase())}
        />
      </div>
    </Form>
  );
}
