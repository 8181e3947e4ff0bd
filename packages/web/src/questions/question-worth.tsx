import type { Question } from "@watershed/domain";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { dayOf } from "../beliefs/belief-text.ts";
import { useAnswerWords } from "../beliefs/belief-words.ts";
import { useDesk, useShownReview } from "../data/desk.tsx";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";

/** What the answer is worth over all companies, whose decision it changes, and who depends on it at all. */
export function QuestionWorth({ question }: { question: Question }): ReactNode {
  const { text, say, money } = useWords();
  const { view, companies } = useDesk();
  const review = useShownReview();
  const item = review?.agenda.find((one) => one.question.id === question.id);
  if (!review) return null;
  return (
    <section className="card stack tight" aria-labelledby="worth-title">
      <h2 id="worth-title">{text.questions.worth}</h2>
      {!item && <p className="soft">{text.questions.nothingRests}</p>}
      {item && (
        <>
          <p className="big">
            <Figure of={item.worth} />
          </p>
          <p className="small soft">
            {item.distinguishable ? text.questions.worthWhy : text.questions.noiseWhy}{" "}
            {text.questions.floor(money(item.floor, item.worth.unit))}
          </p>
          {item.changes.length > 0 && (
            <ul className="plain forecast-list">
              {item.changes.map((change) => (
                <li key={`${change.company} ${change.from}`}>
                  <div className="row between">
                    <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: change.company }}>
                      {say(companies.get(change.company)?.name)}
                    </Link>
                    <span className="small soft">{text.questions.inScenarios(`${(100 * change.probability).toFixed(0)}%`)}</span>
                  </div>
                  <p className="small">
                    <Answers question={question} from={change.from} to={change.to} />: <AlternativeBadge name={change.best} />{" "}
                    <span className="soft">{text.questions.gains(money(change.gain, item.worth.unit))}</span>
                  </p>
                </li>
              ))}
            </ul>
          )}
          <p className="small">
            {text.questions.restOnIt}:{" "}
            {item.companies.map((id, place) => (
              <span key={id}>
                {place > 0 && ", "}
                <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: id }}>
                  {say(companies.get(id)?.name)}
                </Link>
              </span>
            ))}
          </p>
        </>
      )}
    </section>
  );
}

/** A stretch of answers in words: yes; MiniMax; up to 5; 2025 to 2026; never. Endless ends come as null from the server, for JSON has no others. */
export function Answers({ question, from, to }: { question: Question; from: number | null; to: number | null }): ReactNode {
  const { text, say } = useWords();
  const answer = useAnswerWords();
  if (question.kind === "yesNo") return <b>{from === 1 ? text.state.yes : text.state.no}</b>;
  if (question.kind === "oneOf") return <b>{say(question.options?.[from ?? 0]?.name)}</b>;
  const shown = (at: number): string => (question.kind === "date" ? dayOf(at).slice(0, 7) : answer(question, at));
  const [low, high] = [endOf(from), endOf(to)];
  if (question.kind === "date" && (from === Infinity || (low === undefined && high === undefined))) return <b>{text.state.never}</b>;
  if (low === undefined) return <b>{text.questions.upTo(shown(high ?? 0))}</b>;
  if (high === undefined) return <b>{text.questions.from(shown(low))}</b>;
  return <b>{low === high ? shown(low) : text.questions.between(shown(low), shown(high))}</b>;
}

function endOf(end: number | null): number | undefined {
  return end === null || !Number.isFinite(end) ? undefined : end;
}
