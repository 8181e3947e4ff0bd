import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { QuestionThresholds } from "@watershed/workbench";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { thresholdsQuery } from "../data/queries.ts";
import { useAlternativeName } from "../figures/alternative.tsx";
import { useEventName } from "../figures/edge-line.tsx";
import { useAnswerWords } from "../beliefs/belief-words.ts";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { SavedOnly } from "../what-if/saved-only.tsx";
import { Failed, Loading } from "../shell/states.tsx";

const fewRows = 8;

/** How far each belief may move before the decision changes, the nearest first. */
export function ThresholdSection({ company }: { company: string }): ReactNode {
  const { text } = useWords();
  const { view } = useDesk();
  const [all, showAll] = useState(false);
  const { data, error, refetch } = useQuery(thresholdsQuery(view, company));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading rows={4} label={text.state.computing} />;
  const rows = data.thresholds?.thresholds.filter(({ nearest }) => nearest !== undefined) ?? [];
  return (
    <section className="card stack tight" aria-labelledby="thresholds-title">
      <h2 id="thresholds-title">
        {text.companies.thresholds} <SavedOnly />
      </h2>
      <p className="small soft">{rows.length === 0 ? text.companies.noThreshold : text.companies.thresholdsWhy}</p>
      {rows.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={text.companies.thresholds}>
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{text.questions.question}</th>
                <th scope="col" className="num">
                  {text.companies.today}
                </th>
                <th scope="col" className="num">
                  {text.companies.down}
                </th>
                <th scope="col" className="num">
                  {text.companies.up}
                </th>
              </tr>
            </thead>
            <tbody>
              {(all ? rows : rows.slice(0, fewRows)).map((row) => (
                <Threshold key={`${row.question} ${row.kind === "event" ? row.event : ""}`} of={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > fewRows && (
        <div>
          <Button size="compact-xs" variant="subtle" onClick={() => showAll(!all)}>
            {all ? text.state.less : `${text.state.more} (${rows.length - fewRows})`}
          </Button>
        </div>
      )}
    </section>
  );
}

function Threshold({ of }: { of: QuestionThresholds }): ReactNode {
  const { questions, view } = useDesk();
  const { say } = useWords();
  const eventName = useEventName();
  const place = usePlace(of.question);
  const name = of.kind === "event" ? eventName(of.question, of.event) : say(questions.get(of.question)?.text);
  return (
    <tr>
      <td>
        <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question: of.question }} className="quiet">
          {name}
        </Link>
      </td>
      <td className="num">{of.kind === "event" ? `${(100 * of.belief).toFixed(0)}%` : place(of.median)}</td>
      {([of.down, of.up] as const).map((flip, side) => (
        <td key={side === 0 ? "down" : "up"} className="num">
          {flip ? (
            <>
              {"probability" in flip ? <Figure of={flip.probability} /> : place(flip.median)}
              <Beyond best={flip.best} />
            </>
          ) : (
            <span className="soft">—</span>
          )}
        </td>
      ))}
    </tr>
  );
}

function Beyond({ best }: { best: string }): ReactNode {
  const nameOf = useAlternativeName();
  return <p className="small soft wrap">→ {nameOf(best).name}</p>;
}

/** An answer that the server tells as data: a number, a day, or the word never. */
function usePlace(id: string): (place: number | string) => string {
  const { questions } = useDesk();
  const { day, text } = useWords();
  const words = useAnswerWords();
  return (place) => {
    const question = questions.get(id);
    if (typeof place === "string") return place === "never" ? text.state.never : place.includes("infinity") ? "∞" : day(place);
    return question ? words(question, place) : String(place);
  };
}
