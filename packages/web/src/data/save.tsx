import type { Item, ItemKind } from "@watershed/domain";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { ConflictDialog } from "../shell/conflict-dialog.tsx";
import { useNotices } from "../shell/notices.tsx";
import { ApiError, call } from "./api.ts";
import type { Conflict, Saved } from "./contract.ts";
import { useDesk } from "./desk.tsx";

/** One change of an item: an addition where there is no place, else a new state of what stands there. */
export interface Saving<K extends ItemKind = ItemKind> {
  kind: K;
  item: Item<K>;
  at?: { id: string; version: number };
  before?: Item<K>; // to go back to
}

interface Saver {
  save: (saving: Saving) => Promise<Saved | undefined>;
  pending: boolean;
  error?: ApiError;
  clearError: () => void;
  dialog: ReactNode; // to be placed on the page: what to do about a conflict
}

interface Clash {
  saving: Saving;
  conflict: Conflict;
  settle: (saved: Saved | undefined) => void;
}

const appendOnly = new Set<ItemKind>(["forecasts", "assessments", "decisions", "resolutions"]);

/** Writes items: tells when it is done and how to undo it, asks when somebody else was faster, keeps everything that was typed when it fails. */
export function useSave(): Saver {
  const { view } = useDesk();
  const { text } = useWords();
  const { tell } = useNotices();
  const client = useQueryClient();
  const [pending, wait] = useState(false);
  const [error, fail] = useState<ApiError | undefined>();
  const [clash, meet] = useState<Clash | undefined>();
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["workspace", view.id] });
  const send = async (saving: Saving): Promise<Saved> => sendItem(view.id, saving);
  const done = async (saving: Saving, saved: Saved): Promise<Saved> => {
    await refresh();
    tell(text.state.saved, appendOnly.has(saving.kind) ? {} : { undo: () => undo(view.id, saving, saved).then(refresh, refresh) });
    return saved;
  };
  const save = async (saving: Saving): Promise<Saved | undefined> => {
    wait(true);
    fail(undefined);
    try {
      return await done(saving, await send(saving));
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      const { conflict } = caught.body;
      if (caught.status === 409 && conflict) return await new Promise((settle) => meet({ saving, conflict, settle }));
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
      save={async (item, version) => {
        const again = { ...clash.saving, item, at: { id: clash.conflict.id, version } };
        settle(await done(again, await send(again)));
      }}
      saved={() => meet(undefined)}
      takeTheirs={() => {
        settle(undefined);
        void refresh();
      }}
      close={() => settle(undefined)}
    />
  );
  return { save, pending, error, clearError: () => fail(undefined), dialog };
}

function pathOf(workspace: string, kind: ItemKind, id?: string): string {
  return `/workspaces/${encodeURIComponent(workspace)}/${kind}${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;
}

function sendItem(workspace: string, { kind, item, at }: Saving): Promise<Saved> {
  const standing = at && { expectedVersion: at.version };
  if (!at || appendOnly.has(kind)) return call("POST", pathOf(workspace, kind), { item, ...standing });
  return call("PUT", pathOf(workspace, kind, at.id), { item, ...standing });
}

async function undo(workspace: string, { kind, before }: Saving, saved: Saved): Promise<unknown> {
  if (before) return call("PUT", pathOf(workspace, kind, saved.id), { item: before, expectedVersion: saved.version });
  return call("DELETE", `${pathOf(workspace, kind, saved.id)}?expectedVersion=${saved.version}`);
}
