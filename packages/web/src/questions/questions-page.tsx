import { Button, MultiSelect, Select, TextInput } from "@mantine/core";
import type { Question } from "@watershed/domain";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { dimensionName } from "../agenda/dimension-name.ts";
import { useBeliefs, useDesk, useShownReview } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { Empty } from "../shell/states.tsx";
import { QuestionForm } from "./question-form.tsx";
import { QuestionRow } from "./question-row.tsx";
import { isBlind, statusOf, statuses } from "./question-status.ts";
import type { QuestionStatus } from "./question-status.ts";
import "./questions.css";

interface Filter {
  sought: string;
  dimensions: string[];
  status: QuestionStatus | null;
  owner: string | null;
  sorting: "worth" | "due" | "name";
}

/** Every question of the team: filtered by dimension, owner and status, the most worth answering first. */
export function QuestionsPage(): ReactNode {
  const { text } = useWords();
  const { workspace, canWrite } = useDesk();
  const [filter, set] = useState<Filter>({ sought: "", dimensions: [], status: null, owner: null, sorting: "worth" });
  const [adding, add] = useState(false);
  const shown = useShownQuestions(useDeferredValue(filter));
  return (
    <>
      <div className="page-head">
        <h1>{text.nav.questions}</h1>
        <span className="row">
          <span className="soft">{text.questions.count(shown.length, workspace.questions.length)}</span>
          {canWrite && (
            <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => add(true)}>
              {text.questions.add}
            </Button>
          )}
        </span>
      </div>
      <FilterBar filter={filter} set={(change) => set({ ...filter, ...change })} />
      {shown.length === 0 ? (
        <Empty>{workspace.questions.length === 0 ? text.questions.empty : text.questions.noMatch}</Empty>
      ) : (
        <QuestionList questions={shown} />
      )}
      {adding && <QuestionForm close={() => add(false)} />}
    </>
  );
}

function useShownQuestions({ sought, dimensions, status, owner, sorting }: Filter): Question[] {
  const { workspace, review } = useDesk();
  const { say } = useWords();
  return useMemo(() => {
    const rank = new Map(review?.agenda.map(({ question }, place) => [question.id, place]));
    const wanted = sought.trim().toLowerCase();
    const order: Record<Filter["sorting"], (one: Question, other: Question) => number> = {
      worth: (one, other) => (rank.get(one.id) ?? 1e9) - (rank.get(other.id) ?? 1e9),
      due: (one, other) => one.resolveBy.localeCompare(other.resolveBy),
      name: (one, other) => say(one.text).localeCompare(say(other.text)),
    };
    return workspace.questions
      .filter(
        (question) =>
          (dimensions.length === 0 || dimensions.includes(question.dimension)) &&
          (status === null || statusOf(question, workspace) === status) &&
          (owner === null || question.owner === owner) &&
          (wanted === "" || `${say(question.text)} ${question.id}`.toLowerCase().includes(wanted)),
      )
      .sort(order[sorting]);
  }, [workspace, review, sought, dimensions, status, owner, sorting, say]);
}

function FilterBar({ filter, set }: { filter: Filter; set: (change: Partial<Filter>) => void }): ReactNode {
  const { text, say, language } = useWords();
  const { workspace } = useDesk();
  const dimensions = [...new Set(workspace.questions.map(({ dimension }) => dimension))].sort();
  const owners = new Set(workspace.questions.map(({ owner }) => owner));
  return (
    <div className="row tools question-filter">
      <TextInput
        size="xs"
        aria-label={text.questions.search}
        placeholder={text.questions.search}
        value={filter.sought}
        onChange={({ target }) => set({ sought: target.value })}
      />
      <MultiSelect
        size="xs"
        aria-label={text.questions.dimension}
        placeholder={filter.dimensions.length === 0 ? text.questions.allDimensions : undefined}
        clearable
        data={dimensions.map((dimension) => ({ value: dimension, label: dimensionName(dimension, language) }))}
        value={filter.dimensions}
        onChange={(chosen) => set({ dimensions: chosen })}
      />
      <Select
        size="xs"
        aria-label={text.questions.statusName}
        placeholder={text.questions.anyStatus}
        clearable
        data={statuses.map((status) => ({ value: status, label: text.questions.status[status] }))}
        value={filter.status}
        onChange={(status) => set({ status: status as QuestionStatus | null })}
      />
      {owners.size > 1 && (
        <Select
          size="xs"
          aria-label={text.questions.owner}
          placeholder={text.questions.anyOwner}
          clearable
          data={workspace.people.filter(({ id }) => owners.has(id)).map(({ id, name }) => ({ value: id, label: say(name) }))}
          value={filter.owner}
          onChange={(owner) => set({ owner })}
        />
      )}
      <Select
        size="xs"
        aria-label={text.decisions.sort}
        allowDeselect={false}
        data={(["worth", "due", "name"] as const).map((by) => ({
          value: by,
          label: `${text.decisions.sort}: ${text.questions.sortBy[by]}`,
        }))}
        value={filter.sorting}
        onChange={(sorting) => sorting && set({ sorting: sorting as Filter["sorting"] })}
      />
    </div>
  );
}

/** Only the rows near the window exist, however many questions there are. */
function QuestionList({ questions }: { questions: Question[] }): ReactNode {
  const { text } = useWords();
  const { workspace, view } = useDesk();
  const review = useShownReview();
  const beliefs = useBeliefs();
  const list = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: questions.length,
    estimateSize: () => 62,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (place) => questions[place].id,
  });
  const agenda = new Map(review?.agenda.map((item) => [item.question.id, item]));
  return (
    <div className="card question-list">
      <div className="question-row headings small soft" aria-hidden="true">
        <span>{text.questions.question}</span>
        <span>{text.questions.belief}</span>
        <span>{text.questions.spread}</span>
        <span className="right">{text.questions.worth}</span>
        <span className="right">{text.questions.rests}</span>
      </div>
      <div ref={list} role="list" aria-label={text.nav.questions} style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const question = questions[index];
          return (
            <div
              key={key}
              role="listitem"
              aria-setsize={questions.length}
              aria-posinset={index + 1}
              data-index={index}
              ref={virtual.measureElement}
              className="virtual-row"
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              <QuestionRow
                question={question}
                beliefs={beliefs?.get(question.id)}
                agenda={agenda.get(question.id)}
                blind={isBlind(question, workspace, view.person)}
                loading={beliefs === undefined}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
