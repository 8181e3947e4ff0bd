import { SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { Doorway } from "./doorway.tsx";
import { useEntering } from "./entering.ts";
import { Form } from "./form.tsx";
import { useTeamWords } from "./team-words.ts";

/** The first minute of an installation: a name and a language, and the worked example is open. */
export function FirstRun(): ReactNode {
  const { team, language } = useTeamWords();
  const enter = useEntering();
  const [name, setName] = useState("");
  const setUp = useMutation({
    mutationFn: () => call<SessionView>("POST", "/setup", { name: name.trim(), language }),
    onSuccess: (session) => enter(session),
  });
  return (
    <Doorway title={team.enter.welcome}>
      <p>{team.enter.setupLead}</p>
      <Form
        onSubmit={() => setUp.mutate()}
        submit={team.enter.begin}
        busy={setUp.isPending}
        error={setUp.error}
        disabled={name.trim() === ""}
      >
        <TextInput
          label={team.enter.yourName}
          description={team.enter.yourNameHint}
          autoComplete="name"
          data-autofocus
          autoFocus
          maxLength={120}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <LanguageChoice />
      </Form>
      <p className="small soft">{team.enter.setupSafe}</p>
    </Doorway>
  );
}

/** The language of the page and of the account, as two buttons in their own words. */
export function LanguageChoice(): ReactNode {
  const { team, language, setLanguage } = useTeamWords();
  return (
    <div>
      <div className="field-name" id="language-choice">
        {team.enter.language}
      </div>
      <SegmentedControl
        aria-labelledby="language-choice"
        value={language}
        onChange={(chosen) => setLanguage(chosen as "en" | "zh")}
        data={[
          { value: "en", label: "English" },
          { value: "zh", label: "中文" },
        ]}
      />
    </div>
  );
}
