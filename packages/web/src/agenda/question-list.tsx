import { Button } from "@mantine/core";
import type { AgendaItem } from "@watershed/workbench";
import { useDeferredValue, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Empty, Failed } from "../shell/states.tsx";
import { Tools, filtered } from "./agenda-filter.tsx";
import type { Filter } from "./agenda-filter.tsx";
import { AgendaRow } from "./agenda-row.tsx";
import { standingsOf } from "./standing.ts";
import { mostPicked } from "./together.tsx";
import { useAgendaWords } from "./words.ts";

const mostAtFirst = 25;

interface QuestionListProps {
  items: AgendaItem[];
  picked: string[];
  toggle: (question: string) => void;
}

/** The open questions as rows: filtered, with an owner to choose; the first ones until all are asked for. */
export function QuestionList({ items, picked, toggle }: QuestionListProps): ReactNode {
  const { text: page, say } = useWords();
  const text = useAgendaWords();
  const { workspace, versionOf } = useDesk();
  const { save, dialog, error } = useSave();
  const [filter, set] = useState<Filter>({ sought: "", dimension: null, owner: null, standing: null });
  const [whole, showWhole] = useState(false);
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
      <Tools filter={filter} set={set} items={items} />
      {error && <Failed error={error} />}
      {shown.length === 0 && <Empty>{text.noMatch}</Empty>}
      {shown.length > 0 && (
        <ol className="plain agenda-list card">
          {shown.slice(0, whole ? undefined : mostAtFirst).map((item) => (
            <AgendaRow
              key={item.question.id}
              item={item}
              rank={ranks.get(item.question.id)!}
              most={most}
              standing={standings.get(item.question.id)}
              picked={picked.includes(item.question.id)}
              canPick={picked.length < mostPicked}
              pick={toggle}
              assign={assign}
            />
          ))}
        </ol>
      )}
      {!whole && shown.length > mostAtFirst && (
        <Button variant="default" onClick={() => showWhole(true)}>
          {text.showAll(shown.length)}
        </Button>
      )}
      <p className="small soft">
        {text.worthWhy} {page.state.simulationError}
      </p>
      {dialog}
    </section>
  );
}
