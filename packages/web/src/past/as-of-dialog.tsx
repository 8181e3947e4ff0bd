import { Button, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { workspaceQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";
import { todayHere } from "../team/today-here.ts";
import { dayOf, isDay, monthsBefore } from "./day.ts";
import { daysOfChange } from "./days-of-change.ts";
import { usePast } from "./use-past.ts";

/** Chooses the day to read everything as of: typed, some months back, or one on which something became known. */
export function AsOfDialog({ close }: { close: () => void }): ReactNode {
  const { text, day } = useWords();
  const { view } = useDesk();
  const { past, read } = usePast();
  const { data: now = view } = useQuery(workspaceQuery(view.id));
  const { asOf } = now.workspace.settings;
  const [typed, type] = useState((past && dayOf(past.at)) ?? monthsBefore(asOf, 1));
  const [problem, tell] = useState<string>();
  const latest = [asOf, todayHere()].toSorted().at(-1)!;
  const go = (to: string | undefined): void => {
    close();
    read(to);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isDay(typed)) tell(text.past.badDay);
    else if (typed > latest) tell(text.past.future(day(latest)));
    else go(typed);
  };
  const months = [1, 3, 12].map((back) => ({ back, to: monthsBefore(asOf, back) }));
  return (
    <Modal opened onClose={close} title={text.past.choose} closeButtonProps={{ "aria-label": text.state.close }}>
      <form className="stack" onSubmit={submit} noValidate>
        <p className="small soft">{text.past.lead}</p>
        <div className="row end-row">
          <TextInput
            label={text.past.day}
            type="date"
            max={latest}
            data-autofocus
            value={typed}
            error={problem}
            onChange={({ target }) => {
              type(target.value);
              tell(undefined);
            }}
          />
          <Button type="submit">{text.past.read}</Button>
        </div>
        <div className="row">
          {months.map(({ back, to }) => (
            <Button key={back} size="compact-sm" variant="default" onClick={() => go(to)}>
              {text.past.monthsBack(back)}
            </Button>
          ))}
        </div>
        <Days days={daysOfChange(now.workspace).slice(0, 6)} go={go} />
        {past && (
          <div>
            <Button variant="subtle" onClick={() => go(undefined)}>
              {text.past.back}
            </Button>
          </div>
        )}
      </form>
    </Modal>
  );
}

function Days({ days, go }: { days: ReturnType<typeof daysOfChange>; go: (day: string) => void }): ReactNode {
  const { text, day } = useWords();
  if (days.length === 0) return null;
  return (
    <section className="stack tight" aria-label={text.past.days}>
      <h3>{text.past.days}</h3>
      <ul className="plain stack tight">
        {days.map(({ on, count }) => (
          <li key={on}>
            <Button size="compact-sm" variant="subtle" onClick={() => go(on)}>
              {day(on)}
            </Button>{" "}
            <span className="small soft">{text.past.known(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
