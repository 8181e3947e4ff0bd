import { Button, TextInput } from "@mantine/core";
import type { Text } from "@watershed/domain";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { Role, SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { Failed, Loading } from "../shell/states.tsx";
import { Doorway } from "./doorway.tsx";
import { useEntering } from "./entering.ts";
import { LanguageChoice } from "./first-run.tsx";
import { Form } from "./form.tsx";
import { SignInDoor } from "./sign-in-door.tsx";
import { Password } from "./password.tsx";
import { useTeamWords } from "./team-words.ts";

interface Invited {
  workspace: { name: Text };
  role: Role;
  invitedBy: { id: string; name: string } | null;
  expiresAt: string;
}

/** Where an invitation leads: who invites to what, and joining with a new account or the one that is signed in. */
export function JoinPage(): ReactNode {
  const { team, say, day } = useTeamWords();
  const [token] = useState(() => new URLSearchParams(location.search).get("invitation") ?? "");
  const [signingIn, signIn] = useState(false);
  const session = useQuery(sessionQuery);
  const path = `/invitations/${encodeURIComponent(token || "none")}`;
  const invited = useQuery({ queryKey: ["invitation", token], queryFn: () => call<Invited>("GET", path), staleTime: Infinity });
  if (signingIn) return <SignInDoor entered={() => void session.refetch().then(() => signIn(false))} />;
  if (invited.error)
    return (
      <Doorway title={team.join.bad}>
        <Failed error={invited.error} />
        <p>
          <Link to="/">{team.join.goOn}</Link>
        </p>
      </Doorway>
    );
  if (!invited.data || !session.data)
    return (
      <Doorway title={team.join.title}>
        <Loading rows={3} />
      </Doorway>
    );
  const { workspace, role, invitedBy, expiresAt } = invited.data;
  return (
    <Doorway title={team.join.title}>
      <p>{team.join.invites(invitedBy?.name ?? team.join.somebody, say(workspace.name), team.role[role])}</p>
      <p className="small soft">{team.join.until(day(expiresAt))}</p>
      {session.data.signedIn ? (
        <JoinAsYou path={path} before={session.data} />
      ) : (
        <>
          <JoinAnew path={path} />
          <p className="row small">
            {team.join.withAccount}
            <Button variant="default" size="compact-sm" onClick={() => signIn(true)}>
              {team.join.signInFirst}
            </Button>
          </p>
        </>
      )}
    </Doorway>
  );
}

type SignedIn = Extract<SessionView, { signedIn: true }>;

function JoinAsYou({ path, before }: { path: string; before: SignedIn }): ReactNode {
  const { team } = useTeamWords();
  const enter = useEntering();
  const join = useMutation({
    mutationFn: () => call<SessionView>("POST", `${path}/accept`, {}),
    onSuccess: (session) => enter(session, joined(before, session)),
  });
  return (
    <Form onSubmit={() => join.mutate()} submit={team.join.asYou(before.user.name)} busy={join.isPending} error={join.error}>
      {null}
    </Form>
  );
}

/** The workspace that one is in now and was not in before. */
function joined(before: SignedIn, after: SessionView): string | undefined {
  if (!after.signedIn) return undefined;
  return after.workspaces.find(({ id }) => !before.workspaces.some((one) => one.id === id))?.id;
}

function JoinAnew({ path }: { path: string }): ReactNode {
  const { team, language } = useTeamWords();
  const enter = useEntering();
  const [typed, type] = useState({ name: "", email: "", password: "" });
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => type({ ...typed, [name]: target.value }),
  });
  const join = useMutation({
    mutationFn: () =>
      call<SessionView>("POST", `${path}/accept`, { ...typed, name: typed.name.trim(), email: typed.email.trim(), language }),
    onSuccess: (session) => enter(session, session.signedIn ? session.workspaces[0]?.id : undefined),
  });
  return (
    <Form
      onSubmit={() => join.mutate()}
      submit={team.join.accept}
      busy={join.isPending}
      error={join.error}
      disabled={typed.name.trim() === "" || typed.email.trim() === "" || typed.password.length < shortestPassword}
    >
      <TextInput label={team.enter.yourName} autoComplete="name" autoFocus maxLength={120} {...field("name")} />
      <TextInput label={team.enter.email} type="email" autoComplete="username" {...field("email")} />
      <Password label={team.enter.password} description={team.join.passwordHint} autoComplete="new-password" {...field("password")} />
      <LanguageChoice />
    </Form>
  );
}

/** As the server asks. */
export const shortestPassword = 10;
