import { Button } from "@mantine/core";
import type { Item, ItemKind } from "@watershed/domain";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { SourceList } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import type { EvidenceFormProps } from "./evidence-form.tsx";

const EvidenceForm = lazy(async () => ({ default: (await import("./evidence-form.tsx")).EvidenceForm }));

interface EvidenceOfProps<K extends ItemKind> {
  kind: K;
  item: Item<K>;
  about: string; // what the evidence is for, in words
  ids: string[] | undefined;
  /** The item with other evidence; undefined where the list is empty. */
  write: (item: Item<K>, sources: string[] | undefined) => Item<K>;
}

/** The evidence behind something, and the way to attach more or take some away. */
export function EvidenceOf<K extends ItemKind>({ kind, item, about, ids, write }: EvidenceOfProps<K>): ReactNode {
  const { text } = useWords();
  const { canWrite } = useDesk();
  const [opened, open] = useState<Omit<EvidenceFormProps, "close"> | undefined>(); // as it stood then
  return (
    <div className="evidence-of">
      <SourceList ids={ids} />
      {canWrite && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => open({ kind, item, about, ids, write: (sources) => write(item, sources) })}
          aria-label={`${text.evidence.attach}: ${about}`}
        >
          {text.evidence.attach}
        </Button>
      )}
      {opened && (
        <Suspense fallback={null}>
          <EvidenceForm {...opened} close={() => open(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
