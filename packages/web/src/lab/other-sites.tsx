import { Checkbox, NumberInput, Select } from "@mantine/core";
import type { ReactNode } from "react";
import type { Catalogue } from "./lab-answer.ts";
import { withUnlikeSites } from "./setting.ts";
import type { ChangeSetting, LabSetting, OtherSite } from "./setting.ts";
import { useLabWords } from "./words.ts";

interface OtherSitesProps extends Pick<LabSetting, "others"> {
  known: Catalogue["chips"];
  change: ChangeSetting;
}

/** Sites beside the first that differ from it: their chips, how many, and their links. */
export function OtherSites({ others, known, change }: OtherSitesProps): ReactNode {
  const text = useLabWords();
  const alter = (place: number, part: Partial<OtherSite>): void =>
    change((before) => ({ others: before.others.map((one, at) => (at === place ? { ...one, ...part } : one)) }));
  return (
    <>
      <Checkbox
        size="xs"
        label={text.unlike}
        description={text.unlikeWhy}
        checked={others.length > 0}
        onChange={({ target }) => {
          const unlike = target.checked;
          change((before) => withUnlikeSites(before, unlike));
        }}
      />
      {others.map((one, place) => (
        <fieldset key={place} className="lab-fields" aria-label={text.siteNumber(place + 2)}>
          <legend className="small">{text.siteNumber(place + 2)}</legend>
          <Select
            size="xs"
            label={text.chip}
            searchable
            allowDeselect={false}
            value={known.find(({ id, aliases }) => id === one.chip || aliases.includes(one.chip))?.id ?? null}
            placeholder={one.chip}
            onChange={(chip) => chip && alter(place, { chip })}
            data={known.map(({ id }) => id)}
          />
          <NumberInput
            size="xs"
            label={text.chips}
            min={1}
            max={10_000_000}
            allowDecimal={false}
            thousandSeparator=","
            value={one.chips}
            onChange={(chips) => Number(chips) > 0 && alter(place, { chips: Number(chips) })}
          />
          <NumberInput
            size="xs"
            label={text.siteLinks}
            placeholder={text.siteLinksUsual}
            min={0}
            value={one.gigabits > 0 ? one.gigabits : ""}
            onChange={(gigabits) => alter(place, { gigabits: Number(gigabits) > 0 ? Number(gigabits) : 0 })}
          />
        </fieldset>
      ))}
    </>
  );
}
