import { Button } from "@mantine/core";
import type { CompanyReview } from "@watershed/workbench";
import { useRef } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useAlternativeName } from "../figures/alternative.tsx";
import { useEventName } from "../figures/edge-line.tsx";
import { SourceLine } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import { useNotices } from "../shell/notices.tsx";

/** The review of one company as a page to hand round: printed or copied, every figure with its error and the key it can be had again under. */
export function Memo({ of }: { of: CompanyReview }): ReactNode {
  const { text } = useWords();
  const { tell } = useNotices();
  const paper = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(paper.current?.innerText ?? "");
    tell(text.companies.copied);
  };
  return (
    <>
      <div className="row no-print">
        <Button size="xs" onClick={() => print()}>
          {text.companies.print}
        </Button>
        <Button size="xs" variant="default" onClick={() => void copy()}>
          {text.companies.copy}
        </Button>
      </div>
      <article className="memo card" ref={paper}>
        <Paper of={of} />
      </article>
    </>
  );
}

function Paper({ of }: { of: CompanyReview }): ReactNode {
  const { text, say, estimate, money, day } = useWords();
  const { workspace, review } = useDesk();
  const nameOf = useAlternativeName();
  const { best } = of;
  return (
    <>
      <h2>
        {say(of.company.name)}
        {text.state.colon}
        {nameOf(best.alternative).name}
      </h2>
      <p className="soft small">
        {say(workspace.settings.name)}, {text.nav.asOf(day(workspace.settings.asOf))}
        {review && `. ${text.decisions.key(review.draws.toLocaleString(), best.worth.key)}`}
      </p>
      <p>{say(of.company.description)}</p>
      <h3>{text.decisions.worth}</h3>
      <ul>
        {of.alternatives.map(({ name, worth, quantile05, quantile95, probabilityLoss }) => (
          <li key={name}>
            {nameOf(name).name}
            {text.state.colon}
            {estimate(worth)} ({text.companies.rangeSummary(money(quantile05.amount, worth.unit), money(quantile95.amount, worth.unit))};{" "}
            {text.companies.loss} {estimate(probabilityLoss)})
          </li>
        ))}
      </ul>
      <PricePart of={of} />
      <AnswersPart of={of} />
      <p className="small soft">{text.state.simulationError}</p>
    </>
  );
}

function PricePart({ of: { asked, implied, reservationPrice } }: { of: CompanyReview }): ReactNode {
  const { text, estimate, money } = useWords();
  const eventName = useEventName();
  if (!asked) return null;
  const walkAway = reservationPrice?.againstBest;
  return (
    <>
      <h3>{text.decisions.price}</h3>
      <p>
        {text.decisions.asked(money(asked.preMoney, asked.unit))};{" "}
        {walkAway?.reachable ? text.decisions.walkAway(estimate(walkAway.at)) : text.decisions.noPrice}
      </p>
      <ul>
        {implied.slice(0, 3).map((one) => (
          <li key={`${one.question} ${one.event}`}>
            {eventName(one.question, one.event)}
            <br />
            {text.decisions.priceSays(estimate(one.implied), `${(100 * one.belief).toFixed(0)}%`)}
          </li>
        ))}
      </ul>
    </>
  );
}

function AnswersPart({ of }: { of: CompanyReview }): ReactNode {
  const { text, say, estimate } = useWords();
  const { workspace, questions } = useDesk();
  const nameOf = useAlternativeName();
  const told = of.questions.filter(({ distinguishable }) => distinguishable).slice(0, 5);
  return (
    <>
      <h3>{text.companies.answers}</h3>
      <ul>
        {told.map(({ question, worth }) => (
          <li key={question}>
            {say(questions.get(question)?.text)}
            <br />
            {estimate(worth)}
          </li>
        ))}
      </ul>
      <h3>{text.companies.dissent}</h3>
      <ul>
        {of.dissent.map(({ person, best, worth }) => (
          <li key={person}>
            {say(workspace.people.find(({ id }) => id === person)?.name)}
            {text.state.colon}
            {nameOf(best).name} ({estimate(worth)})
          </li>
        ))}
      </ul>
      <h3>{text.evidence.name}</h3>
      <ul>
        {of.sources.map((id) => (
          <SourceLine key={id} id={id} />
        ))}
      </ul>
    </>
  );
}
