import type { AlternativeReview, CompanyReview } from "@watershed/workbench";
import type { Spread } from "@watershed/workbench/in-page";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";
import { useCaseOutcomes } from "./case-outcomes.ts";

/** The alternatives side by side: worth, how often each is best, how each can turn out. */
export function Alternatives({ of }: { of: CompanyReview }): ReactNode {
  const { text } = useWords();
  const outcomes = useCaseOutcomes(of.company.id);
  const spreads = new Map(outcomes?.outcomes?.alternatives.map(({ name, spread }) => [name, spread]));
  const shown = of.alternatives;
  const from = Math.min(0, ...shown.map(({ quantile05 }) => quantile05.amount));
  const to = Math.max(0, ...shown.map(({ quantile95 }) => quantile95.amount), ...shown.map(({ worth }) => worth.amount));
  return (
    <section className="card stack tight" aria-labelledby="alternatives-title">
      <h2 id="alternatives-title">{text.companies.alternatives}</h2>
      <p className="small soft">{text.companies.alternativesWhy}</p>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={text.companies.alternatives}>
        <table className="figures alternatives">
          <thead>
            <tr>
              <th scope="col">{text.companies.alternative}</th>
              <th scope="col" className="num">
                {text.decisions.worth}
              </th>
              <th scope="col">{text.companies.range}</th>
              <th scope="col" className="num">
                {text.companies.best}
              </th>
              <th scope="col" className="num">
                {text.companies.loss}
              </th>
              <th scope="col" className="num">
                {text.companies.worst}
              </th>
              <th scope="col" className="num">
                {text.companies.multiple}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((alternative) => (
              <Row
                key={alternative.name}
                of={alternative}
                best={alternative.name === of.best.alternative}
                scale={{ from, to }}
                spread={spreads.get(alternative.name)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  of: AlternativeReview;
  best: boolean;
  scale: { from: number; to: number };
  spread?: Spread;
}

function Row({ of, best, scale, spread }: RowProps): ReactNode {
  return (
    <tr data-best={best}>
      <td>
        <AlternativeBadge name={of.name} />
      </td>
      <td className="num">
        <Figure of={of.worth} />
      </td>
      <td>
        <RangePlot of={of} scale={scale} spread={spread} />
      </td>
      <td className="num">
        <Figure of={of.probabilityBest} />
      </td>
      <td className="num">
        <Figure of={of.probabilityLoss} />
      </td>
      <td className="num">
        <Figure of={of.worstTwentieth} />
      </td>
      <td className="num">{of.multipleOfMoney ? `${of.multipleOfMoney.amount.toFixed(2)}×` : "—"}</td>
    </tr>
  );
}

/** Nine outcomes in ten on a line, the middle half thicker, the mean as a mark, and where nothing is gained or lost. */
function RangePlot({ of, scale, spread }: Omit<RowProps, "best">): ReactNode {
  const { workspace } = useDesk();
  const { money, text } = useWords();
  const { currency } = workspace.settings;
  const x = (amount: number): number =>
    scale.to > scale.from ? (100 * (Math.min(scale.to, Math.max(scale.from, amount)) - scale.from)) / (scale.to - scale.from) : 50;
  const [low, high] = [of.quantile05.amount, of.quantile95.amount];
  const quarter = spread && spread.quantiles.length > 0 ? [spread.quantiles[6], spread.quantiles[16]] : undefined;
  const label = text.companies.rangeSummary(money(low, currency), money(high, currency));
  return (
    <div className="range-plot">
      <svg viewBox="0 0 100 18" preserveAspectRatio="none" role="img" aria-label={label}>
        <title>{label}</title>
        <line x1={x(0)} x2={x(0)} y1="0" y2="18" className="zero" vectorEffect="non-scaling-stroke" />
        <line x1={x(low)} x2={x(high)} y1="9" y2="9" className="nine" vectorEffect="non-scaling-stroke" />
        {quarter && <line x1={x(quarter[0])} x2={x(quarter[1])} y1="9" y2="9" className="half" vectorEffect="non-scaling-stroke" />}
        <line x1={x(of.worth.amount)} x2={x(of.worth.amount)} y1="2" y2="16" className="mean" vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="small soft num">{label}</span>
    </div>
  );
}
