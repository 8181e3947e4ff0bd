import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError, call, rememberToken } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";

/** Signs in by e-mail and password. */
export function SignInForm(): ReactNode {
  const { text, language } = useWords();
  const enter = useEnter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => call<SessionView>("POST", "/sign-in", { email: email.trim(), password }),
    onSuccess: enter,
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <h2>{text.entrance.signIn}</h2>
      <TextInput
        label={text.entrance.email}
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <PasswordInput
        label={text.entrance.password}
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
        visibilityToggleButtonProps={{ "aria-label": text.entrance.showPassword, tabIndex: 0 }}
      />
      {signIn.error instanceof ApiError && <p role="alert">{signIn.error.body.message[language]}</p>}
      <Button type="submit" loading={signIn.isPending}>
        {text.entrance.signIn}
      </Button>
      <p className="small soft">{text.entrance.forgotten}</p>
    </form>
  );
}

/** Takes over a new session with its token. */
export function useEnter(): (session: SessionView) => void {
  const client = useQueryClient();
  return (session) => {
    rememberToken(session.csrfToken);
    client.setQueryData(sessionQuery.queryKey, session);
  };
}
