import type { Question } from "@watershed/domain";
import { standingOf } from "./standing.ts";
import type { BeliefFigures, QuestionBeliefs } from "@watershed/workbench/in-page";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { toldAt } from "../beliefs/belief-text.ts";
import { useAnswerWords } from "../beliefs/belief-words.ts";
import { useWords } from "../language/language.tsx";

/** Where each forecaster stands on one line, and the team's belief among them. */
export function SpreadLine({ question, of }: { question: Question; of: QuestionBeliefs }): ReactNode {
  const { workspace } = useDesk();
  const { say, text } = useWords();
  const words = useAnswerWords();
  const told = standingOf(of).flatMap(({ forecast, figures }) => {
    const at = pointOf(figures);
    return at === undefined ? [] : [{ by: forecast.by, at }];
  });
  const team = pointOf(of.belief);
  if (told.length === 0 || question.kind === "oneOf")
    return <span className="soft small">{told.length === 0 ? "" : text.questions.forecasters(told.length)}</span>;
  const [from, to] =
    question.kind === "yesNo"
      ? [0, 1]
      : reach(
          told.map(({ at }) => at),
          of.belief,
        );
  const place = (at: number): number => (to > from ? 2 + (96 * (Math.min(to, Math.max(from, at)) - from)) / (to - from) : 50);
  const name = (id: string): string => say(workspace.people.find((person) => person.id === id)?.name) || id;
  const shown = (at: number): string => (question.kind === "yesNo" ? `${(100 * at).toFixed(0)}%` : words(question, at));
  const label = told.map(({ by, at }) => `${name(by)} ${shown(at)}`).join(", ");
  const least = Math.min(...told.map(({ at }) => at));
  const most = Math.max(...told.map(({ at }) => at));
  return (
    <svg className="spread-line" viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <line x1="0" x2="100" y1="7" y2="7" className="axis" vectorEffect="non-scaling-stroke" />
      <line x1={place(least)} x2={place(most)} y1="7" y2="7" className="range" vectorEffect="non-scaling-stroke" />
      {told.map(({ by, at }) => (
        <line key={by} x1={place(at)} x2={place(at)} y1="3" y2="11" className="one" vectorEffect="non-scaling-stroke" />
      ))}
      {team !== undefined && <line x1={place(team)} x2={place(team)} y1="0" y2="14" className="team" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}

/** A forecast as one number: its chance, or its median. */
export function pointOf(figures: BeliefFigures | undefined): number | undefined {
  if (figures?.kind === "yesNo") return figures.probability;
  if (figures?.kind === "number" || figures?.kind === "date") return figures.quantiles[toldAt.median];
  return undefined;
}

function reach(points: number[], belief: BeliefFigures | undefined): [number, number] {
  const own = belief?.kind === "number" || belief?.kind === "date" ? belief.quantiles : [];
  const all = [...points, ...(own.length > 0 ? [own[toldAt.low], own[toldAt.high]] : [])];
  return [Math.min(...all), Math.max(...all)];
}
