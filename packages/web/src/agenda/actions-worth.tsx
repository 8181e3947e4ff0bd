import { useQuery } from "@tanstack/react-query";
import type { ActionReview, ActionsReview, SequenceReview } from "@watershed/workbench";
import { percent } from "@watershed/workbench/figures";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { actionsQuery } from "../data/queries.ts";
import { useAlternativeName } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import { resultWords } from "./answer-words.ts";
import { useAgendaWords } from "./words.ts";

/** What the team can do before it decides: each action by what it nets, and the best two in order. */
export function ActionsWorth(): ReactNode {
  const text = useAgendaWords();
  const { text: page } = useWords();
  const { view } = useDesk();
  const { data, error, refetch } = useQuery(actionsQuery(view.id, view.revision));
  return (
    <section className="card stack" aria-labelledby="actions-worth">
      <div>
        <h2 id="actions-worth">{text.actions}</h2>
        <p className="small soft">{text.actionsLead}</p>
      </div>
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading rows={4} label={page.state.computing} />
      ) : (
        <Appraised of={data.actions} />
      )}
    </section>
  );
}

function Appraised({ of: { actions, sequences, notAppraised } }: { of: ActionsReview }): ReactNode {
  const text = useAgendaWords();
  const { say } = useWords();
  const { workspace } = useDesk();
  if (actions.length + notAppraised.length === 0) return <p className="soft">{text.noActions}</p>;
  const nameOf = (id: string): string => say(workspace.actions.find((action) => action.id === id)?.name) || id;
  return (
    <>
      <ol className="plain actions-worth">
        {actions.map((action) => (
          <ActionRow key={action.action} of={action} />
        ))}
      </ol>
      {notAppraised.length > 0 && (
        <ul className="small soft">
          {notAppraised.map(({ action, reason }) => (
            <li key={action}>{text.notAppraised(nameOf(action), text.notAppraisedBecause[reason])}</li>
          ))}
        </ul>
      )}
      {sequences.length > 0 && <Sequence of={sequences[0]} nameOf={nameOf} />}
    </>
  );
}

const mostChanges = 3;

function ActionRow({ of }: { of: ActionReview }): ReactNode {
  const words = useWords();
  const { say, estimate, money } = words;
  const text = useAgendaWords();
  const { companies, questions } = useDesk();
  const nameOf = useAlternativeName();
  const { evsi, delayCost, cost, delayDays, changes, tooLate, distinguishable, probabilityChanges } = of;
  const late = tooLate.map((company) => say(companies.get(company)?.name)).join(", ");
  return (
    <li tabIndex={0} data-row>
      <div className="row between">
        <h3>{say(of.name)}</h3>
        <b>
          <Figure of={of.net} />
        </b>
      </div>
      <p className="small soft">
        <span className="tag">{text.kinds[of.kind]}</span> {text.cost(money(cost, evsi.unit), delayDays)} ·{" "}
        {text.changesIn(percent({ amount: probabilityChanges }))}
        {!distinguishable && <span className="tag">{text.noise}</span>}
      </p>
      <p className="small soft num-line">{text.netLine(estimate(evsi), estimate(delayCost), money(cost, evsi.unit))}</p>
      {late !== "" && <p className="small soft">{text.tooLate(late)}</p>}
      {changes.length === 0 ? (
        <p className="small soft">{text.actionNoChange}</p>
      ) : (
        <ul className="plain small">
          {changes.slice(0, mostChanges).map(({ company, results, best, probability }, place) => (
            <li key={place}>
              {text.change(
                resultWords(results, questions, words, text),
                say(companies.get(company)?.name),
                nameOf(best).name,
                percent({ amount: probability }, false),
              )}
            </li>
          ))}
          {changes.length > mostChanges && <li className="soft">{text.moreChanges(changes.length - mostChanges)}</li>}
        </ul>
      )}
    </li>
  );
}

/** First one, then the other where the first result says so; beside it what each alone and both at once would net. */
function Sequence({ of, nameOf }: { of: SequenceReview; nameOf: (action: string) => string }): ReactNode {
  const words = useWords();
  const text = useAgendaWords();
  const { questions } = useDesk();
  const { goesOn, stops, net, firstAlone, secondAlone, together, probabilityGoesOn } = of;
  const [first, second] = [nameOf(of.first), nameOf(of.second)];
  const results = goesOn.slice(0, mostChanges).map((result) => resultWords(result, questions, words, text));
  const plan =
    goesOn.length === 0
      ? text.sequenceNever(first, second)
      : stops.length === 0
        ? text.sequenceAlways(first, second)
        : text.sequencePlan(first, results.join(text.results.or), second);
  const beside = [
    [text.firstAlone, firstAlone],
    [text.secondAlone, secondAlone],
    [text.bothAtOnce, together],
  ] as const;
  return (
    <div className="sequence stack tight">
      <div className="row between">
        <h3>{text.sequence}</h3>
        <b>
          <Figure of={net} />
        </b>
      </div>
      <p>{plan}</p>
      <p className="small soft">{text.sequenceGoesOn(percent({ amount: probabilityGoesOn }, false))}</p>
      <dl className="beside small">
        {beside.map(([name, figure]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd>
              <Figure of={figure} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="small soft">{text.crossed}</p>
    </div>
  );
}
