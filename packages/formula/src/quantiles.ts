import { metalogFromQuantiles } from "@watershed/probability";
import type { Distribution, MedianRange } from "@watershed/probability";
import { demandLabels, reportWrongCount } from "./arguments.ts";
import { report, written } from "./elaboration.ts";
import type { Draw, Elaboration } from "./elaboration.ts";
import { soundDistribution } from "./families.ts";
import { dateKind, describe, numberKind, probabilityKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { constantTree, constantsOnAxis, demandRising, splitNamed } from "./labelled.ts";
import { reportUnassigned, roundingTolerance } from "./mixtures.ts";
import { suggest } from "./nearest.ts";
import type { Argument, Tree, TreeOf } from "./tree.ts";

type Call = TreeOf<"call">;

interface Level {
  level: number;
  argument: Argument;
}

/** quantiles(10%: 2, 50%: 5, 90%: 20, low: 0): the metalog through constants at given probabilities, with optional bounds. */
export function readQuantiles(elaboration: Elaboration, call: Call): Draw | undefined {
  if (call.arguments.length === 0) return reportWrongCount(elaboration, call, "2+");
  if (!demandLabels(elaboration, call, true)) return undefined;
  const { named, rest } = splitNamed(call.arguments, ["low", "high"]);
  if (rest.length < 2) return reportWrongCount(elaboration, call, "2+");
  const levels = readLevels(elaboration, call, rest, ["low", "high"]);
  if (!levels) return undefined;
  levels.sort((one, other) => one.level - other.level);
  const repeated = levels.findIndex(({ level }, index) => index > 0 && level === levels[index - 1].level);
  if (repeated >= 0) return reportRepeated(elaboration, levels, repeated);
  const [low, high] = [named.get("low"), named.get("high")];
  const written = [...(low ? [low] : []), ...levels.map(({ argument }) => argument), ...(high ? [high] : [])].map(({ value }) => value);
  const axis = constantsOnAxis(elaboration, written, "quantiles");
  if (!axis || !rising(elaboration, axis.amounts, written)) return undefined;
  const amounts = low ? axis.amounts.slice(1) : axis.amounts;
  const points = levels.map(({ level }, index) => ({ probability: level, at: amounts[index] }));
  const bounds = { ...(low && { low: axis.amounts[0] }), ...(high && { high: axis.amounts.at(-1)! }) };
  return fitMetalog(elaboration, call, axis.kind, points, bounds);
}

function fitMetalog(
  elaboration: Elaboration,
  call: Call,
  kind: Kind,
  points: { probability: number; at: number }[],
  bounds: { low?: number; high?: number },
): Draw | undefined {
  const fit = metalogFromQuantiles(points, bounds);
  if ("distribution" in fit) {
    const inUnit = bounds.low !== undefined && bounds.high !== undefined;
    return soundDistribution(elaboration, call, kind.kind === "probability" && !inUnit ? numberKind : kind, fit.distribution);
  }
  const { code, params } = fit.problem;
  if (code === "metalogInfeasible") return reportInfeasible(elaboration, call, kind, params);
  const details = Object.entries(params).map(([name, amount]) => `${name} = ${amount}`);
  return report(elaboration, "distributionParameters", call, { family: "quantiles", reason: code, details });
}

/** Three symmetric points are feasible while the median lies strictly between two amounts; for others only the trouble spot is known. */
function reportInfeasible(
  elaboration: Elaboration,
  call: Call,
  kind: Kind,
  found: Partial<MedianRange> & { probability?: number },
): undefined {
  const { medianLow = "", medianHigh = "", probability = "" } = found;
  return report(elaboration, "metalogInfeasible", call, { kind: describe(kind), medianLow, medianHigh, probability });
}

function rising(elaboration: Elaboration, amounts: number[], trees: Tree[]): boolean {
  const entries = amounts.map((amount, index) => ({ amount, tree: trees[index] }));
  return demandRising(elaboration, entries, (tree) => written(elaboration, tree));
}

function readLevels(elaboration: Elaboration, call: Call, labelled: Argument[], names: string[]): Level[] | undefined {
  const levels: Level[] = [];
  for (const argument of labelled) {
    const level = readLevel(elaboration, call, argument.label!, names);
    if (level !== undefined) levels.push({ level, argument });
  }
  return levels.length === labelled.length ? levels : undefined;
}

function readLevel(elaboration: Elaboration, call: Call, label: Tree, names: string[]): number | undefined {
  if (label.type === "name") {
    const suggestions = suggest(label.name, names);
    return report(elaboration, "unknownArgument", label, { function: call.name, found: label.name, suggestions });
  }
  const level = constantTree(elaboration, label, probabilityKind, call.name);
  if (level === undefined || (level > 0 && level < 1)) return level;
  return report(elaboration, "probabilityOutsideUnit", label, { found: level, suggestion: level === 0 ? "low" : "high" });
}

function reportRepeated(elaboration: Elaboration, levels: Level[], index: number): undefined {
  const [before, entry] = [levels[index - 1], levels[index]].map(({ argument }) => argument.label!);
  return report(elaboration, "quantilesOutOfOrder", entry, { found: written(elaboration, entry), after: written(elaboration, before) });
}

/** dates(2025-12-31: 30%, ..., never: 15%): cumulative chance by date, linear between, from 0 at `today` or `from:`. */
export function readDates(elaboration: Elaboration, call: Call): Draw | undefined {
  if (!demandLabels(elaboration, call, true)) return undefined;
  const { named, rest } = splitNamed(call.arguments, ["from"]);
  const neverArgument = rest.find(({ label }) => label!.type === "never");
  const dated = rest.filter((argument) => argument !== neverArgument);
  if (dated.length === 0) return reportWrongCount(elaboration, call, "1+");
  const from = named.get("from");
  const start = from ? constantTree(elaboration, from.value, dateKind, "dates: from") : elaboration.world.today;
  const days = dated.map(({ label }) => readDateLabel(elaboration, call, label!));
  const chances = dated.map(({ value }) => constantTree(elaboration, value, probabilityKind, "dates"));
  const never = neverArgument ? constantTree(elaboration, neverArgument.value, probabilityKind, "dates: never") : 0;
  if (start === undefined || never === undefined || days.includes(undefined) || chances.includes(undefined)) return undefined;
  const points = days.map((day, index): [number, number] => [day!, chances[index]!]);
  if (!demandDatesRising(elaboration, dated, points, start)) return undefined;
  const last = points.at(-1)![1];
  if (Math.abs(1 - last - never) > roundingTolerance) return reportUnassigned(elaboration, call, last + never);
  return finishDates(elaboration, call, [[start, 0], ...points], never);
}

function readDateLabel(elaboration: Elaboration, call: Call, label: Tree): number | undefined {
  if (label.type !== "name" || elaboration.resolve(label.name).found !== "nothing")
    return constantTree(elaboration, label, dateKind, "dates");
  return report(elaboration, "unknownArgument", label, {
    function: call.name,
    found: label.name,
    suggestions: suggest(label.name, ["from", "never"]),
  });
}

/** Days must rise strictly from the start, and chances must not fall. */
function demandDatesRising(elaboration: Elaboration, dated: Argument[], points: [number, number][], start: number): boolean {
  for (const [index, [day, chance]] of points.entries()) {
    const before = index > 0 ? points[index - 1] : [start, 0];
    if (day > before[0] && chance >= before[1]) continue;
    const part = (argument: Argument) => (day > before[0] ? argument.value : argument.label!);
    const after = index > 0 ? written(elaboration, part(dated[index - 1])) : isoDate(before[0]);
    report(elaboration, "quantilesOutOfOrder", part(dated[index]), { found: written(elaboration, part(dated[index])), after });
    return false;
  }
  return true;
}

function isoDate(day: number): string {
  const date = new Date(day * 86_400_000);
  return Number.isNaN(date.getTime()) ? `${day}` : date.toISOString().slice(0, 10);
}

function finishDates(elaboration: Elaboration, call: Call, points: [number, number][], never: number): Draw | undefined {
  const last = points.at(-1)![1];
  if (last <= 0) return reportUnassigned(elaboration, call, last);
  const dated: Distribution = { kind: "piecewise", points: points.map(([day, chance]) => [day, chance === last ? 1 : chance / last]) };
  const distribution: Distribution = never > 0 ? { kind: "orNever", never, distribution: dated } : dated;
  return soundDistribution(elaboration, call, dateKind, distribution);
}
