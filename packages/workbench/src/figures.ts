import { asOf } from "@watershed/domain";
import type { Workspace } from "@watershed/domain";
import type { Pool, Task } from "@watershed/engine";
import { actionsOf } from "./actions.ts";
import { withIds } from "./change-workspace.ts";
import type { ItemProblem } from "./change-workspace.ts";
import { disagreementOf } from "./disagreement.ts";
import { explainCompany } from "./explain-company.ts";
import { jointWorth } from "./joint-worth.ts";
import { priceCompany } from "./price-company.ts";
import type { WorkspaceProblem } from "./problem.ts";
import { reviewWorkspace } from "./review-workspace.ts";
import { sensitivityOf } from "./sensitivity.ts";
import { thresholdsOf } from "./thresholds.ts";

/** What can be asked of a figure; each takes what concerns it. */
export interface FigureOptions {
  asOf?: string;
  draws?: number;
  seed?: number;
  company?: string;
  theses?: boolean;
  question?: string;
  with?: string;
  thesis?: string;
  quantities?: boolean;
  questions?: string[];
}

/** One figure as plain data, with the problems that stood in its way; `missing` says why there is none where no problem does. */
export interface Figure {
  figure?: unknown;
  key?: string;
  missing?: string;
  newStreams?: string[];
  problems: ItemProblem[];
}

type RunOptions = FigureOptions & { onProgress?: (share: number) => void };
type Found = Omit<Figure, "problems"> & { problems?: WorkspaceProblem[] };

/** Everything that can be computed of a workspace, by name: the review and what lies under it. */
export const figures = {
  review: (workspace, options) => {
    const { review, newStreams, problems } = reviewWorkspace(workspace, options);
    return { figure: review, key: review?.key, newStreams, problems };
  },
  explanation: (workspace, options) => {
    const { explanation, problems } = explainCompany(workspace, options.company!, options);
    return { figure: explanation, key: explanation?.review.key, missing: "noCase", problems };
  },
  thresholds: (workspace, options) => {
    const { thresholds, problems } = thresholdsOf(workspace, options.company!, options);
    return { figure: thresholds, key: thresholds?.key, missing: "noCase", problems };
  },
  price: (workspace, options) => {
    const { price, missing, problems } = priceCompany(workspace, options.company!, options);
    return { figure: price, key: price?.key, missing, problems };
  },
  sensitivity: (workspace, options) => {
    const { sensitivity, missing, problems } = sensitivityOf(workspace, options);
    return { figure: sensitivity, key: sensitivity?.key, missing, problems };
  },
  disagreement: (workspace, options) => {
    const { disagreement, problems } = disagreementOf(workspace, options);
    return { figure: disagreement, key: disagreement?.key, missing: "noCase", problems };
  },
  actions: (workspace, options) => ({ figure: actionsOf(workspace, options) }),
  jointWorth: (workspace, options) => ({ figure: jointWorth(workspace, options.questions ?? [], options), missing: "nothingDepends" }),
} as const satisfies Record<string, (workspace: Workspace, options: RunOptions) => Found>;
export type FigureName = keyof typeof figures;

/** Computes one figure; the same bits wherever it runs. */
export function figureOf(workspace: Workspace, name: FigureName, options: RunOptions): Figure {
  const { figure, key, missing, newStreams, problems = [] }: Found = figures[name](workspace, options);
  const placed = withIds(asOf(workspace, options.asOf ?? workspace.settings.asOf), problems);
  return { problems: placed, ...(figure === undefined ? { missing } : { figure, key, newStreams }) };
}

/** A figure as work for a pool: one part, one worker. */
export const figureTask: Task<Workspace, { name: FigureName; options: FigureOptions }, Figure> = {
  name: "figure",
  prepare:
    (workspace) =>
    ({ name, options }, report) => ({ result: figureOf(workspace, name, { ...options, onProgress: paced(report) }) }),
};

/** Computes a figure on a worker of a pool, so that whoever asks stays free. */
export async function figureOnPool(
  pool: Pool,
  workspace: Workspace,
  asked: { name: FigureName; options: FigureOptions },
  { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<Figure> {
  const [figure] = await pool.run(figureTask, figureMaterial(workspace), [asked], {
    signal,
    onPartProgress: (_, share) => onProgress?.(share),
  });
  return figure;
}

/** The part of a workspace that figures are made from: no figure reads a note, or what was decided. */
export function figureMaterial(workspace: Workspace): Workspace {
  return { ...workspace, notes: [], decisions: [] };
}

/** A message per hundredth is enough. */
function paced(report: (share: number) => void): (share: number) => void {
  let told = 0;
  return (share) => {
    if (share - told < 0.01) return;
    told = share;
    report(share);
  };
}
