import { Button, CloseButton, NumberInput } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ChangeSetting, LabSetting } from "./setting.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";

const mostReported = 3;

interface ReportedProps extends Pick<LabSetting, "reported" | "chips"> {
  change: ChangeSetting;
}

/** What step time the team reports: up to three measured steps, each on so many chips. */
export function ReportedSteps({ reported, chips, change }: ReportedProps): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const [seconds, setSeconds] = useState<number | string>("");
  const [on, setOn] = useState<number | string>("");
  const add = (): void => {
    change({ reported: [...reported, { seconds: Number(seconds), chips: Number(on) > 0 ? Number(on) : chips }] });
    setSeconds("");
    setOn("");
  };
  return (
    <fieldset>
      <legend>{text.reported}</legend>
      <p className="small soft">{text.reportedWhy}</p>
      {reported.length > 0 && (
        <ul className="plain">
          {reported.map((one, place) => (
            <li key={place} className="row between nowrap">
              <span className="num">
                {text.seconds(words.plain(one.seconds))} · {words.count(one.chips)} {text.chips}
              </span>
              <CloseButton
                size="sm"
                aria-label={text.removeReported}
                onClick={() => change({ reported: reported.filter((_, other) => other !== place) })}
              />
            </li>
          ))}
        </ul>
      )}
      {reported.length < mostReported && (
        <div className="lab-fields">
          <NumberInput size="xs" label={text.reportedSeconds} min={0} value={seconds} onChange={setSeconds} />
          <NumberInput
            size="xs"
            label={text.reportedChips}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            placeholder={words.count(chips)}
            value={on}
            onChange={setOn}
          />
          <Button size="xs" variant="default" disabled={!(Number(seconds) > 0)} onClick={add}>
            {text.addReported}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
