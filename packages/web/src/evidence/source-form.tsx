import { Select, TextInput, Textarea } from "@mantine/core";
import type { Source } from "@watershed/domain";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { ItemForm } from "../forms/item-form.tsx";
import type { FieldProblems } from "../forms/field-problems.ts";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";
import { referenceOf } from "./reference.ts";

type Draft = Record<"title" | "address" | "date" | "reliability" | "note", string>;

interface SourceFormProps {
  source?: Source;
  close: () => void;
  saved?: (id: string) => void;
}

const fields = ["title", "address", "date", "reliability", "note", "id"];
const reliabilities = ["primary", "data", "secondary", "weak", "ours"] as const;

/** Where something was said: a page, a paper, a data file. */
export function SourceForm(props: SourceFormProps): ReactNode {
  const { text, forms } = useFormWords();
  const form = useSourceForm(props);
  const { draft, change, problem } = form;
  const written = (field: keyof Draft) => ({
    value: draft[field],
    error: problem(field),
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
  });
  return (
    <ItemForm title={props.source ? forms.changeSource : forms.addSource} lead={forms.sourceLead} close={props.close} {...form}>
      <TextInput label={forms.sourceTitle} required data-autofocus {...written("title")} />
      <TextInput label={forms.address} placeholder="https://" inputMode="url" {...written("address")} />
      <TextInput label={forms.published} description={forms.dayHint} {...written("date")} />
      <Select
        label={forms.reliability}
        clearable
        data={reliabilities.map((value) => ({ value, label: forms.reliabilities[value] }))}
        value={draft.reliability || null}
        onChange={(chosen) => change({ reliability: chosen ?? "" })}
      />
      <Textarea label={text.questions.note} autosize minRows={2} {...written("note")} />
    </ItemForm>
  );
}

function useSourceForm({ source, close, saved }: SourceFormProps) {
  const { text, forms, language } = useFormWords();
  const { workspace } = useDesk();
  const taken = [...workspace.sources, ...workspace.facts].map(({ id }) => id);
  const isAddress = (typed: string): boolean => typed === "" || typed === source?.address || /^https?:\/\/\S+$/.test(typed);
  const check = ({ title, address }: Draft): FieldProblems => ({
    ...(title.trim() === "" ? { title: forms.missing } : {}),
    ...(isAddress(address.trim()) ? {} : { address: forms.badAddress }),
  });
  return useItemForm({
    kind: "sources",
    item: source,
    draft: (): Draft => ({
      title: textShown(source?.title, language),
      address: source?.address ?? "",
      date: source?.date ?? "",
      reliability: source?.reliability ?? "",
      note: textShown(source?.note, language),
    }),
    write: ({ title, note, ...optional }) => {
      const { address: _address, date: _date, reliability: _reliability, note: before, ...rest } = source ?? ({} as Partial<Source>);
      const filled = Object.entries({ ...optional }).flatMap(([field, typed]) => (typed.trim() ? [[field, typed.trim()]] : []));
      const said = textTyped(before, note, language);
      const id = source?.id ?? freeId(referenceOf("S", title), taken);
      const named = textTyped(source?.title, title, language) ?? "";
      return { ...rest, id, title: named, ...Object.fromEntries(filled), ...(said ? { note: said } : {}) };
    },
    check,
    fields,
    labels: {
      title: forms.sourceTitle,
      address: forms.address,
      date: forms.published,
      reliability: forms.reliability,
      note: text.questions.note,
    },
    close,
    saved: ({ id }) => (saved ? saved(id) : close()),
  });
}
