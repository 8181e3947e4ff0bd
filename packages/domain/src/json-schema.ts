import { z } from "zod";
import { Settings, WorkspaceFile, itemKinds } from "./workspace.ts";
import type { ItemKind } from "./workspace.ts";

/** The names `schemaOf` understands: every kind of item, the settings, and `file` for a whole file of a workspace. */
export const schemaNames: string[] = ["file", "settings", ...Object.values(itemKinds).map((kind) => kind.one)];

/** JSON Schema (draft 2020-12) of one kind, so that an editor completes the YAML and a language model can write it; undefined for an unknown name. */
export function schemaOf(name: string): Record<string, unknown> | undefined {
  const schema = zodSchemaOf(name);
  if (!schema) return undefined;
  return { title: `Watershed ${name}`, ...(z.toJSONSchema(schema, { target: "draft-2020-12", io: "input" }) as Record<string, unknown>) };
}

function zodSchemaOf(name: string): z.ZodType | undefined {
  if (name === "file") return WorkspaceFile;
  if (name === "settings") return Settings;
  const kind = (Object.keys(itemKinds) as ItemKind[]).find((key) => key === name || itemKinds[key].one === name);
  return kind && itemKinds[kind].schema;
}
