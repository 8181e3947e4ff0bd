import type { ReactNode } from "react";
import { useFormWords } from "../forms/words.ts";
import { EvidencePicker } from "./evidence-picker.tsx";
import type { EvidencePickerProps } from "./evidence-picker.tsx";
import { FactForm } from "./fact-form.tsx";
import { SourceForm } from "./source-form.tsx";

/** The facts and sources that something rests on. */
export function EvidenceField(props: EvidencePickerProps): ReactNode {
  const { forms } = useFormWords();
  return (
    <EvidencePicker
      {...props}
      sourcesOnly={false}
      adders={[
        { name: forms.addFact, form: (hand) => <FactForm {...hand} /> },
        { name: forms.addSource, form: (hand) => <SourceForm {...hand} /> },
      ]}
    />
  );
}
