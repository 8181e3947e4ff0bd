import { cpus, totalmem } from "node:os";

/** The machine a figure was taken on, in one line. */
export function machine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

export function median(amounts: number[]): number {
  const sorted = amounts.toSorted((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

export function average(amounts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < amounts.length; index++) sum += amounts[index];
  return sum / amounts.length;
}
