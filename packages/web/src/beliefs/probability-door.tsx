import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { onEnter } from "../shell/composing.ts";
import { oddsOf } from "./belief-text.ts";
import { useTyped } from "./use-typed.ts";
import "./beliefs.css";

interface ProbabilityDoorProps {
  name: string; // of the question, for readers of the screen
  probability: number;
  ghost?: number; // the saved belief, or one's last forecast
  ghostName?: string;
  onChange: (probability: number) => void;
  onSettle: () => void;
}

const least = 0.001;

/** One probability by hand, as a percentage, as odds or as one in so many: all four follow each other. */
export function ProbabilityDoor({ name, probability, ghost, ghostName, onChange, onSettle }: ProbabilityDoorProps): ReactNode {
  const { text } = useWords();
  const change = (next: number): void => onChange(Math.min(1 - least, Math.max(least, next)));
  const [yes, no] = oddsOf(probability);
  return (
    <div className="probability-door">
      <div className="slider-with-ghost">
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          value={Math.round(100 * probability)}
          aria-label={`${text.belief.probability}: ${name}`}
          aria-valuetext={`${(100 * probability).toFixed(0)}%`}
          style={{ "--share": `${100 * probability}%` } as React.CSSProperties}
          onChange={({ target }) => change(Number(target.value) / 100)}
          onPointerUp={onSettle}
          onKeyUp={onSettle}
        />
        {ghost !== undefined && (
          <span
            className="ghost-mark"
            style={{ left: `calc(9px + (100% - 18px) * ${ghost})` }}
            title={`${ghostName ?? text.belief.savedMark}: ${(100 * ghost).toFixed(0)}%`}
          />
        )}
      </div>
      <div className="entries">
        <Entry
          label={text.belief.percent}
          shown={trimmed(100 * probability)}
          after="%"
          read={(typed) => typed / 100}
          change={change}
          settle={onSettle}
        />
        <Entry
          label={text.belief.oneIn}
          before={text.belief.oneInBefore}
          shown={probability > 0 ? trimmed(1 / probability) : "∞"}
          read={(typed) => 1 / typed}
          change={change}
          settle={onSettle}
        />
        <OddsEntry odds={[yes, no]} change={change} settle={onSettle} />
      </div>
    </div>
  );
}

function trimmed(amount: number): string {
  return String(Number(amount.toPrecision(3)));
}

interface EntryProps {
  label: string;
  shown: string;
  before?: string;
  after?: string;
  read: (typed: number) => number;
  change: (probability: number) => void;
  settle: () => void;
}

/** A number that is taken over on Enter or when the field is left. */
function Entry({ label, shown, before, after, read, change, settle }: EntryProps): ReactNode {
  const [typed, type] = useTyped(shown);
  const take = (again = false): void => {
    const amount = Number(typed.replace(/[%,，\s]/g, ""));
    const next = read(amount);
    if (typed === shown && !again) return;
    if (!Number.isFinite(next) || next <= 0 || next >= 1) return type(shown);
    change(next);
    settle();
  };
  return (
    <label className="entry">
      {before !== undefined && <span aria-hidden="true">{before}</span>}
      <input
        aria-label={label}
        inputMode="decimal"
        value={typed}
        onChange={({ target }) => type(target.value)}
        onBlur={() => take()}
        onKeyDown={onEnter(() => take(true))} // also the number that stands there already: fifty per cent is an answer
      />
      {after !== undefined && <span aria-hidden="true">{after}</span>}
    </label>
  );
}

function OddsEntry({
  odds,
  change,
  settle,
}: {
  odds: [number, number];
  change: (probability: number) => void;
  settle: () => void;
}): ReactNode {
  const { text } = useWords();
  const shown = `${odds[0]}:${odds[1]}`;
  const [typed, type] = useTyped(shown);
  const take = (): void => {
    const parts = /^\s*(\d+(?:\.\d+)?)\s*[:：/]\s*(\d+(?:\.\d+)?)\s*$/.exec(typed);
    if (typed === shown) return;
    const [yes, no] = parts ? [Number(parts[1]), Number(parts[2])] : [0, 0];
    if (!(yes > 0 && no > 0)) return type(shown);
    change(yes / (yes + no));
    settle();
  };
  return (
    <label className="entry">
      <span aria-hidden="true">{text.belief.odds}</span>
      <input
        aria-label={text.belief.odds}
        value={typed}
        onChange={({ target }) => type(target.value)}
        onBlur={take}
        onKeyDown={onEnter(take)}
      />
    </label>
  );
}
