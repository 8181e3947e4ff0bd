import { Button } from "@mantine/core";
import type { Action } from "@watershed/domain";
import { isClosed } from "@watershed/domain";
import { useQuery } from "@tanstack/react-query";
import type { ActionReview, ActionsReview, SequenceReview } from "@watershed/workbench";
import { percent } from "@watershed/workbench/figures";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { actionsQuery } from "../data/queries.ts";
import { useSave } from "../data/save.tsx";
import { useAlternativeName } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import type { AgendaWording } from "../wording/agenda-en.ts";
import { ActionForm } from "./action-form.tsx";
import { ActionTrack } from "./action-track.tsx";
import { resultWords } from "./answer-words.ts";
import { useAgendaWords } from "./words.ts";

/** What the team can do before it decides: each action by what it nets, whose it is and how far; the best two in order; what is done. */
export function ActionsWorth(): ReactNode {
  const text = useAgendaWords();
  const { text: page } = useWords();
  const { view, workspace, canWrite, versionOf } = useDesk();
  const { data, error, refetch } = useQuery(actionsQuery(view));
  const { save, error: notSaved, dialog } = useSave();
  const [form, open] = useState<{ action?: Action } | undefined>();
  const tracking: Tracking = {
    keep: (item, before) => void save({ kind: "actions", item, at: versionOf("actions", before), before }),
    edit: (action) => open({ action }),
  };
  const closed = workspace.actions.filter(isClosed);
  return (
    <section className="card stack" aria-labelledby="actions-worth">
      <div className="row between nowrap">
        <div>
          <h2 id="actions-worth">{text.actions}</h2>
          <p className="small soft">{text.actionsLead}</p>
        </div>
        {canWrite && (
          <Button size="xs" variant="default" className="fixed" leftSection={<Icon name="plus" size={14} />} onClick={() => open({})}>
            {text.form.add}
          </Button>
        )}
      </div>
      {notSaved && <Failed error={notSaved} />}
      {workspace.actions.length === 0 ? (
        <p className="soft">{text.noActions}</p>
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading rows={4} label={page.state.computing} />
      ) : (
        <Appraised of={data.actions} {...tracking} />
      )}
      {closed.length > 0 && <Closed actions={closed} {...tracking} />}
      {form && <ActionForm action={form.action} close={() => open(undefined)} />}
      {dialog}
    </section>
  );
}

type Tracking = Pick<Parameters<typeof ActionTrack>[0], "keep" | "edit">;

function Appraised({ of: { actions, sequences, notAppraised }, ...tracking }: { of: ActionsReview } & Tracking): ReactNode {
  const { say } = useWords();
  const { workspace } = useDesk();
  const byId = new Map(workspace.actions.map((action) => [action.id, action]));
  const nameOf = (id: string): string => say(byId.get(id)?.name) || id;
  return (
    <>
      <ol className="plain actions-worth">
        {actions.map((one) => (
          <ActionRow key={one.action} of={one} action={byId.get(one.action)} {...tracking} />
        ))}
        {notAppraised.map(({ action: id, reason }) => {
          const action = byId.get(id);
          return action && reason !== "done" && reason !== "dropped" && <NotRanked key={id} {...{ action, reason, ...tracking }} />;
        })}
      </ol>
      {sequences.length > 0 && <Sequence of={sequences[0]} nameOf={nameOf} />}
    </>
  );
}

type NotRankedProps = Tracking & { action: Action; reason: keyof AgendaWording["notAppraisedBecause"] };

function NotRanked({ action, reason, ...tracking }: NotRankedProps): ReactNode {
  const { say } = useWords();
  const text = useAgendaWords();
  return (
    <li tabIndex={0} data-row>
      <h3>{say(action.name)}</h3>
      <p className="small soft">{text.notAppraisedBecause[reason]}</p>
      <ActionTrack action={action} {...tracking} />
    </li>
  );
}

function Closed({ actions, ...tracking }: Tracking & { actions: Action[] }): ReactNode {
  const { say } = useWords();
  const text = useAgendaWords();
  return (
    <section className="stack tight" aria-labelledby="closed-actions">
      <h3 id="closed-actions">{text.closed}</h3>
      <ul className="plain actions-worth">
        {actions.map((action) => (
          <li key={action.id} tabIndex={0} data-row>
            <p>{say(action.name)}</p>
            <ActionTrack action={action} {...tracking} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const mostChanges = 3;

function ActionRow({ of, action, ...tracking }: Tracking & { of: ActionReview; action: Action | undefined }): ReactNode {
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
      {action && <ActionTrack action={action} {...tracking} />}
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
