import type { Workspace } from "@watershed/domain";
import { Refusal } from "./refusal.ts";

/** Draws that are always to be had: what a review takes unless told otherwise. */
const usual = 131_072;
const most = 4_194_304;
/** Doubles that the columns of one figure may fill: a gibibyte. */
const doubles = 2 ** 27;
const columnsPerAlternative = 8;

/** The most scenarios that a figure of a workspace may ask for, so that its columns fit into memory. */
export function mostDraws({ questions, quantities, cases }: Workspace): number {
  const alternatives = cases.reduce((sum, { wait = [] }) => sum + 1 + wait.length, 0);
  const columns = questions.length + quantities.length + columnsPerAlternative * alternatives;
  return Math.max(usual, Math.min(most, Math.floor(doubles / Math.max(1, columns))));
}

/** Refuses more scenarios than fit. */
export function checkDraws(workspace: Workspace, draws: number | undefined): void {
  const limit = mostDraws(workspace);
  if (draws !== undefined && draws > limit)
    throw new Refusal("wrongCall", { problem: `draws: at most ${limit} for a workspace of this size` });
}
