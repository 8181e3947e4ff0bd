import { Button, TextInput } from "@mantine/core";
import type { Company, InvestmentCase } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";

const fields = ["exitValue", "exitDate", "retention", "ticket", "preMoney"] as const;

/** The first investment case of a company: five formulas, each of which the editor takes further. */
export function CaseForm({ company }: { company: Company }): ReactNode {
  const { text } = useWords();
  const { workspace } = useDesk();
  const { save, pending, error, dialog } = useSave();
  const { currency, asOf } = workspace.settings;
  const year = Number(asOf.slice(0, 4));
  const examples = {
    exitValue: `100M ${currency} to 2bn ${currency}`,
    exitDate: `${year + 3}-06-30 to ${year + 7}-12-31`,
    retention: "65%",
    ticket: `10M ${currency}`,
    preMoney: `200M ${currency}`,
  };
  const [draft, set] = useState(examples);
  const submit = async (): Promise<void> => {
    const { ticket, preMoney, ...exit } = draft;
    const taken = new Set(workspace.cases.map(({ id }) => id));
    const id = taken.has(company.id) ? `${company.id}_case` : company.id;
    const item: InvestmentCase = { id, company: company.id, on: asOf, ...exit, now: { ticket, preMoney } };
    await save({ kind: "cases", item });
  };
  return (
    <section className="card stack" aria-labelledby="first-case-title">
      <h2 id="first-case-title">{text.companies.firstCase}</h2>
      <p className="soft">{text.companies.firstCaseWhy}</p>
      <form className="stack tight" onSubmit={(event) => (event.preventDefault(), void submit())}>
        {fields.map((field) => (
          <TextInput
            key={field}
            label={text.companies.field[field]}
            required
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--font-code)" } }}
            value={draft[field]}
            onChange={({ target }) => set({ ...draft, [field]: target.value })}
          />
        ))}
        {error && <Failed error={error} />}
        <div>
          <Button type="submit" loading={pending}>
            {text.companies.startCase}
          </Button>
        </div>
      </form>
      {dialog}
    </section>
  );
}
