import type { ReactNode } from "react";
import { useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

/** Marks figures that stay those of the saved beliefs while a what-if is shown. */
export function SavedOnly(): ReactNode {
  const { text } = useWords();
  const { moves } = useWhatIf();
  return moves.length > 0 && <span className="tag">{text.whatIf.savedOnly}</span>;
}
