import { Button, Checkbox, MultiSelect } from "@mantine/core";
import type { InvestmentCase } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { FormulaField } from "../forms/formula-field.tsx";
import { ItemForm } from "../forms/item-form.tsx";
import { useItemForm, useOpened } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";
import { TriggerForm } from "./trigger-form.tsx";
import { waitDraftOf, waitFormulas, withWait, withoutWait } from "./wait-draft.ts";

interface WaitFormProps {
  investmentCase: InvestmentCase; // as it stood when the form was opened
  place: number; // of the wait in the case; one past the last for a new one
  close: () => void;
}

/** The terms of waiting for a trigger, or for the first of several: price and access on that day, and what is known by then. */
export function WaitForm({ investmentCase, place, close }: WaitFormProps): ReactNode {
  const { text, forms } = useFormWords();
  const wait = investmentCase.wait?.[place];
  const form = useItemForm({
    kind: "cases",
    item: investmentCase,
    draft: () => waitDraftOf(wait),
    write: (draft) => withWait(investmentCase, place, draft),
    check: ({ triggers, preMoney }) => ({
      ...(triggers.length === 0 ? { [`wait.${place}`]: forms.missingTrigger } : {}),
      ...(preMoney.trim() === "" ? { [`wait.${place}.preMoney`]: forms.missing } : {}),
    }),
    fields: [`wait.${place}`, ...[...waitFormulas, "known"].map((field) => `wait.${place}.${field}`)],
    reads: true,
    labels: { wait: text.companies.waits },
    close,
  });
  const { draft, change, problem } = form;
  const hints = { preMoney: forms.priceThenHint, ticket: forms.ticketThenHint, newMoney: undefined, access: forms.accessHint };
  return (
    <ItemForm
      title={wait ? forms.changeWait : forms.addWait}
      lead={forms.waitLead}
      close={close}
      {...form}
      also={wait && <TakeAway investmentCase={investmentCase} place={place} close={close} />}
    >
      <Triggers value={draft.triggers} problem={problem(`wait.${place}`)} onChange={(triggers) => change({ triggers })} />
      {waitFormulas.map((field) => (
        <FormulaField
          key={field}
          label={text.companies[field]}
          description={hints[field]}
          required={field === "preMoney"}
          placeholder={field === "preMoney" ? "preMoney * 1.3 * 1.15 ^ years(triggerDate - today)" : undefined}
          value={draft[field]}
          problem={problem(`wait.${place}.${field}`)}
          onChange={(typed) => change({ [field]: typed })}
        />
      ))}
      <Known value={draft.known} problem={problem(`wait.${place}.known`)} onChange={(known) => change({ known })} />
      {draft.triggers.length > 1 && (
        <Checkbox
          label={forms.decideOnce}
          checked={draft.decideOnce}
          onChange={({ currentTarget }) => change({ decideOnce: currentTarget.checked })}
        />
      )}
    </ItemForm>
  );
}

interface ChoiceProps {
  value: string[];
  problem?: string;
  onChange: (ids: string[]) => void;
}

/** What is waited for; a trigger that is not there yet is added without leaving the form. */
function Triggers({ value, problem, onChange }: ChoiceProps): ReactNode {
  const { forms, say } = useFormWords();
  const { workspace } = useDesk();
  const [adding, add] = useState(false);
  return (
    <div className="stack tight">
      <MultiSelect
        label={forms.triggers}
        description={forms.triggersHint}
        required
        searchable
        hidePickedOptions
        openOnFocus={false}
        data-autofocus
        nothingFoundMessage={forms.nothingFound}
        data={workspace.triggers.map(({ id, name, deadline }) => ({ value: id, label: `${say(name)} (${deadline})` }))}
        value={value}
        error={problem}
        onChange={onChange}
      />
      <div>
        <Button size="compact-xs" variant="subtle" onClick={() => add(true)}>
          {forms.addTrigger}
        </Button>
      </div>
      {adding && (
        <TriggerForm
          close={() => add(false)}
          saved={(id) => {
            add(false);
            onChange([...value, id]);
          }}
        />
      )}
    </div>
  );
}

/** Questions and signals whose answer is known on the day of the trigger. */
function Known({ value, problem, onChange }: ChoiceProps): ReactNode {
  const { text, forms, say } = useFormWords();
  const { workspace } = useDesk();
  const named = [...workspace.questions.map(({ id, text: name }) => ({ id, name })), ...workspace.signals];
  return (
    <MultiSelect
      label={text.companies.known}
      description={forms.knownHint}
      searchable
      clearable
      hidePickedOptions
      limit={40}
      nothingFoundMessage={forms.nothingFound}
      data={named.map(({ id, name }) => ({ value: id, label: `${say(name)} (${id})` }))}
      value={value}
      error={problem}
      onChange={onChange}
    />
  );
}

/** Takes one alternative of waiting out of the case; its trigger stays. */
function TakeAway({ investmentCase, place, close }: WaitFormProps): ReactNode {
  const { text } = useFormWords();
  const opened = useOpened("cases", investmentCase);
  const { save, pending, dialog } = useSave({ gaveUp: close });
  const remove = async (): Promise<void> => {
    if (await save({ kind: "cases", item: withoutWait(investmentCase, place), ...opened })) close();
  };
  return (
    <>
      <Button variant="subtle" color="red" loading={pending} onClick={() => void remove()}>
        {text.state.remove}
      </Button>
      {dialog}
    </>
  );
}
