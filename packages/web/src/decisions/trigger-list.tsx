import { memo } from "react";
import type { ReactNode } from "react";
import type { ReviewView } from "../data/contract.ts";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";

/** Whether a trigger has fired: it has in every scenario, because the world has answered. */
export function hasFired({ probability }: Pick<ReviewView["triggers"][number], "probability">): boolean {
  return probability.amount === 1;
}

/** What the team waits for: the fired first, then by how likely each is; how many companies wait for it. */
export const TriggerList = memo(function TriggerList({ triggers }: Pick<ReviewView, "triggers">): ReactNode {
  const { text, say, day } = useWords();
  const watched = triggers.toSorted(
    (one, other) =>
      Number(hasFired(other)) - Number(hasFired(one)) ||
      other.companies.length - one.companies.length ||
      other.probability.amount - one.probability.amount,
  );
  if (watched.length === 0) return null;
  return (
    <section className="card stack tight" aria-labelledby="triggers-title">
      <h2 id="triggers-title">{text.decisions.triggersTitle}</h2>
      <p className="small soft">{text.decisions.triggersLead}</p>
      <ul className="plain trigger-list">
        {watched.map(({ trigger, name, deadline, probability, companies }) => (
          <li key={trigger}>
            <div>
              <p>{say(name)}</p>
              <p className="small soft">
                {text.alternative.until(day(deadline))}
                {companies.length > 0 && ` · ${text.decisions.waitsFor(companies.length)}`}
              </p>
            </div>
            <div className="right">
              {hasFired({ probability }) ? <b className="fired">{text.decisions.fired}</b> : <Figure of={probability} />}
              <svg viewBox="0 0 60 6" width="60" height="6" aria-hidden="true">
                <rect width="60" height="4" y="1" rx="2" className="track" />
                <rect width={60 * probability.amount} height="4" y="1" rx="2" className="fill" />
              </svg>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
});
