import type { Item, ItemKind } from "@watershed/domain";
import type { ReactNode } from "react";
import { ItemForm } from "../forms/item-form.tsx";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";
import { EvidenceField } from "./evidence-field.tsx";

export interface EvidenceFormProps {
  kind: ItemKind;
  item: Item<ItemKind>;
  about: string;
  ids: string[] | undefined;
  write: (sources: string[] | undefined) => Item<ItemKind>;
  close: () => void;
}

/** The facts and sources that a company, a question or a criterion rests on. */
export function EvidenceForm({ kind, item, about, ids, write, close }: EvidenceFormProps): ReactNode {
  const { text, forms } = useFormWords();
  const form = useItemForm({
    kind,
    item,
    draft: () => ({ sources: ids ?? [] }),
    write: ({ sources }) => write(sources.length > 0 ? sources : undefined),
    fields: ["sources"],
    labels: { sources: forms.saidIn, criteria: text.companies.scorecard },
    close,
  });
  return (
    <ItemForm title={`${text.evidence.attach}: ${about}`} close={close} {...form}>
      <EvidenceField
        label={forms.restsOn}
        value={form.draft.sources}
        problem={form.problem("sources")}
        onChange={(sources) => form.change({ sources })}
      />
    </ItemForm>
  );
}
