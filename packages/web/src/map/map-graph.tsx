import { useElementSize } from "@mantine/hooks";
import type { DependenceMap, MapNode } from "@watershed/workbench/in-page";
import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { useShownReview } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { layOut } from "./lay-out.ts";
import type { Column } from "./lay-out.ts";
import { neighboursOf, reach } from "./reach.ts";
import { useMapWords } from "./words.ts";

export interface MapViewProps {
  map: DependenceMap;
  chosen: MapNode | undefined;
  choose: (key: string | undefined) => void;
}

interface Spot {
  left: number;
  top: number;
}

const rowHeight = 46;
const nodeHeight = 40;
const headHeight = 30;
const leastGap = 34;
const [leastWidth, mostWidth] = [128, 230];
const mostAtFirst = 20;

/** The map as columns of buttons with lines between: what the chosen one rests on and what it moves stand out. */
export function MapGraph({ map, chosen, choose }: MapViewProps): ReactNode {
  const text = useMapWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const field = useRef<HTMLDivElement>(null);
  const [whole, showWhole] = useState<Set<string>>(new Set());
  const columns = useColumns(map, chosen?.key, whole);
  const { spots, nodeWidth, size } = useMemo(() => spotsOf(columns, width), [columns, width]);
  const tones = useMemo(() => tonesOf(map, chosen?.key), [map, chosen?.key]);
  // Choosing lays the map out anew: whoever chose by keyboard stays on what was chosen.
  useEffect(() => {
    if (chosen && document.activeElement === document.body)
      field.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(chosen.key)}"]`)?.focus({ preventScroll: true });
  }, [chosen]);
  const toggle = (group: string): void => showWhole((all) => toggled(all, group));
  const move = (event: KeyboardEvent<HTMLElement>): void => moveAcross(event, map);
  return (
    <div className="map-graph card">
      <div className="scroll-x" ref={ref}>
        <div className="field" ref={field} style={size} data-chosen={chosen !== undefined}>
          <Lines map={map} spots={spots} nodeWidth={nodeWidth} tones={tones} />
          {columns.map((column, place) => (
            <div key={place} className="map-column" role="group" aria-label={text.columns[column.group]} onKeyDown={move}>
              {columns[place - 1]?.group !== column.group && (
                <p className="small soft head" style={{ left: width === 0 ? 0 : spots.get(column.nodes[0].key)!.left }} aria-hidden="true">
                  {text.columns[column.group]}
                </p>
              )}
              {column.nodes.map((node) => (
                <NodeButton
                  key={node.key}
                  node={node}
                  spot={spots.get(node.key)!}
                  width={nodeWidth}
                  tone={tones.get(node.key)}
                  choose={choose}
                />
              ))}
              {(column.hidden > 0 || (whole.has(column.group) && column.nodes.length > mostAtFirst)) && (
                <MoreButton of={column} spot={spots.get(column.nodes[0].key)!} width={nodeWidth} toggle={toggle} />
              )}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The columns of a map; of long ones those most worth answering, or with most links, unless the reader asked for all. */
function useColumns(map: DependenceMap, chosen: string | undefined, whole: Set<string>): Column[] {
  const review = useShownReview();
  const ranks = useMemo(() => new Map(review?.agenda.map(({ question }, place) => [`question:${question.id}`, place])), [review]);
  return useMemo(() => {
    const degree = new Map<string, number>();
    for (const { from, to } of map.edges) for (const key of [from, to]) degree.set(key, (degree.get(key) ?? 0) + 1);
    const rank = ({ key, kind }: MapNode): number => (kind === "question" ? (ranks.get(key) ?? 1e6) : -(degree.get(key) ?? 0));
    return layOut(
      map,
      (node) => (node.key === chosen ? -Infinity : rank(node)),
      mostAtFirst,
      (group) => whole.has(group),
    );
  }, [map, ranks, whole, chosen]);
}

type Tone = "chosen" | "below" | "above";

function NodeButton({
  node,
  spot,
  width,
  tone,
  choose,
}: {
  node: MapNode;
  spot: Spot;
  width: number;
  tone?: Tone;
  choose: MapViewProps["choose"];
}): ReactNode {
  const { say } = useWords();
  const text = useMapWords();
  return (
    <button
      type="button"
      data-row
      data-key={node.key}
      className={`map-node ${node.kind}`}
      data-tone={tone}
      aria-pressed={tone === "chosen"}
      title={`${say(node.name)} (${text.kinds[node.kind]})`}
      style={{ left: spot.left, top: spot.top, width, height: nodeHeight }}
      onClick={() => choose(tone === "chosen" ? undefined : node.key)}
    >
      <span>{say(node.name)}</span>
    </button>
  );
}

interface MoreButtonProps {
  of: Column;
  spot: Spot; // of the column's first node
  width: number;
  toggle: (group: string) => void;
}

function MoreButton({ of, spot, width, toggle }: MoreButtonProps): ReactNode {
  const text = useMapWords();
  const style = { left: spot.left, top: headHeight + of.nodes.length * rowHeight, width };
  return (
    <button type="button" className="map-more small" style={style} onClick={() => toggle(of.group)}>
      {of.hidden > 0 ? text.more(of.hidden) : text.fewer}
    </button>
  );
}

function Lines({
  map,
  spots,
  nodeWidth,
  tones,
}: {
  map: DependenceMap;
  spots: Map<string, Spot>;
  nodeWidth: number;
  tones: Map<string, Tone>;
}): ReactNode {
  const lines: Record<"plain" | "below" | "above", string[]> = { plain: [], below: [], above: [] };
  for (const { from, to } of map.edges) {
    const [start, end] = [spots.get(from), spots.get(to)];
    if (!start || !end) continue;
    const isBelow = tones.get(from) === "below" && (tones.get(to) === "below" || tones.get(to) === "chosen");
    const isAbove = tones.get(to) === "above" && (tones.get(from) === "above" || tones.get(from) === "chosen");
    lines[isBelow ? "below" : isAbove ? "above" : "plain"].push(curve(start, end, nodeWidth));
  }
  return (
    <svg className="lines" aria-hidden="true">
      <path d={lines.plain.join("")} className="plain" />
      <path d={lines.below.join("")} className="below" />
      <path d={lines.above.join("")} className="above" />
    </svg>
  );
}

/** From the right side of one button to the left side of the other; within a column around its right side. */
function curve(start: Spot, end: Spot, nodeWidth: number): string {
  const [x1, y1, y2] = [start.left + nodeWidth, start.top + nodeHeight / 2, end.top + nodeHeight / 2];
  const x2 = end.left;
  const bend = x2 > x1 ? (x2 - x1) / 2 : leastGap / 2;
  if (x2 <= x1) return `M${x1} ${y1}C${x1 + bend} ${y1} ${x1 + bend} ${y2} ${x1} ${y2}`;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function spotsOf(
  columns: Column[],
  width: number,
): { spots: Map<string, Spot>; nodeWidth: number; size: { width: number; height: number } } {
  const count = columns.length;
  const nodeWidth = Math.max(leastWidth, Math.min(mostWidth, (width - (count - 1) * leastGap) / count));
  const gap = count > 1 ? Math.max(leastGap, (width - count * nodeWidth) / (count - 1)) : 0;
  const rows = Math.max(...columns.map(({ nodes, hidden }) => nodes.length + Number(hidden > 0 || nodes.length > mostAtFirst)));
  const spots = new Map<string, Spot>();
  columns.forEach(({ nodes }, place) => {
    nodes.forEach(({ key }, row) => spots.set(key, { left: place * (nodeWidth + gap), top: headHeight + row * rowHeight }));
  });
  return { spots, nodeWidth, size: { width: count * nodeWidth + (count - 1) * gap, height: headHeight + rows * rowHeight } };
}

function tonesOf({ edges }: DependenceMap, chosen: string | undefined): Map<string, Tone> {
  if (chosen === undefined) return new Map();
  const { below, above } = neighboursOf(edges);
  const tones = new Map<string, Tone>();
  for (const key of reach([chosen], below)) tones.set(key, "below");
  for (const key of reach([chosen], above)) tones.set(key, "above");
  return tones.set(chosen, "chosen");
}

function toggled(all: Set<string>, one: string): Set<string> {
  const next = new Set(all);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** Arrow keys: up and down within a column, left to what a node rests on, right to what rests on it. */
function moveAcross(event: KeyboardEvent<HTMLElement>, { edges }: DependenceMap): void {
  const here = (event.target as HTMLElement).dataset.key;
  const field = event.currentTarget.closest(".field");
  if (here === undefined || !field || !event.key.startsWith("Arrow")) return;
  const column = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-key]")];
  const at = column.findIndex(({ dataset }) => dataset.key === here);
  const next =
    event.key === "ArrowLeft"
      ? edges.filter(({ to }) => to === here).map(({ from }) => from)
      : edges.filter(({ from }) => from === here).map(({ to }) => to);
  const target =
    event.key === "ArrowUp"
      ? column[at - 1]
      : event.key === "ArrowDown"
        ? column[at + 1]
        : next.map((key) => field.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)).find((found) => found !== null);
  event.preventDefault();
  target?.focus();
}
