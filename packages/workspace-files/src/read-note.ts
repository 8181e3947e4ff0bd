import { parseYaml } from "./parse-yaml.ts";
import { placeOf } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import type { FileItems } from "./read-items.ts";
import { isEmpty, readItem } from "./read-items.ts";
import { isSound } from "./parse-yaml.ts";
import { dataOf, keyOf } from "./yaml-tree.ts";
import type { YamlFile } from "./yaml-tree.ts";
import type { Node } from "yaml";
import { yamlLibrary } from "./yaml-library.ts";

/** Reads a Markdown file as a note: front matter between two `---` lines where there is one, and the text after it, byte for byte. */
export function readNote(source: SourceFile): FileItems & { yaml: YamlFile } {
  const parts = frontMatter(source.text);
  const yaml = parseYaml(source, parts.matterEnd);
  const result: FileItems & { yaml: YamlFile } = { yaml, entries: [], settings: [], unsoundIds: [], problems: [...yaml.problems] };
  if (parts.unclosed) result.problems.push({ code: "frontMatterUnclosed", severity: "warning", at: placeOf(source, 0, 3), params: {} });
  if (!isSound(yaml)) return result;
  if (!isEmpty(yaml.root) && !yamlLibrary().isMap(yaml.root)) {
    const [from, to] = yaml.root!.range ?? [0, 0];
    result.problems.push({ code: "notAMap", severity: "error", at: placeOf(source, from, to), params: {} });
    return result;
  }
  const { data, problems } = dataOf(yaml, yaml.root);
  const misplaced = yamlLibrary().isMap(yaml.root)
    ? yaml.root.items.filter((pair) => keyOf(pair) === "text").map((pair) => pair.key as Node)
    : [];
  for (const key of misplaced)
    result.problems.push({
      code: "unknownField",
      severity: "error",
      at: placeOf(source, key.range![0], key.range![1]),
      params: { field: "text", fields: ["id", "about", "by", "on", "title", "private"] },
    });
  const note = { id: source.path.replace(/\.md$/, ""), ...(data as object | null), text: source.text.slice(parts.bodyFrom) };
  const origin = { yaml, node: yaml.root, bodyFrom: parts.bodyFrom };
  const read = readItem("notes", note, origin);
  result.problems.push(...problems, ...read.problems);
  if (read.item !== undefined) result.entries.push({ kind: "notes", item: read.item, origin });
  return result;
}

/** Where the front matter ends and the text of the note begins; both 0 for a file without front matter. */
export function frontMatter(text: string): { matterEnd: number; bodyFrom: number; unclosed?: boolean } {
  if (!/^---[ \t]*(?:\r?\n|$)/.test(text)) return { matterEnd: 0, bodyFrom: 0 };
  const closing = /\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!closing) return { matterEnd: 0, bodyFrom: 0, unclosed: true };
  return { matterEnd: closing.index + 1, bodyFrom: closing.index + closing[0].length };
}
