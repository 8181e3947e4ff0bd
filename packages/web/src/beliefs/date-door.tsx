import type { Question } from "@watershed/domain";
import type { BeliefFigures, Move } from "@watershed/workbench/in-page";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { askedDays, chanceBy, datesMove, daysOf } from "./belief-text.ts";
import { shares } from "./shape.tsx";

interface DateDoorProps {
  question: Question;
  from: string; // the day of the belief
  figures: BeliefFigures & { kind: "number" | "date" };
  ghost?: BeliefFigures;
  onChange: (move: Move) => void;
  onSettle: () => void;
}

/** A date's distribution as the chance that it has come by each year's end; raising one lifts the later ones, what is left is never. */
export function DateDoor({ question, from, figures, ghost, onChange, onSettle }: DateDoorProps): ReactNode {
  const { text, day } = useWords();
  const [days] = useState(() => askedDays(ghost ?? figures, from, question.resolveBy));
  const read = (of: BeliefFigures | undefined): number[] | undefined =>
    of?.kind === "date"
      ? days.map((one, place) => (place === days.length - 1 ? 1 - of.never : chanceBy(of, shares, daysOf(one))))
      : undefined;
  const [own, setOwn] = useState<number[] | undefined>();
  const chances = own ?? read(figures) ?? days.map(() => 0.5);
  const behind = read(ghost);
  const change = (place: number, to: number): void => {
    const next = chances.map((chance, index) => (index === place ? to : index > place ? Math.max(chance, to) : Math.min(chance, to)));
    setOwn(next);
    onChange(
      datesMove(
        question,
        from,
        days.map((one, index) => ({ day: one, by: next[index] })),
      ),
    );
  };
  return (
    <div className="date-door">
      {days.map((one, place) => (
        <label key={one} className="small">
          <span className="num">{text.belief.by(day(one))}</span>
          <span className="slider-with-ghost">
            <input
              type="range"
              min={0}
              max={100}
              value={Math.round(100 * chances[place])}
              aria-label={`${text.belief.by(day(one))}: ${question.id}`}
              aria-valuetext={`${Math.round(100 * chances[place])}%`}
              style={{ "--share": `${100 * chances[place]}%` } as React.CSSProperties}
              onChange={({ target }) => change(place, Number(target.value) / 100)}
              onPointerUp={onSettle}
              onKeyUp={onSettle}
            />
            {behind && <span className="ghost-mark" style={{ left: `calc(9px + (100% - 18px) * ${behind[place]})` }} />}
          </span>
          <output className="num">{Math.round(100 * chances[place])}%</output>
        </label>
      ))}
      <p className="small never">
        <span>{text.belief.never}</span>
        <output className="num">{Math.round(100 * (1 - chances.at(-1)!))}%</output>
      </p>
    </div>
  );
}
