import type { ImpliedBelief } from "@watershed/workbench";
import { memo } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

/** The event of a belief in words: a yes/no question itself, an option, or a day. */
export function useEventName(): (question: string, event: string) => string {
  const { questions } = useDesk();
  const { say, day } = useWords();
  return (id, event) => {
    const question = questions.get(id);
    if (!question) return id;
    const option = question.options?.find((candidate) => candidate.id === event);
    const by = /^by (\d{4}-\d{2}-\d{2})$/.exec(event)?.[1];
    const about = say(question.text);
    return option ? `${about} ${say(option.name)}` : by ? `${about} ≤ ${day(by)}` : about;
  };
}

/** What the price believes of one event beside what we believe, on one line from 0 to 100%. */
export const EdgeLine = memo(function EdgeLine({ of }: { of: ImpliedBelief | undefined }): ReactNode {
  const { text } = useWords();
  const nameOf = useEventName();
  if (!of) return <span className="soft small">{text.decisions.noImplied}</span>;
  const ours = 100 * of.belief;
  const implied = 100 * of.implied.amount;
  const points = `${of.edge.amount >= 0 ? "+" : "−"}${Math.abs(100 * of.edge.amount).toFixed(0)}`;
  return (
    <div className={`edge-line ${of.favourable ? "cheap" : "dear"}`}>
      <p className="small question" title={nameOf(of.question, of.event)}>
        {nameOf(of.question, of.event)}
      </p>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="5" width="100" height="2" className="track" />
        <rect x={Math.min(ours, implied)} y="4" width={Math.abs(ours - implied)} height="4" className="gap" />
        <line x1={implied} x2={implied} y1="0" y2="12" className="implied" vectorEffect="non-scaling-stroke" />
        <line x1={ours} x2={ours} y1="1" y2="11" className="ours" vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="small">
        <span className="num">{text.decisions.priceSays(`${implied.toFixed(0)}%`, `${ours.toFixed(0)}%`)}</span>
        <b className="num verdict">{text.decisions.edge(points)}</b>
      </p>
    </div>
  );
});
