import { Button } from "@mantine/core";
import type { Settings } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { Form } from "./form.tsx";
import { draftOf, settingsOf } from "./settings-draft.ts";
import type { DraftProblem, SettingsDraft } from "./settings-draft.ts";
import { SettingsFields } from "./settings-fields.tsx";
import { useTeamWords } from "./team-words.ts";

interface Draft {
  fields: SettingsDraft;
  read: { item: Settings; version: number }; // what stood when the first field was touched
}

/** The settings as a form. What somebody else saves meanwhile does not touch what is being typed; it is met when saving. */
export function SettingsForm(): ReactNode {
  const { text, team } = useTeamWords();
  const { view, workspace, isPartner } = useDesk();
  const [draft, setDraft] = useState<Draft>();
  const [problems, setProblems] = useState<DraftProblem[]>([]);
  const { read, fields } = draft ?? {
    read: { item: workspace.settings, version: view.places.settings.version },
    fields: draftOf(workspace.settings),
  };
  const drop = (): void => {
    setDraft(undefined);
    setProblems([]);
  };
  const { save, pending, error, dialog } = useSave({ labelOf: (field) => fieldNames(team)[field] ?? field, gaveUp: drop });
  const submit = async (): Promise<void> => {
    const { settings, problems: found } = settingsOf(fields, read.item);
    setProblems(found ?? []);
    if (!settings) return;
    const at = { id: view.places.settings.id, version: read.version };
    if (await save({ kind: "settings", item: settings, at, before: read.item })) drop();
  };
  const changed = countChanged(fields, draftOf(read.item));
  return (
    <div className="card">
      <Form
        onSubmit={() => void submit()}
        submit={text.state.save}
        busy={pending}
        error={error ?? null}
        disabled={!isPartner || changed === 0}
        label={team.settings.section.workspace}
        also={changed > 0 && <Unsaved changed={changed} drop={drop} />}
      >
        <SettingsFields
          draft={fields}
          change={(part) => setDraft({ read, fields: { ...fields, ...part } })}
          problems={problems}
          readOnly={!isPartner}
        />
      </Form>
      {dialog}
    </div>
  );
}

function Unsaved({ changed, drop }: { changed: number; drop: () => void }): ReactNode {
  const { team } = useTeamWords();
  return (
    <>
      <Button variant="default" onClick={drop}>
        {team.settings.discard}
      </Button>
      <span className="small soft" role="status">
        {team.settings.changed(changed)}
      </span>
    </>
  );
}

function countChanged(draft: SettingsDraft, base: SettingsDraft): number {
  return (Object.keys(draft) as (keyof SettingsDraft)[]).filter((field) => draft[field] !== base[field]).length;
}

function fieldNames({ settings }: ReturnType<typeof useTeamWords>["team"]): Record<string, string> {
  const { asOf, currency, rates, discountRate, cashRate, seed, description, newName, attitude, pooling } = settings;
  return { name: newName, description, asOf, currency, rates, discountRate, cashRate, seed, risk: attitude, pooling };
}
