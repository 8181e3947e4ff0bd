import type { Item, ItemKind } from "@watershed/domain";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { ApiError } from "../data/api.ts";
import type { ItemProblem, Saved } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import type { WordedProblem } from "../what-if/answer.ts";
import { placeProblems, placeWorded } from "./field-problems.ts";
import type { FieldProblems } from "./field-problems.ts";

interface ItemFormOptions<K extends ItemKind, Draft> {
  kind: K;
  /** The item that is changed; a new one where there is none. */
  item?: Item<K>;
  draft: () => Draft; // what the form shows first
  /** The item that the draft says. */
  write: (draft: Draft) => Item<K>;
  /** What is missing or cannot be read, by field; told when one first tries to save, and from then on as one types. */
  check?: (draft: Draft) => FieldProblems;
  fields: string[]; // whose problems the form shows beside them
  /** Whether the formulas are read by the page's worker as one types. */
  reads?: boolean;
  labels: Record<string, string>; // what its fields are called, where two versions differ
  close: () => void;
  saved?: (saved: Saved) => void; // in place of closing
}

type WrittenField<Draft> = { [Field in keyof Draft]: Draft[Field] extends string ? Field : never }[keyof Draft] & string;

interface ItemFormState<Draft> {
  draft: Draft;
  /** What a field of text needs: what stands in it, what is wrong with it, what typing does. */
  written: (field: WrittenField<Draft>) => {
    value: string;
    error: string | undefined;
    onChange: (event: { target: { value: string } }) => void;
  };
  change: (part: Partial<Draft>) => void;
  changed: boolean;
  problem: (field: string) => string | undefined;
  rest: Pick<ItemProblem, "at" | "message">[];
  submit: () => void;
  saver: { pending: boolean; error?: ApiError; dialog: ReactNode };
}

/** The state of a form for one item. The version that is changed is the one that stood when the form was opened, so that whoever saves meanwhile is met, not overwritten. */
export function useItemForm<K extends ItemKind, Draft extends object>(options: ItemFormOptions<K, Draft>): ItemFormState<Draft> {
  const { kind, item, write, check, fields, reads = false, labels, close, saved = close } = options;
  const { language } = useWords();
  const opened = useOpened(kind, item);
  const saver = useSave({ labelOf: (field) => labels[field] ?? field, gaveUp: close });
  const [draft, set] = useState<Draft>(options.draft);
  const [changed, touch] = useState(false);
  const [tried, tryIt] = useState(false);
  const own = check?.(draft) ?? {};
  const isSound = Object.keys(own).length === 0;
  const found = useReading(kind, reads && changed ? write(draft) : undefined);
  const { placed, rest } = placeProblems(saver.error?.body.problems ?? [], { kind, fields, language });
  const read = placeWorded(found, fields, language);
  const submit = async (): Promise<void> => {
    tryIt(true);
    if (!isSound) return;
    const done = await saver.save({ kind, item: write(draft), ...opened } as Parameters<typeof saver.save>[0]);
    if (done) saved(done);
  };
  const change = (part: Partial<Draft>): void => {
    set((before) => ({ ...before, ...part }));
    touch(true);
    saver.clearError(); // what was refused is not what stands there now
  };
  const problem = (field: string): string | undefined => (tried ? own[field] : undefined) ?? placed[field] ?? read[field];
  return {
    draft,
    written: (field) => ({
      value: draft[field] as string,
      error: problem(field),
      onChange: ({ target }) => change({ [field]: target.value } as Partial<Draft>),
    }),
    change,
    changed,
    problem,
    rest,
    submit: () => void submit(),
    saver,
  };
}

/** The item and its version as they stood when a form was opened. */
export function useOpened<K extends ItemKind>(
  kind: K,
  item: Item<K> | undefined,
): { at?: { id: string; version: number }; before?: Item<K> } {
  const { versionOf } = useDesk();
  const [opened] = useState(() => (item ? { at: versionOf(kind, item), before: item } : {}));
  return opened;
}

const pauseMilliseconds = 150;

/** What the page's worker says of the formulas of an item as they stand. */
function useReading<K extends ItemKind>(kind: K, item: Item<K> | undefined): WordedProblem[] {
  const { reader } = useDesk();
  const [told, tell] = useState<WordedProblem[]>([]);
  const written = item && JSON.stringify(item);
  useEffect(() => {
    if (written === undefined) return;
    let current = true;
    const ask = async (): Promise<void> => {
      const problems = await reader().ask({ ask: "item", kind, item: JSON.parse(written) as Item<ItemKind> });
      if (current) tell(problems);
    };
    const timer = setTimeout(() => void ask(), pauseMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [reader, kind, written]);
  return told;
}
