import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { Failed } from "../shell/states.tsx";
import { Doorway } from "./doorway.tsx";
import { useEntering } from "./entering.ts";
import { Form } from "./form.tsx";
import { Password } from "./password.tsx";
import { useTeamWords } from "./team-words.ts";

interface SignInDoorProps {
  failed?: Error; // of the link by which somebody came
  entered?: (session: SessionView) => void; // instead of opening the workspace
}

/** Signing in with an address and a password, and how one comes in without. */
export function SignInDoor({ failed, entered }: SignInDoorProps): ReactNode {
  const { team } = useTeamWords();
  const enter = useEntering();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => call<SessionView>("POST", "/sign-in", { email: email.trim(), password }),
    onSuccess: (session) => (entered ? entered(session) : enter(session)),
  });
  return (
    <Doorway title={team.enter.signInTitle}>
      {failed && !signIn.error && <Failed error={failed} />}
      <Form
        onSubmit={() => signIn.mutate()}
        submit={team.enter.signIn}
        busy={signIn.isPending}
        error={signIn.error}
        disabled={email.trim() === "" || password === ""}
      >
        <TextInput
          label={team.enter.email}
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Password
          label={team.enter.password}
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Form>
      <p className="small soft">{team.enter.byLink}</p>
    </Doorway>
  );
}
