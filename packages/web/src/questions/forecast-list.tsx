import type { Question } from "@watershed/domain";
import type { QuestionBeliefs } from "@watershed/workbench/in-page";
import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import { useDesk } from "../data/desk.tsx";
import { SourceList } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import { Illustrative } from "../shell/states.tsx";
import { standingOf } from "./standing.ts";

/** Who says what and why, with the sources; what has been superseded stays readable. */
export function ForecastList({ question, told }: { question: Question; told: QuestionBeliefs }): ReactNode {
  const { text, say, day } = useWords();
  const { workspace } = useDesk();
  const words = useBeliefWords();
  const [all, showAll] = useState(false);
  const standing = standingOf(told);
  const shown = (all ? told.forecasts : standing).toReversed();
  const superseded = told.forecasts.length - standing.length;
  if (told.forecasts.length === 0) return null;
  return (
    <section className="card stack tight" aria-labelledby="forecasts-title">
      <h2 id="forecasts-title">{text.questions.forecasts}</h2>
      <ul className="plain forecast-list">
        {shown.map(({ id, forecast, figures }) => (
          <li key={id} className={standing.some((one) => one.id === id) ? undefined : "superseded"}>
            <div className="row between">
              <b>{say(workspace.people.find((person) => person.id === forecast.by)?.name) || forecast.by}</b>
              <span className="num">
                {figures ? words(question, figures) : <code>{String(forecast.probability ?? forecast.distribution ?? "")}</code>}
              </span>
            </div>
            <p className="small soft row">
              {day(forecast.on)} {forecast.illustrative && <Illustrative />}
            </p>
            {forecast.reasons && <p>{say(forecast.reasons)}</p>}
            <SourceList ids={forecast.sources} />
          </li>
        ))}
      </ul>
      {superseded > 0 && (
        <div>
          <Button size="compact-xs" variant="subtle" onClick={() => showAll(!all)}>
            {all ? text.state.less : text.questions.superseded(superseded)}
          </Button>
        </div>
      )}
    </section>
  );
}
