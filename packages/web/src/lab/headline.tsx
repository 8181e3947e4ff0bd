import type { ReactNode } from "react";
import type { LabFigures } from "./use-lab.ts";
import type { LabSetting } from "./setting.ts";
import { useLabFigureWords, useLabWords, verdictOf } from "./words.ts";

/** The figures that a partner asks for first, each with its band. */
export function Headline({ figures: { step, run }, setting }: { figures: LabFigures; setting: LabSetting }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  if (!step?.prediction) return null;
  const { mayFit = false, trainingChips = setting.chips } = step;
  const {
    stepSeconds,
    stepSecondsLow: low,
    stepSecondsHigh: high,
    mfu,
    hfu,
    flopsPerSecondPerChip,
    tokensPerSecond,
    ranges,
    memory,
  } = step.prediction;
  return (
    <div className="lab-headline-frame" role="region" aria-label={text.headline} tabIndex={0}>
      <dl className="lab-headline">
        <Tile name={text.figures.step} amount={words.seconds(stepSeconds)} band={words.band({ low, high, unit: "seconds" })}>
          {setting.others.length > 0 && `${text.siteNumber(1)} · `}
          {text.level(setting.reported.length)}
        </Tile>
        <Tile
          name={text.figures.days}
          amount={run?.days ? words.of(run.days.amount, "days") : "…"}
          band={run?.days && words.band(run.days)}
        >
          {text.tokensPerSecond(words.large(tokensPerSecond))}
          {trainingChips < setting.chips && ` · ${text.trainsOn(words.count(trainingChips))}`}
        </Tile>
        <Tile name={text.figures.mfu} amount={words.share(mfu)} band={words.band({ ...ranges.mfu, unit: "share" })}>
          {text.teraflops(words.plain(flopsPerSecondPerChip / 1e12))} · {text.hfu(words.share(hfu))}
        </Tile>
        <Tile
          name={text.figures.memory}
          amount={words.bytes(memory.totalBytes)}
          band={words.band({ ...ranges.memoryBytes, unit: "bytes" })}
          bandWhy={text.memoryBandWhy}
          warn={memory.fits ? undefined : mayFit ? "maybe" : "no"}
        >
          {verdictOf({ memory, mayFit }, text, words)}
        </Tile>
        <Tile
          name={text.figures.goodput}
          amount={run?.goodput ? words.share(run.goodput.amount) : "…"}
          band={run?.goodput && words.band(run.goodput)}
        />
        <Tile
          name={text.figures.rental}
          amount={run?.cost?.rental ? words.of(run.cost.rental.amount, "USD") : "…"}
          band={run?.cost?.rental && words.band(run.cost.rental)}
        />
      </dl>
    </div>
  );
}

interface TileProps {
  name: string;
  amount: string;
  band?: string;
  bandWhy?: string;
  warn?: "maybe" | "no";
  children?: ReactNode;
}

function Tile({ name, amount, band, bandWhy, warn, children }: TileProps): ReactNode {
  const text = useLabWords();
  return (
    <div className="card" data-warn={warn}>
      <dt className="small soft">{name}</dt>
      <dd>
        <b className="num">{amount}</b>
        {band !== undefined && (
          <span className="small soft num" title={bandWhy ?? text.bandWhy}>
            {band}
          </span>
        )}
        {children && <span className="small soft">{children}</span>}
      </dd>
    </div>
  );
}
