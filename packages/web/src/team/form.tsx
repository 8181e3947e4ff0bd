import { Button } from "@mantine/core";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { ApiError } from "../data/api.ts";
import { isComposing } from "../shell/composing.ts";
import { Failed } from "../shell/states.tsx";

interface FormProps {
  onSubmit: () => void;
  submit: string; // what the button says
  busy: boolean;
  error: Error | null;
  disabled?: boolean;
  also?: ReactNode; // beside the button
  label?: string;
  children: ReactNode;
}

/** A form that is sent by its button or by Enter, keeps what was typed when that fails, and says why it failed. */
export function Form({ onSubmit, submit, busy, error, disabled, also, label, children }: FormProps): ReactNode {
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy && !disabled) onSubmit();
  };
  const guard = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
  };
  return (
    <form className="stack" onSubmit={send} onKeyDown={guard} aria-label={label} noValidate>
      {children}
      {error && !(error instanceof ApiError && error.body.conflict) && <Failed error={error} />}
      <div className="row">
        <Button type="submit" loading={busy} disabled={disabled}>
          {submit}
        </Button>
        {also}
      </div>
    </form>
  );
}
