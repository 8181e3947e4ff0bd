import type { DependenceMap, MapEdge, MapNode } from "@watershed/workbench/in-page";

/** Who rests on whom, both ways, for walking. */
export interface Neighbours {
  below: Map<string, string[]>; // what a node rests on
  above: Map<string, string[]>; // what rests on it
}

export function neighboursOf(edges: MapEdge[]): Neighbours {
  const below = new Map<string, string[]>();
  const above = new Map<string, string[]>();
  for (const { from, to } of edges) {
    below.set(to, [...(below.get(to) ?? []), from]);
    above.set(from, [...(above.get(from) ?? []), to]);
  }
  return { below, above };
}

/** Everything that can be reached from some nodes, themselves left out unless a way leads back to them. */
export function reach(from: Iterable<string>, next: Map<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop())
    for (const other of next.get(key) ?? [])
      if (!reached.has(other)) {
        reached.add(other);
        waiting.push(other);
      }
  return reached;
}

export interface Shown {
  isQuestionShown: (id: string) => boolean;
  isCompanyShown: (id: string) => boolean;
}

/** The part of a map that lies on a way from a question that is shown to a company that is shown. */
export function partOf({ nodes, edges, tied }: DependenceMap, { isQuestionShown, isCompanyShown }: Shown): DependenceMap {
  const { below, above } = neighboursOf(edges);
  const of = (kind: string, isShown: (id: string) => boolean): string[] =>
    nodes.filter((node) => node.kind === kind && isShown(node.id)).map(({ key }) => key);
  const questions = of("question", isQuestionShown);
  const companies = of("company", isCompanyShown);
  const moved = new Set([...questions, ...reach(questions, above)]);
  const carrying = new Set([...companies, ...reach(companies, below)]);
  const kept = (key: string): boolean => moved.has(key) && carrying.has(key);
  const isShown = ({ kind, id }: MapNode): boolean =>
    kind === "question" ? isQuestionShown(id) : kind !== "company" || isCompanyShown(id);
  return keep({ nodes, edges, tied }, new Set(nodes.filter((node) => kept(node.key) && isShown(node)).map(({ key }) => key)));
}

/** The part of a map that is connected to any of some nodes. */
export function connectedTo(map: DependenceMap, keys: string[]): DependenceMap {
  const { below, above } = neighboursOf(map.edges);
  return keep(map, new Set([...keys, ...reach(keys, below), ...reach(keys, above)]));
}

function keep({ nodes, edges, tied }: DependenceMap, kept: Set<string>): DependenceMap {
  return { nodes: nodes.filter(({ key }) => kept.has(key)), edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)), tied };
}
