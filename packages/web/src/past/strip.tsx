import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { useAsOf } from "./as-of.tsx";
import { dayOf } from "./day.ts";
import { usePast, usePastWords } from "./use-past.ts";

/** Says that a past day is shown, what that rests on, and that nothing can be written in it. */
export function PastStrip(): ReactNode {
  const { text, day } = useWords();
  const moment = usePastWords();
  const { past, read } = usePast();
  const { choose } = useAsOf();
  if (!past) return null;
  return (
    <div className="strip past" role="status">
      <Icon name="past" />
      <b>{text.past.shown(moment(past.at))}</b>
      <span>
        {past.recorded ? text.past.recorded : text.past.dated} {past.asOf !== dayOf(past.at) && text.past.ownDay(day(past.asOf))}{" "}
        {text.past.noWriting}
      </span>
      <span className="row">
        <Button size="compact-sm" variant="default" onClick={choose}>
          {text.past.another}
        </Button>
        <Button size="compact-sm" onClick={() => read(undefined)}>
          {text.past.back}
        </Button>
      </span>
    </div>
  );
}
