import { Button, Modal } from "@mantine/core";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import type { ApiError } from "../data/api.ts";
import type { ItemProblem } from "../data/contract.ts";
import { useWords } from "../language/language.tsx";
import { isComposing } from "../shell/composing.ts";
import { Failed, Problems } from "../shell/states.tsx";

interface ItemFormProps {
  title: string;
  lead?: string;
  close: () => void;
  submit: () => void;
  saver: { pending: boolean; error?: ApiError; dialog: ReactNode };
  /** Problems that stand at no field; all others are told at theirs. */
  rest?: Pick<ItemProblem, "at" | "message">[];
  changed?: boolean; // something was typed: a press beside the form does not throw it away
  also?: ReactNode; // beside the buttons
  size?: string;
  children: ReactNode;
}

/** A form over the page for one item: sent by its button or by Enter, everything typed stays when that fails, and problems stand at their fields. */
export function ItemForm({
  title,
  lead,
  close,
  submit,
  saver,
  rest = [],
  changed = false,
  also,
  size = "lg",
  children,
}: ItemFormProps): ReactNode {
  const { text } = useWords();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation(); // a form opened from a form is a part of it in the tree of components
    if (!saver.pending) submit();
  };
  const guard = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
  };
  const refused = saver.error?.body.problems !== undefined;
  return (
    <Modal
      opened
      onClose={close}
      size={size}
      title={title}
      closeOnClickOutside={!changed}
      closeButtonProps={{ "aria-label": text.state.close }}
    >
      <form className="stack tight" onSubmit={send} onKeyDown={guard} noValidate>
        {lead && <p className="small soft">{lead}</p>}
        {children}
        {saver.error && !refused && <Failed error={saver.error} />}
        {refused && rest.length > 0 && (
          <div className="card" role="alert">
            <Problems problems={rest as ItemProblem[]} />
          </div>
        )}
        <div className="row">
          <Button type="submit" loading={saver.pending}>
            {text.state.save}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
          {also}
        </div>
      </form>
      {saver.dialog}
    </Modal>
  );
}
