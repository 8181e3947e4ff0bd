import type { Banded, FailureRow } from "@watershed/compute-lab";
import { memo } from "react";
import type { ReactNode } from "react";
import type { RunView } from "./lab-answer.ts";
import type { LabSetting } from "./setting.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";

/** Amounts with their bands as rows, and where their inputs are printed. */
function BandTable({ rows }: { rows: [string, Banded | undefined][] }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">{text.figure}</th>
          <th scope="col" className="num">
            {text.amountAndBand}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(
          ([name, of]) =>
            of && (
              <tr key={name} title={of.sources.length > 0 ? text.sources([...new Set(of.sources)].join(", ")) : undefined}>
                <td>{name}</td>
                <td className="num">
                  {words.of(of.amount, of.unit)}
                  <br />
                  <span className="small soft">{words.band(of)}</span>
                </td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

/** How often the job stops and what that leaves. */
export const FailuresSection = memo(function FailuresSection({ of: { failures } }: { of: RunView }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  if (!failures) return null;
  const names = Object.keys(text.failureRows) as (keyof typeof text.failureRows & keyof FailureRow)[];
  return (
    <section className="card stack tight" aria-labelledby="lab-failures">
      <h2 id="lab-failures">{text.failuresTitle}</h2>
      <p className="small soft">
        {text.failuresSummary(words.of(failures.hoursBetweenInterruptions.amount, "hours"), words.of(failures.goodput.amount, "share"))}
      </p>
      <BandTable rows={names.map((name) => [text.failureRows[name], failures[name]])} />
    </section>
  );
});

/** What the run costs, rented and owned, and what it draws. */
export const CostSection = memo(function CostSection({ of: { cost } }: { of: RunView }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  if (!cost?.rental || !cost.owned) return null;
  const names = Object.keys(text.costRows) as (keyof typeof text.costRows)[];
  return (
    <section className="card stack tight" aria-labelledby="lab-cost">
      <h2 id="lab-cost">{text.costTitle}</h2>
      <p className="small soft">{text.costSummary(words.of(cost.rental.amount, "USD"), words.of(cost.owned.amount, "USD"))}</p>
      <BandTable rows={names.map((name) => [text.costRows[name], cost[name]])} />
    </section>
  );
});

/** Every way of keeping several sites equal: what it leaves of the time and what it costs in loss. */
export const SitesSection = memo(function SitesSection({
  of: { schemes, siteShare },
  setting,
}: {
  of: RunView;
  setting: LabSetting;
}): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  if (!schemes || !siteShare) return null;
  const used = setting.localSteps > 1 ? "localSteps" : "everyStep";
  const own = schemes.find(({ scheme }) => scheme === used)!;
  return (
    <section className="card stack tight" aria-labelledby="lab-sites">
      <h2 id="lab-sites">{text.sitesTitle}</h2>
      <p className="small soft">
        {text.sitesSummary(text.schemes[used], words.of(siteShare.amount, "share"), words.of(own.gigabitsForNinetyFive.amount, "Gb/s"))}
      </p>
      <div className="scroll-x" tabIndex={0} role="region" aria-labelledby="lab-sites">
        <table className="figures">
          <thead>
            <tr>
              {[text.scheme, text.computes, text.linkFor95, text.lossChange, text.computeSameLoss].map((name, place) => (
                <th key={name} scope="col" className={place === 0 ? undefined : "num"}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schemes.map(({ scheme, utilisation, gigabitsForNinetyFive, lossChange, computeForSameLoss }) => (
              <tr key={scheme}>
                <td>
                  {text.schemes[scheme]} {scheme === used && <span className="tag">{text.inUse}</span>}
                </td>
                {[utilisation[0].share, gigabitsForNinetyFive, lossChange, computeForSameLoss].map((figure, place) => (
                  <td key={place} className="num">
                    {words.of(figure.amount, figure.unit)}
                    <br />
                    <span className="small soft">{words.band(figure)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
});
