import { Button, CopyButton, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTeamWords } from "./team-words.ts";

/** Something that is shown once, to be copied now. */
export function Secret({ label, secret }: { label: string; secret: string }): ReactNode {
  const { team } = useTeamWords();
  return (
    <div className="row end-row secret" role="status">
      <TextInput
        label={label}
        value={secret}
        readOnly
        className="grow"
        styles={{ input: { fontFamily: "var(--font-code)" } }}
        onFocus={({ target }) => target.select()}
      />
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? team.members.copied : team.members.copy}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
