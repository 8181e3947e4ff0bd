import type { Assessment } from "@watershed/domain";

/** The standing assessment of every person on every criterion of a company: the latest of each. */
export function latestAssessments(all: Assessment[], company: string): Assessment[] {
  const latest = new Map<string, Assessment>();
  for (const one of all) {
    if (one.company !== company) continue;
    const key = `${one.by} ${one.criterion}`;
    const before = latest.get(key);
    if (!before || one.on >= before.on) latest.set(key, one);
  }
  return [...latest.values()];
}
