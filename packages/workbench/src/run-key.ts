import type { Estimate } from "@watershed/domain";
import type { Draws } from "@watershed/engine";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { CompiledWorkspace } from "./compile-workspace.ts";
import type { Reached } from "./review.ts";

/**
 * The key of a run: a hash of every formula, pooled belief, forecast id, deadline, day of an answer, training of a lab, Sobol dimension, seed, draw count and the versions of engine and appraisal.
 *
 * Same key, same numbers, on any machine.
 */
export function runKey(compiled: CompiledWorkspace, draws: Pick<Draws, "engine" | "seed" | "shards" | "shardSize">): string {
  const content = {
    formulas: [...compiled.definitions.values()].map(({ name, source, question }) => [name, source ?? "", question ?? ""]),
    beliefs: compiled.pooled.beliefs,
    forecasts: compiled.pooled.forecastIds,
    correlations: compiled.workspace.correlations,
    settings: compiled.workspace.settings,
    cases: compiled.workspace.cases,
    // What is known when, and by when a trigger counts, stands in no formula.
    known: compiled.workspace.questions.map(({ id, resolveBy }) => [id, resolveBy]),
    deadlines: compiled.workspace.triggers.map(({ id, deadline }) => [id, deadline]),
    // left out where no formula asks for a training, so that the keys of other workspaces stay as they were
    training: compiled.training.size > 0 ? [...compiled.training].toSorted() : undefined,
    dimensions: [...compiled.dimensions],
    seed: draws.seed,
    shards: draws.shards,
    shardSize: draws.shardSize,
    engine: draws.engine,
    appraisalVersion,
  };
  return hashOf(content);
}

/** Changes whenever the way from draws to figures, here or in decision, could give other numbers. */
const appraisalVersion = "appraisal-9";

/** First 16 hexadecimal digits of the SHA-256 of a plain value. */
export function hashOf(content: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(content)))).slice(0, 16);
}

/** A limit as people are shown it: where it lies, or why nowhere. */
export function reached(
  place: { reachable: true; at: { amount: number; standardError: number } } | { reachable: false; side: string },
  unit: string,
  key: string,
): Reached {
  return place.reachable ? { reachable: true, at: estimate(place.at, unit, key) } : { reachable: false, side: place.side };
}

/** Dresses a measured figure for people: with its unit and the key of its run. */
export function estimate(measured: { amount: number; standardError: number }, unit: string, key: string): Estimate {
  return { amount: measured.amount, unit, standardError: measured.standardError, key };
}
