import { Skeleton } from "@mantine/core";
import type { Question } from "@watershed/domain";
import type { QuestionBeliefs } from "@watershed/workbench/in-page";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReviewView } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { SpreadLine } from "./spread-line.tsx";
import { statusOf } from "./question-status.ts";

interface QuestionRowProps {
  question: Question;
  beliefs?: QuestionBeliefs;
  agenda?: ReviewView["agenda"][number];
  blind: boolean; // one's own forecast comes first
  loading: boolean; // beliefs are on their way
}

/** One question in a line: what is asked, what is believed, how far people are apart, what the answer is worth. */
export function QuestionRow({ question, beliefs, agenda, blind, loading }: QuestionRowProps): ReactNode {
  const { text, say, day } = useWords();
  const { view, workspace } = useDesk();
  const words = useBeliefWords();
  const status = statusOf(question, workspace);
  return (
    <div className="question-row">
      <div className="asked">
        <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question: question.id }} className="quiet" data-row>
          {say(question.text)}
        </Link>
        <p className="small soft">
          {text.questions.by(day(question.resolveBy))} · {text.questions.status[status]}
        </p>
      </div>
      <div className="believed num">
        {loading ? (
          <Skeleton height={14} width={70} mt={4} />
        ) : blind ? (
          <span className="soft small">{text.questions.forecastFirst}</span>
        ) : (
          words(question, beliefs?.belief)
        )}
      </div>
      <div className="spread">{!blind && beliefs && <SpreadLine question={question} of={beliefs} />}</div>
      <div className="right worth">
        {agenda ? (
          agenda.distinguishable ? (
            <Figure of={agenda.worth} />
          ) : (
            <span className="soft small">{text.questions.noise}</span>
          )
        ) : (
          <span className="soft">—</span>
        )}
      </div>
      <div className="right small soft rests">
        <span className="cell-name">{text.questions.rests} </span>
        {agenda && agenda.companies.length > 0 ? text.questions.dependents(agenda.companies.length) : "—"}
      </div>
    </div>
  );
}
