import type { CST, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { contentEnd } from "./locate.ts";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { isEmpty } from "./read-items.ts";
import { blockItem, blockPair, doubleQuoted, flowPair, flowValue, singleQuoted } from "./render-value.ts";
import { lineEnd, sourceFileOf } from "./source-file.ts";
import { sameData } from "./same-data.ts";
import { dataOf, follow } from "./yaml-tree.ts";
import type { Found, Path, YamlFile } from "./yaml-tree.ts";
import { yamlLibrary } from "./yaml-library.ts";

/** One change of one YAML text, by a path from its root. */
export type TextEdit =
  | { change: "set"; path: Path; value: unknown }
  | { change: "append"; path: Path; values: unknown[] }
  | { change: "remove"; path: Path };

interface Splice {
  from: number;
  to: number;
  text: string;
}

/**
 * Changes a YAML text by one splice and leaves every other byte alone. Several spellings are tried, and only one that reads back as the old data
 * with the edit is taken; undefined where none does (a value shared by an alias, a place that is not there).
 */
export function editText(text: string, edit: TextEdit): string | undefined {
  const yaml = parsed(text);
  if (!isSound(yaml)) return undefined;
  const expected = edited(dataOf(yaml, yaml.root).data, edit);
  if (expected === undefined) return undefined;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  for (const splice of spellings(yaml, edit)) {
    const inserted = newline === "\n" ? splice.text : splice.text.replaceAll("\n", newline);
    const after = text.slice(0, splice.from) + inserted + text.slice(splice.to);
    const again = parsed(after);
    if (!isSound(again)) continue;
    const { data, problems } = dataOf(again, again.root);
    if (problems.length <= dataOf(yaml, yaml.root).problems.length && sameData(data, expected.data)) return after;
  }
  return undefined;
}

function parsed(text: string): YamlFile {
  return parseYaml(sourceFileOf("", new TextEncoder().encode(text)).file!);
}

/** The data with the edit; undefined where the edit has no place in it. */
function edited(data: unknown, { path, ...edit }: TextEdit): { data: unknown } | undefined {
  if (path.length === 0)
    return edit.change === "set" ? { data: edit.value } : edit.change === "append" ? appended(data, edit.values) : undefined;
  const [key, ...rest] = path;
  if (Array.isArray(data)) {
    if (typeof key !== "number" || key > data.length || (key === data.length && edit.change === "remove")) return undefined;
    if (rest.length === 0 && edit.change === "remove") return { data: data.toSpliced(key, 1) };
    const inner = edited(data[key], { ...edit, path: rest } as TextEdit);
    return inner && { data: key === data.length ? [...data, inner.data] : data.with(key, inner.data) };
  }
  if (data !== null && data !== undefined && typeof data !== "object") return undefined;
  const map = (data ?? {}) as Record<string, unknown>;
  if (edit.change === "remove" && !(key in map)) return undefined;
  if (rest.length === 0 && edit.change === "remove")
    return { data: Object.fromEntries(Object.entries(map).filter(([name]) => name !== String(key))) };
  const inner = edited(map[key], { ...edit, path: rest } as TextEdit);
  return inner && { data: { ...map, [key]: inner.data } };
}

function appended(list: unknown, values: unknown[]): { data: unknown } | undefined {
  if (list === null || list === undefined) return { data: values };
  return Array.isArray(list) ? { data: [...list, ...values] } : undefined;
}

function spellings(yaml: YamlFile, edit: TextEdit): Splice[] {
  const found = follow(yaml, yaml.root, edit.path);
  if (found.shared || yamlLibrary().isAlias(found.node)) return [];
  if (edit.change === "remove") return found.depth === edit.path.length ? removed(yaml, found) : [];
  if (found.depth < edit.path.length)
    return added(yaml, found, edit.path.slice(found.depth), edit.change === "append" ? edit.values : edit.value);
  if (edit.change === "set") return replaced(yaml, found, edit.value);
  if (yamlLibrary().isSeq(found.node) && found.node.items.length > 0) return itemsAdded(yaml, found.node, edit.values);
  if (yamlLibrary().isSeq(found.node) && !restOfLineIsBlank(yaml.source.text, found.node.range![1]))
    return [betweenBrackets(found.node, edit.values.map(flowValue).join(", "))];
  return replaced(yaml, found, edit.values);
}

/** Adds what the rest of a path names below the last node that exists. */
function added(yaml: YamlFile, found: Found, rest: Path, value: unknown): Splice[] {
  const inner = rest.slice(1).reduceRight<unknown>((data, key) => (typeof key === "number" ? [data] : { [key]: data }), value);
  if (yamlLibrary().isMap(found.node) && (found.node.items.length > 0 || found.node.flow))
    return pairAdded(yaml, found.node, String(rest[0]), inner);
  if (yamlLibrary().isSeq(found.node) && found.node.items.length > 0) return itemsAdded(yaml, found.node, [inner]);
  const whole = typeof rest[0] === "number" ? [inner] : { [rest[0]]: inner };
  return found.depth === 0 && isEmpty(found.node) ? rootAdded(yaml, whole as Record<string, unknown>) : replaced(yaml, found, whole);
}

function rootAdded(yaml: YamlFile, whole: Record<string, unknown>): Splice[] {
  const { text } = yaml.source;
  const [[key, value]] = Object.entries(whole);
  return [{ from: text.length, to: text.length, text: `${text === "" || text.endsWith("\n") ? "" : "\n"}${blockPair(key, value, 0)}\n` }];
}

function pairAdded(yaml: YamlFile, map: YAMLMap, key: string, value: unknown): Splice[] {
  const { text } = yaml.source;
  if (map.flow) return [betweenBrackets(map, flowPair(key, value))];
  const indent = columnOf(text, (map.items[0].key as Node).range![0]);
  const at = lineEnd(text, lastCharacter(text, contentEnd(map)));
  const isRoot = map === yaml.root;
  const list =
    isRoot && Array.isArray(value) && value.length === 1 ? `${key}:\n  ${blockItem(value[0], 2)}` : blockPair(key, value, indent);
  const lines = isRoot ? `\n\n${list}${at === text.length ? "\n" : ""}` : `\n${" ".repeat(indent)}${list}`;
  return [
    { from: at, to: at, text: lines },
    { from: at, to: at, text: `\n${" ".repeat(indent)}${flowPair(key, value)}` },
    ...afterBlankLines(text, contentEnd(map), `${" ".repeat(indent)}${blockPair(key, value, indent)}\n`),
  ];
}

function itemsAdded(yaml: YamlFile, list: YAMLSeq, values: unknown[]): Splice[] {
  const { text } = yaml.source;
  if (list.flow) return [betweenBrackets(list, values.map(flowValue).join(", "))];
  const indent = columnOf(text, list.range![0]);
  const at = lineEnd(text, lastCharacter(text, contentEnd(list)));
  const [before, last] = list.items.slice(-2) as Node[];
  const isSpaced = last && before && /\n[ \t]*\r?\n/.test(text.slice(lastCharacter(text, contentEnd(before)), last.range?.[0] ?? 0));
  const lead = `${isSpaced ? "\n\n" : "\n"}${" ".repeat(indent)}`;
  return [
    { from: at, to: at, text: values.map((value) => lead + blockItem(value, indent)).join("") },
    { from: at, to: at, text: values.map((value) => `${lead}- ${flowValue(value)}`).join("") },
    ...afterBlankLines(text, contentEnd(list), values.map((value) => `${" ".repeat(indent)}${blockItem(value, indent)}\n`).join("")),
  ];
}

/** A block scalar that keeps the blank lines after it (`|+`) ends only below them. */
function afterBlankLines(text: string, end: number, lines: string): Splice[] {
  return text[end - 1] === "\n" ? [{ from: end, to: end, text: lines }] : [];
}

function betweenBrackets(collection: YAMLMap | YAMLSeq, text: string): Splice {
  const [from, to] = collection.range!;
  if (collection.items.length === 0) return { from: from + 1, to: to - 1, text: yamlLibrary().isMap(collection) ? ` ${text} ` : text };
  const at = flowSpan(collection, collection.items.length - 1).to;
  return { from: at, to: at, text: `, ${text}` };
}

function replaced(yaml: YamlFile, found: Found, value: unknown): Splice[] {
  const { text } = yaml.source;
  const { node, pair, parent } = found;
  const nodeFrom = node?.range?.[0] ?? 0;
  const wide = node !== null && (node.range?.[1] ?? 0) > nodeFrom;
  const to = wide ? lastCharacter(text, contentEnd(node)) : nodeFrom;
  if (isInFlow(yaml.root, nodeFrom, node))
    return [{ from: nodeFrom, to, text: (/\s/.test(text[nodeFrom - 1]) ? "" : " ") + flowValue(value) }];
  const afterColon = pair ? colonEnd(pair) : undefined;
  const same: Splice[] = sameStyle(node, value).map((spelled) => ({ from: nodeFrom, to, text: spelled }));
  if (pair && parent && yamlLibrary().isMap(parent)) {
    const indent = columnOf(text, (parent.items[0].key as Node).range![0]);
    const block = blockPair("k", value, indent).slice(2);
    const from = wide && yamlLibrary().isScalar(node) && block.startsWith(" ") ? nodeFrom : afterColon!;
    const whole = from === nodeFrom && wide ? block.slice(1) : block;
    const end = wide ? to : afterColon!;
    const spelled = [
      { from, to: end, text: whole },
      {
        from: wide && yamlLibrary().isScalar(node) ? nodeFrom : afterColon!,
        to: end,
        text: `${wide && yamlLibrary().isScalar(node) ? "" : " "}${flowValue(value)}`,
      },
    ];
    // A comment behind the value would move to the end of a value of several lines.
    return [...same, ...(whole.includes("\n") && !restOfLineIsBlank(text, end) ? spelled.toReversed() : spelled)];
  }
  if (!parent) return [...same, { from: nodeFrom, to, text: flowValue(value) }];
  const indent = columnOf(text, parent.range![0]);
  const space = /\s/.test(text[nodeFrom - 1]) ? "" : " ";
  return [
    ...same,
    { from: nodeFrom, to, text: space + blockItem(value, indent).slice(2) },
    { from: nodeFrom, to, text: space + flowValue(value) },
  ];
}

function restOfLineIsBlank(text: string, at: number): boolean {
  return text.slice(at, lineEnd(text, at)).trim() === "";
}

/** A quoted string stays quoted the same way. */
function sameStyle(node: Node | null, value: unknown): string[] {
  if (!yamlLibrary().isScalar(node) || typeof value !== "string") return [];
  if (node.type === "QUOTE_DOUBLE" && !value.includes("\n")) return [doubleQuoted(value)];
  return node.type === "QUOTE_SINGLE" && !value.includes("\n") ? [singleQuoted(value)] : [];
}

function removed(yaml: YamlFile, found: Found): Splice[] {
  const { parent, pair, node } = found;
  if (!parent) return [];
  const { text } = yaml.source;
  const index = pair ? (parent as YAMLMap).items.indexOf(pair) : (parent as YAMLSeq).items.indexOf(node);
  if (parent.flow) return [flowRemoved(parent, index)];
  if (parent.items.length === 1) return emptied(yaml, parent);
  const from = pair ? (pair.key as Node).range![0] : dashOffset(parent as YAMLSeq, index);
  const end = pair ? Math.max(colonEnd(pair), node?.range ? contentEnd(node) : 0) : Math.max(contentEnd(node), from + 1);
  const last = lineEnd(text, lastCharacter(text, end));
  const next = text.startsWith("\r\n", last) ? last + 2 : Math.min(last + 1, text.length);
  const start = text.lastIndexOf("\n", from - 1) + 1;
  if (text.slice(start, from).trim() === "") return [{ from: start, to: next, text: "" }];
  // The first pair after a dash: what follows moves up to the dash.
  return [{ from, to: next + /^[ ]*/.exec(text.slice(next))![0].length, text: "" }];
}

function emptied(yaml: YamlFile, collection: YAMLMap | YAMLSeq): Splice[] {
  const path = pathTo(yaml.root, collection);
  return path ? replaced(yaml, follow(yaml, yaml.root, path), yamlLibrary().isMap(collection) ? {} : []) : [];
}

function flowRemoved(parent: YAMLMap | YAMLSeq, index: number): Splice {
  const span = flowSpan(parent, index);
  if (parent.items.length === 1) return { from: parent.range![0] + 1, to: parent.range![1] - 1, text: "" };
  if (index + 1 < parent.items.length) return { from: span.from, to: flowSpan(parent, index + 1).from, text: "" };
  return { from: flowSpan(parent, index - 1).to, to: span.to, text: "" };
}

function flowSpan(parent: YAMLMap | YAMLSeq, index: number): { from: number; to: number } {
  const item = parent.items[index] as Pair<Node, Node | null> | Node;
  if (!("key" in item)) return { from: item.range![0], to: item.range![1] };
  return { from: item.key.range![0], to: Math.max(item.key.range![1], item.value?.range?.[1] ?? 0) };
}

/** The path from the root to a node, by identity. */
export function pathTo(root: Node | null, wanted: Node): Path | undefined {
  if (root === wanted) return [];
  const steps: [string | number, Node | null][] = yamlLibrary().isMap(root)
    ? root.items.map((pair) => [String((pair.key as Scalar).value), pair.value as Node | null])
    : yamlLibrary().isSeq(root)
      ? root.items.map((item, index) => [index, item as Node | null])
      : [];
  for (const [key, node] of steps) {
    const rest = node && pathTo(node, wanted);
    if (rest) return [key, ...rest];
  }
  return undefined;
}

function isInFlow(root: Node | null, offset: number, node: Node | null): boolean {
  if (!root?.range || root === node || offset < root.range[0] || offset > root.range[2]) return false;
  if ((yamlLibrary().isMap(root) || yamlLibrary().isSeq(root)) && root.flow) return offset < root.range[1];
  const inner = yamlLibrary().isMap(root)
    ? root.items.map((pair) => pair.value as Node | null)
    : yamlLibrary().isSeq(root)
      ? (root.items as Node[])
      : [];
  return inner.some((one) => isInFlow(one, offset, node));
}

function colonEnd(pair: Pair): number {
  const token = (pair.srcToken as CST.CollectionItem | undefined)?.sep?.find((part) => part.type === "map-value-ind");
  return token ? token.offset + 1 : (pair.key as Node).range![1];
}

function dashOffset(list: YAMLSeq, index: number): number {
  const token = (list.srcToken as CST.BlockSequence | undefined)?.items[index]?.start.find((part) => part.type === "seq-item-ind");
  return token?.offset ?? list.range![0];
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** Block scalars end after their line break; what is said ends before it. */
function lastCharacter(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1])) at--;
  return at;
}
