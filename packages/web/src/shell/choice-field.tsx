import { Select } from "@mantine/core";
import type { ReactNode } from "react";

interface ChoiceFieldProps<Choice extends string> {
  label: string;
  all?: string; // what it says where nothing is chosen; without it, something always is
  chosen: Choice | undefined;
  choose: (choice: Choice | null) => void;
  choices: { value: Choice; label: string }[];
}

/** A field by which a list is narrowed or sorted. */
export function ChoiceField<Choice extends string>({ label, all, chosen, choose, choices }: ChoiceFieldProps<Choice>): ReactNode {
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={all}
      clearable={all !== undefined}
      allowDeselect={all !== undefined}
      value={chosen ?? null}
      onChange={(choice) => choose(choice as Choice | null)}
      data={choices}
    />
  );
}
