import type { CompanyReview } from "@watershed/workbench";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";

type Priced = Pick<CompanyReview, "asked" | "reservationPrice">;

/** Asked price over the most we would pay; undefined where there is no such number. */
export function priceOverWalkAway({ asked, reservationPrice }: Priced): number | undefined {
  if (!asked || !reservationPrice?.againstBest.reachable) return undefined;
  return asked.preMoney / reservationPrice.againstBest.at.amount;
}

const octaves = 1; // the bar reaches from half of the walk-away price to twice; what lies beyond stands at its end

/**
 * The asked price against the price to walk away at: the middle line is the walk-away price, the dot is what is asked,
 * at its left (cheap) or its right (dear); each half of the bar is a factor of two.
 */
export function PriceBar({ of, wide = false }: { of: Priced; wide?: boolean }): ReactNode {
  const { text, money, figure } = useWords();
  const { asked, reservationPrice } = of;
  if (!asked) return <span className="soft small">{text.decisions.notOnOffer}</span>;
  const price = money(asked.preMoney, asked.unit);
  if (!reservationPrice?.againstBest.reachable) {
    const side = reservationPrice && !reservationPrice.againstBest.reachable ? reservationPrice.againstBest.side : "";
    return (
      <span className="small">
        <span className="num">{text.decisions.asked(price)}</span> ·{" "}
        <span className="soft">{side === "anyPrice" ? text.decisions.anyPrice : text.decisions.noPrice}</span>
      </span>
    );
  }
  const walkAway = figure(reservationPrice.againstBest.at);
  const ratio = priceOverWalkAway(of)!;
  const place = 50 + (50 * Math.max(-octaves, Math.min(octaves, Math.log2(ratio)))) / octaves;
  const cheap = ratio < 1;
  const away = Math.abs(ratio - 1);
  const said =
    away < 0.005
      ? text.decisions.at
      : cheap
        ? text.decisions.below(share(away))
        : text.decisions.above(ratio >= 3 ? `${ratio.toFixed(1)}×` : share(away));
  return (
    <div className={`price-bar ${cheap ? "cheap" : "dear"} ${wide ? "is-wide" : ""}`}>
      <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
        <rect x="0" y="5" width="100" height="4" rx="2" className="track" />
        <rect x={Math.min(50, place)} y="5" width={Math.abs(place - 50)} height="4" className="gap" />
        <line x1="50" x2="50" y1="0" y2="14" className="walk-away" vectorEffect="non-scaling-stroke" />
      </svg>
      <span className="dot" style={{ left: `${place}%` }} aria-hidden="true" />
      <p className="small">
        <span className="num">{text.decisions.asked(price)}</span>
        <b className="verdict">{said}</b>
        <span className="num soft">{text.decisions.walkAway(walkAway)}</span>
      </p>
    </div>
  );
}

function share(of: number): string {
  return `${(100 * of).toFixed(of < 0.1 ? 1 : 0)}%`;
}
