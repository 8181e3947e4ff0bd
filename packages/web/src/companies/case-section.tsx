import type { InvestmentCase } from "@watershed/domain";
import type { QuantityOutcome } from "@watershed/workbench/in-page";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { useDesk } from "../data/desk.tsx";
import { SourceList } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import { Empty, Illustrative, Loading, Problems } from "../shell/states.tsx";
import { CaseForm } from "./case-form.tsx";
import { pathOfFormula } from "./case-formulas.ts";
import { useCaseOutcomes } from "./case-outcomes.ts";
import { QuantitySpread } from "./quantity-spread.tsx";
import { Waits } from "./waits.tsx";

const Editor = lazy(async () => ({ default: (await import("./formula-editor.tsx")).FormulaEditor }));

/** The investment case: every formula with how it comes out, and an editor behind each. */
export function CaseSection({ company: id }: { company: string }): ReactNode {
  const { text, say } = useWords();
  const { workspace, companies, canWrite } = useDesk();
  const company = companies.get(id);
  const told = useCaseOutcomes(id);
  const investmentCase = workspace.cases.find((one) => one.company === id);
  if (!investmentCase) return canWrite && company ? <CaseForm company={company} /> : <Empty>{text.decisions.reason.noCase}</Empty>;
  if (!told) return <Loading label={text.companies.drawing} />;
  const quantities = told.outcomes?.quantities ?? [];
  return (
    <div className="stack">
      {!told.outcomes && <CaseProblems problems={told.problems} />}
      <section className="card stack tight" aria-labelledby="case-title">
        <div className="row between">
          <h2 id="case-title">{text.companies.ownFormulas}</h2>
          {investmentCase.illustrative && <Illustrative />}
        </div>
        {investmentCase.note && <p className="small soft">{say(investmentCase.note)}</p>}
        <FormulaList formulas={quantities.filter(({ own }) => own)} investmentCase={investmentCase} />
        <SourceList ids={investmentCase.sources} />
      </section>
      <Waits investmentCase={investmentCase} />
      {quantities.some(({ own }) => !own) && (
        <section className="card stack tight" aria-labelledby="shared-title">
          <h2 id="shared-title">{text.companies.sharedFormulas}</h2>
          <p className="small soft">{text.companies.sharedWhy}</p>
          <FormulaList formulas={quantities.filter(({ own }) => !own)} investmentCase={investmentCase} />
        </section>
      )}
    </div>
  );
}

function CaseProblems({ problems }: { problems: NonNullable<ReturnType<typeof useCaseOutcomes>>["problems"] }): ReactNode {
  return (
    <div className="card" role="alert">
      <Problems problems={problems.map(({ code, severity, place, message }) => ({ code, severity, at: place, params: {}, message }))} />
    </div>
  );
}

function FormulaList({ formulas, investmentCase }: { formulas: QuantityOutcome[]; investmentCase: InvestmentCase }): ReactNode {
  return (
    <ul className="plain formula-list">
      {formulas.map((formula) => (
        <FormulaRow key={formula.column} formula={formula} investmentCase={investmentCase} />
      ))}
    </ul>
  );
}

function FormulaRow({ formula, investmentCase }: { formula: QuantityOutcome; investmentCase: InvestmentCase }): ReactNode {
  const { text, say } = useWords();
  const { canWrite, workspace } = useDesk();
  const [editing, edit] = useState(false);
  const shared = formula.own ? undefined : workspace.quantities.find(({ id }) => id === formula.column);
  const editable = canWrite && (shared !== undefined || pathOfFormula(investmentCase, formula.name) !== undefined);
  return (
    <li>
      <div className="formula">
        <p className="row between">
          <b>
            <code>{formula.name}</code>
          </b>
          <span className="row">
            <span className="tag">{text.companies.kind[formula.kind as keyof typeof text.companies.kind] ?? formula.kind}</span>
            {editable && !editing && (
              <Button size="compact-xs" variant="subtle" onClick={() => edit(true)} aria-label={`${text.state.edit}: ${formula.name}`}>
                {text.state.edit}
              </Button>
            )}
          </span>
        </p>
        {editing ? (
          <Suspense fallback={<Loading rows={1} />}>
            <Editor formula={formula} investmentCase={investmentCase} close={() => edit(false)} />
          </Suspense>
        ) : (
          <code className="source">{formula.source}</code>
        )}
        {shared?.note && <p className="small soft">{say(shared.note)}</p>}
        <SourceList ids={shared?.sources} />
      </div>
      {!editing && <QuantitySpread of={formula} />}
    </li>
  );
}
