import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError, call } from "../data/api.ts";
import { useDesk, useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Failed } from "../shell/states.tsx";

/** Makes what is supposed one's own forecasts, with the reasons. */
export function KeepForm({ close }: { close: () => void }): ReactNode {
  const { text, say } = useWords();
  const { view, questions, whatIf } = useDesk();
  const moves = useWhatIf((state) => state.moves);
  const { tell } = useNotices();
  const client = useQueryClient();
  const [reasons, reason] = useState("");
  const keep = useMutation({
    mutationFn: () =>
      call("POST", `/workspaces/${encodeURIComponent(view.id)}/changes`, {
        changes: moves.map((move) => ({
          kind: "forecasts",
          change: "add",
          item: { ...move, ...(reasons.trim() ? { reasons: reasons.trim() } : {}) },
        })),
      }),
    onSuccess: async () => {
      whatIf.clear();
      await client.invalidateQueries({ queryKey: ["workspace", view.id] });
      tell(text.whatIf.kept);
      close();
    },
  });
  return (
    <Modal opened onClose={close} title={text.whatIf.keepTitle} closeButtonProps={{ "aria-label": text.state.close }}>
      <div className="stack">
        <p className="small soft">{text.whatIf.keepWhy}</p>
        <ul>
          {moves.map((move) => (
            <li key={move.question}>
              {say(questions.get(move.question)?.text)}: <code>{saidOf(move)}</code>
            </li>
          ))}
        </ul>
        {view.person === null && <p role="alert">{text.whatIf.noPerson}</p>}
        <Textarea label={text.whatIf.keepReasons} autosize minRows={2} value={reasons} onChange={({ target }) => reason(target.value)} />
        {keep.error instanceof ApiError && <Failed error={keep.error} />}
        <div className="row">
          <Button loading={keep.isPending} disabled={view.person === null} onClick={() => keep.mutate()}>
            {text.whatIf.keep}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function saidOf({
  probability,
  distribution,
  probabilities,
}: {
  probability?: unknown;
  distribution?: unknown;
  probabilities?: Record<string, unknown>;
}): string {
  if (probabilities)
    return Object.entries(probabilities)
      .map(([id, chance]) => `${id} ${String(chance)}`)
      .join(", ");
  return String(probability ?? distribution ?? "");
}
