// Claim: every figure of a review is as sure as it says. Reviews a workspace under many seeds and prints, per kind of figure, how often
// the nominal 95% interval (t with seven degrees of freedom) holds what eight times as many scenarios say, taken from eight more seeds with
// their own error counted. `node bench/coverage-of-a-review.ts FOLDER 40 16384`: the workspace, the seeds and the scenarios of each.
import { join } from "node:path";
import { openWorkspace, reviewWorkspace } from "../packages/workbench/src/index.ts";
import { machine } from "./machine.ts";

const example = join(import.meta.dirname, "..", "examples", "china-ai-2024");
const [folder = example, seeds = "40", draws = "16384"] = process.argv.slice(2);
const shards = 8;
const within = 2.365; // 97.5% of t with seven degrees of freedom
const references = 8;

interface Figure {
  amount: number;
  standardError: number;
}

type Figures = Map<string, Figure>; // place in the review -> figure

const { workspace } = await openWorkspace(folder);
if (!workspace) throw new Error(`${folder} holds no workspace that can be read`);

function figuresOf(seed: number, scenarios: number): Figures {
  const figures: Figures = new Map();
  const { review } = reviewWorkspace(workspace!, { seed, draws: scenarios });
  for (const company of review!.companies) collect(company, company.caseId, figures);
  return figures;
}

/** Every estimate below a part of a review, by its place; items of a list go by what they are about. */
function collect(part: unknown, place: string, into: Figures): void {
  if (typeof part !== "object" || part === null) return;
  if (isFigure(part)) into.set(place, part);
  for (const [name, inner] of Object.entries(part))
    collect(inner, `${place}/${Array.isArray(part) ? nameOf(inner as Record<string, unknown>) : name}`, into);
}

function isFigure(part: object): part is Figure {
  return "amount" in part && "standardError" in part && "key" in part;
}

function nameOf(item: Record<string, unknown>): string {
  const { question, event, trigger, person, name } = item;
  return `*${[question, event, trigger, person, name].filter((part) => typeof part === "string").join(" ")}`;
}

/** The kind of a figure: its place without the case and the names of items. */
function kindOf(place: string): string {
  return place
    .split("/")
    .slice(1)
    .map((part) => (part.startsWith("*") ? "*" : part))
    .join(" ");
}

const spread = (figures: Figure[]): { mean: number; error: number } => {
  const mean = figures.reduce((sum, { amount }) => sum + amount, 0) / figures.length;
  const squares = figures.reduce((sum, { amount }) => sum + (amount - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (figures.length - 1) / figures.length) };
};

const more = Array.from({ length: references }, (_, seed) => figuresOf(90_000 + seed, shards * Number(draws)));
const truths = new Map(
  [...more[0].keys()].flatMap((place) => {
    const found = more.flatMap((figures) => figures.get(place) ?? []);
    return found.length === references ? [[place, spread(found)] as const] : [];
  }),
);
const kinds = new Map<string, { held: number; asked: number }>();
for (let seed = 1; seed <= Number(seeds); seed++)
  for (const [place, { amount, standardError }] of figuresOf(seed, Number(draws))) {
    const truth = truths.get(place);
    if (!truth || (standardError === 0 && amount === truth.mean)) continue;
    const kind = kinds.get(kindOf(place)) ?? { held: 0, asked: 0 };
    kind.asked++;
    const apart = Math.abs(amount - truth.mean);
    if (apart <= within * Math.hypot(standardError, truth.error) + 1e-12 * Math.abs(truth.mean)) kind.held++;
    kinds.set(kindOf(place), kind);
  }
const rows = [...kinds]
  .map(([kind, { held, asked }]) => ({ kind, asked, share: held / asked }))
  .sort((one, other) => one.share - other.share);
for (const { kind, asked, share } of rows) console.log(`${(100 * share).toFixed(1).padStart(5)}% of ${String(asked).padStart(6)}  ${kind}`);
const asked = rows.reduce((sum, row) => sum + row.asked, 0);
const held = rows.reduce((sum, row) => sum + row.asked * row.share, 0);
console.log(
  `95% intervals of a review with ${draws} scenarios hold in ${((100 * held) / asked).toFixed(1)}% of ${asked} figures (${machine()})`,
);
