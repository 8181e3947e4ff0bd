import { basename, dirname } from "node:path";
import { CalendarDate, Formula, nearestName, parseItem } from "@watershed/domain";
import { defaultLimits, statusOf } from "./list-files.ts";
import { fieldPlace, valuePlace } from "./locate.ts";
import { isSound, parseYaml } from "./parse-yaml.ts";
import { fileProblem, wholeFile } from "./problem.ts";
import type { FilePlace, FileProblem } from "./problem.ts";
import { isEmpty } from "./read-items.ts";
import type { Origin } from "./locate.ts";
import { placeOf, readSourceFile } from "./source-file.ts";
import { dataOf, follow } from "./yaml-tree.ts";
import type { Path } from "./yaml-tree.ts";
import { yamlLibrary } from "./yaml-library.ts";

/** A decision small enough for one file: questions, quantities, alternatives, and studies that could be bought. */
export interface CaseFile {
  name?: string;
  currency?: string;
  today?: string;
  questions: Record<string, Formula>;
  quantities?: Record<string, Formula>;
  alternatives: Record<string, Formula>;
  correlations?: { questions: [string, string]; rank: number }[];
  studies?: Record<string, Formula | CaseStudy>;
}

/** What a study would show: any signal, or a yes/no test of a question with its two kinds of reliability; and what it costs. */
export interface CaseStudy {
  signal?: Formula;
  question?: string;
  sensitivity?: Formula;
  specificity?: Formula;
  cost?: number;
}

export interface CaseFileReading {
  /** Undefined where the file has errors. */
  caseFile?: CaseFile;
  problems: FileProblem[];
  locate(path: Path, within?: { from: number; to: number }): FilePlace;
}

/** Reads one decision from one YAML file; all problems at once, each with its place. */
export async function readCaseFile(path: string): Promise<CaseFileReading> {
  const name = basename(path);
  const only = (problem: FileProblem): CaseFileReading => ({ problems: [problem], locate: () => wholeFile(name) });
  if ((await statusOf(path))?.isDirectory()) return only(fileProblem("unreadableFile", name, { reason: "EISDIR" }));
  const { file, problem } = await readSourceFile(dirname(path), name, defaultLimits.fileBytes);
  if (!file) return only(problem!);
  const yaml = parseYaml(file);
  const origin: Origin = { yaml, node: yaml.root };
  const locate: CaseFileReading["locate"] = (place, within) => valuePlace(origin, place, within);
  if (!isSound(yaml)) return { problems: yaml.problems, locate };
  if (!isEmpty(yaml.root) && !yamlLibrary().isMap(yaml.root))
    return { problems: [{ ...fileProblem("notAMap", name), at: locate([]) }], locate };
  const { data, problems } = dataOf(yaml, yaml.root);
  const reading: Reading = { origin, data: (data ?? {}) as Record<string, unknown>, problems: [...yaml.problems, ...problems] };
  const caseFile = checked(reading);
  const sorted = reading.problems.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...(sorted.some(({ severity }) => severity === "error") ? {} : { caseFile }), problems: sorted, locate };
}

interface Reading {
  origin: Origin;
  data: Record<string, unknown>;
  problems: FileProblem[];
}

const fields = ["name", "currency", "today", "questions", "quantities", "alternatives", "correlations", "studies"];

function checked(reading: Reading): CaseFile {
  const { data } = reading;
  for (const key of Object.keys(data)) checkField(reading, [key], key, fields);
  for (const key of ["questions", "alternatives"])
    if (!(key in data)) report(reading, "missingField", [key], { field: key, expected: "a map of formulas" });
  checkTexts(reading);
  const names = new Map<string, string>();
  for (const key of ["questions", "quantities"]) checkFormulas(reading, key, names);
  checkFormulas(reading, "alternatives", new Map());
  checkCorrelations(reading);
  checkStudies(reading);
  return data as unknown as CaseFile;
}

function checkTexts(reading: Reading): void {
  const { data } = reading;
  for (const key of ["name", "currency", "today"]) {
    if (typeof data[key] === "number") data[key] = String(textAt(reading, [key]));
    if (data[key] !== undefined && typeof data[key] !== "string")
      report(reading, "wrongType", [key], { field: key, expected: "text", found: kindOf(data[key]) });
  }
  if (typeof data.today === "string" && !CalendarDate.safeParse(data.today).success)
    report(reading, "noSuchDate", ["today"], { field: "today", found: data.today });
  if (typeof data.currency === "string" && !/^[A-Z]{3}$/.test(data.currency))
    report(reading, "badIdentifier", ["currency"], { field: "currency", found: data.currency, expected: "USD" });
}

