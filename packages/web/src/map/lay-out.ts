import type { DependenceMap, MapKind, MapNode } from "@watershed/workbench/in-page";
import { neighboursOf } from "./reach.ts";

/** One column of the drawing: what stands in it, from the top, and how many there is no room for. */
export interface Column {
  group: "questions" | "between" | "companies";
  nodes: MapNode[];
  hidden: number;
}

const groups = ["questions", "between", "companies"] as const;
const groupOf: Record<MapKind, number> = { question: 0, quantity: 1, signal: 1, trigger: 1, company: 2 };
const mostColumns = [3, 2, 1];
const sweeps = 6;

/**
 * Puts a map in columns from what others rest on, at the left, to companies, at the right, so that lines run rightwards; and orders every
 * column by where its neighbours stand, which takes most crossings away (the barycentre method of Sugiyama, Tagawa and Toda 1981).
 *
 * `rank` says which nodes are kept where a column has more than `most`: the lowest; groups that are shown whole keep all.
 */
export function layOut(
  map: DependenceMap,
  rank: (node: MapNode) => number,
  most: number,
  isWhole: (group: Column["group"]) => boolean = () => false,
): Column[] {
  const levels = levelsOf(map);
  const columns = groups.flatMap((group, at) => {
    const own = map.nodes.filter(({ kind }) => groupOf[kind] === at);
    const deepest = Math.max(0, ...own.map(({ key }) => levels.get(key)!));
    return Array.from({ length: own.length === 0 ? 0 : deepest + 1 }, (_, place) =>
      own.filter(({ key }) => levels.get(key) === deepest - place),
    )
      .filter((nodes) => nodes.length > 0)
      .map((nodes): Column => {
        const sorted = nodes.toSorted((one, other) => rank(one) - rank(other));
        const room = isWhole(group) ? Infinity : most;
        return { group, nodes: sorted.slice(0, room), hidden: Math.max(0, sorted.length - room) };
      });
  });
  return ordered(columns, map);
}

/** How many steps lie between a node and the last of its group: nothing within the group rests on the last. */
function levelsOf({ nodes, edges }: DependenceMap): Map<string, number> {
  const group = new Map(nodes.map(({ key, kind }) => [key, groupOf[kind]]));
  const { above } = neighboursOf(edges.filter(({ from, to }) => group.get(from) === group.get(to)));
  const levels = new Map<string, number>();
  const levelOf = (key: string, path: Set<string>): number => {
    const known = levels.get(key);
    if (known !== undefined) return known;
    if (path.has(key)) return 0;
    path.add(key);
    const level = Math.min(
      mostColumns[group.get(key)!] - 1,
      Math.max(-1, ...(above.get(key) ?? []).map((next) => levelOf(next, path))) + 1,
    );
    path.delete(key);
    levels.set(key, level);
    return level;
  };
  for (const { key } of nodes) levelOf(key, new Set());
  return levels;
}

function ordered(columns: Column[], { edges }: DependenceMap): Column[] {
  const { below, above } = neighboursOf(edges);
  const current = columns.map(({ nodes }) => nodes);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const rightwards = sweep % 2 === 0;
    const places = heights(current);
    const order = current.map((_, place) => (rightwards ? place : current.length - 1 - place));
    for (const column of order) {
      const middle = (node: MapNode): number => {
        const found = [...(below.get(node.key) ?? []), ...(above.get(node.key) ?? [])].flatMap((key) => places.get(key) ?? []);
        return found.length === 0 ? places.get(node.key)! : found.reduce((sum, height) => sum + height, 0) / found.length;
      };
      const middles = new Map(current[column].map((node) => [node.key, middle(node)]));
      current[column] = current[column].toSorted((one, other) => middles.get(one.key)! - middles.get(other.key)!);
      current[column].forEach((node, row) => places.set(node.key, heightOf(row, current[column].length)));
    }
  }
  return columns.map((column, place) => ({ ...column, nodes: current[place] }));
}

function heights(columns: MapNode[][]): Map<string, number> {
  return new Map(columns.flatMap((nodes) => nodes.map((node, row): [string, number] => [node.key, heightOf(row, nodes.length)])));
}

/** The height of a row as a share of its column, so that short and long columns can be compared. */
function heightOf(row: number, rows: number): number {
  return (row + 0.5) / rows;
}
