import type { AgendaItem } from "@watershed/workbench";
import type { ReactNode } from "react";

interface WorthBarProps {
  of: Pick<AgendaItem, "worth" | "floor" | "distinguishable">;
  most: number; // the amount at the bar's right end
}

/** The worth of an answer as a bar, with two standard errors as a whisker and the noise floor as a dotted line. */
export function WorthBar({ of: { worth, floor, distinguishable }, most }: WorthBarProps): ReactNode {
  const place = (amount: number): number => 100 * Math.min(1, Math.max(0, amount / most));
  const [low, high] = [place(worth.amount - 2 * worth.standardError), place(worth.amount + 2 * worth.standardError)];
  return (
    <svg className="worth-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="2" width={place(worth.amount)} height="8" className={distinguishable ? "told" : "noise"} />
      <line x1={low} x2={high} y1="6" y2="6" className="whisker" vectorEffect="non-scaling-stroke" />
      <line x1={low} x2={low} y1="3.5" y2="8.5" className="whisker" vectorEffect="non-scaling-stroke" />
      <line x1={high} x2={high} y1="3.5" y2="8.5" className="whisker" vectorEffect="non-scaling-stroke" />
      {floor > 0 && <line x1={place(floor)} x2={place(floor)} y1="0" y2="12" className="floor" vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
