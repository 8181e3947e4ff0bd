import type { FieldProblem } from "@watershed/domain";
import type { Node, Pair } from "yaml";
import type { FilePlace } from "./problem.ts";
import { stretchOf } from "./scalar-offsets.ts";
import { lineEnd, placeOf } from "./source-file.ts";
import { follow, resolve } from "./yaml-tree.ts";
import type { Found, Path, YamlFile } from "./yaml-tree.ts";
import { yamlLibrary } from "./yaml-library.ts";

/** Where an item of the workspace is written: its node, and for a Markdown note where its text begins. */
export interface Origin {
  yaml: YamlFile;
  node: Node | null;
  /** The key that holds the settings. */
  key?: Node;
  bodyFrom?: number;
}

/** Where a value of an item is written, or the part `within` of it; where the path ends early, the place of what exists. */
export function valuePlace(origin: Origin, path: Path, within?: { from: number; to: number }): FilePlace {
  const { yaml, bodyFrom } = origin;
  if (bodyFrom !== undefined && path[0] === "text") return bodyPlace(origin, bodyFrom, within);
  const found = follow(yaml, origin.node, path);
  if (found.depth < path.length) return firstLine(origin, found);
  const scalar = resolve(yaml, found.node);
  if (within && yamlLibrary().isScalar(scalar)) {
    const { from, to } = stretchOf(yaml.source.text, scalar, within);
    return placeOf(yaml.source, from, to);
  }
  return nodePlace(origin, found);
}

/** Where a key of an item is written; the value's place for an item of a list. */
export function keyPlace(origin: Origin, path: Path): FilePlace {
  const found = follow(origin.yaml, origin.node, path);
  if (found.depth < path.length) return firstLine(origin, found);
  return found.pair ? rangePlace(origin, found.pair.key as Node) : nodePlace(origin, found);
}

const aboutTheKey = new Set<FieldProblem["code"]>(["unknownField", "optionUnknown", "answerOfWrongKind"]);

/** Where a problem of the domain is to be shown: at the key, at the value, or at the first line of the item that lacks something. */
export function fieldPlace(origin: Origin, path: Path, { code, params }: Pick<FieldProblem, "code" | "params">): FilePlace {
  if (aboutTheKey.has(code) || params.part === "key") return keyPlace(origin, path);
  return path.length === 0 ? firstLine(origin, { node: origin.node, depth: 0, shared: false }) : valuePlace(origin, path);
}

/** The end of what a node says, without the line breaks and comments that follow it. */
export function contentEnd(node: Node | null): number {
  if (!(yamlLibrary().isMap(node) || yamlLibrary().isSeq(node)) || node.flow || node.items.length === 0) return node?.range?.[1] ?? 0;
  const last = node.items.at(-1) as Node | Pair<Node, Node | null> | null;
  if (yamlLibrary().isPair(last)) return Math.max(contentEnd(last.key), contentEnd(last.value));
  return Math.max(contentEnd(last), node.range![0] + 1);
}

function bodyPlace(origin: Origin, bodyFrom: number, within?: { from: number; to: number }): FilePlace {
  const { source } = origin.yaml;
  const limit = source.text.length;
  if (!within) return placeOf(source, bodyFrom, limit);
  return placeOf(source, Math.min(limit, bodyFrom + within.from), Math.min(limit, bodyFrom + within.to));
}

function nodePlace(origin: Origin, found: Found): FilePlace {
  const { source } = origin.yaml;
  const { node, pair } = found;
  // A value that is left out has no width to underline; its key has.
  if ((node === null || (yamlLibrary().isScalar(node) && node.range && node.range[0] === node.range[1])) && pair)
    return rangePlace(origin, pair.key as Node);
  if (node === null) return firstLine(origin, found);
  const end = yamlLibrary().isScalar(node) || yamlLibrary().isAlias(node) ? (node.range?.[1] ?? 0) : contentEnd(node);
  const from = node.range?.[0] ?? 0;
  return placeOf(source, from, trimEnd(source.text, from, end));
}

function isEmptyScalar(node: Node | null): boolean {
  return node === null || (yamlLibrary().isScalar(node) && node.range?.[0] === node.range?.[1]);
}

function rangePlace(origin: Origin, node: Node): FilePlace {
  return placeOf(origin.yaml.source, node.range?.[0] ?? 0, node.range?.[1] ?? 0);
}

function firstLine(origin: Origin, found: Found): FilePlace {
  const { source } = origin.yaml;
  if (found.depth === 0 && origin.key && isEmptyScalar(origin.node)) return rangePlace(origin, origin.key);
  const node = resolve(origin.yaml, found.node);
  const from = node?.range?.[0] ?? 0;
  const end = Math.min(Math.max(contentEnd(node), from), lineEnd(source.text, from));
  return placeOf(source, from, trimEnd(source.text, from, end));
}

function trimEnd(text: string, from: number, to: number): number {
  return from + text.slice(from, to).trimEnd().length;
}
