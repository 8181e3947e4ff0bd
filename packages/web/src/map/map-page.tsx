import { Checkbox, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { DependenceMap } from "@watershed/workbench/in-page";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { dimensionName } from "../agenda/dimension-name.ts";
import { useDesk, useShownReview } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
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

interface Filter {
  sought: string;
  dimension: string | null;
  track: string | null;
  telling: boolean;
  connected: boolean;
}

const narrow = "(max-width: 900px)";

function Explored({ map }: { map: DependenceMap }): ReactNode {
  const text = useMapWords();
  const [filter, set] = useState<Filter>({ sought: "", dimension: null, track: null, telling: true, connected: true });
  const [view, show] = useState<"graph" | "list">(() => (matchMedia(narrow).matches ? "list" : "graph"));
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
        <Tools filter={filter} set={set} view={view} show={show} hasChosen={chosen !== undefined} />
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
function usePart(map: DependenceMap, { sought, dimension, track, telling, connected }: Filter, chosen: string | undefined): DependenceMap {
  const { questions, companies } = useDesk();
  const review = useShownReview();
  const { say } = useWords();
  return useMemo(() => {
    if (chosen !== undefined && connected) return connectedTo(map, [chosen]);
    const tells = new Set(review?.agenda.filter(({ distinguishable }) => distinguishable).map(({ question }) => question.id));
    const part = partOf(map, {
      isQuestionShown: (id) =>
        (dimension === null || questions.get(id)?.dimension === dimension) && (!telling || review === undefined || tells.has(id)),
      isCompanyShown: (id) => track === null || companies.get(id)?.track === track,
    });
    const wanted = sought.trim().toLowerCase();
    if (wanted === "") return part;
    const found = part.nodes.filter(({ name, id }) => `${say(name)} ${id}`.toLowerCase().includes(wanted)).map(({ key }) => key);
    return connectedTo(part, found);
  }, [map, questions, companies, review, say, sought, dimension, track, telling, connected, chosen]);
}

interface ToolsProps {
  filter: Filter;
  set: (filter: Filter) => void;
  view: "graph" | "list";
  show: (view: "graph" | "list") => void;
  hasChosen: boolean;
}

function Tools({ filter, set, view, show, hasChosen }: ToolsProps): ReactNode {
  const { say, language } = useWords();
  const text = useMapWords();
  const { workspace } = useDesk();
  const dimensions = [...new Set(workspace.questions.map(({ dimension }) => dimension))].sort();
  return (
    <div className="row map-tools">
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
        aria-label={text.track}
        placeholder={text.allTracks}
        value={filter.track}
        onChange={(track) => set({ ...filter, track })}
        data={workspace.tracks.map(({ id, name }) => ({ value: id, label: say(name) }))}
      />
      <Checkbox
        size="xs"
        label={text.onlyTelling}
        checked={filter.telling}
        onChange={({ target }) => set({ ...filter, telling: target.checked })}
      />
      {hasChosen && (
        <Checkbox
          size="xs"
          label={text.onlyConnected}
          checked={filter.connected}
          onChange={({ target }) => set({ ...filter, connected: target.checked })}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={text.view}
        value={view}
        onChange={(which) => show(which as "graph" | "list")}
        data={[
          { value: "graph", label: text.graph },
          { value: "list", label: text.list },
        ]}
      />
    </div>
  );
}
