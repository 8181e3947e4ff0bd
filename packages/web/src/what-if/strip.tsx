import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useDesk, useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

/** Says that the page shows what is supposed, not what is saved; on every page, for as long as it does. */
export function WhatIfStrip(): ReactNode {
  const { text } = useWords();
  const { whatIf } = useDesk();
  const open = useWhatIf((state) => state.open);
  const supposed = useWhatIf(({ moves }) => moves.length);
  if (supposed === 0) return null;
  return (
    <div className="strip" role="status">
      <b>{text.whatIf.active(supposed)}</b>
      <span className="spring" style={{ flex: 1 }} />
      {!open && (
        <Button size="compact-sm" variant="default" onClick={() => whatIf.show(true)}>
          {text.whatIf.show}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={whatIf.clear}>
        {text.whatIf.discard}
      </Button>
    </div>
  );
}
