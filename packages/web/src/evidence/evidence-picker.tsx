import { Button, MultiSelect } from "@mantine/core";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useFormWords } from "../forms/words.ts";

/** What can be added without leaving the form: its name on the button, and the form it opens. */
export interface Adder {
  name: string;
  form: (hand: { close: () => void; saved: (id: string) => void }) => ReactNode;
}

export interface EvidencePickerProps {
  label: string;
  description?: string;
  required?: boolean;
  value: string[];
  problem?: string;
  onChange: (ids: string[]) => void;
}

const mostShown = 40;

/** Facts and sources, or sources alone, found by typing; one that is not there yet is added without leaving the form. */
export function EvidencePicker({
  value,
  onChange,
  problem,
  sourcesOnly,
  adders,
  ...named
}: EvidencePickerProps & { sourcesOnly: boolean; adders: Adder[] }): ReactNode {
  const { forms } = useFormWords();
  const [adding, add] = useState<Adder | undefined>();
  const data = useEvidence(sourcesOnly, value);
  const close = (): void => add(undefined);
  const saved = (id: string): void => {
    close();
    onChange([...value, id]);
  };
  return (
    <div className="stack tight">
      <MultiSelect
        {...named}
        searchable
        hidePickedOptions
        limit={mostShown}
        nothingFoundMessage={forms.nothingFound}
        data={data}
        value={value}
        error={problem}
        onChange={onChange}
      />
      <div className="row">
        {adders.map((adder) => (
          <Button key={adder.name} size="compact-xs" variant="subtle" onClick={() => add(adder)}>
            {adder.name}
          </Button>
        ))}
      </div>
      {adding?.form({ close, saved })}
    </div>
  );
}

/** Every fact and source by what it says; those chosen stand even where they are no longer there. */
function useEvidence(sourcesOnly: boolean, chosen: string[]) {
  const { forms, say } = useFormWords();
  const { workspace } = useDesk();
  return useMemo(() => {
    const sources = workspace.sources.map(({ id, title }) => ({ value: id, label: `${say(title)} (${id})` }));
    const facts = sourcesOnly ? [] : workspace.facts.map(({ id, text, date }) => ({ value: id, label: `${date} ${say(text)} (${id})` }));
    const known = new Set([...sources, ...facts].map((one) => one.value));
    const gone = chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id }));
    return [...(facts.length > 0 ? [{ group: forms.facts, items: facts }] : []), { group: forms.sources, items: [...sources, ...gone] }];
  }, [workspace, sourcesOnly, say, forms, chosen]);
}
