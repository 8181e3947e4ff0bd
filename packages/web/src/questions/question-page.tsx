import { Button } from "@mantine/core";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Question } from "@watershed/domain";
import type { QuestionBeliefs } from "@watershed/workbench/in-page";
import { dimensionName } from "../agenda/dimension-name.ts";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import { Shape } from "../beliefs/shape.tsx";
import { useBeliefs, useDesk } from "../data/desk.tsx";
import { EvidenceOf } from "../evidence/evidence-of.tsx";
import { withSources } from "../evidence/with-sources.ts";
import { ItemHistory } from "../figures/item-history.tsx";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { Empty, Illustrative, Loading } from "../shell/states.tsx";
import { ForecastForm } from "./forecast-form.tsx";
import { ForecastList } from "./forecast-list.tsx";
import { ForecastsOverTime } from "./forecasts-over-time.tsx";
import { QuestionForm } from "./question-form.tsx";
import { isBlind, statusOf } from "./question-status.ts";
import "./questions.css";
import { QuestionWorth } from "./question-worth.tsx";

const route = getRouteApi("/w/$workspace/questions/$question");

/** One question: what is asked and how it resolves, what everybody said over time, what the answer is worth and to whom. */
export function QuestionPage(): ReactNode {
  const { text } = useWords();
  const { question: id } = route.useParams();
  const { questions } = useDesk();
  const beliefs = useBeliefs();
  const question = questions.get(id);
  if (!question) return <Empty>{text.questions.unknown}</Empty>;
  const told = beliefs?.get(id);
  return (
    <>
      <Heading question={question} />
      <div className="question-page">
        <div className="stack">
          <AboutQuestion key={`about ${id}`} question={question} />
          {told ? <Believed key={`believed ${id}`} question={question} told={told} /> : <Loading rows={3} />}
        </div>
        <div className="stack">
          <YourForecast key={`yours ${id}`} question={question} told={told} />
          <QuestionWorth question={question} />
          <ItemHistory key={`history ${id}`} kind="questions" item={question} />
        </div>
      </div>
    </>
  );
}

function Heading({ question }: { question: Question }): ReactNode {
  const { text, say } = useWords();
  const { view, canWrite, whatIf } = useDesk();
  const [editing, edit] = useState(false);
  return (
    <div className="page-head">
      <div>
        <p className="small">
          <Link to="/w/$workspace/questions" params={{ workspace: view.id }}>
            {text.nav.questions}
          </Link>
        </p>
        <h1>{say(question.text)}</h1>
      </div>
      <span className="row">
        <Button size="xs" variant="default" leftSection={<Icon name="whatIf" size={14} />} onClick={() => whatIf.pick(question.id)}>
          {text.whatIf.open}
        </Button>
        {canWrite && (
          <Button size="xs" variant="default" onClick={() => edit(true)}>
            {text.state.edit}
          </Button>
        )}
      </span>
      {editing && <QuestionForm question={question} close={() => edit(false)} />}
    </div>
  );
}

function AboutQuestion({ question }: { question: Question }): ReactNode {
  const { text, say, day, language } = useWords();
  const { workspace } = useDesk();
  const resolution = workspace.resolutions.findLast((one) => one.question === question.id);
  const owner = workspace.people.find(({ id }) => id === question.owner);
  return (
    <section className="card stack tight">
      <dl className="facts">
        <dt>{text.questions.criterion}</dt>
        <dd>{say(question.criterion)}</dd>
        <dt>{text.questions.resolves}</dt>
        <dd>
          {text.questions.by(day(question.resolveBy))} · {text.questions.status[statusOf(question, workspace)]}
          {resolution && ` · ${text.questions.answered(String(resolution.outcome), day(resolution.on))}`}
        </dd>
        <dt>{text.questions.dimension}</dt>
        <dd>
          {dimensionName(question.dimension, language)}
          {question.unit && ` · ${question.unit}`}
        </dd>
        {owner && (
          <>
            <dt>{text.questions.owner}</dt>
            <dd>{say(owner.name)}</dd>
          </>
        )}
        {question.note && (
          <>
            <dt>{text.questions.note}</dt>
            <dd>{say(question.note)}</dd>
          </>
        )}
      </dl>
      <EvidenceOf kind="questions" item={question} about={say(question.text)} ids={question.sources} write={withSources} />
    </section>
  );
}

/** What the team believes; others' forecasts wait behind a press for a reader who has not said anything yet. */
function Believed({ question, told }: { question: Question; told: QuestionBeliefs }): ReactNode {
  const { text } = useWords();
  const { workspace, view } = useDesk();
  const words = useBeliefWords();
  const [anyway, showAnyway] = useState(false);
  if (isBlind(question, workspace, view.person) && !anyway)
    return (
      <section className="card stack tight">
        <h2 className="row">
          <Icon name="lock" /> {text.questions.blindTitle}
        </h2>
        <p className="soft">{text.questions.blindWhy}</p>
        <div>
          <Button size="xs" variant="default" onClick={() => showAnyway(true)}>
            {text.questions.showAnyway}
          </Button>
        </div>
      </section>
    );
  return (
    <>
      <section className="card stack tight">
        <div className="row between">
          <h2>{text.questions.belief}</h2>
          {question.illustrative && <Illustrative />}
        </div>
        <p className="big num" style={{ whiteSpace: "normal" }}>
          {words(question, told.belief)}
        </p>
        {told.belief && <Shape question={question} figures={told.belief} height={72} />}
        <p className="small soft">{text.questions.pooledOf(new Set(told.forecasts.map(({ forecast }) => forecast.by)).size)}</p>
      </section>
      <ForecastsOverTime question={question} told={told} />
      <ForecastList question={question} told={told} />
    </>
  );
}

function YourForecast({ question, told }: { question: Question; told?: QuestionBeliefs }): ReactNode {
  const { text } = useWords();
  const { view, canWrite, workspace } = useDesk();
  const resolved = statusOf(question, workspace) === "resolved";
  if (!canWrite || resolved) return null;
  return (
    <section className="card stack tight" aria-labelledby="yours-title">
      <h2 id="yours-title">{text.questions.yours}</h2>
      {view.person === null ? (
        <p className="soft">{text.whatIf.noPerson}</p>
      ) : (
        told && <ForecastForm question={question} told={told} person={view.person} />
      )}
    </section>
  );
}
