import type { InvestmentCase, Wait } from "@watershed/domain";

/** The terms of waiting as they stand in the fields of a form. */
export type WaitDraft = Record<(typeof waitFormulas)[number], string> & { triggers: string[]; known: string[]; decideOnce: boolean };

export const waitFormulas = ["preMoney", "ticket", "newMoney", "access"] as const;

/** The triggers that a wait is for. */
export function awaitedBy({ trigger, triggers }: Pick<Wait, "trigger" | "triggers">): string[] {
  return triggers ?? (trigger === undefined ? [] : [trigger]);
}

/** What a form shows of one wait of a case, or of a new one. */
export function waitDraftOf(wait: Wait | undefined): WaitDraft {
  const shown = (field: (typeof waitFormulas)[number]): string => (wait?.[field] === undefined ? "" : String(wait[field]));
  return {
    triggers: wait ? awaitedBy(wait) : [],
    preMoney: shown("preMoney"),
    ticket: shown("ticket"),
    newMoney: shown("newMoney"),
    access: shown("access"),
    known: wait?.known ?? [],
    decideOnce: wait?.decideOnce ?? false,
  };
}

/** The case with one of its waits as the draft says; what the draft does not show of it stays, but for terms of triggers it no longer waits for. */
export function withWait(investmentCase: InvestmentCase, place: number, draft: WaitDraft): InvestmentCase {
  const waits = investmentCase.wait ?? [];
  const before: Partial<Wait> = waits[place] ?? {};
  const { trigger: _one, triggers: _several, known: _known, decideOnce: _once, onTrigger = {}, ...kept } = before;
  for (const field of waitFormulas) delete kept[field];
  const terms = waitFormulas.flatMap((field) => {
    const typed = draft[field].trim();
    return typed === "" ? [] : [[field, String(before[field]) === typed ? before[field] : typed]];
  });
  const own = Object.entries(onTrigger).filter(([id]) => draft.triggers.includes(id));
  const wait = {
    ...(draft.triggers.length === 1 ? { trigger: draft.triggers[0] } : { triggers: draft.triggers }),
    ...Object.fromEntries(terms),
    ...(draft.known.length > 0 ? { known: draft.known } : {}),
    ...kept,
    ...(own.length > 0 ? { onTrigger: Object.fromEntries(own) } : {}),
    ...(draft.decideOnce && draft.triggers.length > 1 ? { decideOnce: true } : {}),
  } as Wait;
  return { ...investmentCase, wait: place < waits.length ? waits.with(place, wait) : [...waits, wait] };
}

/** The case without one of its waits. */
export function withoutWait(investmentCase: InvestmentCase, place: number): InvestmentCase {
  const { wait = [], ...rest } = investmentCase;
  const left = wait.toSpliced(place, 1);
  return left.length > 0 ? { ...rest, wait: left } : rest;
}
