import type { AgendaItem } from "@watershed/workbench";
import { useDeferredValue, useMemo } from "react";

import type { ReactNode } from "react";
import { useAddressed } from "../data/address.ts";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Empty, Failed } from "../shell/states.tsx";
import { VirtualRows } from "../shell/virtual-rows.tsx";
import { Tools, filtered } from "./agenda-filter.tsx";
import type { Filter } from "./agenda-filter.tsx";
import { AgendaRow } from "./agenda-row.tsx";
import { standingsOf } from "./standing.ts";
import { mostPicked } from "./together.tsx";
import { useAgendaWords } from "./words.ts";

interface QuestionListProps {
  items: AgendaItem[];
  picked: string[];
  toggle: (question: string) => void;
}

/** The open questions as rows: filtered, with an owner to choose. */
export function QuestionList({ items, picked, toggle }: QuestionListProps): ReactNode {
  const { text: page, say } = useWords();
  const text = useAgendaWords();
  const { workspace, versionOf } = useDesk();
  const { save, dialog, error } = useSave();
  const [filter] = useAddressed<keyof Filter>();
  const standings = useMemo(() => standingsOf(workspace), [workspace]);
  const shown = filtered(items, useDeferredValue(filter), standings, say);
  const most = Math.max(...items.map(({ worth, floor }) => Math.max(worth.amount + 2 * worth.standardError, floor)));
  const ranks = useMemo(() => new Map(items.map(({ question }, place) => [question.id, place + 1])), [items]);
  const assign = (question: AgendaItem["question"], owner: string | undefined): void => {
    const { owner: _, ...rest } = question;
    const item = owner === undefined ? rest : { ...rest, owner };
    void save({ kind: "questions", item, at: versionOf("questions", question), before: question });
  };
  return (
    <section className="stack" aria-label={text.questions}>
      <Tools items={items} />
      {error && <Failed error={error} />}
      {shown.length === 0 && <Empty>{text.noMatch}</Empty>}
      {shown.length > 0 && (
        <div className="agenda-list card">
          <VirtualRows
            label={text.questions}
            items={shown}
            keyOf={({ question }) => question.id}
            height={110}
            row={(item) => (
              <AgendaRow
                item={item}
                rank={ranks.get(item.question.id)!}
                most={most}
                standing={standings.get(item.question.id)}
                picked={picked.includes(item.question.id)}
                canPick={picked.length < mostPicked}
                pick={toggle}
                assign={assign}
              />
            )}
          />
        </div>
      )}
      <p className="small soft">
        {text.worthWhy} {page.state.simulationError}
      </p>
      {dialog}
    </section>
  );
}
