import type { InvestmentCase, Text, Workspace } from "@watershed/domain";
import { columnsOf } from "./case-columns.ts";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import { forecastName } from "./definitions.ts";
import { everyPlannedWait } from "./waits.ts";

export type MapKind = "question" | "quantity" | "signal" | "trigger" | "company";

/** One thing on the map; `key` is its kind and id, which ids alone do not tell apart. */
export interface MapNode {
  key: string; // question:compute_barrier
  kind: MapKind;
  id: string;
  name: Text; // a quantity's id where nothing else is written
  answered: boolean; // a question that the world has answered
}

/** What rests on what: the formula of `to` names `from`. */
export interface MapEdge {
  from: string;
  to: string;
}

export interface DependenceMap {
  nodes: MapNode[]; // questions, quantities, signals, triggers, companies, each in the order of the workspace
  edges: MapEdge[]; // each once, by the place of `from`, then of `to`
  tied: { questions: [string, string]; rank: number }[]; // questions joined by a rank correlation, without direction
}

/**
 * What every company's investment case rests on, as a graph without its arithmetic: a question rests on those that its forecasts name, a trigger on
 * what it watches, a company on everything that the formulas of its cases name. What nothing of this touches is left out, companies included.
 */
export function dependenceMap(compiled: CompiledWorkspace): DependenceMap {
  const { workspace, program, definitions } = compiled;
  const nodes = nodesOf(workspace);
  const places = new Map(nodes.map(({ key }, place) => [key, place]));
  const ownerOf = ownersOf(workspace, definitions);
  const found = new Map<string, MapEdge>();
  const rests = (to: string | undefined, from: string | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to) found.set(`${from} ${to}`, { from, to });
  };
  for (const [name, uses] of Object.entries(program.uses ?? {})) for (const used of uses) rests(ownerOf(name), ownerOf(used));
  // A wait also rests on what will be known on its day: no formula names that.
  for (const investmentCase of workspace.cases)
    for (const name of knownThen(compiled, investmentCase)) rests(`company:${investmentCase.company}`, ownerOf(name));
  const place = (key: string): number => places.get(key)!;
  const edges = [...found.values()].sort((one, other) => place(one.from) - place(other.from) || place(one.to) - place(other.to));
  const tied = workspace.correlations.map(({ questions: [one, other], rank }): DependenceMap["tied"][number] => ({
    questions: [`question:${one}`, `question:${other}`],
    rank,
  }));
  const touched = new Set([...edges.flatMap(({ from, to }) => [from, to]), ...tied.flatMap(({ questions }) => questions)]);
  return { nodes: nodes.filter(({ key }) => touched.has(key)), edges, tied };
}

function knownThen(compiled: CompiledWorkspace, investmentCase: InvestmentCase): string[] {
  const listed = everyPlannedWait(investmentCase).flatMap((wait) => wait.triggers.flatMap(({ terms }) => terms.known ?? []));
  const read = new Set(columnsOf(compiled, investmentCase).all);
  return [...listed, ...compiled.workspace.signals.map(({ id }) => id).filter((id) => read.has(id))];
}

function nodesOf({ questions, quantities, signals, triggers, companies, resolutions }: Workspace): MapNode[] {
  const answered = new Set(resolutions.map(({ question }) => question));
  const node = (kind: MapKind, id: string, name: Text): MapNode => ({
    key: `${kind}:${id}`,
    kind,
    id,
    name,
    answered: kind === "question" && answered.has(id),
  });
  return [
    ...questions.map(({ id, text }) => node("question", id, text)),
    ...quantities.map(({ id, name }) => node("quantity", id, name ?? id.replaceAll("_", " "))),
    ...signals.map(({ id, name }) => node("signal", id, name)),
    ...triggers.map(({ id, name }) => node("trigger", id, name)),
    ...companies.map(({ id, name }) => node("company", id, name)),
  ];
}

/** Whose formula a definition is: the thing on the map that would change if it did. */
function ownersOf(
  { questions, quantities, signals, triggers, cases }: Workspace,
  definitions: CompiledWorkspace["definitions"],
): (name: string) => string | undefined {
  const own = new Map<string, string>([
    ...cases.map(({ id, company }): [string, string] => [id, `company:${company}`]),
    ...triggers.map(({ id }): [string, string] => [`trigger.${id}`, `trigger:${id}`]),
    ...signals.map(({ id }): [string, string] => [id, `signal:${id}`]),
    ...quantities.map(({ id }): [string, string] => [id, `quantity:${id}`]),
    ...questions.flatMap(({ id }): [string, string][] => [
      [id, `question:${id}`],
      [forecastName("prior", id), `question:${id}`],
    ]),
  ]);
  return (name) => {
    const opinionOn = definitions.get(name)?.opinionOn;
    return opinionOn === undefined ? (own.get(name) ?? own.get(name.split(".")[0])) : own.get(opinionOn);
  };
}
