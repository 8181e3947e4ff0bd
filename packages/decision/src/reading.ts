import { exp, log, normalCdf, normalQuantile } from "@watershed/probability";
import { binsAt, gridOfBins, type AnswerGrid, type GridLevel } from "./answer-grid.ts";
import { assert } from "./assert.ts";
import { levelOf, type Binning } from "./binning.ts";

/** What an observation of one question would show, given every answer: its errors depend on the answer and on nothing else. */
export interface Reading {
  question: string;
  grid: AnswerGrid;
  /** Number of different results, in rising order of what they say. */
  results: number;
  /** Probability of every result given an answer; rows add up to 1. */
  likelihood: Float64Array; // [cell][result]
  /** What every result says, where it speaks of a stretch of answers. */
  from?: Float64Array; // [result]
  to?: Float64Array; // [result]
}

/** An action that shows one reading per question it asks about; the readings err independently given the answers. */
export interface Inquiry {
  name: string;
  readings: Reading[];
}

/** The answer itself: every group of a discrete question, 32 stretches of a continuous one. */
export function perfectReading(question: string, binning: Binning): Reading {
  const { binOfFine, count } = binning.levels[levelOf.bins32];
  const likelihood = new Float64Array(binOfFine.length * count);
  const from = new Float64Array(count).fill(Infinity);
  const to = new Float64Array(count).fill(-Infinity);
  binOfFine.forEach((bin, fine) => {
    likelihood[fine * count + bin] = 1;
    from[bin] = Math.min(from[bin], binning.from[fine]);
    to[bin] = Math.max(to[bin], binning.to[fine]);
  });
  return { question, grid: gridOfBins(binning), results: count, likelihood, from, to };
}

/** A test of a discrete question; `probabilitiesAt` gives the chance of every result given an answer, together 1. */
export function testReading(
  question: string,
  binning: Binning,
  results: number,
  probabilitiesAt: (answer: number) => ArrayLike<number>,
): Reading {
  assert(binning.discrete, "A test by answers needs a discrete question.");
  const likelihood = new Float64Array(binning.from.length * results);
  binning.from.forEach((answer, cell) => fillRow(likelihood, cell, results, probabilitiesAt(answer)));
  return { question, grid: gridOfBins(binning), results, likelihood };
}

/** The same for a question of any kind: the chances are averaged over draws of every cell. */
export function countReading(
  question: string,
  column: Float64Array,
  grid: AnswerGrid,
  results: number,
  probabilitiesAt: (answer: number) => ArrayLike<number>,
): Reading {
  const likelihood = new Float64Array(grid.counts.length * results);
  samplePerCell(column, grid).forEach((answers, cell) => {
    if (answers.length === 0) return;
    const mean = new Float64Array(results);
    for (const answer of answers) {
      const row = probabilitiesAt(answer);
      for (let result = 0; result < results; result++) mean[result] += row[result] / answers.length;
    }
    fillRow(likelihood, cell, results, mean);
  });
  return { question, grid, results, likelihood };
}

/** How far a report may be off: the standard deviation of a normal error, in the question's unit or in its logarithm. */
export interface ReportError {
  standardDeviation: number;
  logarithmic?: boolean;
  /** Answers above this one (never included) look alike to whoever reports. */
  horizon?: number;
}

const reportResults = 128;

/**
 * A report of a number or a date with a normal error, sorted into 128 results of equal chance. The error is integrated, not
 * drawn: the likelihood of a result is the normal probability of its stretch, averaged over draws of every cell.
 */
export function reportReading(question: string, column: Float64Array, grid: AnswerGrid, error: ReportError): Reading {
  const { standardDeviation: sd, logarithmic = false, horizon = Infinity } = error;
  assert(sd > 0 && Number.isFinite(sd), "The error of a report is a positive number.");
  const scale = (answer: number) => (logarithmic ? log(Math.min(answer, horizon)) : Math.min(answer, horizon));
  const samples = samplePerCell(column, grid).map((answers) => answers.map(scale));
  for (const answers of samples)
    assert(answers.every(Number.isFinite), "A report needs finite answers, above zero where its error is relative.");
  const edges = edgesOfReports(samples, grid, sd);
  const results = edges.length + 1;
  const likelihood = new Float64Array(samples.length * results);
  samples.forEach((answers, cell) => {
    if (answers.length === 0) return;
    const row = new Float64Array(results);
    for (const answer of answers) {
      let below = 0;
      for (let result = 0; result < results; result++) {
        const upTo = result < edges.length ? normalCdf((edges[result] - answer) / sd) : 1;
        row[result] += (upTo - below) / answers.length;
        below = upTo;
      }
    }
    fillRow(likelihood, cell, results, row);
  });
  const limits = logarithmic ? edges.map((edge) => exp(edge)) : edges;
  return {
    question,
    grid,
    results,
    likelihood,
    from: Float64Array.of(-Infinity, ...limits),
    to: Float64Array.of(...limits, Infinity),
  };
}

