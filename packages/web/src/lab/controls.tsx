import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { memo } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import type { Catalogue } from "./lab-answer.ts";
import { aiModelSetting, clusterSetting, isChosen, sameParts } from "./of-the-workspace.ts";
import { ReportedSteps } from "./reported-steps.tsx";
import { OtherSites } from "./other-sites.tsx";
import { chipsAt, ownFields, planFields, sliderStops, stopOf, withSites } from "./setting.ts";
import type { ChangeSetting, LabSetting } from "./setting.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";

interface ControlProps {
  setting: LabSetting;
  change: ChangeSetting;
}

/** Everything that can be chosen: the AI model, the cluster, its sites, the plan, what the team reports. Parts that a drag does not touch stay as they are. */
export function Controls({ setting, change, catalogue }: ControlProps & { catalogue: Catalogue }): ReactNode {
  const text = useLabWords();
  const { aiModel, own, chips, plan, reported, sites, gigabits, kilometres, localSteps, others, restart, chipHoursPerInterruption } =
    setting;
  return (
    <form className="card stack lab-controls" aria-label={text.chosen} onSubmit={(event) => event.preventDefault()}>
      <OwnCluster setting={setting} change={change} />
      <AiModelFields aiModel={aiModel} own={own} aiModels={catalogue.aiModels} change={change} />
      <ChipsField chips={chips} change={change} />
      <HardwareFields
        chip={setting.chip}
        networkGigabits={setting.networkGigabits}
        precision={setting.precision}
        software={setting.software}
        tokens={setting.tokens}
        chips={catalogue.chips}
        change={change}
      />
      <SitesField
        {...{ sites, gigabits, kilometres, localSteps, others, restart, chipHoursPerInterruption, change }}
        known={catalogue.chips}
      />
      <ReportedSteps reported={reported} chips={chips} change={change} />
      <PlanFields plan={plan} recomputation={setting.recomputation} schedule={setting.schedule} change={change} />
    </form>
  );
}

/** Before the ids of the workspace's own AI models, which no published name begins with. */
const mark = "own:";

/** The clusters that the workspace describes, to start from. */
function OwnCluster({ setting, change }: ControlProps): ReactNode {
  const text = useLabWords();
  const { say } = useWords();
  const { workspace } = useDesk();
  const { labs, aiModels } = workspace;
  if (labs.length === 0) return null;
  const standing = labs.find((lab) => sameParts(clusterSetting(lab, aiModels, setting), setting));
  return (
    <Select
      label={text.ownCluster}
      description={text.ownClusterWhy}
      searchable
      value={standing?.id ?? null}
      placeholder={text.ownClusterNone}
      onChange={(id) => {
        const lab = labs.find((one) => one.id === id);
        if (lab) change(clusterSetting(lab, aiModels, setting));
      }}
      data={labs.map(({ id, name }) => ({ value: id, label: say(name) }))}
    />
  );
}

interface AiModelProps extends Pick<LabSetting, "aiModel" | "own"> {
  aiModels: Catalogue["aiModels"];
  change: ChangeSetting;
}

const AiModelFields = memo(function AiModelFields({ aiModel, own, aiModels, change }: AiModelProps): ReactNode {
  const text = useLabWords();
  const { say } = useWords();
  const { workspace } = useDesk();
  const row = aiModels.find(({ name }) => name === aiModel)?.row;
  const ours = workspace.aiModels.find((one) => isChosen(one, { aiModel, own }));
  const choose = (chosen: string): void => {
    const found = workspace.aiModels.find(({ id }) => `${mark}${id}` === chosen);
    change(found ? aiModelSetting(found) : { aiModel: chosen, own: {} });
  };
  const published = aiModels.map(({ name }) => name);
  return (
    <>
      <Select
        label={text.aiModel}
        searchable
        allowDeselect={false}
        value={ours ? `${mark}${ours.id}` : row ? aiModel : null}
        placeholder={aiModel}
        onChange={(chosen) => chosen && choose(chosen)}
        data={
          workspace.aiModels.length === 0
            ? published
            : [
                {
                  group: text.ofTheWorkspace,
                  items: workspace.aiModels.map(({ id, name }) => ({ value: `${mark}${id}`, label: say(name) })),
                },
                { group: text.published, items: published },
              ]
        }
      />
      <OwnModel own={own} change={change} row={row} />
    </>
  );
});

