import { TextInput, Textarea } from "@mantine/core";
import { lastDayOf } from "@watershed/domain";
import type { Company, Round } from "@watershed/domain";
import type { ReactNode } from "react";
import { useRemoval } from "../data/removal.tsx";
import { useDesk } from "../data/desk.tsx";
import { EvidenceField } from "../evidence/evidence-field.tsx";
import { statedMoney } from "../figures/written-money.ts";
import { FormulaField } from "../forms/formula-field.tsx";
import { ItemForm } from "../forms/item-form.tsx";
import type { FieldProblems } from "../forms/field-problems.ts";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";

const amounts = ["preMoney", "newMoney", "postMoney"] as const;
type Draft = Record<(typeof amounts)[number] | "name" | "date" | "knownFrom" | "note", string> & { sources: string[] };
const fields = ["name", "date", "knownFrom", ...amounts, "sources", "note", "id"];

interface RoundFormProps {
  company: Company;
  round?: Round;
  close: () => void;
}

/** A round as it became known: when, at what price, who says so. */
export function RoundForm({ company, round, close }: RoundFormProps): ReactNode {
  const { text, forms, say } = useFormWords();
  const form = useRoundForm({ company, round, close });
  const removal = useRemoval("rounds", round, close);
  const { draft, written, change, problem } = form;
  return (
    <ItemForm title={`${round ? forms.changeRound : forms.addRound}: ${say(company.name)}`} close={close} {...form} also={removal?.button}>
      <TextInput label={forms.roundName} placeholder={forms.roundNameExample} required data-autofocus {...written("name")} />
      <TextInput label={forms.roundDay} description={forms.dayHint} required {...written("date")} />
      <TextInput label={forms.knownFrom} description={forms.knownFromHint} {...written("knownFrom")} />
      {amounts.map((field) => (
        <FormulaField
          key={field}
          label={text.companies[field]}
          description={field === "preMoney" ? forms.moneyHint : undefined}
          value={draft[field]}
          problem={problem(field)}
          onChange={(typed) => change({ [field]: typed })}
        />
      ))}
      <Mismatch draft={draft} />
      <EvidenceField
        label={forms.saidIn}
        required
        value={draft.sources}
        problem={problem("sources")}
        onChange={(sources) => change({ sources })}
      />
      <Textarea label={text.questions.note} autosize minRows={2} {...written("note")} />
      {removal?.error}
    </ItemForm>
  );
}

/** Says so where the price before the money and the money do not come to the price after it, to one part in a hundred. */
function Mismatch({ draft }: { draft: Draft }): ReactNode {
  const { forms, money } = useFormWords();
  const [before, fresh, after] = amounts.map((field) => (draft[field].trim() ? statedMoney(draft[field]) : undefined));
  if (!before || !fresh || !after || before.currency !== fresh.currency || before.currency !== after.currency) return null;
  const sum = before.amount + fresh.amount;
  if (Math.abs(sum - after.amount) <= 0.01 * after.amount) return null;
  return (
    <p className="small" role="status">
      {forms.mismatch(money(sum, before.currency), money(after.amount, after.currency))}
    </p>
  );
}

function useRoundForm({ company, round, close }: RoundFormProps) {
  const { text, forms, language } = useFormWords();
  const { workspace } = useDesk();
  const { preMoney, newMoney, postMoney } = text.companies;
  const labels = {
    name: forms.roundName,
    date: forms.roundDay,
    knownFrom: forms.knownFrom,
    preMoney,
    newMoney,
    postMoney,
    sources: forms.saidIn,
    note: text.questions.note,
  };
  const check = ({ name, date, knownFrom, sources }: Draft): FieldProblems => ({
    ...(name.trim() === "" ? { name: forms.missing } : {}),
    ...(lastDayOf(date.trim()) === undefined ? { date: date.trim() === "" ? forms.missingDay : forms.badDay(date) } : {}),
    ...(knownFrom.trim() !== "" && lastDayOf(knownFrom.trim()) === undefined ? { knownFrom: forms.badDay(knownFrom) } : {}),
    ...(sources.length === 0 ? { sources: forms.missingSource } : {}),
  });
  const write = ({ sources, ...draft }: Draft): Round => {
    const { knownFrom: _known, preMoney: _pre, newMoney: _new, postMoney: _post, note: _note, ...rest } = round ?? ({} as Partial<Round>);
    const day = draft.date.trim();
    const filled = (["knownFrom", ...amounts] as const).flatMap((field) => {
      const typed = draft[field].trim();
      // A figure that stands as a number in a file stays one.
      return typed ? [[field, round && String(round[field]) === typed ? round[field] : typed]] : [];
    });
    const note = textTyped(round?.note, draft.note, language);
    const taken = workspace.rounds.map(({ id }) => id);
    return {
      ...rest,
      id: round?.id ?? freeId(`${company.id}_${day.replaceAll("-", "_")}`, taken),
      company: company.id,
      name: textTyped(round?.name, draft.name, language) ?? "",
      date: day,
      ...Object.fromEntries(filled),
      sources,
      ...(note ? { note } : {}),
    };
  };
  return useItemForm({
    kind: "rounds",
    item: round,
    draft: () => draftOf(round, language),
    write,
    check,
    fields,
    reads: true,
    labels,
    close,
  });
}

function draftOf(round: Round | undefined, language: "en" | "zh"): Draft {
  const shown = (amount: Round["preMoney"]): string => (amount === undefined ? "" : String(amount));
  return {
    name: textShown(round?.name, language),
    date: round?.date ?? "",
    knownFrom: round?.knownFrom ?? "",
    preMoney: shown(round?.preMoney),
    newMoney: shown(round?.newMoney),
    postMoney: shown(round?.postMoney),
    sources: round?.sources ?? [],
    note: textShown(round?.note, language),
  };
}
