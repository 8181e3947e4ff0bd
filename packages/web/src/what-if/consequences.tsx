import { memo, useDeferredValue, useMemo } from "react";
import type { ReactNode } from "react";
import { useWhatIf } from "../data/desk.tsx";
import type { ReviewView } from "../data/contract.ts";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { settledDraws } from "./what-if.ts";

type Reviewed = ReviewView["companies"][number];

/** What follows for every company: the decisions that change first, then those whose worth moves most. */
export function Consequences(): ReactNode {
  const { text } = useWords();
  const isSupposing = useWhatIf(({ moves }) => moves.length > 0);
  if (!isSupposing) return null;
  return (
    <section aria-label={text.whatIf.consequences} className="stack tight">
      <div className="row between">
        <h3>{text.whatIf.consequences}</h3>
        <HowFar />
      </div>
      <WhatIsWrong />
      <Changes />
    </section>
  );
}

/** Over how many scenarios, and how long that took. */
function HowFar(): ReactNode {
  const { text, language } = useWords();
  const settling = useWhatIf((state) => state.settling);
  const draws = useWhatIf((state) => state.draws);
  const milliseconds = useWhatIf((state) => state.milliseconds);
  return (
    <span className="small soft num" aria-live="off">
      {settling
        ? text.whatIf.settling(settledDraws.toLocaleString(language))
        : milliseconds !== undefined && text.whatIf.live(draws.toLocaleString(language), milliseconds.toFixed(0))}
    </span>
  );
}

function WhatIsWrong(): ReactNode {
  const { text, language } = useWords();
  const failure = useWhatIf((state) => state.failure);
  const problems = useWhatIf((state) => state.problems);
  const errors = problems.filter(({ severity }) => severity === "error");
  return (
    <>
      {failure && <p role="alert">{failure}</p>}
      {errors.length > 0 && (
        <div role="alert" className="small door-problem">
          {text.whatIf.noAnswer}
          <ul>
            {errors.map(({ code, message }) => (
              <li key={code}>{message[language]}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Changes(): ReactNode {
  const pairs = usePairs();
  const moved = useMemo(() => movedFirst(pairs), [pairs]);
  if (moved.length === 0) return null;
  return (
    <ul className="plain consequences">
      {moved.map(({ was, is }) => (
        <Consequence key={is.company.id} was={was} is={is} />
      ))}
    </ul>
  );
}

/** How many decisions change, in one line that is always in sight. */
export function FlipCount(): ReactNode {
  const { text } = useWords();
  const pairs = usePairs();
  const flips = pairs?.filter(flipped).length;
  return (
    <p className="flip-count small" role="status">
      {flips !== undefined && <b>{flips === 0 ? text.whatIf.none : text.whatIf.flips(flips)}</b>}
    </p>
  );
}

const Consequence = memo(function Consequence({ was, is }: Pair): ReactNode {
  const { say } = useWords();
  const flips = flipped({ was, is });
  return (
    <li data-flipped={flips}>
      <div className="row between nowrap">
        <span className="name">{say(is.company.name)}</span>
        <span className="small worths">
          <Figure of={was.best.worth} /> → <Figure of={is.best.worth} />
        </span>
      </div>
      {flips && (
        <div className="row small">
          <AlternativeBadge name={was.best.alternative} brief />
          <span aria-hidden="true">→</span>
          <AlternativeBadge name={is.best.alternative} />
        </div>
      )}
    </li>
  );
});

interface Pair {
  was: Reviewed;
  is: Reviewed;
}

const flipped = ({ was, is }: Pair): boolean => was.best.alternative !== is.best.alternative;

/** Every company as it is saved and as it would be; undefined where nothing has followed yet. The hand that drags goes first. */
function usePairs(): Pair[] | undefined {
  const before = useDeferredValue(useWhatIf((state) => state.before));
  const after = useDeferredValue(useWhatIf((state) => state.after));
  return useMemo(() => {
    if (!before || !after) return undefined;
    const saved = new Map(before.companies.map((company) => [company.company.id, company]));
    return after.companies.flatMap((is): Pair[] => {
      const was = saved.get(is.company.id);
      return was ? [{ was, is }] : [];
    });
  }, [before, after]);
}

/** Companies whose decision changes or whose worth moves beyond its error, largest first. */
function movedFirst(pairs: Pair[] = []): Pair[] {
  const moved = ({ was, is }: Pair): number => Math.abs(is.best.worth.amount - was.best.worth.amount);
  return pairs
    .filter((pair) => flipped(pair) || moved(pair) > 2 * (pair.is.best.worth.standardError + pair.was.best.worth.standardError))
    .sort((one, other) => Number(flipped(other)) - Number(flipped(one)) || moved(other) - moved(one));
}
