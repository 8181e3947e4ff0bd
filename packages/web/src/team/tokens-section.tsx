import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { AccessToken, Role } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { sessionQuery } from "../data/queries.ts";
import { useNotices } from "../shell/notices.tsx";
import { Empty, Failed, Loading } from "../shell/states.tsx";
import { Form } from "./form.tsx";
import { Secret } from "./secret.tsx";
import { tokensQuery } from "./team-queries.ts";
import { useTeamWords } from "./team-words.ts";

const roles = ["partner", "analyst", "observer"] as const;

/** One's own tokens for programs, of every workspace; new ones are for the open workspace. */
export function TokensSection(): ReactNode {
  const { team } = useTeamWords();
  return (
    <>
      <p className="soft">{team.tokens.lead}</p>
      <section className="card">
        <TokenForm />
      </section>
      <TokenList />
    </>
  );
}

function TokenForm(): ReactNode {
  const { team } = useTeamWords();
  const { view } = useDesk();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("observer");
  const [days, setDays] = useState("90");
  const make = useMutation({
    mutationFn: () => call<{ token: string }>("POST", "/tokens", { name: name.trim(), role, workspace: view.id, days: Number(days) }),
    onSuccess: async () => {
      setName("");
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  const soundDays = /^\d+$/.test(days) && Number(days) >= 1 && Number(days) <= 365;
  return (
    <Form
      onSubmit={() => make.mutate()}
      submit={team.tokens.make}
      busy={make.isPending}
      error={make.error}
      disabled={name.trim() === "" || !soundDays}
      label={team.tokens.make}
    >
      <div className="fields">
        <TextInput
          label={team.tokens.name}
          placeholder={team.tokens.namePlaceholder}
          maxLength={120}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Select
          label={team.tokens.role}
          allowDeselect={false}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen as Role)}
          data={roles.slice(roles.indexOf(view.role)).map((value) => ({ value, label: team.role[value] }))}
        />
        <TextInput label={team.tokens.days} inputMode="numeric" value={days} onChange={({ target }) => setDays(target.value)} />
      </div>
      {make.data && (
        <>
          <Secret label={team.tokens.secret} secret={make.data.token} />
          <p className="small soft wrap-anywhere">
            {team.tokens.use} <code>Authorization: Bearer {make.data.token.slice(0, 8)}…</code>
          </p>
        </>
      )}
    </Form>
  );
}

function TokenList(): ReactNode {
  const { team, say } = useTeamWords();
  const tokens = useQuery(tokensQuery);
  const { data: session } = useQuery(sessionQuery);
  if (tokens.error) return <Failed error={tokens.error} retry={() => void tokens.refetch()} />;
  if (!tokens.data) return <Loading rows={3} />;
  if (tokens.data.length === 0) return <Empty>{team.tokens.none}</Empty>;
  const nameOf = (id: string): string => say(session?.signedIn ? session.workspaces.find((card) => card.id === id)?.name : undefined) || id;
  return (
    <ul className="plain roster card">
      {tokens.data.map((token) => (
        <TokenRow key={token.id} token={token} workspace={nameOf(token.workspace)} />
      ))}
    </ul>
  );
}

function TokenRow({ token, workspace }: { token: AccessToken; workspace: string }): ReactNode {
  const { team, day } = useTeamWords();
  const { tell } = useNotices();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call("DELETE", `/tokens/${encodeURIComponent(token.id)}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      tell(team.tokens.ended);
    },
  });
  return (
    <li className="member" data-row tabIndex={-1}>
      <div className="member-who">
        <b className="wrap-anywhere">{token.name}</b> <span className="tag">{team.role[token.role]}</span>
        <div className="small soft">
          {workspace} · {team.tokens.expires} {day(token.expiresAt)} · {team.tokens.used}{" "}
          {token.usedAt === null ? team.tokens.never : day(token.usedAt)}
        </div>
      </div>
      <Button variant="default" size="compact-sm" loading={end.isPending} onClick={() => end.mutate()}>
        {team.tokens.end(token.name)}
      </Button>
      {end.error && <Failed error={end.error} />}
    </li>
  );
}
