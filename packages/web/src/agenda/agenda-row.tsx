import { Link } from "@tanstack/react-router";
import type { AgendaItem } from "@watershed/workbench";
import { memo } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useAlternativeName } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { percent } from "@watershed/workbench/figures";
import { answerWords } from "./answer-words.ts";
import { dimensionName } from "./dimension-name.ts";
import { OwnerCell } from "./owner-cell.tsx";
import type { QuestionStanding } from "./standing.ts";
import { WorthBar } from "./worth-bar.tsx";
import { useAgendaWords } from "./words.ts";

interface AgendaRowProps {
  item: AgendaItem;
  rank: number;
  most: number;
  standing?: QuestionStanding;
  picked: boolean;
  canPick: boolean;
  pick: (question: string) => void;
  assign: (question: AgendaItem["question"], owner: string | undefined) => void;
}

/** One open question: what an answer is worth, what it would change, whose it is and how far they are. */
export const AgendaRow = memo(function AgendaRow({ item, rank, most, standing, picked, canPick, pick, assign }: AgendaRowProps): ReactNode {
  const { say, day, language } = useWords();
  const text = useAgendaWords();
  const { view, questions } = useDesk();
  const question = questions.get(item.question.id) ?? item.question;
  const name = say(question.text);
  return (
    <div className="agenda-row">
      <input
        type="checkbox"
        className="pick"
        aria-label={text.pick(name)}
        checked={picked}
        disabled={!picked && !canPick}
        onChange={() => pick(question.id)}
      />
      <div className="about">
        <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question: question.id }} className="quiet name" data-row>
          <span className="soft num">{rank}.</span> {name}
        </Link>
        <p className="small soft">
          <span className="tag">{dimensionName(question.dimension, language)}</span> {text.companies(item.companies.length)} ·{" "}
          {text.resolves(day(question.resolveBy))} ·{" "}
          <Link to="/w/$workspace/map" params={{ workspace: view.id }} search={{ at: `question:${question.id}` }}>
            {text.openMap}
          </Link>
        </p>
      </div>
      <WorthCell item={item} most={most} />
      <Changes item={item} />
      {standing && <OwnerCell question={question} standing={standing} assign={assign} />}
    </div>
  );
});

function WorthCell({ item, most }: Pick<AgendaRowProps, "item" | "most">): ReactNode {
  const { figure } = useWords();
  const text = useAgendaWords();
  const { worth, floor, distinguishable } = item;
  return (
    <div className="worth">
      <WorthBar of={item} most={most} />
      <p className="row between tight">
        <Figure of={worth} />
        {distinguishable ? (
          floor > 0 && <span className="small soft num">{text.floor(figure({ ...worth, amount: floor }))}</span>
        ) : (
          <span className="tag">{text.noise}</span>
        )}
      </p>
    </div>
  );
}

const mostChanges = 2;

/** The answers after which a company is decided otherwise, the largest part of the worth first. */
function Changes({ item: { question, changes } }: Pick<AgendaRowProps, "item">): ReactNode {
  const words = useWords();
  const text = useAgendaWords();
  const { companies } = useDesk();
  const nameOf = useAlternativeName();
  if (changes.length === 0) return <p className="changes small soft">{text.noChange}</p>;
  return (
    <ul className="plain changes small">
      {changes.slice(0, mostChanges).map(({ company, from, to, best, probability }, place) => (
        <li key={place}>
          {text.change(
            answerWords(question, from, to, words, text),
            words.say(companies.get(company)?.name),
            nameOf(best).name,
            percent({ amount: probability }, false),
          )}
        </li>
      ))}
      {changes.length > mostChanges && <li className="soft">{text.moreChanges(changes.length - mostChanges)}</li>}
    </ul>
  );
}
