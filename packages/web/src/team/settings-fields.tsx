import { Button, Select, TextInput, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import type { DraftProblem, SettingsDraft } from "./settings-draft.ts";
import { useTeamWords } from "./team-words.ts";
import { todayHere } from "./today-here.ts";

interface SettingsFieldsProps {
  draft: SettingsDraft;
  change: (part: Partial<SettingsDraft>) => void;
  problems: DraftProblem[];
  readOnly: boolean;
}

/** The fields of the settings: what it is called, day and money, pooling and risk. */
export function SettingsFields(props: SettingsFieldsProps): ReactNode {
  return (
    <div className="fields">
      <NameFields {...props} />
      <MoneyFields {...props} />
      <PoolingFields {...props} />
    </div>
  );
}

/** What a text field needs to show and change one field of the draft. */
function useField({ draft, change, problems, readOnly }: SettingsFieldsProps) {
  const { settings: words } = useTeamWords().team;
  return (name: keyof SettingsDraft) => {
    const problem = problems.find((one) => one.field === name);
    return {
      value: draft[name],
      onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
      error: problem && (problem.code === "badRates" ? words.badRates(problem.line) : words[problem.code]),
      readOnly,
    };
  };
}

function NameFields(props: SettingsFieldsProps): ReactNode {
  const { settings: words } = useTeamWords().team;
  const field = useField(props);
  return (
    <>
      <TextInput label={words.nameEnglish} {...field("nameEnglish")} />
      <TextInput label={words.nameChinese} {...field("nameChinese")} />
      <Textarea label={words.descriptionEnglish} autosize minRows={2} maxRows={8} {...field("descriptionEnglish")} />
      <Textarea label={words.descriptionChinese} autosize minRows={2} maxRows={8} {...field("descriptionChinese")} />
    </>
  );
}

function MoneyFields(props: SettingsFieldsProps): ReactNode {
  const { settings: words } = useTeamWords().team;
  const { draft, change, readOnly } = props;
  const field = useField(props);
  const percent = { inputMode: "decimal" as const, rightSection: "%" };
  return (
    <>
      <div className="row end-row">
        <TextInput label={words.asOf} description={words.asOfHint} type="date" {...field("asOf")} />
        {!readOnly && draft.asOf !== todayHere() && (
          <Button variant="default" onClick={() => change({ asOf: todayHere() })}>
            {words.today}
          </Button>
        )}
      </div>
      <TextInput label={words.currency} maxLength={3} {...field("currency")} />
      <TextInput label={words.discountRate} description={words.discountRateHint} {...percent} {...field("discountRate")} />
      <TextInput label={words.cashRate} description={words.cashRateHint} {...percent} {...field("cashRate")} />
      <Textarea label={words.rates} description={words.ratesHint(draft.currency)} autosize minRows={3} {...field("rates")} />
      <TextInput label={words.seed} description={words.seedHint} inputMode="numeric" {...field("seed")} />
    </>
  );
}

function PoolingFields(props: SettingsFieldsProps): ReactNode {
  const { settings: words } = useTeamWords().team;
  const { draft, change, readOnly } = props;
  const field = useField(props);
  const choice = (name: keyof SettingsDraft, options: Record<string, string>) => ({
    value: draft[name],
    onChange: (chosen: string | null) => chosen && change({ [name]: chosen }),
    data: Object.entries(options).map(([value, label]) => ({ value, label })),
    allowDeselect: false,
    readOnly,
  });
  const { linear, geometricOdds, quantileAverage } = words.pool;
  return (
    <>
      <Select label={words.events} {...choice("events", { geometricOdds, linear })} />
      <Select label={words.quantities} {...choice("quantities", { linear, quantileAverage })} />
      <Select label={words.attitude} {...choice("attitude", words.attitudes)} />
      {draft.attitude === "exponential" && <TextInput label={words.tolerance} description={words.toleranceHint} {...field("tolerance")} />}
      {draft.attitude === "crra" && (
        <>
          <TextInput
            label={words.relativeAversion}
            description={words.relativeAversionHint}
            inputMode="decimal"
            {...field("relativeAversion")}
          />
          <TextInput label={words.wealth} {...field("wealth")} />
        </>
      )}
    </>
  );
}
