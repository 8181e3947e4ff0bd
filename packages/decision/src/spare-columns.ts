let spare: Float64Array[] | undefined;

/** A column of zeros: one that was given back inside `withSpareColumns`, else a new one. Float64Array // [draw]. */
export function newColumn(draws: number): Float64Array {
  const kept = spare?.at(-1);
  if (kept?.length !== draws) return new Float64Array(draws);
  spare!.pop();
  return kept.fill(0);
}

/**
 * Work that goes through many decisions one after the other: what it gives back is written again by the next decision, for a fresh
 * megabyte costs more in page faults than most passes over it. Whoever gives a column back must hold no answer that reads it.
 */
export function withSpareColumns<Answer>(work: (giveBack: (columns: Iterable<Float64Array>) => void) => Answer): Answer {
  const before = spare;
  const own: Float64Array[] = [];
  spare = own;
  try {
    return work((columns) => own.push(...new Set(columns)));
  } finally {
    spare = before;
  }
}
