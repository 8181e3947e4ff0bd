import { Checkbox, SegmentedControl } from "@mantine/core";
import type { DependenceMap } from "@watershed/workbench/in-page";
import { useCallback, useDeferredValue, useEffect, useMemo } from "react";
import type { ReactNode } from "react";
import { dimensionName } from "../agenda/dimension-name.ts";
import { useAddressed } from "../data/address.ts";
import { useDesk, useShownReview } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { ChoiceField } from "../shell/choice-field.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { Empty, Failed, Loading } from "../shell/states.tsx";
import { MapGraph } from "./map-graph.tsx";
import { MapList } from "./map-list.tsx";
import "./map.css";
import { connectedTo, partOf } from "./reach.ts";
import { Selection } from "./selection.tsx";
import { useChosen, useDependenceMap } from "./use-map.ts";
import { useMapWords } from "./words.ts";

/** Why a company's worth moves: questions, the quantities and triggers between, and companies, as a graph or as lists. */
export function MapPage(): ReactNode {
  const text = useMapWords();
  const { map, error, retry } = useDependenceMap();
  const count = (kind: string): number => map?.nodes.filter((node) => node.kind === kind).length ?? 0;
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        {map && map.edges.length > 0 && (
          <p className="soft">
            {text.lead(count("question"), count("company"), map.edges.length)} {text.howto}
          </p>
        )}
      </div>
      {error && <Failed error={error} retry={retry} />}
      {!map && !error && <Loading rows={10} />}
      {map && (map.edges.length === 0 ? <Empty>{text.empty}</Empty> : <Explored map={map} />)}
    </>
  );
}

/** What of the map is shown, as the address has it: `all` is also what tells nothing, `whole` also what is not connected. */
type Filter = Partial<Record<"sought" | "dimension" | "track" | "all" | "whole" | "view", string>>;

const narrow = "(max-width: 900px)";

function Explored({ map }: { map: DependenceMap }): ReactNode {
  const text = useMapWords();
  const [filter] = useAddressed<keyof Filter>();
  const view = filter.view === "graph" || filter.view === "list" ? filter.view : matchMedia(narrow).matches ? "list" : "graph";
  const [chosen, choose] = useChosen(map);
  const part = usePart(map, useDeferredValue(filter), chosen?.key);
  useEffect(() => {
    const release = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && chosen && !document.querySelector("[role=dialog]")) choose(undefined);
    };
    addEventListener("keydown", release);
    return () => removeEventListener("keydown", release);
  }, [chosen, choose]);
  return (
    <div className="map">
      <div className="stack">
        <Tools view={view} hasChosen={chosen !== undefined} />
        {part.nodes.length === 0 ? (
          <Empty>{text.noMatch}</Empty>
        ) : view === "graph" ? (
          <MapGraph map={part} chosen={chosen} choose={choose} />
        ) : (
          <MapList map={part} chosen={chosen} choose={choose} />
        )}
        <p className="small soft wide-only">{text.keys}</p>
      </div>
      {chosen && <Selection map={map} of={chosen} choose={choose} />}
    </div>
  );
}

/** What of the map is shown: what lies between the questions and the companies of the filter, or around what is sought or chosen. */
function usePart(map: DependenceMap, { sought = "", dimension, track, all, whole }: Filter, chosen: string | undefined): DependenceMap {
  const { questions, companies } = useDesk();
  const review = useShownReview();
  const { say } = useWords();
  return useMemo(() => {
    if (chosen !== undefined && whole === undefined) return connectedTo(map, [chosen]);
    const tells = new Set(review?.agenda.filter(({ distinguishable }) => distinguishable).map(({ question }) => question.id));
    const part = partOf(map, {
      isQuestionShown: (id) =>
        (dimension === undefined || questions.get(id)?.dimension === dimension) &&
        (all !== undefined || review === undefined || tells.has(id)),
      isCompanyShown: (id) => track === undefined || companies.get(id)?.track === track,
    });
    const wanted = sought.trim().toLowerCase();
    if (wanted === "") return part;
    const found = part.nodes.filter(({ name, id }) => `${say(name)} ${id}`.toLowerCase().includes(wanted)).map(({ key }) => key);
    return connectedTo(part, found);
  }, [map, questions, companies, review, say, sought, dimension, track, all, whole, chosen]);
}

interface ToolsProps {
  view: "graph" | "list";
  hasChosen: boolean;
}

function Tools({ view, hasChosen }: ToolsProps): ReactNode {
  const { say, language } = useWords();
  const text = useMapWords();
  const { workspace } = useDesk();
  const [filter, set] = useAddressed<keyof Filter>();
  const seek = useCallback((sought: string) => set({ sought }, "typed"), [set]);
  const dimensions = [...new Set(workspace.questions.map(({ dimension }) => dimension))].sort();
  return (
    <div className="row map-tools">
      <SearchField label={text.search} sought={filter.sought ?? ""} seek={seek} />
      <ChoiceField
        label={text.dimension}
        all={text.allDimensions}
        chosen={filter.dimension}
        choose={(dimension) => set({ dimension })}
        choices={dimensions.map((dimension) => ({ value: dimension, label: dimensionName(dimension, language) }))}
      />
      <ChoiceField
        label={text.track}
        all={text.allTracks}
        chosen={filter.track}
        choose={(track) => set({ track })}
        choices={workspace.tracks.map(({ id, name }) => ({ value: id, label: say(name) }))}
      />
      <Checkbox
        size="xs"
        label={text.onlyTelling}
        checked={filter.all === undefined}
        onChange={({ target }) => set({ all: target.checked ? null : "yes" })}
      />
      {hasChosen && (
        <Checkbox
          size="xs"
          label={text.onlyConnected}
          checked={filter.whole === undefined}
          onChange={({ target }) => set({ whole: target.checked ? null : "yes" })}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={text.view}
        value={view}
        onChange={(which) => set({ view: which })}
        data={[
          { value: "graph", label: text.graph },
          { value: "list", label: text.list },
        ]}
      />
    </div>
  );
}
