import type { MapKind } from "@watershed/workbench/in-page";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import type { MapViewProps } from "./map-graph.tsx";
import { neighboursOf, reach } from "./reach.ts";
import { useMapWords } from "./words.ts";

const kinds: MapKind[] = ["question", "quantity", "signal", "trigger", "company"];

/** The same map as lists: every item with how many it rests on and moves. */
export function MapList({ map, chosen, choose }: MapViewProps): ReactNode {
  const { say } = useWords();
  const text = useMapWords();
  const counts = useMemo(() => {
    const { below, above } = neighboursOf(map.edges);
    return new Map(map.nodes.map(({ key }) => [key, [reach([key], below).size, reach([key], above).size]]));
  }, [map]);
  return (
    <div className="map-list card">
      {kinds.map((kind) => {
        const nodes = map.nodes.filter((node) => node.kind === kind);
        if (nodes.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={`map-${kind}`}>
            <h2 id={`map-${kind}`}>
              {text.kindsMany[kind]} <span className="soft small num">{nodes.length}</span>
            </h2>
            <ul className="plain">
              {nodes.map(({ key, name, answered }) => (
                <li key={key}>
                  <button
                    type="button"
                    data-row
                    aria-pressed={key === chosen?.key}
                    onClick={() => choose(key === chosen?.key ? undefined : key)}
                  >
                    <span>
                      {say(name)} {answered && <span className="tag">{text.answered}</span>}
                    </span>
                    <span className="small soft num">
                      {text.rests} {counts.get(key)![0]} · {text.moves} {counts.get(key)![1]}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
