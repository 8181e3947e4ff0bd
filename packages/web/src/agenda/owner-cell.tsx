import { NativeSelect } from "@mantine/core";
import type { Question } from "@watershed/domain";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import type { QuestionStanding } from "./standing.ts";
import { useAgendaWords } from "./words.ts";

interface OwnerCellProps {
  question: Question;
  standing: QuestionStanding;
  assign: (question: Question, owner: string | undefined) => void;
}

/** Whose question it is, and how far they are. */
export function OwnerCell({ question, standing, assign }: OwnerCellProps): ReactNode {
  const { say, day } = useWords();
  const text = useAgendaWords();
  const { workspace, canWrite } = useDesk();
  const { people } = workspace;
  const owner = people.find(({ id }) => id === question.owner);
  return (
    <div className="whose">
      {canWrite ? (
        <NativeSelect
          size="xs"
          aria-label={text.ownerOf(say(question.text))}
          value={question.owner ?? ""}
          onChange={({ target }) => assign(question, target.value === "" ? undefined : target.value)}
          data={[{ value: "", label: text.nobody }, ...people.map(({ id, name }) => ({ value: id, label: say(name) }))]}
        />
      ) : (
        <span>{owner ? say(owner.name) : text.nobody}</span>
      )}
      <p className="small soft">
        <span className="tag" data-standing={standing.kind}>
          {text.standings[standing.kind]}
        </span>{" "}
        {text.forecasts(standing.forecasters, people.length)}
      </p>
      {standing.ownerOn && <p className="small soft">{text.ownerForecast(day(standing.ownerOn))}</p>}
    </div>
  );
}
