import { Select, TextInput } from "@mantine/core";
import type { AgendaItem } from "@watershed/workbench";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { dimensionName } from "./dimension-name.ts";
import type { QuestionStanding, StandingKind } from "./standing.ts";
import { useAgendaWords } from "./words.ts";

/** Which open questions are shown. */
export interface Filter {
  sought: string;
  dimension: string | null;
  owner: string | null; // "-" for nobody
  standing: StandingKind | null;
}

const nobody = "-";

/** The fields by which the list is narrowed. */
export function Tools({ filter, set, items }: { filter: Filter; set: (filter: Filter) => void; items: AgendaItem[] }): ReactNode {
  const { say, language } = useWords();
  const text = useAgendaWords();
  const { workspace } = useDesk();
  const dimensions = [...new Set(items.map(({ question }) => question.dimension))].sort();
  return (
    <div className="row agenda-tools">
      <TextInput
        size="xs"
        aria-label={text.search}
        placeholder={text.search}
        value={filter.sought}
        onChange={({ target }) => set({ ...filter, sought: target.value })}
      />
      <Select
        size="xs"
        clearable
        aria-label={text.dimension}
        placeholder={text.allDimensions}
        value={filter.dimension}
        onChange={(dimension) => set({ ...filter, dimension })}
        data={dimensions.map((dimension) => ({ value: dimension, label: dimensionName(dimension, language) }))}
      />
      <Select
        size="xs"
        clearable
        aria-label={text.owner}
        placeholder={`${text.owner}: ${text.allOwners}`}
        value={filter.owner}
        onChange={(owner) => set({ ...filter, owner })}
        data={[{ value: nobody, label: text.nobody }, ...workspace.people.map(({ id, name }) => ({ value: id, label: say(name) }))]}
      />
      <Select
        size="xs"
        clearable
        aria-label={text.standing}
        placeholder={text.allStandings}
        value={filter.standing}
        onChange={(standing) => set({ ...filter, standing: standing as StandingKind | null })}
        data={Object.entries(text.standings).map(([value, label]) => ({ value, label }))}
      />
    </div>
  );
}

/** The questions that fulfil a filter, in their order. */
export function filtered(
  items: AgendaItem[],
  { sought, dimension, owner, standing }: Filter,
  standings: Map<string, QuestionStanding>,
  say: (text: AgendaItem["question"]["text"]) => string,
): AgendaItem[] {
  const wanted = sought.trim().toLowerCase();
  return items.filter(({ question }) => {
    const stands = standings.get(question.id);
    return (
      (wanted === "" || `${say(question.text)} ${question.id}`.toLowerCase().includes(wanted)) &&
      (dimension === null || question.dimension === dimension) &&
      (owner === null || (question.owner ?? nobody) === owner) &&
      (standing === null || stands?.kind === standing)
    );
  });
}
