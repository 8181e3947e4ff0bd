import type { Estimate } from "@watershed/domain";
import { isWithinNoise } from "@watershed/workbench/figures";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";

/** A figure as people read it: the amount in ink, its simulation error in a softer tone behind it. */
export function Figure({ of }: { of: Estimate }): ReactNode {
  const { estimate, text } = useWords();
  const [amount, error] = estimate(of).split(" ± ");
  return (
    <span
      className={isWithinNoise(of) ? "num noisy" : "num"}
      title={isWithinNoise(of) ? text.state.withinNoise : text.state.simulationError}
    >
      {amount}
      {error !== undefined && <span className="error"> ± {error}</span>}
    </span>
  );
}