interface HardwareProps extends Pick<LabSetting, "chip" | "networkGigabits" | "precision" | "software" | "tokens"> {
  chips: Catalogue["chips"];
  change: ChangeSetting;
}

const HardwareFields = memo(function HardwareFields({
  chip,
  networkGigabits,
  precision,
  software,
  tokens,
  chips,
  change,
}: HardwareProps): ReactNode {
  const text = useLabWords();
  return (
    <>
      <Select
        label={text.chip}
        searchable
        allowDeselect={false}
        value={chips.find(({ id, aliases }) => id === chip || aliases.includes(chip))?.id ?? null}
        placeholder={chip}
        onChange={(id) => id && change({ chip: id })}
        data={chips.map(({ id, verified }) => ({ value: id, label: verified ? id : `${id} (${text.unverified})` }))}
      />
      <Select
        label={text.precision}
        allowDeselect={false}
        value={precision}
        onChange={(format) => format && change({ precision: format })}
        data={["bf16", "fp16", "fp8", "mxfp8", "fp4"]}
      />
      <TextInput
        label={text.software}
        description={text.softwareHint}
        value={software}
        onChange={({ target }) => change({ software: target.value })}
      />
      <UsualInput
        label={text.network}
        placeholder={text.usual}
        amount={networkGigabits}
        set={(amount) => change({ networkGigabits: amount })}
      />
      <NumberInput
        label={text.tokens}
        min={0.001}
        step={1}
        decimalScale={3}
        value={tokens / 1e12}
        onChange={(amount) => Number(amount) > 0 && change({ tokens: Number(amount) * 1e12 })}
      />
    </>
  );
});

/** A number that is usual unless given; empty for the usual. */
function UsualInput({
  label,
  placeholder,
  amount,
  set,
}: {
  label: string;
  placeholder: string;
  amount: number;
  set: (amount: number) => void;
}): ReactNode {
  return (
    <NumberInput
      size="xs"
      label={label}
      placeholder={placeholder}
      min={0}
      value={amount > 0 ? amount : ""}
      onChange={(given) => set(Number(given) > 0 ? Number(given) : 0)}
    />
  );
}

function ChipsField({ chips, change }: Pick<LabSetting, "chips"> & { change: ChangeSetting }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  return (
    <div className="lab-chips">
      <NumberInput
        label={text.chips}
        min={1}
        max={10_000_000}
        allowDecimal={false}
        thousandSeparator=","
        value={chips}
        onChange={(given) => Number(given) > 0 && change({ chips: Number(given) })}
      />
      <input
        type="range"
        aria-label={text.chipsDrag}
        aria-valuetext={words.count(chips)}
        min={0}
        max={sliderStops}
        value={stopOf(chips)}
        onChange={({ target }) => change({ chips: chipsAt(Number(target.value)) })}
      />
    </div>
  );
}

interface SitesProps extends Pick<
  LabSetting,
  "sites" | "gigabits" | "kilometres" | "localSteps" | "others" | "restart" | "chipHoursPerInterruption"
> {
  known: Catalogue["chips"];
  change: ChangeSetting;
}

