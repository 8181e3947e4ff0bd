import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError, call } from "../data/api.ts";
import type { Role, SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import { LanguageSwitch } from "../shell/top-bar.tsx";
import { useEnter } from "./sign-in-form.tsx";
import "./team.css";

interface InvitationView {
  workspace: { name: Parameters<ReturnType<typeof useWords>["say"]>[0] };
  role: Role;
  invitedBy: string | { name: string } | null;
  expiresAt: string;
}

/** Where an invitation leads: a new account, or one press for somebody who is signed in already. */
export function JoinPage(): ReactNode {
  const { text, say, day } = useWords();
  const token = new URLSearchParams(location.search).get("invitation") ?? "";
  const path = `/invitations/${encodeURIComponent(token)}`;
  const { data: invitation, error } = useQuery({ queryKey: ["invitation", token], queryFn: () => call<InvitationView>("GET", path) });
  const by = typeof invitation?.invitedBy === "string" ? invitation.invitedBy : invitation?.invitedBy?.name;
  return (
    <main className="entrance" id="content">
      <header className="row between">
        <img src="/mark.svg" alt="" width="36" height="36" />
        <LanguageSwitch />
      </header>
      <h1>{text.entrance.join}</h1>
      {error instanceof ApiError && <Failed error={error} />}
      {!invitation && !error && <Loading rows={3} />}
      {invitation && (
        <>
          <p>{text.entrance.invited(by ?? "", say(invitation.workspace.name), text.team.role[invitation.role])}</p>
          <p className="small soft">{text.entrance.validUntil(day(invitation.expiresAt))}</p>
          <AcceptForm path={path} />
        </>
      )}
    </main>
  );
}

function AcceptForm({ path }: { path: string }): ReactNode {
  const { text, language } = useWords();
  const enter = useEnter();
  const { data: session } = useQuery(sessionQuery);
  const [account, set] = useState({ name: "", email: "", password: "" });
  const accept = useMutation({
    mutationFn: () => call<SessionView>("POST", `${path}/accept`, session?.signedIn ? {} : { ...account, language }),
    onSuccess: enter,
  });
  if (accept.isSuccess) return <Navigate to="/" replace />;
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      {!session?.signedIn && (
        <>
          <TextInput
            label={text.entrance.yourName}
            required
            value={account.name}
            onChange={({ target }) => set({ ...account, name: target.value })}
          />
          <TextInput
            label={text.entrance.email}
            type="email"
            autoComplete="username"
            required
            value={account.email}
            onChange={({ target }) => set({ ...account, email: target.value })}
          />
          <PasswordInput
            label={text.entrance.newPassword}
            autoComplete="new-password"
            required
            value={account.password}
            onChange={({ target }) => set({ ...account, password: target.value })}
            visibilityToggleButtonProps={{ "aria-label": text.entrance.showPassword, tabIndex: 0 }}
          />
        </>
      )}
      {accept.error instanceof ApiError && <p role="alert">{accept.error.body.message[language]}</p>}
      <Button type="submit" loading={accept.isPending}>
        {text.entrance.accept}
      </Button>
    </form>
  );
}
