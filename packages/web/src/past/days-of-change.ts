import { knownFrom, lastDayOf } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";

/** The days on which facts, rounds, forecasts, decisions and answers became known, latest first, with how many each; none after the workspace's own day. */
export function daysOfChange({ settings, facts, rounds, forecasts, decisions, resolutions }: Workspace): { on: string; count: number }[] {
  const days = [
    ...facts.map(knownFrom),
    ...rounds.map((round) => lastDayOf(round.knownFrom ?? round.date)),
    ...[...forecasts, ...decisions, ...resolutions].map(({ on }) => on),
  ];
  const counts = new Map<string, number>();
  for (const day of days) if (day !== undefined && day < settings.asOf) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts].map(([on, count]) => ({ on, count })).toSorted((one, other) => (one.on < other.on ? 1 : -1));
}
