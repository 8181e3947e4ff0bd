import { ActionIcon } from "@mantine/core";
import type { Question } from "@watershed/domain";
import type { BeliefFigures, Move } from "@watershed/workbench/in-page";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { allChips, chipsMove, chipsOf } from "./belief-text.ts";

interface ChipsDoorProps {
  question: Question;
  figures: BeliefFigures & { kind: "oneOf" };
  onChange: (move: Move) => void;
  onSettle: () => void;
}

/** Twenty chips laid on the options of a list; they count only when all of them lie. */
export function ChipsDoor({ question, figures, onChange, onSettle }: ChipsDoorProps): ReactNode {
  const { text, say } = useWords();
  const [own, setOwn] = useState<Record<string, number> | undefined>();
  const chips = own ?? chipsOf(figures.probabilities);
  const left = allChips - Object.values(chips).reduce((sum, count) => sum + count, 0);
  const lay = (id: string, step: 1 | -1): void => {
    const count = (chips[id] ?? 0) + step;
    if (count < 0 || (step > 0 && left <= 0)) return;
    const next = { ...chips, [id]: count };
    setOwn(next);
    if (left - step !== 0) return;
    onChange(chipsMove(question, next));
    onSettle();
  };
  return (
    <div className="chips-door">
      <p className="small soft">
        {text.belief.chips}. <b>{left > 0 && text.belief.left(left)}</b>
      </p>
      {question.options!.map((option) => {
        const name = say(option.name);
        const count = chips[option.id] ?? 0;
        return (
          <div key={option.id} className="chip-row">
            <span className="name">{name}</span>
            <ActionIcon
              size="sm"
              variant="default"
              aria-label={text.belief.takeChip(name)}
              disabled={count === 0}
              onClick={() => lay(option.id, -1)}
            >
              <Icon name="minus" size={12} />
            </ActionIcon>
            <span className="chips" aria-hidden="true">
              {Array.from({ length: allChips }, (_, place) => (
                <i key={place} className={place < count ? "laid" : ""} />
              ))}
            </span>
            <ActionIcon
              size="sm"
              variant="default"
              aria-label={text.belief.addChip(name)}
              disabled={left <= 0}
              onClick={() => lay(option.id, 1)}
            >
              <Icon name="plus" size={12} />
            </ActionIcon>
            <output className="num" aria-label={name}>
              {count * 5}%
            </output>
          </div>
        );
      })}
    </div>
  );
}
