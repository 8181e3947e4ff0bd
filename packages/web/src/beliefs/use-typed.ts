import { useState } from "react";

/** What stands in a field: what was typed, until what is shown there changes. */
export function useTyped(shown: string): [typed: string, type: (text: string) => void] {
  const [draft, set] = useState({ over: shown, typed: shown });
  const current = draft.over === shown ? draft : { over: shown, typed: shown };
  if (current !== draft) set(current); // forgotten at once, or it would come back with what it was typed over
  return [current.typed, (typed) => set({ over: shown, typed })];
}