/** Standard deviation of the best weighted average of several reports whose errors all correlate alike (generalised least squares). */
export function pooledError(standardDeviations: number[], correlation = 0): number {
  assert(standardDeviations.length > 0 && standardDeviations.every((sd) => sd > 0), "Every expert has an error above zero.");
  assert(correlation >= 0 && correlation < 1, "The correlation of errors lies from 0 to below 1.");
  // The inverse of D ((1 - r) I + r 11') D in closed form.
  const inverse = standardDeviations.map((sd) => 1 / sd);
  const squares = inverse.reduce((sum, one) => sum + one * one, 0);
  const total = inverse.reduce((sum, one) => sum + one, 0);
  const shared = correlation / (1 + (inverse.length - 1) * correlation);
  return Math.sqrt((1 - correlation) / (squares - shared * total * total));
}

/** Draws of every cell, about 16,000 in all: the first ones met, which with Sobol points lie evenly. */
function samplePerCell(column: Float64Array, { cellOfDraw, counts }: AnswerGrid): number[][] {
  const most = Math.ceil(16_384 / counts.length);
  const samples = Array.from(counts, (): number[] => []);
  for (let draw = 0; draw < column.length; draw++) {
    const sample = samples[cellOfDraw[draw]];
    if (sample.length < most) sample.push(column[draw]);
  }
  return samples;
}

/** The quantiles of the reports, from some answers of every cell under 15 evenly spread errors each. */
function edgesOfReports(samples: number[][], { counts, binning }: AnswerGrid, sd: number): Float64Array {
  const errors = Array.from({ length: 15 }, (_, place) => sd * normalQuantile((place + 0.5) / 15));
  const reports: { at: number; weight: number }[] = [];
  const most = Math.ceil(2048 / samples.length);
  samples.forEach((answers, cell) => {
    const used = answers.slice(0, most);
    const weight = counts[cell] / (used.length * errors.length * binning.draws);
    for (const answer of used) for (const error of errors) reports.push({ at: answer + error, weight });
  });
  reports.sort((one, other) => one.at - other.at);
  const edges: number[] = [];
  let below = 0;
  for (const { at, weight } of reports) {
    below += weight;
    if (edges.length < reportResults - 1 && below >= (edges.length + 1) / reportResults && at > (edges.at(-1) ?? -Infinity)) edges.push(at);
  }
  return Float64Array.from(edges);
}

function fillRow(likelihood: Float64Array, cell: number, results: number, row: ArrayLike<number>): void {
  assert(row.length === results, "A likelihood has another number of results than it says.");
  let total = 0;
  for (let result = 0; result < results; result++) {
    assert(row[result] >= 0, "A likelihood is a probability.");
    total += row[result];
  }
  assert(Math.abs(total - 1) < 1e-6, "The probabilities of the results add up to one.");
  for (let result = 0; result < results; result++) likelihood[cell * results + result] = row[result] / total;
}

/** A reading at a level of its question's grid, weighted by the draws of every cell. Float64Array // [bin][result]. */
export function likelihoodAt({ grid, likelihood, results }: Reading, level: GridLevel): Float64Array {
  if (level === "cells") return likelihood;
  const { binOfCell, counts } = binsAt(grid, level);
  const coarse = new Float64Array(counts.length * results);
  binOfCell.forEach((bin, cell) => {
    const share = counts[bin] === 0 ? 0 : grid.counts[cell] / counts[bin];
    for (let result = 0; result < results; result++) coarse[bin * results + result] += share * likelihood[cell * results + result];
  });
  return coarse;
}

/** The reading with the chances of its results the same after every answer: it tells nothing, as often as the other tells something. */
export function withoutInformation(reading: Reading): Reading {
  const { grid, results } = reading;
  const overall = new Float64Array(results);
  grid.counts.forEach((draws, cell) => {
    for (let result = 0; result < results; result++)
      overall[result] += (draws / grid.binning.draws) * reading.likelihood[cell * results + result];
  });
  const likelihood = Float64Array.from(reading.likelihood, (_, at) => overall[at % results]);
  return { ...reading, likelihood };
}

/** The reading with neighbouring results joined in pairs: what half as many results would tell. Tests of a discrete question stay. */
export function halved(reading: Reading): Reading {
  const { question, grid } = reading;
  if (grid.binning.discrete || reading.results < 4) return reading;
  const results = Math.ceil(reading.results / 2);
  const likelihood = new Float64Array(grid.counts.length * results);
  for (let cell = 0; cell < grid.counts.length; cell++)
    for (let result = 0; result < reading.results; result++)
      likelihood[cell * results + (result >> 1)] += reading.likelihood[cell * reading.results + result];
  const { from, to } = reading;
  return {
    question,
    grid,
    results,
    likelihood,
    ...(from && to
      ? {
          from: from.filter((_, result) => result % 2 === 0),
          to: Float64Array.from({ length: results }, (_, result) => to[Math.min(2 * result + 1, to.length - 1)]),
        }
      : {}),
  };
}
