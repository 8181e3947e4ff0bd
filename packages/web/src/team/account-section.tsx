import { TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { useNotices } from "../shell/notices.tsx";
import { Loading } from "../shell/states.tsx";
import { LanguageChoice } from "./first-run.tsx";
import { Form } from "./form.tsx";
import { shortestPassword } from "./join-page.tsx";
import { Password } from "./password.tsx";
import { useTeamWords } from "./team-words.ts";

type SignedIn = Extract<SessionView, { signedIn: true }>;

/** One's own name, language, address and password. */
export function AccountSection(): ReactNode {
  const { data: session } = useQuery(sessionQuery);
  if (!session?.signedIn) return <Loading rows={4} />;
  return <AccountForm session={session} />;
}

function AccountForm({ session: { user } }: { session: SignedIn }): ReactNode {
  const { team, text, language } = useTeamWords();
  const { tell } = useNotices();
  const client = useQueryClient();
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email ?? "");
  const [password, setPassword] = useState("");
  const asked = {
    ...(name.trim() !== user.name ? { name: name.trim() } : {}),
    ...(email.trim() !== (user.email ?? "") && email.trim() !== "" ? { email: email.trim() } : {}),
    ...(password === "" ? {} : { password }),
    ...(language === user.language ? {} : { language }),
  };
  const save = useMutation({
    mutationFn: () => call<SessionView>("PATCH", "/account", asked),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      setPassword("");
      await client.invalidateQueries({ queryKey: ["team"] });
      tell(text.state.saved);
    },
  });
  const isShort = password !== "" && password.length < shortestPassword;
  return (
    <div className="card">
      <Form
        onSubmit={() => save.mutate()}
        submit={text.state.save}
        busy={save.isPending}
        error={save.error}
        disabled={name.trim() === "" || isShort || Object.keys(asked).length === 0}
        label={team.settings.section.account}
      >
        <p className="small soft">{team.account.lead}</p>
        <div className="fields">
          <TextInput
            label={team.account.name}
            autoComplete="name"
            maxLength={120}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <LanguageChoice />
        </div>
        <SignInFields {...{ email, setEmail, password, setPassword, isShort }} />
      </Form>
    </div>
  );
}

interface SignInFieldsProps {
  email: string;
  setEmail: (email: string) => void;
  password: string;
  setPassword: (password: string) => void;
  isShort: boolean;
}

function SignInFields({ email, setEmail, password, setPassword, isShort }: SignInFieldsProps): ReactNode {
  const { team } = useTeamWords();
  return (
    <>
      <h3>{team.account.signInTitle}</h3>
      <p className="small soft">{team.account.signInWhy}</p>
      <div className="fields">
        <TextInput
          label={team.enter.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <Password
          label={team.account.newPassword}
          description={team.account.newPasswordHint}
          autoComplete="new-password"
          value={password}
          error={isShort ? team.account.shortPassword : undefined}
          onChange={({ target }) => setPassword(target.value)}
        />
      </div>
    </>
  );
}