/** A name that a formula can say; alternatives and studies, which no formula names, may be called anything. */
const formulaName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function checkFormulas(reading: Reading, key: string, names: Map<string, string>): void {
  const map = reading.data[key];
  if (map === undefined) return;
  // A list that was left empty says nothing; the two that a decision needs must say something.
  if (map === null && key === "quantities") return void delete reading.data[key];
  if (!isRecord(map)) return report(reading, "wrongType", [key], { field: key, expected: "a map of formulas", found: kindOf(map) });
  for (const [name, formula] of Object.entries(map)) {
    if (key !== "alternatives" && !formulaName.test(name))
      report(reading, "badIdentifier", [key, name], { field: `${key}.${name}`, found: name, part: "key" });
    const earlier = names.get(name);
    if (earlier) report(reading, "duplicateId", [key, name], { id: name, kind: key, earlier, part: "key" });
    names.set(name, key);
    if (!Formula.safeParse(formula).success)
      report(reading, "wrongType", [key, name], { field: `${key}.${name}`, expected: "a formula", found: kindOf(formula) });
  }
}

function checkCorrelations(reading: Reading): void {
  const { correlations } = reading.data;
  if (correlations === undefined || correlations === null) return void delete reading.data.correlations;
  if (!Array.isArray(correlations))
    return report(reading, "wrongType", ["correlations"], { field: "correlations", expected: "a list", found: kindOf(correlations) });
  const questions = isRecord(reading.data.questions) ? Object.keys(reading.data.questions) : [];
  correlations.forEach((row: unknown, index) => {
    const { item, problems } = parseItem("correlations", row);
    const sound = problems.filter((problem) => problem.code !== "badIdentifier");
    for (const problem of sound) report(reading, problem.code, ["correlations", index, ...problem.path], problem.params);
    const named = item?.questions ?? (sound.length === 0 ? ((row as { questions: unknown[] }).questions ?? []).map(String) : []);
    for (const [place, id] of named.entries()) {
      const suggestion = nearestName(id, questions);
      if (!questions.includes(id))
        report(reading, "unknownReference", ["correlations", index, "questions", place], {
          id,
          target: "question",
          ...(suggestion ? { suggestion } : {}),
        });
    }
  });
}

function checkStudies(reading: Reading): void {
  const { studies } = reading.data;
  if (studies === undefined || studies === null) return void delete reading.data.studies;
  if (!isRecord(studies)) return report(reading, "wrongType", ["studies"], { field: "studies", expected: "a map", found: kindOf(studies) });
  for (const [name, study] of Object.entries(studies)) {
    if (!isRecord(study) && !Formula.safeParse(study).success)
      report(reading, "wrongType", ["studies", name], { field: `studies.${name}`, expected: "a formula or a map", found: kindOf(study) });
    if (isRecord(study)) checkStudy(reading, name, study);
  }
}

const studyFields = ["signal", "question", "sensitivity", "specificity", "cost"];

function checkStudy(reading: Reading, name: string, study: Record<string, unknown>): void {
  for (const key of Object.keys(study)) checkField(reading, ["studies", name, key], key, studyFields);
  if (study.cost !== undefined && typeof study.cost !== "number")
    report(reading, "wrongType", ["studies", name, "cost"], {
      field: `studies.${name}.cost`,
      expected: "number",
      found: kindOf(study.cost),
    });
}

function checkField(reading: Reading, path: Path, key: string, known: string[]): void {
  if (known.includes(key)) return;
  const suggestion = nearestName(key, known);
  report(reading, "unknownField", path, { field: key, fields: known, ...(suggestion ? { suggestion } : {}) });
}

function report(reading: Reading, code: FileProblem["code"], path: Path, params: FileProblem["params"]): void {
  const { origin } = reading;
  const found = follow(origin.yaml, origin.node, path);
  const at = found.depth === 0 && path.length > 0 ? firstLineOf(origin) : fieldPlace(origin, path, { code: code as never, params });
  reading.problems.push({ code, severity: "error", at, params });
}

function firstLineOf(origin: Origin): FilePlace {
  const { source } = origin.yaml;
  const from = origin.node?.range?.[0] ?? 0;
  return placeOf(source, from, from);
}

function textAt({ origin }: Reading, path: Path): string {
  const { node } = follow(origin.yaml, origin.node, path);
  return origin.yaml.source.text.slice(node?.range?.[0], node?.range?.[1]);
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return data !== null && typeof data === "object" && !Array.isArray(data);
}

function kindOf(data: unknown): string {
  if (data === null || data === undefined) return "nothing";
  if (Array.isArray(data)) return "a list";
  return typeof data === "object" ? "a map" : String(data);
}
