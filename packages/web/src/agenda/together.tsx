import { Button } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { AgendaItem, JointWorth } from "@watershed/workbench";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { jointWorthQuery } from "../data/queries.ts";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
import { useAgendaWords } from "./words.ts";

export const mostPicked = 4;
const strongest = 4;

interface TogetherProps {
  items: AgendaItem[]; // most worth answering first
  picked: string[];
  clear: () => void;
}

/** What answers are worth together: of the questions that the reader chose, and of the pairs of the strongest. */
export function Together({ items, picked, clear }: TogetherProps): ReactNode {
  const text = useAgendaWords();
  const { view } = useDesk();
  const [pairsWanted, wantPairs] = useState(false);
  const groups = [...(picked.length > 1 ? [picked] : []), ...(pairsWanted ? pairsOf(items) : [])];
  // One after the other: each is a run of its own on the server.
  const [answered, count] = useState(0);
  const found = useQueries({
    queries: groups.map((group, place) => ({ ...jointWorthQuery(view, group), enabled: place <= answered })),
  });
  const settled = found.findIndex(({ isPending, isError }) => isPending && !isError);
  const done = settled < 0 ? found.length : settled;
  useEffect(() => count(done), [done]);
  return (
    <section className="card stack" aria-labelledby="together">
      <div>
        <h2 id="together">{text.together}</h2>
        <p className="small soft">{text.togetherLead}</p>
      </div>
      <p className="small" role="status">
        {picked.length === 0 ? text.togetherPick : text.togetherPicked(picked.length)}
      </p>
      <div className="row">
        {!pairsWanted && items.length > 1 && (
          <Button size="xs" variant="default" onClick={() => wantPairs(true)}>
            {text.strongestPairs}
          </Button>
        )}
        {picked.length > 0 && (
          <Button size="xs" variant="subtle" onClick={clear}>
            {text.clearPicked}
          </Button>
        )}
      </div>
      {groups.length > 0 && (
        <ul className="plain pairs">
          {groups.map((group, place) => (
            <li key={group.join(" ")}>
              <Joint group={group} of={found[place]?.data?.jointWorth} asked={found[place]?.isSuccess ?? false} />
              {found[place]?.error && <Failed error={found[place].error} retry={() => void found[place].refetch()} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The pairs of the strongest questions of which some company depends on both. */
function pairsOf(items: AgendaItem[]): string[][] {
  const first = items.filter(({ distinguishable }) => distinguishable).slice(0, strongest);
  return first.flatMap((one, place) =>
    first
      .slice(place + 1)
      .filter((other) => other.companies.some((company) => one.companies.includes(company)))
      .map((other) => [one.question.id, other.question.id]),
  );
}

function Joint({ group, of, asked }: { group: string[]; of: JointWorth | undefined; asked: boolean }): ReactNode {
  const { say, money } = useWords();
  const text = useAgendaWords();
  const { questions } = useDesk();
  const names = group.map((id) => say(questions.get(id)?.text) || id);
  if (!of)
    return (
      <>
        <p>{names.join(" + ")}</p>
        <p className="small soft">{asked ? text.nothingTogether : text.waitingPair}</p>
      </>
    );
  const { amount, standardError, unit } = of.beyondTheSum;
  const told = Math.abs(amount) > 2 * standardError;
  const size = money(Math.abs(amount), unit);
  return (
    <>
      <div className="row between nowrap">
        <ul className="plain">
          {of.alone.map(({ question, worth }) => (
            <li key={question}>
              {say(questions.get(question)?.text)} <span className="small soft">{text.apart(money(worth.amount, worth.unit))}</span>
            </li>
          ))}
        </ul>
        <b>
          <Figure of={of.together} />
        </b>
      </div>
      <p className="small soft">{!told ? text.additive : amount < 0 ? text.overlap(size) : text.help(size)}</p>
    </>
  );
}
