import type { Question } from "@watershed/domain";
import type { BeliefFigures, Move } from "@watershed/workbench/in-page";
import { useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { quantileMove, threeDigits, toldAt } from "./belief-text.ts";
import { useAnswerWords } from "./belief-words.ts";
import { onEnter } from "../shell/composing.ts";
import { amountAt, densityPath, placeOn, scaleOf } from "./shape.tsx";
import type { Scale } from "./shape.tsx";
import { useTyped } from "./use-typed.ts";

interface NumberDoorProps {
  question: Question;
  figures: BeliefFigures & { kind: "number" | "date" };
  handed?: Three; // what the hand has just said, while its reading is still to come
  ghost?: BeliefFigures;
  onChange: (move: Move) => void;
  onSettle: () => void;
}

type Three = [number, number, number];
const places = [toldAt.low, toldAt.median, toldAt.high] as const;
const height = 84;

/** A number's distribution by hand (three handles on its shape) and as a table of three quantiles. */
export function NumberDoor({ question, figures, handed, ghost, onChange, onSettle }: NumberDoorProps): ReactNode {
  const { text } = useWords();
  const three = handed ?? (places.map((place) => figures.quantiles[place]) as Three);
  const floor = figures.quantiles[0] >= 0 ? 0 : undefined;
  const names = [text.belief.low, text.belief.median, text.belief.high];
  const move = (place: number, to: number): void => {
    const next = keptInOrder(three, place, to, floor);
    if (next) onChange(quantileMove(question, next, floor));
  };
  const behind = ghost?.kind === "number" ? ghost.quantiles : undefined;
  return (
    <div className="number-door">
      <DragField {...{ question, three, names, move, behind }} quantiles={figures.quantiles} settle={onSettle} />
      <div className="three">
        {three.map((at, place) => (
          <QuantileEntry key={place} label={names[place]} at={at} take={(typed) => move(place, typed)} settle={onSettle} />
        ))}
      </div>
      {question.unit && <p className="small soft right">{question.unit}</p>}
    </div>
  );
}

interface DragFieldProps {
  question: Question;
  quantiles: number[];
  behind?: number[]; // those of the ghost
  three: Three;
  names: string[];
  move: (place: number, to: number) => void;
  settle: () => void;
}

/** The shape with a handle at each of the three; the scale stands still while one is held. */
function DragField({ question, quantiles, behind, three, names, move, settle }: DragFieldProps): ReactNode {
  const words = useAnswerWords();
  const field = useRef<HTMLDivElement>(null);
  const [held, hold] = useState<Scale | undefined>();
  const scale = held ?? scaleOf([quantiles, ...(behind ? [behind] : [])]);
  const drag = (place: number, event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = field.current!.getBoundingClientRect();
    move(place, amountAt(scale, (event.clientX - box.left) / box.width));
  };
  const press = (place: number, event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
    if (!steps[event.key]) return;
    event.preventDefault();
    move(place, amountAt(scale, placeOn(scale, three[place]) + steps[event.key] / 100));
  };
  return (
    <div className="drag-field" ref={field}>
      <svg viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none" aria-hidden="true">
        {behind && <path d={densityPath(behind, scale, height)} className="ghost-shape" vectorEffect="non-scaling-stroke" />}
        <path d={densityPath(quantiles, scale, height)} className="own-shape" vectorEffect="non-scaling-stroke" />
      </svg>
      {three.map((at, place) => (
        <button
          key={place}
          type="button"
          className={`handle h${place}`}
          role="slider"
          aria-label={`${names[place]}: ${question.id}`}
          aria-valuenow={at}
          aria-valuemin={scale.from}
          aria-valuemax={scale.to}
          aria-valuetext={words(question, at)}
          style={{ left: `${Math.min(100, Math.max(0, 100 * placeOn(scale, at)))}%` }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            hold(scale);
          }}
          onPointerMove={(event) => drag(place, event)}
          onPointerUp={() => {
            hold(undefined);
            settle();
          }}
          onKeyDown={(event) => press(place, event)}
          onKeyUp={settle}
        />
      ))}
    </div>
  );
}

/** The three with one moved: it pushes the others before it, and stays above the floor. */
function keptInOrder(three: Three, place: number, to: number, floor: number | undefined): Three | undefined {
  if (!Number.isFinite(to) || (floor !== undefined && to <= floor)) return undefined;
  const next: Three = [...three];
  next[place] = threeDigits(to);
  const gap = Math.abs(three[2] - three[0]) / 200 || 1e-9;
  for (let above = place + 1; above < 3; above++) next[above] = Math.max(next[above], next[above - 1] + gap);
  for (let below = place - 1; below >= 0; below--) next[below] = Math.min(next[below], next[below + 1] - gap);
  return floor !== undefined && next[0] <= floor ? undefined : next;
}

interface QuantileEntryProps {
  label: string;
  at: number;
  take: (typed: number) => void;
  settle: () => void;
}

function QuantileEntry({ label, at, take, settle }: QuantileEntryProps): ReactNode {
  const shown = String(threeDigits(at));
  const [typed, type] = useTyped(shown);
  const done = (): void => {
    if (typed === shown) return;
    const amount = Number(typed.replaceAll(",", ""));
    if (!Number.isFinite(amount)) return type(shown);
    take(amount);
    settle();
  };
  return (
    <label className="small">
      <span className="soft">{label}</span>
      <span className="entry">
        <input inputMode="decimal" value={typed} onChange={({ target }) => type(target.value)} onBlur={done} onKeyDown={onEnter(done)} />
      </span>
    </label>
  );
}
