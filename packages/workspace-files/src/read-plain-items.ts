import { itemKinds, parseItem, parseSettings } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import type { Origin } from "./locate.ts";
import { parseYaml } from "./parse-yaml.ts";
import { plainYaml } from "./plain-yaml.ts";
import { readItems, streamsFile } from "./read-items.ts";
import type { Entry, FileItems } from "./read-items.ts";
import type { SourceFile } from "./source-file.ts";

/**
 * The items of a file that is written plainly and has nothing to mend, several times faster than with a tree of the file.
 *
 * Undefined for any other file. The tree that places and edits need is made when somebody first asks for it.
 */
export function readPlainItems(source: SourceFile): (FileItems & { streams: string[] }) | undefined {
  const plain = plainYaml(source.text);
  if (!plain || !(plain.data === null || isMap(plain.data))) return undefined;
  const result: FileItems & { streams: string[] } = { entries: [], settings: [], unsoundIds: [], problems: [], streams: [] };
  let whole: FileItems | undefined;
  const withPlaces = (): FileItems => (whole ??= readItems(parseYaml(source)));
  const add = (kind: Entry["kind"], item: unknown): void => {
    const place = result.entries.length;
    result.entries.push({ kind, item, origin: laterOrigin(() => withPlaces().entries[place].origin) });
  };
  for (const [key, value] of Object.entries(plain.data ?? {})) {
    if (key === "workspace") {
      const { item, problems } = parseSettings(value);
      if (item === undefined || problems.length > 0) return undefined;
      add("settings", item);
      result.settings.push(() => withPlaces().settings[0]());
    } else if (key === "streams" && source.path === streamsFile) {
      if (!areNames(value)) return undefined;
      result.streams = value ?? [];
    } else if (!(key in itemKinds) || !readList(key as ItemKind, value, add)) return undefined;
  }
  return result;
}

/** Hands over the items of a list; false where it is no list or one of them has a problem. */
function readList(kind: ItemKind, value: unknown, add: (kind: ItemKind, item: unknown) => void): boolean {
  if (value === null) return true;
  if (!Array.isArray(value)) return false;
  return value.every((data) => {
    const { item, problems } = parseItem(kind, data);
    if (item === undefined || problems.length > 0) return false;
    add(kind, item);
    return true;
  });
}

function laterOrigin(origin: () => Origin): Origin {
  return {
    get yaml() {
      return origin().yaml;
    },
    get node() {
      return origin().node;
    },
    get key() {
      return origin().key;
    },
  };
}

function isMap(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

function areNames(value: unknown): value is string[] | null {
  return (
    value === null || (Array.isArray(value) && value.every((name) => typeof name === "string") && new Set(value).size === value.length)
  );
}
