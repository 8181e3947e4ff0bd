import type { Item, ItemKind } from "@watershed/domain";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Failed } from "../shell/states.tsx";
import { ApiError, call } from "./api.ts";
import { useDesk } from "./desk.tsx";

interface Removal {
  button: ReactNode;
  error: ReactNode; // to be placed in the form: why it stays
}

/** Takes an item out of the workspace as it stood when this was first asked, and offers to put it back; nothing where there is none. Its history stays. */
export function useRemoval<K extends ItemKind>(kind: K, item: Item<K> | undefined, removed: () => void): Removal | undefined {
  const { view, versionOf } = useDesk();
  const { text } = useWords();
  const { tell } = useNotices();
  const client = useQueryClient();
  const [at] = useState(() => item && versionOf(kind, item));
  const path = `/workspaces/${encodeURIComponent(view.id)}/${kind}`;
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["workspace", view.id] });
  const putBack = async (): Promise<void> => {
    try {
      await call("POST", path, { item });
      tell(text.state.undone);
    } catch (error) {
      tell(error instanceof ApiError ? text.conflict.noUndo : text.state.failed, { bad: true });
    }
    await refresh();
  };
  const taking = useMutation({
    mutationFn: () => call("DELETE", `${path}/${encodeURIComponent(at!.id)}?expectedVersion=${at!.version}`),
    onSuccess: async () => {
      await refresh();
      tell(text.state.removed, { undo: putBack });
      removed();
    },
  });
  if (!item || !at) return undefined;
  return {
    button: (
      <Button variant="subtle" color="red" loading={taking.isPending} onClick={() => taking.mutate()}>
        {text.state.remove}
      </Button>
    ),
    error: taking.error && <Failed error={taking.error} />,
  };
}
