import { Select, TextInput, Textarea } from "@mantine/core";
import type { Person } from "@watershed/domain";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { identifier } from "../data/identifier.ts";
import { ItemForm } from "../forms/item-form.tsx";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";

const personRoles = ["partner", "analyst", "expert", "observer"] as const;
type Draft = Record<"name" | "role" | "description", string>;

/** Somebody whose forecasts count: their name, what they are to the team, and what one should know of them. */
export function PersonForm({ person, close }: { person?: Person; close: () => void }): ReactNode {
  const { forms, language } = useFormWords();
  const { workspace } = useDesk();
  const form = useItemForm({
    kind: "people",
    item: person,
    draft: (): Draft => ({
      name: textShown(person?.name, language),
      role: person?.role ?? "",
      description: textShown(person?.description, language),
    }),
    write: ({ name, role, description: typed }) => {
      const { role: _role, description: before, ...rest } = person ?? ({} as Partial<Person>);
      const taken = workspace.people.map(({ id }) => id);
      const description = textTyped(before, typed, language);
      return {
        ...rest,
        id: person?.id ?? freeId(identifier(name) || "person", taken),
        name: textTyped(person?.name, name, language) ?? "",
        ...(role ? { role: role as Person["role"] } : {}),
        ...(description ? { description } : {}),
      };
    },
    check: ({ name }) => (name.trim() === "" ? ({ name: forms.missing } as Record<string, string>) : {}),
    fields: ["name", "role", "description", "id"],
    labels: { name: forms.personName, role: forms.personRole, description: forms.personDescription },
    close,
  });
  const { draft, change, problem } = form;
  return (
    <ItemForm title={person ? forms.changePerson : forms.addPerson} lead={forms.personLead} close={close} {...form}>
      <TextInput
        label={forms.personName}
        required
        data-autofocus
        value={draft.name}
        error={problem("name")}
        onChange={({ target }) => change({ name: target.value })}
      />
      <Select
        label={forms.personRole}
        clearable
        data={personRoles.map((value) => ({ value, label: forms.personRoles[value] }))}
        value={draft.role || null}
        error={problem("role")}
        onChange={(role) => change({ role: role ?? "" })}
      />
      <Textarea
        label={forms.personDescription}
        autosize
        minRows={2}
        value={draft.description}
        error={problem("description")}
        onChange={({ target }) => change({ description: target.value })}
      />
    </ItemForm>
  );
}
