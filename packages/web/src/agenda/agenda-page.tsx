import type { AgendaItem } from "@watershed/workbench";
import { useCallback, useState } from "react";
import type { ReactNode } from "react";
import { useDesk, useShownReview, useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { Empty, Failed, Loading } from "../shell/states.tsx";
import { ActionsWorth } from "./actions-worth.tsx";
import { AgendaChart } from "./agenda-chart.tsx";
import "./agenda.css";
import { QuestionList } from "./question-list.tsx";
import { Together } from "./together.tsx";
import { useAgendaWords } from "./words.ts";

/** What to find out next: open questions by what their answers are worth, whose they are, and what to do about them. */
export function AgendaPage(): ReactNode {
  const { text: page, say, estimate } = useWords();
  const text = useAgendaWords();
  const { reviewError, computing } = useDesk();
  const isSupposing = useWhatIf(({ after }) => after !== undefined);
  const review = useShownReview();
  const items = review?.agenda;
  const told = items?.filter(({ distinguishable }) => distinguishable) ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        {items && items.length > 0 && (
          <p className="soft">
            {text.lead(items.length, told.length)} {told.length > 0 && text.first(say(told[0].question.text), estimate(told[0].worth))}
          </p>
        )}
      </div>
      {isSupposing && <p className="strip">{text.whatIf}</p>}
      {!items &&
        (reviewError ? (
          <Failed error={reviewError} />
        ) : (
          <Loading rows={10} label={computing ? page.state.computing : page.state.loading} />
        ))}
      {items && items.length === 0 && <Empty>{text.empty}</Empty>}
      {items && items.length > 0 && <Agenda items={items} />}
    </>
  );
}

function Agenda({ items }: { items: AgendaItem[] }): ReactNode {
  const [picked, pick] = useState<string[]>([]);
  const toggle = useCallback((id: string) => pick((all) => (all.includes(id) ? all.filter((one) => one !== id) : [...all, id])), []);
  return (
    <div className="agenda">
      <AgendaChart items={items} />
      <div className="stack beside-questions">
        <ActionsWorth />
        <Together items={items} picked={picked} clear={() => pick([])} />
      </div>
      <QuestionList items={items} picked={picked} toggle={toggle} />
    </div>
  );
}
