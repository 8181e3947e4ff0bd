import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError } from "../data/api.ts";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { useNotices } from "./notices.tsx";

interface SavingOptions {
  /** Writes an item over the version that it was read in. */
  put: (item: unknown, expectedVersion: number) => Promise<{ version: number }>;
  /** After one's own version is written, or after theirs was taken instead. */
  settled?: (whose: "mine" | "theirs") => void;
  labelOf?: (field: string) => string;
}

interface Saving {
  save: (item: unknown, read: { item: unknown; version: number }) => void;
  busy: boolean;
  error: Error | null; // but for a conflict, which the dialog shows
  dialog: ReactNode;
}

/** Saves an item with its version: tells it and offers to undo; where somebody else was faster, both versions are shown and nothing is lost. */
export function useSaving({ put, settled, labelOf }: SavingOptions): Saving {
  const { text } = useWords();
  const { view } = useDesk();
  const { tell } = useNotices();
  const client = useQueryClient();
  const [isMeeting, meet] = useState(false);
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["workspace", view.id] });
    await client.invalidateQueries({ queryKey: ["session"] });
  };
  const done = async ({ version }: { version: number }, before: unknown): Promise<void> => {
    await refresh();
    settled?.("mine");
    const undo = async (): Promise<void> => {
      try {
        await put(before, version);
        tell(text.state.undone);
      } catch (error) {
        tell(error instanceof ApiError && error.body.conflict ? text.conflict.noUndo : text.state.failed, { bad: true });
      }
      await refresh();
    };
    tell(text.state.saved, { undo });
  };
  const write = useMutation({
    mutationFn: ({ item, version }: { item: unknown; version: number; before: unknown }) => put(item, version),
    onSuccess: (saved, { before }) => done(saved, before),
    onError: (error) => meet(error instanceof ApiError && error.body.conflict !== undefined),
  });
  const conflict = write.error instanceof ApiError ? write.error.body.conflict : undefined;
  return {
    save: (item, { item: before, version }) => write.mutate({ item, version, before }),
    busy: write.isPending,
    error: conflict ? null : write.error,
    dialog: isMeeting && conflict && (
      <ConflictDialog
        conflict={conflict}
        labelOf={labelOf}
        save={async (item, version) => done(await put(item, version), conflict.current.item ?? conflict.yours)}
        saved={() => meet(false)}
        takeTheirs={() => {
          meet(false);
          settled?.("theirs");
          void refresh();
        }}
        close={() => meet(false)}
      />
    ),
  };
}
