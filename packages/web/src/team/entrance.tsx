import { Button, Radio, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError, call } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { useWords } from "../language/language.tsx";
import { LanguageSwitch, ThemeSwitch } from "../shell/top-bar.tsx";
import { SignInForm, useEnter } from "./sign-in-form.tsx";
import "./team.css";

/** Before there is a workspace to show: the first run on this machine, signing in, or an account without any workspace. */
export function Entrance({ setup, noWorkspace = false }: { setup: boolean; noWorkspace?: boolean }): ReactNode {
  const { text } = useWords();
  return (
    <main className="entrance" id="content">
      <header className="row between">
        <img src="/mark.svg" alt="" width="36" height="36" />
        <span className="row">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <h1>{text.product}</h1>
      <p className="soft">{text.entrance.lead}</p>
      {noWorkspace ? <p className="card">{text.entrance.noWorkspace}</p> : setup ? <SetUpForm /> : <SignInForm />}
    </main>
  );
}

function SetUpForm(): ReactNode {
  const { text, language, setLanguage } = useWords();
  const enter = useEnter();
  const [name, rename] = useState("");
  const setUp = useMutation({
    mutationFn: () => call<SessionView>("POST", "/setup", { name: name.trim(), language }),
    onSuccess: enter,
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") setUp.mutate();
      }}
    >
      <h2>{text.entrance.firstRun}</h2>
      <p className="small soft">{text.entrance.firstRunWhy}</p>
      <TextInput label={text.entrance.yourName} required value={name} onChange={({ target }) => rename(target.value)} autoFocus />
      <Radio.Group label={text.language} value={language} onChange={(chosen) => setLanguage(chosen as "en" | "zh")}>
        <span className="row">
          <Radio value="en" label="English" />
          <Radio value="zh" label="中文" />
        </span>
      </Radio.Group>
      {setUp.error instanceof ApiError && <p role="alert">{setUp.error.body.message[language]}</p>}
      <Button type="submit" loading={setUp.isPending} disabled={name.trim() === ""}>
        {text.entrance.begin}
      </Button>
    </form>
  );
}
