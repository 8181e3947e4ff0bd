import type { Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { placeOf } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import type { FileProblem } from "./problem.ts";
import { yamlLibrary } from "./yaml-library.ts";

export type Path = (string | number)[];

/** One YAML text: its tree where it could be parsed, and what is wrong with it as YAML. */
export interface YamlFile {
  source: SourceFile;
  document: Document.Parsed | undefined;
  root: Node | null;
  problems: FileProblem[];
}

/** Where a path leads: the node, the pair that holds it, and how many steps of the path exist. */
export interface Found {
  node: Node | null;
  pair?: Pair;
  /** The map or list the last step was taken in. */
  parent?: YAMLMap | YAMLSeq;
  depth: number;
  /** True where the path goes through an alias: the node is written elsewhere. */
  shared: boolean;
}

/** Follows a path as far as it exists. Of repeated keys the first one counts. */
export function follow(yaml: Pick<YamlFile, "document">, start: Node | null, path: Path): Found {
  const found: Found = { node: start, depth: 0, shared: false };
  for (const key of path) {
    if (yamlLibrary().isAlias(found.node)) {
      found.node = resolve(yaml, found.node);
      found.shared = true;
    }
    if (yamlLibrary().isMap(found.node)) {
      const pair = found.node.items.find((item) => keyOf(item) === String(key));
      if (!pair) return found;
      found.parent = found.node;
      found.pair = pair;
      found.node = pair.value as Node | null;
    } else if (yamlLibrary().isSeq(found.node) && typeof key === "number" && key < found.node.items.length) {
      found.parent = found.node;
      found.pair = undefined;
      found.node = found.node.items[key] as Node | null;
    } else return found;
    found.depth++;
  }
  return found;
}

/** The key of a pair as text. */
export function keyOf(pair: Pair): string {
  return yamlLibrary().isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** What an alias stands for. */
export function resolve(yaml: Pick<YamlFile, "document">, node: Node | null): Node | null {
  return yamlLibrary().isAlias(node) && yaml.document ? ((node.resolve(yaml.document) as Node | undefined) ?? null) : node;
}

/** Aliases may repeat this many nodes in one file; enough for shared terms, far too few for a bomb. */
const maxAliasedNodes = 10_000;

/** Plain data of a node, with a problem for every repeated key, unknown alias and alias that multiplies beyond reason. */
export function dataOf(yaml: YamlFile, node: Node | null): { data: unknown; problems: FileProblem[] } {
  const state: Reading = { yaml, problems: [], budget: maxAliasedNodes, open: new Set(), inAlias: 0 };
  return { data: read(state, node), problems: state.problems };
}

interface Reading {
  yaml: YamlFile;
  problems: FileProblem[];
  budget: number;
  open: Set<Node>;
  inAlias: number;
}

function read(state: Reading, node: Node | null): unknown {
  if (node === null || node === undefined) return null;
  if (state.inAlias > 0 && state.budget-- <= 0) return null;
  if (yamlLibrary().isScalar(node)) return node.value;
  if (yamlLibrary().isAlias(node)) return readAlias(state, node);
  state.open.add(node);
  const data = yamlLibrary().isMap(node)
    ? readMap(state, node)
    : yamlLibrary().isSeq(node)
      ? node.items.map((item) => read(state, item as Node))
      : null;
  state.open.delete(node);
  return data;
}

function readAlias(state: Reading, node: Node & { source: string }): unknown {
  const target = resolve(state.yaml, node);
  if (target === null) return void report(state, "unknownAlias", node, { name: node.source });
  state.inAlias++;
  const data = state.open.has(target) ? void (state.budget = -1) : read(state, target);
  state.inAlias--;
  if (state.budget < 0 && !state.problems.some((problem) => problem.code === "aliasBomb"))
    report(state, "aliasBomb", node, { name: node.source, limit: maxAliasedNodes });
  return data;
}

function readMap(state: Reading, map: YAMLMap): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  const first = new Map<string, Pair>();
  for (const pair of map.items) {
    const key = keyOf(pair);
    const earlier = first.get(key);
    if (earlier) {
      if (state.inAlias === 0) report(state, "duplicateKey", pair.key as Node, { key, ...firstPlace(state, earlier) });
      continue;
    }
    first.set(key, pair);
    // A key named __proto__ must be data, not the prototype of the object.
    Object.defineProperty(data, key, {
      value: read(state, pair.value as Node | null),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return data;
}

function firstPlace(state: Reading, pair: Pair): { firstLine: number; firstColumn: number } {
  const at = placeOf(state.yaml.source, (pair.key as Scalar).range?.[0] ?? 0);
  return { firstLine: at.line, firstColumn: at.column };
}

function report(state: Reading, code: "duplicateKey" | "unknownAlias" | "aliasBomb", node: Node, params: FileProblem["params"]): void {
  const [from, to] = node.range ?? [0, 0];
  state.problems.push({ code, severity: "error", at: placeOf(state.yaml.source, from, to), params });
}
