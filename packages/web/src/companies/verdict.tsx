import type { CompanyReview } from "@watershed/workbench";
import type { ReactNode } from "react";
import { useDesk, useSavedReview } from "../data/desk.tsx";
import { AlternativeBadge, useAlternativeName } from "../figures/alternative.tsx";
import { EdgeLine } from "../figures/edge-line.tsx";
import { Figure } from "../figures/estimate.tsx";
import { PriceBar } from "../figures/price-bar.tsx";
import { useWords } from "../language/language.tsx";

/** The answer first: what to do, what it is worth, how the price stands, what the price believes. */
export function Verdict({ of }: { of: CompanyReview }): ReactNode {
  const { text, money, day } = useWords();
  const { workspace } = useDesk();
  const nameOf = useAlternativeName();
  const saved = useSavedReview()?.companies.find((one) => one.company.id === of.company.id);
  const decided = workspace.decisions.findLast((one) => one.company === of.company.id);
  return (
    <section className="card verdict-band" data-flipped={saved && saved.best.alternative !== of.best.alternative ? "true" : undefined}>
      <div>
        <h2 className="small soft">{text.decisions.decision}</h2>
        <p className="big-badge">
          <AlternativeBadge name={of.best.alternative} />
        </p>
        {!of.best.clear && of.best.runnerUp !== undefined && (
          <p className="small soft">{text.alternative.tieWith(nameOf(of.best.runnerUp).name)}</p>
        )}
        {saved && saved.best.alternative !== of.best.alternative && (
          <p className="small">
            {text.whatIf.before}: {nameOf(saved.best.alternative).name}
          </p>
        )}
        {decided && <p className="small soft">{text.companies.decided(day(decided.on), nameOf(alternativeOf(decided)).name)}</p>}
      </div>
      <div>
        <h2 className="small soft">{text.decisions.worth}</h2>
        <p className="big">
          <Figure of={of.best.worth} />
        </p>
        {of.strategic && <StrategicPart of={of} />}
        {of.held && <p className="small soft">{text.companies.held(money(of.held.invested, of.held.unit), day(of.held.since))}</p>}
      </div>
      <div>
        <h2 className="small soft">{text.decisions.price}</h2>
        <PriceBar of={of} wide />
      </div>
      <div>
        <h2 className="small soft">{text.decisions.beliefs}</h2>
        <EdgeLine of={of.implied[0]} />
      </div>
    </section>
  );
}

/** The name of the alternative that was decided on: a wait by its trigger. */
export function alternativeOf({ alternative, trigger }: { alternative: string; trigger?: string }): string {
  return alternative === "wait" && trigger !== undefined ? `wait:${trigger}` : alternative;
}

function StrategicPart({ of }: { of: CompanyReview }): ReactNode {
  const { text } = useWords();
  const part = of.strategic?.alternatives.find(({ name }) => name === of.best.alternative);
  if (!part || part.strategic.amount === 0) return null;
  return (
    <p className="small soft">
      {text.companies.inMoney} <Figure of={part.financial} />, {text.companies.forParent} <Figure of={part.strategic} />
    </p>
  );
}