const SitesField = memo(function SitesField({
  sites,
  gigabits,
  kilometres,
  localSteps,
  others,
  restart,
  chipHoursPerInterruption,
  known,
  change,
}: SitesProps): ReactNode {
  const text = useLabWords();
  const links = [
    [text.gigabits, gigabits, (given: number) => change({ gigabits: given })],
    [text.kilometres, kilometres, (given: number) => change({ kilometres: given })],
    [text.localSteps, localSteps, (given: number) => change({ localSteps: Math.round(given) })],
  ] as const;
  return (
    <fieldset>
      <legend>{text.sites}</legend>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={text.sites}
        value={String(sites)}
        onChange={(count) => change((before) => withSites(before, Number(count)))}
        data={[...new Set([1, 2, 3, sites])].map((count) => ({ value: String(count), label: text.siteCount(count) }))}
      />
      {sites > 1 && (
        <div className="lab-fields">
          {links.map(([label, amount, set]) => (
            <NumberInput
              key={label}
              size="xs"
              label={label}
              min={1}
              value={amount}
              onChange={(given) => Number(given) > 0 && set(Number(given))}
            />
          ))}
        </div>
      )}
      {sites > 1 && <OtherSites others={others} known={known} change={change} />}
      <Select
        size="xs"
        label={text.restart}
        allowDeselect={false}
        value={restart}
        onChange={(way) => way && change({ restart: way as LabSetting["restart"] })}
        data={Object.entries(text.restarts).map(([value, label]) => ({ value, label }))}
      />
      <UsualInput
        label={text.chipHoursPerInterruption}
        placeholder={text.asFleets}
        amount={chipHoursPerInterruption}
        set={(amount) => change({ chipHoursPerInterruption: amount })}
      />
    </fieldset>
  );
});

/** The dimensions of an AI model of one's own; an empty field shows what the published one has. */
function OwnModel({ own, change, row }: Pick<AiModelProps, "own" | "change"> & { row: Record<string, unknown> | undefined }): ReactNode {
  const text = useLabWords();
  return (
    <details open={Object.keys(own).length > 0 || undefined}>
      <summary>{text.ownModel}</summary>
      <p className="small soft">{text.ownModelWhy}</p>
      <div className="lab-fields">
        {ownFields.map((field) => (
          <NumberInput
            key={field}
            size="xs"
            label={text.ownFields[field]}
            min={1}
            allowDecimal={false}
            placeholder={typeof row?.[field] === "number" ? String(row[field]) : undefined}
            value={own[field] ?? ""}
            onChange={(given) => change({ own: withField(own, field, given) })}
          />
        ))}
      </div>
    </details>
  );
}

interface PlanProps extends Pick<LabSetting, "plan" | "recomputation" | "schedule"> {
  change: ChangeSetting;
}

const PlanFields = memo(function PlanFields({ plan, recomputation, schedule, change }: PlanProps): ReactNode {
  const text = useLabWords();
  const told = Object.keys(plan).length > 0 || recomputation !== "" || schedule !== "";
  const words = [
    ["recomputation", recomputation, text.recomputations],
    ["schedule", schedule, text.schedules],
  ] as const;
  return (
    <details open={told || undefined}>
      <summary>{text.plan}</summary>
      <p className="small soft">{text.planWhy}</p>
      <div className="lab-fields">
        {planFields.map((field) => (
          <NumberInput
            key={field}
            size="xs"
            label={text.planFields[field]}
            min={1}
            allowDecimal={false}
            value={plan[field] ?? ""}
            onChange={(given) => change({ plan: withField(plan, field, given) })}
          />
        ))}
        {words.map(([field, chosen, names]) => (
          <Select
            key={field}
            size="xs"
            label={text.planWords[field]}
            clearable
            value={chosen === "" ? null : chosen}
            onChange={(given) => change({ [field]: given ?? "" })}
            data={Object.entries(names).map(([value, label]) => ({ value, label }))}
          />
        ))}
      </div>
    </details>
  );
});

function withField<Fields extends Partial<Record<string, number>>>(
  fields: Fields,
  field: keyof Fields & string,
  given: number | string,
): Fields {
  const { [field]: _, ...rest } = fields;
  return (Number(given) > 0 ? { ...rest, [field]: Number(given) } : rest) as Fields;
}
