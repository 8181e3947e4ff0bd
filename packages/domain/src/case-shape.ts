import type { InvestmentCase, Wait } from "./investment-case.ts";
import { nearestName } from "./parse-item.ts";
import type { DomainProblem } from "./problem.ts";
import { isShaped, signalFields } from "./signal.ts";
import type { Workspace } from "./workspace.ts";

/** What the schemas cannot say of cases and signals: which fields go together. */
export function caseShapes(workspace: Workspace): DomainProblem[] {
  return [...workspace.cases.flatMap(caseShape), ...signalShapes(workspace)];
}

/** The triggers that a wait is for, in the order they are listed. */
export function triggersOf({ trigger, triggers }: Pick<Wait, "trigger" | "triggers">): string[] {
  return triggers ?? (trigger === undefined ? [] : [trigger]);
}

/** Every wait of a case with its path: the alternatives that wait, and the right to follow on. */
export function waitsOf({ wait = [], stage }: InvestmentCase): { wait: Wait; path: (string | number)[] }[] {
  const waits = wait.map((one, place) => ({ wait: one, path: ["wait", place] }));
  return stage ? [...waits, { wait: stage.followOn, path: ["stage", "followOn"] }] : waits;
}

function caseShape(investmentCase: InvestmentCase, index: number): DomainProblem[] {
  const at = (path: (string | number)[]): DomainProblem["at"] => ({ kind: "cases", index, path });
  const missing = (path: (string | number)[], field: string): DomainProblem => ({
    code: "missingField",
    severity: "error",
    at: at(path),
    params: { field, found: "nothing", expected: "text" },
  });
  const { stage, now } = investmentCase;
  const noPrice = stage && stage.preMoney === undefined && !now ? [missing(["stage"], "preMoney")] : [];
  const waits = waitsOf(investmentCase).flatMap(({ wait, path }): DomainProblem[] => {
    const triggers = triggersOf(wait);
    if (triggers.length === 0) return [missing(path, "trigger")];
    const both = wait.trigger !== undefined && wait.triggers !== undefined;
    const again = triggers.find((trigger, place) => triggers.indexOf(trigger) < place);
    const strangers = Object.keys(wait.onTrigger ?? {}).filter((trigger) => !triggers.includes(trigger));
    return [
      ...(both ? [problem("triggerTwice", at([...path, "trigger"]), { trigger: wait.trigger! })] : []),
      ...(again === undefined ? [] : [problem("triggerTwice", at([...path, "triggers", triggers.lastIndexOf(again)]), { trigger: again })]),
      ...strangers.map((id) => {
        const suggestion = nearestName(id, triggers);
        return problem("triggerNotWaitedFor", at([...path, "onTrigger", id]), { id, triggers, ...(suggestion ? { suggestion } : {}) });
      }),
    ];
  });
  return [...noPrice, ...waits];
}

function signalShapes({ signals, questions }: Workspace): DomainProblem[] {
  return signals.flatMap((signal, index): DomainProblem[] => {
    const question = questions.find((candidate) => candidate.id === signal.question);
    if (!question) return [];
    const { wanted, misplaced } = signalFields(signal, question.kind);
    const params = { question: question.id, kind: question.kind, wanted };
    const at = (path: string[]): DomainProblem["at"] => ({ kind: "signals", index, path });
    if (!isShaped(signal)) return [problem("signalUnfit", at([]), params)];
    return misplaced.map((field) => problem("signalUnfit", at([field]), { field, ...params }));
  });
}

function problem(code: DomainProblem["code"], at: DomainProblem["at"], params: DomainProblem["params"]): DomainProblem {
  return { code, severity: "error", at, params };
}
