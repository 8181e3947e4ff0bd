import { Select, TextInput, Textarea } from "@mantine/core";
import { lastDayOf } from "@watershed/domain";
import type { Fact } from "@watershed/domain";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { ItemForm } from "../forms/item-form.tsx";
import type { FieldProblems } from "../forms/field-problems.ts";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";
import { EvidencePicker } from "./evidence-picker.tsx";
import { referenceOf } from "./reference.ts";
import { SourceForm } from "./source-form.tsx";

type Draft = Record<"text" | "date" | "knownFrom" | "certainty" | "category", string> & { sources: string[] };

interface FactFormProps {
  fact?: Fact;
  close: () => void;
  saved?: (id: string) => void;
}

const fields = ["text", "date", "knownFrom", "sources", "certainty", "category", "id"];
const certainties = ["high", "medium", "low", "unchecked"] as const;

/** One dated public fact in our words, with where it was said. */
export function FactForm(props: FactFormProps): ReactNode {
  const { forms } = useFormWords();
  const form = useFactForm(props);
  const { draft, change, problem } = form;
  const written = (field: "text" | "date" | "knownFrom" | "category") => ({
    value: draft[field],
    error: problem(field),
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
  });
  return (
    <ItemForm title={props.fact ? forms.changeFact : forms.addFact} lead={forms.factLead} close={props.close} {...form}>
      <Textarea label={forms.factText} required autosize minRows={2} data-autofocus {...written("text")} />
      <TextInput label={forms.happened} description={forms.dayHint} required {...written("date")} />
      <TextInput label={forms.knownFrom} description={forms.knownFromHint} {...written("knownFrom")} />
      <EvidencePicker
        label={forms.saidIn}
        required
        sourcesOnly
        adders={[{ name: forms.addSource, form: (hand) => <SourceForm {...hand} /> }]}
        value={draft.sources}
        problem={problem("sources")}
        onChange={(sources) => change({ sources })}
      />
      <Select
        label={forms.certainty}
        clearable
        data={certainties.map((value) => ({ value, label: forms.certainties[value] }))}
        value={draft.certainty || null}
        onChange={(chosen) => change({ certainty: chosen ?? "" })}
      />
      <TextInput label={forms.category} {...written("category")} />
    </ItemForm>
  );
}

function useFactForm({ fact, close, saved }: FactFormProps) {
  const { forms, language } = useFormWords();
  const { workspace } = useDesk();
  const taken = [...workspace.sources, ...workspace.facts].map(({ id }) => id);
  const check = ({ text, date, knownFrom, sources }: Draft): FieldProblems => ({
    ...(text.trim() === "" ? { text: forms.missing } : {}),
    ...(lastDayOf(date.trim()) === undefined ? { date: date.trim() === "" ? forms.missingDay : forms.badDay(date) } : {}),
    ...(knownFrom.trim() !== "" && lastDayOf(knownFrom.trim()) === undefined ? { knownFrom: forms.badDay(knownFrom) } : {}),
    ...(sources.length === 0 ? { sources: forms.missingSource } : {}),
  });
  return useItemForm({
    kind: "facts",
    item: fact,
    draft: (): Draft => ({
      text: textShown(fact?.text, language),
      date: fact?.date ?? "",
      knownFrom: fact?.knownFrom ?? "",
      sources: fact?.sources ?? [],
      certainty: fact?.certainty ?? "",
      category: fact?.category ?? "",
    }),
    write: ({ text, date, sources, ...optional }) => {
      const { knownFrom: _known, certainty: _certainty, category: _category, ...rest } = fact ?? ({} as Partial<Fact>);
      const filled = Object.entries(optional).flatMap(([field, typed]) => (typed.trim() ? [[field, typed.trim()]] : []));
      const id = fact?.id ?? freeId(referenceOf("F", text), taken);
      return { ...rest, id, date: date.trim(), text: textTyped(fact?.text, text, language) ?? "", sources, ...Object.fromEntries(filled) };
    },
    check,
    fields,
    labels: {
      text: forms.factText,
      date: forms.happened,
      knownFrom: forms.knownFrom,
      sources: forms.saidIn,
      certainty: forms.certainty,
      category: forms.category,
    },
    close,
    saved: ({ id }) => (saved ? saved(id) : close()),
  });
}
