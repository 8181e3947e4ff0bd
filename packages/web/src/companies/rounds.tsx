import { Button } from "@mantine/core";
import type { Company, Formula, Round } from "@watershed/domain";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { SourceList } from "../figures/source-list.tsx";
import { writtenMoney } from "../figures/written-money.ts";
import { useWords } from "../language/language.tsx";

const RoundForm = lazy(async () => ({ default: (await import("./round-form.tsx")).RoundForm }));

/** The rounds of a company as they are known, latest first, and what the fund already holds. */
export function Rounds({ company }: { company: Company }): ReactNode {
  const { text, say } = useWords();
  const { workspace, canWrite } = useDesk();
  const [written, write] = useState<Round | "new" | undefined>();
  const rounds = workspace.rounds
    .filter((one) => one.company === company.id)
    .toSorted((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0));
  const held = workspace.positions.filter((one) => one.company === company.id);
  return (
    <section className="card stack tight" aria-labelledby="rounds-title">
      <div className="row between">
        <h2 id="rounds-title">{text.companies.rounds}</h2>
        {canWrite && (
          <Button size="compact-sm" variant="default" onClick={() => write("new")}>
            {text.companies.addRound}
          </Button>
        )}
      </div>
      {rounds.length === 0 && <p className="soft">{text.companies.noRound}</p>}
      {rounds.length > 0 && <RoundTable rounds={rounds} edit={canWrite ? write : undefined} />}
      {held.map((position) => (
        <p key={position.on}>
          {text.companies.held(String(position.invested), position.on)} {say(position.note)}
        </p>
      ))}
      {written && (
        <Suspense fallback={null}>
          <RoundForm company={company} round={written === "new" ? undefined : written} close={() => write(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

/** A table on a wide screen; on a phone every round stands for itself with its figures named. */
function RoundTable({ rounds, edit }: { rounds: Round[]; edit?: (round: Round) => void }): ReactNode {
  const { text } = useWords();
  const { round, preMoney, newMoney, postMoney } = text.companies;
  const amounts = [preMoney, newMoney, postMoney];
  return (
    <table className="figures rounds" role="table" aria-labelledby="rounds-title">
      <thead role="rowgroup">
        <tr role="row">
          {[round, text.questions.day].map((name) => (
            <th key={name} scope="col" role="columnheader">
              {name}
            </th>
          ))}
          {amounts.map((name) => (
            <th key={name} scope="col" role="columnheader" className="num">
              {name}
            </th>
          ))}
          <th scope="col" role="columnheader">
            {text.evidence.name}
          </th>
          {edit && (
            <th scope="col" role="columnheader">
              <span className="hidden-text">{text.state.edit}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rounds.map((one) => (
          <RoundRow key={one.id} round={one} names={amounts} edit={edit} />
        ))}
      </tbody>
    </table>
  );
}

function RoundRow({ round, names, edit }: { round: Round; names: string[]; edit?: (round: Round) => void }): ReactNode {
  const { text, say } = useWords();
  const amounts = [round.preMoney, round.newMoney, round.postMoney];
  return (
    <tr role="row" data-row tabIndex={-1}>
      <td role="cell" className="named">
        {say(round.name)}
        {round.note && <p className="small soft">{say(round.note)}</p>}
      </td>
      <td role="cell" className="day" data-name={text.questions.day}>
        {round.date}
        {round.knownFrom && <p className="small soft">{text.companies.publicFrom(round.knownFrom)}</p>}
      </td>
      {amounts.map((amount, place) => (
        <td key={names[place]} role="cell" className="num" data-name={names[place]}>
          <Amount formula={amount} />
        </td>
      ))}
      <td role="cell">
        <SourceList ids={round.sources} />
      </td>
      {edit && (
        <td role="cell">
          <Button size="compact-xs" variant="subtle" onClick={() => edit(round)} aria-label={`${text.state.edit}: ${say(round.name)}`}>
            {text.state.edit}
          </Button>
        </td>
      )}
    </tr>
  );
}

/** An amount in words, with how it is written where one points at it; a formula that is more than an amount as it is written. */
function Amount({ formula }: { formula: Formula | undefined }): ReactNode {
  const { language } = useWords();
  if (formula === undefined) return "—";
  const worded = writtenMoney(formula, language);
  return worded === undefined ? <code>{String(formula)}</code> : <span title={String(formula)}>{worded}</span>;
}
