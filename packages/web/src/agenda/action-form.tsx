import { Button, Modal, Select, TextInput } from "@mantine/core";
import type { Action, ActionStatus } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useOpened } from "../forms/use-item-form.ts";
import { useWords } from "../language/language.tsx";
import { isComposing } from "../shell/composing.ts";
import { Failed } from "../shell/states.tsx";
import { actionOf, draftOf } from "./action-draft.ts";
import type { ActionDraft } from "./action-draft.ts";
import { ObservationFields } from "./observation-fields.tsx";
import { useAgendaWords } from "./words.ts";

interface ActionFormProps {
  action?: Action; // a new one unless given
  close: () => void;
}

/** Something to do before deciding: what it asks and how far the answer can be trusted, what it costs and takes, whose it is and how far it is. */
export function ActionForm({ action, close }: ActionFormProps): ReactNode {
  const { text, language } = useWords();
  const { form } = useAgendaWords();
  const { workspace, questions } = useDesk();
  const opened = useOpened("actions", action);
  const { save, pending, error, dialog } = useSave();
  const [draft, set] = useState(() => draftOf(action, undefined, language));
  const change = (part: Partial<ActionDraft>): void => set((before) => ({ ...before, ...part }));
  const submit = async (): Promise<void> => {
    const taken = workspace.actions.map(({ id }) => id);
    const item = actionOf(draft, action, { language, today: workspace.settings.asOf, questions, taken });
    const saved = await save({ kind: "actions", item, ...opened });
    if (saved) close();
  };
  return (
    <Modal opened onClose={close} size="lg" title={action ? form.change : form.add} closeButtonProps={{ "aria-label": text.state.close }}>
      <form
        className="stack tight"
        onSubmit={(event) => (event.preventDefault(), void submit())}
        onKeyDown={(event) => event.key === "Enter" && isComposing(event) && event.preventDefault()}
      >
        <WhatFields draft={draft} change={change} />
        <ObservationFields about={draft.about} set={(about) => change({ about })} />
        <CostFields draft={draft} change={change} />
        <TrackFields draft={draft} change={change} />
        {error && <Failed error={error} />}
        <div className="row">
          <Button
            type="submit"
            loading={pending}
            disabled={draft.about.length === 0 || draft.about.some(({ question }) => question === "")}
          >
            {text.state.save}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
        </div>
      </form>
      {dialog}
    </Modal>
  );
}

interface FieldsProps {
  draft: ActionDraft;
  change: (part: Partial<ActionDraft>) => void;
}

function WhatFields({ draft, change }: FieldsProps): ReactNode {
  const { say } = useWords();
  const { form, kinds } = useAgendaWords();
  const { workspace } = useDesk();
  return (
    <>
      <TextInput label={form.name} required data-autofocus value={draft.name} onChange={({ target }) => change({ name: target.value })} />
      <div className="pair">
        <Select
          label={form.kind}
          allowDeselect={false}
          value={draft.kind}
          onChange={(kind) => kind && change({ kind: kind as Action["kind"] })}
          data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        />
        <Select
          label={form.company}
          placeholder={form.everyCompany}
          clearable
          searchable
          value={draft.company}
          onChange={(company) => change({ company })}
          data={workspace.companies.map(({ id, name }) => ({ value: id, label: say(name) }))}
        />
      </div>
    </>
  );
}

function CostFields({ draft, change }: FieldsProps): ReactNode {
  const { form } = useAgendaWords();
  const { workspace } = useDesk();
  return (
    <div className="pair">
      <TextInput
        label={form.cost}
        description={form.costWhy}
        required
        placeholder={`30k ${workspace.settings.currency}`}
        value={draft.cost}
        onChange={({ target }) => change({ cost: target.value })}
      />
      <TextInput
        label={form.delay}
        description={form.delayWhy}
        type="number"
        min={0}
        max={3650}
        disabled={draft.on !== ""}
        value={draft.delayDays}
        onChange={({ target }) => change({ delayDays: target.value })}
      />
      <TextInput label={form.on} type="date" value={draft.on} onChange={({ target }) => change({ on: target.value })} />
    </div>
  );
}

function TrackFields({ draft, change }: FieldsProps): ReactNode {
  const { say } = useWords();
  const { form, owner, nobody, statuses } = useAgendaWords();
  const { workspace } = useDesk();
  return (
    <div className="pair">
      <Select
        label={owner}
        placeholder={nobody}
        clearable
        value={draft.owner}
        onChange={(person) => change({ owner: person })}
        data={workspace.people.map(({ id, name }) => ({ value: id, label: say(name) }))}
      />
      <Select
        label={form.status}
        allowDeselect={false}
        value={draft.status}
        onChange={(status) => status && change({ status: status as ActionStatus })}
        data={Object.entries(statuses).map(([value, label]) => ({ value, label }))}
      />
      {draft.status === "done" && (
        <TextInput
          label={form.doneOn}
          type="date"
          value={draft.doneOn || workspace.settings.asOf}
          onChange={({ target }) => change({ doneOn: target.value })}
        />
      )}
    </div>
  );
}
