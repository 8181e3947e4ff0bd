import type { ReactNode } from "react";
import { useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

/** Marks figures that stay those of the saved beliefs while a what-if is shown. */
export function SavedOnly(): ReactNode {
  const { text } = useWords();
  const isSupposing = useWhatIf(({ moves }) => moves.length > 0);
  return isSupposing && <span className="tag">{text.whatIf.savedOnly}</span>;
}
