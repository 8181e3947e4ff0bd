import { Button, Textarea } from "@mantine/core";
import type { Forecast, Question } from "@watershed/domain";
import type { ForecastTold, Move, QuestionBeliefs } from "@watershed/workbench/in-page";
import { useState } from "react";
import type { ReactNode } from "react";
import { BeliefDoor } from "../beliefs/belief-door.tsx";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import type { Saved } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
import { isBlind } from "./question-status.ts";
import { standingOf } from "./standing.ts";

interface ForecastFormProps {
  question: Question;
  told: QuestionBeliefs;
  person: string;
}

/** One's own forecast: the last one ghosted behind the new, with reasons; it is added to the record, and what was said before stays there. */
export function ForecastForm({ question, told, person }: ForecastFormProps): ReactNode {
  const { text, day } = useWords();
  const { workspace } = useDesk();
  const words = useBeliefWords();
  const last = standingOf(told).find(({ forecast }) => forecast.by === person);
  // A chance begins at evens; a shape begins as the team's, unless one's own comes first.
  const isStartGiven = question.kind !== "yesNo" && !isBlind(question, workspace, person);
  const [move, set] = useState<Move | undefined>();
  const [reasons, reason] = useState("");
  const { record, pending, error, dialog } = useRecord(question, person, last);
  const submit = async (): Promise<void> => {
    if (!move || !(await record(move, reasons))) return;
    set(undefined);
    reason("");
  };
  return (
    <form className="stack tight" onSubmit={(event) => (event.preventDefault(), void submit())}>
      <p className="small soft">
        {last ? text.questions.youSaid(words(question, last.figures), day(last.forecast.on)) : text.questions.firstForecast}
      </p>
      <BeliefDoor
        key={last?.id ?? "first"}
        question={question}
        move={move}
        ghost={last?.figures}
        ghostName={text.belief.yourLast}
        start={isStartGiven ? told.belief : undefined}
        onChange={set}
        onSettle={() => undefined}
      />
      <Textarea
        size="xs"
        label={text.questions.reasons}
        autosize
        minRows={2}
        value={reasons}
        onChange={({ target }) => reason(target.value)}
      />
      {error && <Failed error={error} />}
      <div className="row">
        <Button type="submit" size="xs" loading={pending} disabled={!move}>
          {text.questions.record}
        </Button>
        {move && (
          <Button size="xs" variant="default" onClick={() => set(undefined)}>
            {text.state.cancel}
          </Button>
        )}
      </div>
      {dialog}
    </form>
  );
}

/** Adds a forecast to the record, over the one that stands where it is of the same day. */
function useRecord(question: Question, person: string, last: ForecastTold | undefined) {
  const { workspace, versionOf } = useDesk();
  const { save, ...saver } = useSave();
  const record = (move: Move, reasons: string): Promise<Saved | undefined> => {
    const { question: _, ...said } = move;
    const why = reasons.trim();
    const item: Forecast = { question: question.id, by: person, on: workspace.settings.asOf, ...said, ...(why ? { reasons: why } : {}) };
    const at = last && last.forecast.on === item.on ? versionOf("forecasts", last.forecast) : undefined;
    return save({ kind: "forecasts", item, at });
  };
  return { record, ...saver };
}
