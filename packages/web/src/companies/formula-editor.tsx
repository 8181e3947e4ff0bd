import { Button } from "@mantine/core";
import type { InvestmentCase, Workspace } from "@watershed/domain";
import type { QuantityOutcome } from "@watershed/workbench/in-page";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
import type { WordedProblem } from "../what-if/answer.ts";
import { liveDraws } from "../what-if/what-if.ts";
import { formulaAt, pathOfFormula, withCase, withFormula, withQuantity } from "./case-formulas.ts";
import { namesInFormulas } from "./formula-names.ts";
import { startEditor } from "./formula-view.ts";
import type { FormulaView } from "./formula-view.ts";
import { QuantitySpread } from "./quantity-spread.tsx";

interface FormulaEditorProps {
  formula: QuantityOutcome;
  investmentCase: InvestmentCase;
  close: () => void;
}

/** One formula being written: names complete themselves, problems stand where they are, and its distribution follows the typing. */
export function FormulaEditor({ formula, investmentCase, close }: FormulaEditorProps): ReactNode {
  const { text, language } = useWords();
  const { workspace } = useDesk();
  const [source, type] = useState(formula.source);
  const [opened] = useState(formula.source);
  const tried = useMemo(() => tryFormula(workspace, investmentCase, formula, source), [workspace, investmentCase, formula, source]);
  const { problems, outcome } = useTried(tried, investmentCase.company, formula);
  const { save, pending, error, dialog } = useSave();
  const saving = useSaving(investmentCase, formula);
  const submit = async (): Promise<void> => {
    if (source === opened || source === formula.source || (await save(saving(source)))) close();
  };
  const field = useEditor({ formula, investmentCase, problems, type, submit, close });
  return (
    <div className="formula-editor stack tight">
      <div ref={field} className="editor-field" />
      {problems.length > 0 && (
        <ul className="plain small door-problem" role="status">
          {problems.map(({ code, message }) => (
            <li key={code}>{message[language]}</li>
          ))}
        </ul>
      )}
      {outcome && <QuantitySpread of={outcome} />}
      {error && <Failed error={error} />}
      <div className="row">
        <Button
          size="compact-sm"
          loading={pending}
          onClick={() => void submit()}
          disabled={problems.some(({ severity }) => severity === "error")}
        >
          {text.state.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {text.state.cancel}
        </Button>
        <span className="small soft">{text.companies.editorHint}</span>
      </div>
      {dialog}
    </div>
  );
}

interface EditorUse extends FormulaEditorProps {
  problems: WordedProblem[];
  type: (source: string) => void;
  submit: () => Promise<void>;
}

/** The editor in its field: started once, so that nothing typed is lost when somebody else changes the workspace; names and problems follow. */
function useEditor({ formula, investmentCase, problems, type, submit, close }: EditorUse) {
  const { language } = useWords();
  const { workspace } = useDesk();
  const view = useRef<FormulaView | undefined>(undefined);
  const field = useRef<HTMLDivElement>(null);
  const names = useMemo(() => namesInFormulas(workspace, investmentCase, language), [workspace, investmentCase, language]);
  const latest = useRef({ submit, close, names, source: formula.source });
  Object.assign(latest.current, { submit, close, names });
  const { name } = formula;
  useEffect(() => {
    const made = startEditor(field.current!, {
      source: latest.current.source,
      label: name,
      names: () => latest.current.names,
      onType: (source) => {
        latest.current.source = source;
        type(source);
      },
      onEnter: () => void latest.current.submit(),
      onLeave: () => latest.current.close(),
    });
    view.current = made;
    return () => made.destroy();
  }, [name, type]);
  useEffect(() => {
    const marks = problems.map(({ within, message, severity }) => ({ ...within!, severity, message: message[language] }));
    view.current?.mark(marks);
  }, [problems, language]);
  return field;
}

interface Tried {
  workspace: Workspace;
  path: (string | number)[];
  kind: "cases" | "quantities";
  index: number;
}

/** The workspace as it would be with this text, and where in it the text would stand. */
function tryFormula(workspace: Workspace, investmentCase: InvestmentCase, formula: QuantityOutcome, source: string): Tried {
  if (!formula.own)
    return {
      workspace: withQuantity(workspace, formula.column, source),
      path: ["formula"],
      kind: "quantities",
      index: workspace.quantities.findIndex(({ id }) => id === formula.column),
    };
  const path = pathOfFormula(investmentCase, formula.name)!;
  return {
    workspace: withCase(workspace, withFormula(investmentCase, path, source)),
    path,
    kind: "cases",
    index: workspace.cases.indexOf(investmentCase),
  };
}

const pauseMilliseconds = 120;

/** What the worker says of the text as it stands: its problems, and how it comes out where it is sound. */
function useTried(
  { workspace, path, kind, index }: Tried,
  company: string,
  { column }: QuantityOutcome,
): { problems: WordedProblem[]; outcome?: QuantityOutcome } {
  const { reader } = useDesk();
  const [told, tell] = useState<{ problems: WordedProblem[]; outcome?: QuantityOutcome }>({ problems: [] });
  const place = path.join(".");
  useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const { outcomes, problems } = await reader().ask({ ask: "outcomes", company, draws: liveDraws, workspace });
      if (!current) return;
      const here = (one: WordedProblem["place"]): boolean => one.kind === kind && one.index === index && one.path.join(".") === place;
      tell({
        problems: problems.filter((one) => here(one.place) && one.within),
        outcome: outcomes?.quantities.find((one) => one.column === column),
      });
    };
    const timer = setTimeout(() => void ask(), pauseMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [reader, workspace, company, column, kind, index, place]);
  return told;
}

/** What saving the text means: the case with it, or the shared quantity. Where somebody else changed the same formula meanwhile, both are shown. */
function useSaving(investmentCase: InvestmentCase, formula: QuantityOutcome) {
  const { workspace, versionOf } = useDesk();
  const quantity = workspace.quantities.find(({ id }) => id === formula.column)!;
  const at = formula.own ? versionOf("cases", investmentCase) : versionOf("quantities", quantity);
  const standing = formula.own ? formulaAt(investmentCase, pathOfFormula(investmentCase, formula.name)!) : String(quantity.formula);
  const [opened] = useState({ standing, at });
  const over = standing === opened.standing ? at : opened.at;
  return (source: string) => {
    if (formula.own) {
      const item = withFormula(investmentCase, pathOfFormula(investmentCase, formula.name)!, source);
      return { kind: "cases" as const, item, at: over, before: investmentCase };
    }
    return { kind: "quantities" as const, item: { ...quantity, formula: source }, at: over, before: quantity };
  };
}
