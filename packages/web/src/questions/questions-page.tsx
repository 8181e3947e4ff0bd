import { Button, MultiSelect } from "@mantine/core";
import type { Question } from "@watershed/domain";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { dimensionName } from "../agenda/dimension-name.ts";
import { useAddressed } from "../data/address.ts";
import { useBeliefs, useDesk, useShownReview } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { ChoiceField } from "../shell/choice-field.tsx";
import { Icon } from "../shell/icon.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { Empty } from "../shell/states.tsx";
import { VirtualRows } from "../shell/virtual-rows.tsx";
import { QuestionForm } from "./question-form.tsx";
import { QuestionRow } from "./question-row.tsx";
import { isBlind, statusOf, statuses } from "./question-status.ts";
import "./questions.css";

/** Which questions are shown, as the address has it. */
type Filter = Partial<Record<"sought" | "dimensions" | "status" | "owner" | "sorting", string>>;
type Sorting = "worth" | "due" | "name";
const sortings: Sorting[] = ["worth", "due", "name"];
const sortingOf = ({ sorting }: Filter): Sorting => sortings.find((one) => one === sorting) ?? "worth";
const dimensionsOf = ({ dimensions }: Filter): string[] => dimensions?.split(",") ?? [];

/** Every question of the team: filtered by dimension, owner and status, the most worth answering first. */
export function QuestionsPage(): ReactNode {
  const { text } = useWords();
  const { workspace, canWrite } = useDesk();
  const [filter] = useAddressed<keyof Filter>();
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
      <FilterBar />
      {shown.length === 0 ? (
        <Empty>{workspace.questions.length === 0 ? text.questions.empty : text.questions.noMatch}</Empty>
      ) : (
        <QuestionList questions={shown} />
      )}
      {adding && <QuestionForm close={() => add(false)} />}
    </>
  );
}

function useShownQuestions(filter: Filter): Question[] {
  const { workspace, review } = useDesk();
  const { say } = useWords();
  return useMemo(() => {
    const rank = new Map(review?.agenda.map(({ question }, place) => [question.id, place]));
    const { sought = "", status, owner } = filter;
    const dimensions = dimensionsOf(filter);
    const wanted = sought.trim().toLowerCase();
    const order: Record<Sorting, (one: Question, other: Question) => number> = {
      worth: (one, other) => (rank.get(one.id) ?? 1e9) - (rank.get(other.id) ?? 1e9),
      due: (one, other) => one.resolveBy.localeCompare(other.resolveBy),
      name: (one, other) => say(one.text).localeCompare(say(other.text)),
    };
    return workspace.questions
      .filter(
        (question) =>
          (dimensions.length === 0 || dimensions.includes(question.dimension)) &&
          (status === undefined || statusOf(question, workspace) === status) &&
          (owner === undefined || question.owner === owner) &&
          (wanted === "" || `${say(question.text)} ${question.id}`.toLowerCase().includes(wanted)),
      )
      .sort(order[sortingOf(filter)]);
  }, [workspace, review, filter, say]);
}

function FilterBar(): ReactNode {
  const { text, say, language } = useWords();
  const { workspace } = useDesk();
  const [filter, set] = useAddressed<keyof Filter>();
  const seek = useCallback((sought: string) => set({ sought }, "typed"), [set]);
  const dimensions = [...new Set(workspace.questions.map(({ dimension }) => dimension))].sort();
  const owners = new Set(workspace.questions.map(({ owner }) => owner));
  const chosen = dimensionsOf(filter);
  return (
    <div className="row tools question-filter">
      <SearchField label={text.questions.search} sought={filter.sought ?? ""} seek={seek} />
      <MultiSelect
        size="xs"
        aria-label={text.questions.dimension}
        placeholder={chosen.length === 0 ? text.questions.allDimensions : undefined}
        clearable
        data={dimensions.map((dimension) => ({ value: dimension, label: dimensionName(dimension, language) }))}
        value={chosen}
        onChange={(those) => set({ dimensions: those.join(",") })}
      />
      <ChoiceField
        label={text.questions.statusName}
        all={text.questions.anyStatus}
        chosen={filter.status}
        choose={(status) => set({ status })}
        choices={statuses.map((status) => ({ value: status, label: text.questions.status[status] }))}
      />
      {owners.size > 1 && (
        <ChoiceField
          label={text.questions.owner}
          all={text.questions.anyOwner}
          chosen={filter.owner}
          choose={(owner) => set({ owner })}
          choices={workspace.people.filter(({ id }) => owners.has(id)).map(({ id, name }) => ({ value: id, label: say(name) }))}
        />
      )}
      <ChoiceField
        label={text.decisions.sort}
        chosen={sortingOf(filter)}
        choose={(sorting) => set({ sorting: sorting === "worth" ? null : sorting })}
        choices={sortings.map((by) => ({ value: by, label: `${text.decisions.sort}${text.state.colon}${text.questions.sortBy[by]}` }))}
      />
    </div>
  );
}

/** The questions as rows, their beliefs and what an answer is worth beside them. */
function QuestionList({ questions }: { questions: Question[] }): ReactNode {
  const { text } = useWords();
  const { workspace, view } = useDesk();
  const review = useShownReview();
  const beliefs = useBeliefs();
  const agenda = useMemo(() => new Map(review?.agenda.map((item) => [item.question.id, item])), [review]);
  return (
    <div className="card question-list">
      <div className="question-row headings small soft" aria-hidden="true">
        <span>{text.questions.question}</span>
        <span>{text.questions.belief}</span>
        <span>{text.questions.spread}</span>
        <span className="right">{text.questions.worth}</span>
        <span className="right">{text.questions.rests}</span>
      </div>
      <VirtualRows
        label={text.nav.questions}
        items={questions}
        keyOf={({ id }) => id}
        height={62}
        row={(question) => (
          <QuestionRow
            question={question}
            beliefs={beliefs?.get(question.id)}
            agenda={agenda.get(question.id)}
            blind={isBlind(question, workspace, view.person)}
            loading={beliefs === undefined}
          />
        )}
      />
    </div>
  );
}
