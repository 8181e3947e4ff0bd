import type { QuantityOutcome } from "@watershed/workbench/in-page";
import { plain } from "@watershed/workbench/figures";
import type { ReactNode } from "react";
import { dayOf, toldAt } from "../beliefs/belief-text.ts";
import { densityPath, scaleOf } from "../beliefs/shape.tsx";
import { useDesk } from "../data/desk.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";

/** How a formula comes out, small enough to stand beside it: its shape, its middle and where four in five scenarios lie. */
export function QuantitySpread({ of }: { of: QuantityOutcome }): ReactNode {
  const { text, money, day } = useWords();
  const { workspace } = useDesk();
  const { spread, kind } = of;
  if (!spread) return <div className="quantity-spread soft small">{text.companies.notDrawn}</div>;
  const shown = (amount: number): string => {
    if (kind === "money") return money(amount, workspace.settings.currency);
    if (kind === "date") return day(dayOf(amount));
    if (kind === "duration") return text.companies.days(plain(Math.round(amount)));
    return kind === "probability" || kind === "yesNo" ? `${(100 * amount).toFixed(0)}%` : plain(amount);
  };
  const at = (place: number): string => shown(spread.quantiles[place]);
  const never = spread.never > 0.0005 ? text.belief.neverMost(`${(100 * spread.never).toFixed(0)}%`) : "";
  if (spread.quantiles.length === 0) return <div className="quantity-spread small">{never}</div>;
  const fixed = spread.quantiles[0] === spread.quantiles.at(-1);
  if (kind === "yesNo")
    return (
      <div className="quantity-spread small">
        {text.state.yes} {spread.mean && <Figure of={spread.mean} />}
      </div>
    );
  const summary = fixed ? at(toldAt.median) : `${at(toldAt.low)} – ${at(toldAt.high)}`;
  return (
    <div className="quantity-spread small">
      {!fixed && (
        <svg viewBox="0 0 100 30" height="30" preserveAspectRatio="none" aria-hidden="true">
          <path
            d={densityPath(spread.quantiles, scaleOf([spread.quantiles]), 30)}
            className="own-shape"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
      <p className="num">
        {fixed ? <b>{summary}</b> : <b>{at(toldAt.median)}</b>}
        {!fixed && <span className="soft"> ({summary})</span>} <span className="soft">{never}</span>
      </p>
      {spread.mean && !fixed && (
        <p className="soft">
          {text.companies.mean} <Figure of={spread.mean} />
        </p>
      )}
    </div>
  );
}
