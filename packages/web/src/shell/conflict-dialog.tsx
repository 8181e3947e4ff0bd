import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError } from "../data/api.ts";
import type { AnyItem, Conflict } from "../data/contract.ts";
import { fieldConflicts, merged } from "../data/merge.ts";
import type { Choices, FieldConflict } from "../data/merge.ts";
import { useWords } from "../language/language.tsx";
import { Failed } from "./states.tsx";
import "./conflict-dialog.css";

interface ConflictDialogProps {
  conflict: Conflict;
  /** Writes the item over the version that stands; may be refused by yet another conflict, which is then shown. */
  save: (item: AnyItem, expectedVersion: number) => Promise<unknown>;
  saved: () => void; // it is written
  takeTheirs: () => void; // what they wrote stands, one's own is given up
  close: () => void; // back to what one was writing, nothing decided
  labelOf?: (field: string) => string;
}

/** Two people changed the same thing: both versions side by side, merged where only one of them changed a field, chosen where both did. */
export function ConflictDialog({ conflict: first, save, saved, takeTheirs, close, labelOf }: ConflictDialogProps): ReactNode {
  const { text } = useWords();
  const [conflict, meet] = useState(first);
  const [choices, choose] = useState<Choices>({});
  const removed = conflict.current.item === null;
  const write = useMutation({
    mutationFn: () => save(removed ? conflict.yours : merged(conflict, choices), conflict.current.version),
    onSuccess: saved,
    onError: (error) => {
      if (error instanceof ApiError && error.body.conflict) meet(error.body.conflict);
    },
  });
  const refused = write.error instanceof ApiError && !write.error.body.conflict ? write.error : undefined;
  return (
    <Modal opened onClose={close} title={text.conflict.title} size="xl" closeButtonProps={{ "aria-label": text.state.close }}>
      <div className="stack">
        <p>
          <Who conflict={conflict} />
        </p>
        {!removed && <Fields conflict={conflict} choices={choices} choose={choose} labelOf={labelOf} />}
        {refused && <Failed error={refused} />}
        <div className="row">
          <Button loading={write.isPending} onClick={() => write.mutate()}>
            {removed ? text.conflict.writeAgain : text.conflict.saveMerged}
          </Button>
          <Button variant="default" onClick={takeTheirs}>
            {removed ? text.conflict.leaveRemoved : text.conflict.takeTheirs}
          </Button>
          <Button variant="subtle" onClick={close}>
            {text.conflict.back}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Who({ conflict: { current } }: { conflict: Conflict }): ReactNode {
  const { text, language } = useWords();
  const who = current.by?.name ?? text.conflict.somebody;
  const when = new Date(current.at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
  return current.item === null ? text.conflict.removed(who, when) : text.conflict.changed(who, when);
}

interface FieldsProps {
  conflict: Conflict;
  choices: Choices;
  choose: (choices: Choices) => void;
  labelOf?: (field: string) => string;
}

function Fields({ conflict, choices, choose, labelOf = (field) => field }: FieldsProps): ReactNode {
  const { text } = useWords();
  const shown = fieldConflicts(conflict).filter(({ changed }) => changed !== "alike");
  return (
    <ul className="plain conflict-fields">
      {shown.map((field) => (
        <li key={field.field}>
          <fieldset>
            <legend>{labelOf(field.field)}</legend>
            <Side of={field} side="theirs" name={text.conflict.theirs} choices={choices} choose={choose} />
            <Side of={field} side="mine" name={text.conflict.mine} choices={choices} choose={choose} />
          </fieldset>
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  of: FieldConflict;
  side: "theirs" | "mine";
  name: string;
  choices: Choices;
  choose: (choices: Choices) => void;
}

/** One version of a field; a choice where both changed it, else a statement of whose it is. */
function Side({ of, side, name, choices, choose }: SideProps): ReactNode {
  const { text } = useWords();
  const both = of.changed === "both";
  const taken = both ? (choices[of.field] ?? "mine") === side : of.changed === side;
  return (
    <label className="conflict-side" data-taken={taken}>
      <span className="row tight-row">
        {both && (
          <input type="radio" name={`conflict-${of.field}`} checked={taken} onChange={() => choose({ ...choices, [of.field]: side })} />
        )}
        <b>{name}</b>
        {!both && <span className="small soft">{taken ? text.conflict.only : text.conflict.unchanged}</span>}
      </span>
      <Shown value={of[side]} />
    </label>
  );
}

function Shown({ value }: { value: unknown }): ReactNode {
  const { text } = useWords();
  if (value === undefined || value === null) return <span className="soft">{text.conflict.nothing}</span>;
  if (typeof value === "object") return <pre>{JSON.stringify(value, null, 2)}</pre>;
  return <span className="said">{String(value)}</span>;
}
