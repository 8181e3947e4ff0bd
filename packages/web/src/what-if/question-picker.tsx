import { Select } from "@mantine/core";
import { memo } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

interface QuestionPickerProps {
  taken: string[];
  pick: (question: string) => void;
}

/** Picks a question to suppose something about; those most worth answering come first, the first of them as buttons. */
export const QuestionPicker = memo(function QuestionPicker({ taken, pick }: QuestionPickerProps): ReactNode {
  const { text, say } = useWords();
  const { workspace, review } = useDesk();
  const worth = review?.agenda.map(({ question }) => question.id) ?? [];
  const rank = new Map(worth.map((id, place) => [id, place]));
  const resolved = new Set(workspace.resolutions.map(({ question }) => question));
  const open = workspace.questions
    .filter(({ id }) => !taken.includes(id) && !resolved.has(id))
    .toSorted((one, other) => (rank.get(one.id) ?? Infinity) - (rank.get(other.id) ?? Infinity) || 0);
  return (
    <div className="stack tight">
      <Select
        size="xs"
        searchable
        label={text.whatIf.add}
        placeholder={text.whatIf.addPlaceholder}
        value={null}
        data={open.map(({ id, text: asked }) => ({ value: id, label: say(asked) }))}
        onChange={(id) => id && pick(id)}
        limit={60}
        comboboxProps={{ withinPortal: true }}
      />
      {/* Only once the review says which they are: a list that changes under the hand takes the press with it. */}
      {taken.length === 0 && review && (
        <>
          <p className="small soft">{text.whatIf.most}</p>
          <div className="stack tight">
            {open.slice(0, 5).map(({ id, text: asked }) => (
              <button key={id} type="button" className="suggestion" onClick={() => pick(id)}>
                {say(asked)}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
});
