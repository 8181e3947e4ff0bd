import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DecisionChange } from "@watershed/workbench/in-page";
import { useState } from "react";
import type { ReactNode } from "react";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import { useDesk } from "../data/desk.tsx";
import { nameOfItem } from "../decisions/item-name.ts";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { useWords } from "../language/language.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import "./then-and-now.css";
import { usePastWords } from "./use-past.ts";
import { useThenAndNow } from "./use-then-and-now.ts";
import type { ThenAndNow as Compared } from "./use-then-and-now.ts";

const fewCompanies = 6;
const fewReasons = 3;

/** What became of the decisions of the day that is read until today, and why: which beliefs, prices and other things moved. */
export function ThenAndNow(): ReactNode {
  const { text } = useWords();
  const moment = usePastWords();
  const { view } = useDesk();
  const { compared, error, retry } = useThenAndNow();
  const [all, showAll] = useState(false);
  const decisions = compared?.decisions ?? [];
  return (
    <section className="card stack tight then-and-now" aria-labelledby="then-title">
      <h2 id="then-title">{text.past.since(moment(view.past!.at))}</h2>
      {error && <Failed error={error} retry={retry} />}
      {!compared && !error && <Loading rows={2} label={text.past.comparing} />}
      {compared && (
        <>
          <p>
            {decisions.length === 0
              ? text.past.nothingMoved
              : text.past.moved(decisions.filter(({ flipped }) => flipped).length, decisions.length)}{" "}
            <span className="soft">
              <Counts of={compared} />
            </span>
          </p>
          <ul className="plain">
            {(all ? decisions : decisions.slice(0, fewCompanies)).map((one) => (
              <Moved key={one.company} of={one} compared={compared} />
            ))}
          </ul>
          {decisions.length > fewCompanies && (
            <div>
              <Button variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => showAll(!all)}>
                {all ? text.state.less : text.past.more(decisions.length - fewCompanies)}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** How many things of each sort became known or were changed. */
function Counts({ of: { changes } }: { of: Compared }): ReactNode {
  const { text } = useWords();
  if (changes.length === 0) return null;
  const { others, ...named } = text.past.kinds;
  const counts = Map.groupBy(changes, ({ kind }): string => (kind in named ? kind : "others"));
  const told = Object.entries({ ...named, others }).flatMap(([kind, words]) => {
    const count = counts.get(kind)?.length ?? 0;
    return count === 0 ? [] : [words(count)];
  });
  return `${text.past.becameKnown} ${told.join(text.past.comma)}${text.past.stop}`;
}

/** One company: then and now, and what lies between. */
function Moved({ of, compared }: { of: DecisionChange; compared: Compared }): ReactNode {
  const { text, say, figure } = useWords();
  const { view, review } = useDesk();
  const company = compared.now.view.workspace.companies.find(({ id }) => id === of.company);
  const then = review?.companies.find((one) => one.company.id === of.company);
  const now = compared.now.review.companies.find((one) => one.company.id === of.company);
  return (
    <li className="moved" data-row tabIndex={-1}>
      <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: of.company }} className="quiet name">
        {say(company?.name) || of.company}
      </Link>
      <div className="row">
        {of.before ? (
          <AlternativeBadge name={of.before.alternative} brief={!of.flipped} />
        ) : (
          <span className="soft">{text.past.newCase}</span>
        )}
        {of.flipped && of.after && (
          <>
            <span aria-hidden="true">→</span> <AlternativeBadge name={of.after.alternative} />
          </>
        )}
      </div>
      <p className="num">{of.before && of.after ? text.decisions.moved(figure(of.before.worth), figure(of.after.worth)) : null}</p>
      <Reasons of={of} compared={compared} price={<PriceMoved before={then?.asked} after={now?.asked} />} />
    </li>
  );
}

type Asked = { preMoney: number; unit: string } | undefined;

function PriceMoved({ before, after }: { before: Asked; after: Asked }): ReactNode {
  const { text, money } = useWords();
  const worded = (asked: NonNullable<Asked>): string => money(asked.preMoney, asked.unit);
  if (before && after && worded(before) !== worded(after)) return <li>{text.past.price(worded(before), worded(after))}</li>;
  if (before && !after) return <li>{text.past.offer.went}</li>;
  return !before && after ? <li>{text.past.offer.came(worded(after))}</li> : null;
}

/** The beliefs that moved, each from what to what, then whatever else was added or changed that the case depends on. */
function Reasons({ of, compared, price }: { of: DecisionChange; compared: Compared; price: ReactNode }): ReactNode {
  const { text, say } = useWords();
  const beliefWords = useBeliefWords();
  const [all, showAll] = useState(false);
  const { now, changes, beliefs } = compared;
  const { workspace } = now.view;
  const reasons = of.because.map(({ kind, id }) => changes.find((one) => one.kind === kind && one.id === id)!);
  const asked = new Set(
    reasons.flatMap(({ before, after }) => {
      const { question } = (after ?? before ?? {}) as { question?: string };
      return question === undefined ? [] : [question];
    }),
  );
  const moved = [...asked].flatMap((id) => {
    const question = workspace.questions.find((one) => one.id === id);
    const belief = beliefs.get(id);
    if (!question || !belief) return [];
    return [text.past.belief(say(question.text), beliefWords(question, belief.before), beliefWords(question, belief.after))];
  });
  const others = reasons
    .filter(({ before, after }) => !("question" in ((after ?? before) as object)))
    .map(({ before, after }) => nameOfItem((after ?? before) as object, workspace, say));
  const told = [...moved, ...new Set(others)];
  return (
    <ul className="reasons small">
      {price}
      {(all ? told : told.slice(0, fewReasons)).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
      {told.length === 0 && <li className="soft">{text.past.noReason}</li>}
      {told.length > fewReasons && (
        <li>
          <button type="button" className="link-button" aria-expanded={all} onClick={() => showAll(!all)}>
            {all ? text.state.less : text.past.more(told.length - fewReasons)}
          </button>
        </li>
      )}
    </ul>
  );
}
