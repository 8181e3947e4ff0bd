import { Select, TextInput, Textarea } from "@mantine/core";
import type { Trigger } from "@watershed/domain";
import type { ReactNode } from "react";
import { useRemoval } from "../data/removal.tsx";
import { useDesk } from "../data/desk.tsx";
import { identifier } from "../data/identifier.ts";
import { EvidenceField } from "../evidence/evidence-field.tsx";
import { FormulaField } from "../forms/formula-field.tsx";
import { ItemForm } from "../forms/item-form.tsx";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";
import { isDay } from "../past/day.ts";
import { awaitedBy } from "./wait-draft.ts";

interface TriggerFormProps {
  trigger?: Trigger;
  close: () => void;
  saved?: (id: string) => void;
}

type Draft = Record<"name" | "when" | "deadline" | "asStated" | "note", string> & { sources: string[] };
const fields = ["name", "when", "deadline", "asStated", "note", "sources", "id"];

/** A condition over questions with a deadline: the day it comes true, or a yes that is known at the deadline. */
export function TriggerForm(props: TriggerFormProps): ReactNode {
  const { text, forms } = useFormWords();
  const { trigger, close } = props;
  const form = useTriggerForm(props);
  const removal = useRemoval("triggers", trigger, close);
  const { draft, written, change, problem } = form;
  return (
    <ItemForm
      title={trigger ? forms.changeTrigger : forms.addTrigger}
      lead={forms.triggerLead}
      close={close}
      {...form}
      also={removal?.button}
    >
      {trigger && <WhoWaits trigger={trigger} />}
      <TextInput label={forms.triggerName} required data-autofocus {...written("name")} />
      <FormulaField
        label={forms.condition}
        description={forms.conditionHint}
        required
        value={draft.when}
        problem={problem("when")}
        onChange={(when) => change({ when })}
      />
      <QuestionName take={(id) => change({ when: draft.when.trim() === "" ? id : `${draft.when.trimEnd()} ${id}` })} />
      <TextInput label={forms.deadline} description={forms.deadlineHint} type="date" required {...written("deadline")} />
      <Textarea label={forms.asStated} description={forms.asStatedHint} autosize minRows={1} {...written("asStated")} />
      <EvidenceField label={forms.saidIn} value={draft.sources} problem={problem("sources")} onChange={(sources) => change({ sources })} />
      <Textarea label={text.questions.note} autosize minRows={1} {...written("note")} />
      {removal?.error}
    </ItemForm>
  );
}

/** A trigger is shared: who waits for it follows the change. */
function WhoWaits({ trigger }: { trigger: Trigger }): ReactNode {
  const { text } = useFormWords();
  const { workspace } = useDesk();
  const waiting = workspace.cases.filter(({ wait = [] }) => wait.some((one) => awaitedBy(one).includes(trigger.id)));
  return waiting.length > 0 && <p className="small">{text.decisions.waitsFor(waiting.length)}</p>;
}

/** Puts the name of a question into the condition, so that nobody has to know it by heart. */
function QuestionName({ take }: { take: (id: string) => void }): ReactNode {
  const { forms, say } = useFormWords();
  const { workspace } = useDesk();
  return (
    <Select
      label={forms.insertQuestion}
      searchable
      limit={40}
      nothingFoundMessage={forms.nothingFound}
      data={workspace.questions
        .filter(({ kind }) => kind === "yesNo" || kind === "date")
        .map(({ id, text }) => ({ value: id, label: `${say(text)} (${id})` }))}
      value={null}
      onChange={(id) => id && take(id)}
    />
  );
}

function useTriggerForm({ trigger, close, saved }: TriggerFormProps) {
  const { text, forms, language } = useFormWords();
  const { workspace } = useDesk();
  const shown = (part: "asStated" | "note" | "name"): string => textShown(trigger?.[part], language);
  return useItemForm({
    kind: "triggers",
    item: trigger,
    draft: (): Draft => ({
      name: shown("name"),
      when: trigger ? String(trigger.when) : "",
      deadline: trigger?.deadline ?? "",
      asStated: shown("asStated"),
      note: shown("note"),
      sources: trigger?.sources ?? [],
    }),
    write: (draft) => {
      const { asStated: _stated, note: _note, sources: _sources, ...rest } = trigger ?? ({} as Partial<Trigger>);
      const [asStated, note] = [textTyped(trigger?.asStated, draft.asStated, language), textTyped(trigger?.note, draft.note, language)];
      const taken = workspace.triggers.map(({ id }) => id);
      const called = identifier(draft.name).split("_").slice(0, 5).join("_") || "trigger";
      return {
        ...rest,
        id: trigger?.id ?? freeId(called, taken),
        name: textTyped(trigger?.name, draft.name, language) ?? "",
        when: trigger && String(trigger.when) === draft.when.trim() ? trigger.when : draft.when.trim(),
        deadline: draft.deadline,
        ...(asStated ? { asStated } : {}),
        ...(draft.sources.length > 0 ? { sources: draft.sources } : {}),
        ...(note ? { note } : {}),
      };
    },
    check: ({ name, when, deadline }) => ({
      ...(name.trim() === "" ? { name: forms.missing } : {}),
      ...(when.trim() === "" ? { when: forms.missingCondition } : {}),
      ...(isDay(deadline) ? {} : { deadline: forms.missingDeadline }),
    }),
    fields,
    reads: true,
    labels: {
      name: forms.triggerName,
      when: forms.condition,
      deadline: forms.deadline,
      asStated: forms.asStated,
      sources: forms.saidIn,
      note: text.questions.note,
    },
    close,
    saved: ({ id }) => (saved ? saved(id) : close()),
  });
}
