import type { AcrossSitesForecast, SchemeAcross } from "@watershed/compute-lab";
import { memo } from "react";
import type { ReactNode } from "react";
import { useLabFigureWords, useLabWords } from "./words.ts";

/** Sites that are not alike: every way to train on them, who does what by the best, and what holds it back. */
export const AcrossSection = memo(function AcrossSection({ of: { schemes, without, equalSplit } }: { of: AcrossSitesForecast }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const nameOf = useSchemeName();
  const [best] = schemes;
  const columns = [text.scheme, text.time, text.computes, text.daysOfRun, text.daysForSameLoss, text.lossChange, text.bestIn];
  return (
    <section className="card stack tight" aria-labelledby="lab-across">
      <h2 id="lab-across">{text.sitesTitle}</h2>
      <p className="small soft">
        {text.acrossSummary(nameOf(best), words.of(best.daysForSameLoss.amount, "days"), words.share(best.chanceBest))} {text.acrossWhy}
      </p>
      <div className="scroll-x" tabIndex={0} role="region" aria-labelledby="lab-across">
        <table className="figures">
          <thead>
            <tr>
              {columns.map((name, place) => (
                <th key={name} scope="col" className={place === 0 ? undefined : "num"}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schemes.map((scheme) => (
              <tr key={scheme.scheme}>
                <td>{nameOf(scheme)}</td>
                {[scheme.stepSeconds, scheme.share, scheme.days, scheme.daysForSameLoss, scheme.lossChange].map((figure, place) => (
                  <td key={place} className="num">
                    {words.of(figure.amount, figure.unit)}
                    <br />
                    <span className="small soft">{words.band(figure)}</span>
                  </td>
                ))}
                <td className="num">{words.share(scheme.chanceBest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Does of={best} />
      <ul className="plain small">
        {without.map(({ name, times }) => (
          <li key={name}>{Number.isFinite(times) ? text.withoutSite(name, words.plain(times)) : text.withoutSiteNever(name)}</li>
        ))}
        {equalSplit > 1.005 && <li>{text.equalSplit(words.plain(equalSplit))}</li>}
      </ul>
    </section>
  );
});

function useSchemeName(): (of: SchemeAcross) => string {
  const text = useLabWords();
  return ({ scheme, sites, localSteps }) => text.acrossSchemes[scheme](sites[0].name, localSteps);
}

/** What each site does of a step, and what the step waits for. */
function Does({ of }: { of: SchemeAcross }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const nameOf = useSchemeName();
  const { waits, link } = of;
  return (
    <>
      <h3>{text.doesTitle(nameOf(of))}</h3>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={text.doesTitle(nameOf(of))}>
        <table className="figures">
          <thead>
            <tr>
              {Object.values(text.does).map((name, place) => (
                <th key={name} scope="col" className={place === 0 || place === 4 ? undefined : "num"}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.sites.map(({ name, chip, chips, sequences, layers, seconds, plan }) => (
              <tr key={name}>
                <td>
                  {name} · {words.count(chips)} × {chip}
                </td>
                <td className="num">{words.count(sequences)}</td>
                <td className="num">{words.count(layers)}</td>
                <td className="num">{words.seconds(seconds)}</td>
                <td>{`TP ${plan.tensorParallel} · PP ${plan.pipelineParallel} · DP ${plan.dataParallel}${plan.expertParallel > 1 ? ` · EP ${plan.expertParallel}` : ""}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {link && (
        <p className="small soft">
          {text.waits(words.share(waits.link), words.share(waits.fill), words.share(waits.balance))}{" "}
          {text.holdsBack(
            link.between.join("–"),
            words.of(link.gigabitsPerSecond, "Gb/s"),
            words.of(link.gigabitsForNinetyFive.amount, "Gb/s"),
          )}
        </p>
      )}
    </>
  );
}
