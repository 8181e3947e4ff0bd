import { PasswordInput } from "@mantine/core";
import type { PasswordInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useTeamWords } from "./team-words.ts";

/** A field for a password, whose showing and hiding has a name and can be reached by keyboard. */
export function Password(props: PasswordInputProps): ReactNode {
  const { team } = useTeamWords();
  return <PasswordInput maxLength={200} visibilityToggleButtonProps={{ "aria-label": team.enter.showPassword, tabIndex: 0 }} {...props} />;
}
