import type { Text } from "@watershed/domain";
import type { CompanyReview } from "@watershed/workbench";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { ReactNode } from "react";
import type { DecisionChange } from "../data/contract.ts";
import { useDesk } from "../data/desk.tsx";
import { AlternativeBadge, useAlternativeName } from "../figures/alternative.tsx";
import { EdgeLine } from "../figures/edge-line.tsx";
import { Figure } from "../figures/estimate.tsx";
import { PriceBar } from "../figures/price-bar.tsx";
import { useWords } from "../language/language.tsx";
import { useItemName } from "./item-name.ts";

interface CompanyRowProps {
  of: CompanyReview;
  saved?: CompanyReview; // the same under the saved beliefs, while a what-if is shown
  changed?: DecisionChange;
  from?: string;
}

/** One company in a line: what to do, what it is worth, how the price stands, what it believes, what changed. */
export const CompanyRow = memo(function CompanyRow({ of, saved, changed, from }: CompanyRowProps): ReactNode {
  const { text } = useWords();
  const nameOf = useAlternativeName();
  const { company, best, dissent } = of;
  const differing = dissent.filter(({ flips }) => flips);
  return (
    <li className="company-row" data-flipped={saved ? saved.best.alternative !== best.alternative : undefined}>
      <Who id={company.id} name={company.name} track={company.track} />
      <div className="what">
        <AlternativeBadge name={best.alternative} />
        {!best.clear && best.runnerUp !== undefined && <p className="small soft">{text.alternative.tieWith(nameOf(best.runnerUp).name)}</p>}
        {saved && saved.best.alternative !== best.alternative && (
          <p className="small soft">
            {text.whatIf.before}: {nameOf(saved.best.alternative).name}
          </p>
        )}
      </div>
      <div className="worth right">
        <span className="cell-name small soft">{text.decisions.worth}</span>
        <Figure of={best.worth} />
        {saved && saved.best.worth.amount !== best.worth.amount && (
          <p className="small soft">
            {text.whatIf.before} <Figure of={saved.best.worth} />
          </p>
        )}
        <p className="small soft">
          {dissent.length === 0
            ? !saved && text.decisions.nobodyForecast
            : differing.length === 0
              ? text.decisions.agrees
              : text.decisions.differ(differing.length, dissent.length)}
        </p>
      </div>
      <div className="price">
        <PriceBar of={of} />
      </div>
      <div className="implied">
        <EdgeLine of={of.implied[0]} />
      </div>
      <div className="changed small">{from !== undefined && <Changed of={changed} />}</div>
    </li>
  );
});

/** Apart from the figures, which follow a hand that drags. */
const Who = memo(function Who({ id, name, track }: { id: string; name: Text; track: string }): ReactNode {
  const { say } = useWords();
  const { view, workspace } = useDesk();
  return (
    <div className="who">
      <Link to="/w/$workspace/companies/$company" params={{ workspace: view.id, company: id }} className="quiet name" data-row>
        {say(name)}
      </Link>
      <p className="small soft">{say(workspace.tracks.find((one) => one.id === track)?.name)}</p>
    </div>
  );
});

/** How the decision moved since the last visit, and what moved it. */
const Changed = memo(function Changed({ of }: { of?: DecisionChange }): ReactNode {
  const { text, figure } = useWords();
  const nameOf = useAlternativeName();
  const itemName = useItemName();
  const moved = of?.before && of.after && of.before.worth.amount !== of.after.worth.amount;
  if (!of || (!of.flipped && !moved && of.because.length === 0)) return <span className="soft">—</span>;
  return (
    <div>
      {of.flipped && of.before && of.after && (
        <b>{text.decisions.flipped(nameOf(of.before.alternative).name, nameOf(of.after.alternative).name)}</b>
      )}
      {moved && of.before && of.after && <p className="num">{text.decisions.moved(figure(of.before.worth), figure(of.after.worth))}</p>}
      {of.because.length > 0 && (
        <p className="soft">
          {text.decisions.because}:{" "}
          {of.because
            .slice(0, 2)
            .map(({ kind, id }) => itemName(kind, id))
            .join("; ")}
          {of.because.length > 2 && ` +${of.because.length - 2}`}
        </p>
      )}
    </div>
  );
});
