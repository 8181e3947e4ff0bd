import { Button } from "@mantine/core";
import type { InvestmentCase, Trigger, Wait } from "@watershed/domain";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { writtenMoney } from "../figures/written-money.ts";
import { useWords } from "../language/language.tsx";
import { awaitedBy } from "./wait-draft.ts";

const WaitForm = lazy(async () => ({ default: (await import("./wait-form.tsx")).WaitForm }));
const TriggerForm = lazy(async () => ({ default: (await import("./trigger-form.tsx")).TriggerForm }));

/** What is being written: the terms of one wait, a new one at the end, or a trigger. */
type Written = { investmentCase: InvestmentCase; place: number } | { trigger: Trigger };

/** The alternatives of waiting: what fires each, until when, and the terms on that day. */
export function Waits({ investmentCase }: { investmentCase: InvestmentCase }): ReactNode {
  const { text } = useWords();
  const { canWrite } = useDesk();
  const [written, write] = useState<Written | undefined>();
  const waits = investmentCase.wait ?? [];
  if (waits.length === 0 && !canWrite) return null;
  return (
    <section className="card stack tight" aria-labelledby="waits-title">
      <div className="row between">
        <h2 id="waits-title">{text.companies.waits}</h2>
        {canWrite && (
          <Button size="compact-sm" variant="default" onClick={() => write({ investmentCase, place: waits.length })}>
            {text.companies.addWait}
          </Button>
        )}
      </div>
      {waits.length === 0 && <p className="soft">{text.companies.noWait}</p>}
      {waits.map((wait, place) => (
        <WaitTerms
          key={awaitedBy(wait).join("+")}
          wait={wait}
          edit={canWrite ? () => write({ investmentCase, place }) : undefined}
          editTrigger={canWrite ? (trigger) => write({ trigger }) : undefined}
        />
      ))}
      <Suspense fallback={null}>
        {written && "place" in written && <WaitForm {...written} close={() => write(undefined)} />}
        {written && "trigger" in written && <TriggerForm {...written} close={() => write(undefined)} />}
      </Suspense>
    </section>
  );
}

interface WaitTermsProps {
  wait: Wait;
  edit?: () => void;
  editTrigger?: (trigger: Trigger) => void;
}

function WaitTerms({ wait, edit, editTrigger }: WaitTermsProps): ReactNode {
  const { text, say, day, language } = useWords();
  const { workspace } = useDesk();
  const triggers = awaitedBy(wait).flatMap((id) => workspace.triggers.find((one) => one.id === id) ?? []);
  const name = triggers.map((trigger) => say(trigger.name)).join(text.alternative.or);
  const known = (id: string): string =>
    say(workspace.questions.find((one) => one.id === id)?.text ?? workspace.signals.find((one) => one.id === id)?.name) || id;
  const terms = (["ticket", "preMoney", "newMoney", "access"] as const).flatMap((field) => {
    const formula = wait[field];
    return formula === undefined ? [] : [{ field, formula, worded: writtenMoney(formula, language) }];
  });
  return (
    <article>
      <div className="row between nowrap">
        <h3>{name}</h3>
        {edit && (
          <Button size="compact-xs" variant="subtle" className="fixed" onClick={edit} aria-label={`${text.state.edit}: ${name}`}>
            {text.state.edit}
          </Button>
        )}
      </div>
      <dl className="facts small">
        {triggers.map((trigger) => (
          <Pair key={trigger.id} name={text.companies.when}>
            <code>{String(trigger.when)}</code> {text.alternative.until(day(trigger.deadline))}{" "}
            {editTrigger && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => editTrigger(trigger)}
                aria-label={`${text.companies.changeTrigger}: ${say(trigger.name)}`}
              >
                {text.companies.changeTrigger}
              </Button>
            )}
          </Pair>
        ))}
        {terms.map(({ field, formula, worded }) => (
          <Pair key={field} name={text.companies[field]}>
            {worded ? <span title={String(formula)}>{worded}</span> : <code>{String(formula)}</code>}
          </Pair>
        ))}
        {wait.known && <Pair name={text.companies.known}>{wait.known.map(known).join("; ")}</Pair>}
      </dl>
    </article>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
