import type { AgendaItem } from "@watershed/workbench";
import { useCallback } from "react";
import type { ReactNode } from "react";
import { useAddressed } from "../data/address.ts";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { ChoiceField } from "../shell/choice-field.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { dimensionName } from "./dimension-name.ts";
import type { QuestionStanding } from "./standing.ts";
import { useAgendaWords } from "./words.ts";

/** Which open questions are shown. */
export type Filter = Partial<Record<"sought" | "dimension" | "owner" | "standing", string>>; // an owner of "-" is nobody

const nobody = "-";

/** The fields by which the list is narrowed. */
export function Tools({ items }: { items: AgendaItem[] }): ReactNode {
  const { text: page, say, language } = useWords();
  const text = useAgendaWords();
  const { workspace } = useDesk();
  const [filter, set] = useAddressed<keyof Filter>();
  const seek = useCallback((sought: string) => set({ sought }, "typed"), [set]);
  const dimensions = [...new Set(items.map(({ question }) => question.dimension))].sort();
  return (
    <div className="row agenda-tools">
      <SearchField label={text.search} sought={filter.sought ?? ""} seek={seek} />
      <ChoiceField
        label={text.dimension}
        all={text.allDimensions}
        chosen={filter.dimension}
        choose={(dimension) => set({ dimension })}
        choices={dimensions.map((dimension) => ({ value: dimension, label: dimensionName(dimension, language) }))}
      />
      <ChoiceField
        label={text.owner}
        all={`${text.owner}${page.state.colon}${text.allOwners}`}
        chosen={filter.owner}
        choose={(owner) => set({ owner })}
        choices={[{ value: nobody, label: text.nobody }, ...workspace.people.map(({ id, name }) => ({ value: id, label: say(name) }))]}
      />
      <ChoiceField
        label={text.standing}
        all={text.allStandings}
        chosen={filter.standing}
        choose={(standing) => set({ standing })}
        choices={Object.entries(text.standings).map(([value, label]) => ({ value, label }))}
      />
    </div>
  );
}

/** The questions that fulfil a filter, in their order. */
export function filtered(
  items: AgendaItem[],
  { sought = "", dimension, owner, standing }: Filter,
  standings: Map<string, QuestionStanding>,
  say: (text: AgendaItem["question"]["text"]) => string,
): AgendaItem[] {
  const wanted = sought.trim().toLowerCase();
  return items.filter(({ question }) => {
    const stands = standings.get(question.id);
    return (
      (wanted === "" || `${say(question.text)} ${question.id}`.toLowerCase().includes(wanted)) &&
      (dimension === undefined || question.dimension === dimension) &&
      (owner === undefined || (question.owner ?? nobody) === owner) &&
      (standing === undefined || stands?.kind === standing)
    );
  });
}
