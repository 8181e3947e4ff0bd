import type { Item, ItemKind, Settings } from "@watershed/domain";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { ConflictDialog } from "../shell/conflict-dialog.tsx";
import { useNotices } from "../shell/notices.tsx";
import { ApiError, call } from "./api.ts";
import type { AnyItem, Conflict, Saved } from "./contract.ts";
import { useDesk } from "./desk.tsx";

/** One change of an item: an addition where there is no place, else a new state of what stands there. */
export interface ItemSaving<K extends ItemKind = ItemKind> {
  kind: K;
  item: Item<K>;
  at?: { id: string; version: number };
  before?: Item<K>; // to go back to
}

/** A change of the settings of the workspace, of which there is always one. */
export interface SettingsSaving {
  kind: "settings";
  item: Settings;
  at: { id: string; version: number };
  before: Settings;
}

export type Saving = ItemSaving | SettingsSaving;

interface SaveOptions {
  labelOf?: (field: string) => string; // of a field in which two versions differ
  gaveUp?: () => void; // somebody else's version was taken instead of one's own
}

interface Saver {
  save: (saving: Saving) => Promise<Saved | undefined>;
  pending: boolean; // being written, or met by a conflict that is not decided
  error?: ApiError; // but for a conflict, which the dialog shows
  clearError: () => void;
  dialog: ReactNode; // to be placed on the page: what to do about a conflict
}

interface Clash {
  saving: Saving;
  conflict: Conflict;
  settle: (saved: Saved | undefined) => void;
}

const appendOnly = new Set<Saving["kind"]>(["forecasts", "assessments", "decisions", "resolutions"]);

/**
 * Writes items and settings: tells when it is done and offers to undo it, asks when somebody else was faster, and keeps everything that was
 * typed when it fails. The promise holds what was written, once a conflict is decided too; undefined where nothing was.
 */
export function useSave({ labelOf, gaveUp }: SaveOptions = {}): Saver {
  const [pending, wait] = useState(false);
  const [error, fail] = useState<ApiError | undefined>();
  const [clash, meet] = useState<Clash | undefined>();
  const { write, refresh } = useWriting();
  const save = async (saving: Saving): Promise<Saved | undefined> => {
    wait(true);
    fail(undefined);
    try {
      return await write(saving);
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      const { conflict } = caught.body;
      if (conflict) return await new Promise((settle) => meet({ saving, conflict, settle }));
      fail(caught);
      return undefined;
    } finally {
      wait(false);
    }
  };
  const settle = (saved: Saved | undefined): void => {
    clash?.settle(saved);
    meet(undefined);
  };
  const dialog = clash && (
    <ConflictDialog
      conflict={clash.conflict}
      labelOf={labelOf}
      save={async (item, version) => settle(await write(over(clash, item, version)))}
      saved={() => meet(undefined)}
      takeTheirs={() => {
        settle(undefined);
        gaveUp?.();
        void refresh();
      }}
      close={() => settle(undefined)}
    />
  );
  return { save, pending, error, clearError: () => fail(undefined), dialog };
}

/** Writing with its notice, from which it can be undone. */
function useWriting(): { write: (saving: Saving) => Promise<Saved>; refresh: () => Promise<void> } {
  const { view } = useDesk();
  const { text } = useWords();
  const { tell } = useNotices();
  const client = useQueryClient();
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["workspace", view.id] });
    await client.invalidateQueries({ queryKey: ["session"] }); // it carries the names of the workspaces
  };
  const takeBack = async (saving: Saving, saved: Saved): Promise<void> => {
    try {
      await undo(view.id, saving, saved);
      tell(text.state.undone);
    } catch (error) {
      tell(error instanceof ApiError && error.body.conflict ? text.conflict.noUndo : text.state.failed, { bad: true });
    }
    await refresh();
  };
  const write = async (saving: Saving): Promise<Saved> => {
    const saved = await send(view.id, saving);
    await refresh();
    tell(text.state.saved, appendOnly.has(saving.kind) ? {} : { undo: () => takeBack(saving, saved) });
    return saved;
  };
  return { write, refresh };
}

/** What was decided about a conflict, over the version that it was decided on: going back is going back to theirs. */
function over({ saving, conflict }: Clash, item: AnyItem, version: number): Saving {
  return { ...saving, item, at: { id: conflict.id, version }, before: conflict.current.item ?? undefined } as Saving;
}

function pathOf(workspace: string, kind: Saving["kind"], id?: string): string {
  const path = `/workspaces/${encodeURIComponent(workspace)}`;
  if (kind === "settings") return path;
  return `${path}/${kind}${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;
}

function send(workspace: string, { kind, item, at }: Pick<Saving, "kind" | "item" | "at">): Promise<Saved> {
  const standing = at && { expectedVersion: at.version };
  if (kind === "settings") return call("PATCH", pathOf(workspace, kind), { settings: item, ...standing });
  if (!at || appendOnly.has(kind)) return call("POST", pathOf(workspace, kind), { item, ...standing });
  return call("PUT", pathOf(workspace, kind, at.id), { item, ...standing });
}

function undo(workspace: string, { kind, before }: Saving, { id, version }: Saved): Promise<unknown> {
  if (before) return send(workspace, { kind, item: before, at: { id, version } });
  return call("DELETE", `${pathOf(workspace, kind, id)}?expectedVersion=${version}`);
}
