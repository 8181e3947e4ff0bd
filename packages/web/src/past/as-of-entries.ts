import { useMemo } from "react";
import { useWords } from "../language/language.tsx";
import { useAsOf } from "./as-of.tsx";
import { isDay } from "./day.ts";
import { usePast } from "./use-past.ts";

interface PaletteEntry {
  id: string;
  name: string;
  kind: string;
  also: string;
  run: () => void;
}

/** What the palette offers about past days: the one that is typed, the choice of one, and the way back to today. */
export function useAsOfEntries(typed: string): PaletteEntry[] {
  const { text, day } = useWords();
  const { choose } = useAsOf();
  const { past, read } = usePast();
  const written = typed.trim();
  return useMemo(() => {
    const entry = (id: string, name: string, also: string, run: () => void): PaletteEntry => ({
      id,
      name,
      kind: text.palette.action,
      also,
      run,
    });
    return [
      ...(isDay(written) ? [entry("do-read-day", text.past.readAsOf(day(written)), written, () => read(written))] : []),
      entry("do-as-of", text.past.choose, "as of past history 历史 过去 截至", choose),
      ...(past ? [entry("do-today", text.past.back, "today now 今天 现在", () => read(undefined))] : []),
    ];
  }, [text, day, written, past, choose, read]);
}
