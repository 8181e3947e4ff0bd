import type { Uncertain } from "./band.ts";
import { notNegative, positive } from "./checked.ts";
import type { CitationKey } from "./citations.ts";
import type { LabProblem } from "./problem.ts";

/** A mix of training data; text alone is the rest. */
export interface DataMix {
  activeParameters: number; // of the decoder
  textTokens: number;
  images?: { count: number; width: number; height: number; patch: number; merge: number };
  video?: { hours: number; framesPerSecond: number; tokensPerFrame: number };
  audio?: { hours: number; tokensPerSecond: number };
  encoder?: { parameters: number; trained: boolean }; // reads every patch before merging
}

/** Tokens and FLOP of a mix, and how many times those of its text alone. */
export interface MultimodalAccount {
  tokens: { text: number; images: number; video: number; audio: number };
  flops: { decoder: number; encoder: number };
  timesText: number; // FLOP over those of the text alone
  problems: LabProblem[];
}

/** Tokens an image hands to the decoder: patches, merged in squares of `merge`. */
export function imageTokens({ width, height, patch, merge }: { width: number; height: number; patch: number; merge: number }): number {
  const side = patch * merge;
  return Math.ceil(width / side) * Math.ceil(height / side);
}

/**
 * Compute of training on a mix: six FLOP per active parameter and token of any kind, and an encoder at six FLOP per parameter and patch if it is trained, two if frozen.
 * The multiple over text is arithmetic of tokens; nothing about a modality as such makes a token dearer.
 */
export function multimodalAccount(mix: DataMix): MultimodalAccount {
  const { activeParameters, textTokens, images, video, audio, encoder } = mix;
  const problems = mixProblems(mix);
  const tokens = {
    text: textTokens,
    images: images ? images.count * imageTokens(images) : 0,
    video: video ? video.hours * 3600 * video.framesPerSecond * video.tokensPerFrame : 0,
    audio: audio ? audio.hours * 3600 * audio.tokensPerSecond : 0,
  };
  const seen = tokens.images + tokens.video;
  const merged = images ? images.merge * images.merge : 1;
  const decoder = 6 * activeParameters * (tokens.text + tokens.images + tokens.video + tokens.audio);
  const flops = { decoder, encoder: encoder ? (encoder.trained ? 6 : 2) * encoder.parameters * seen * merged : 0 };
  return { tokens, flops, timesText: (flops.decoder + flops.encoder) / (6 * activeParameters * textTokens), problems };
}

function mixProblems({ activeParameters, textTokens, images, video, audio, encoder }: DataMix): LabProblem[] {
  const each = <Part extends object>(
    name: string,
    part: Part | undefined,
    check: (at: string, figure: Uncertain) => LabProblem[],
  ): LabProblem[] =>
    Object.entries(part ?? {}).flatMap(([field, figure]) => (typeof figure === "number" ? check(`${name}.${field}`, figure) : []));
  return [
    ...positive("activeParameters", activeParameters),
    ...positive("textTokens", textTokens),
    ...each("images", images, positive),
    ...each("video", video, notNegative),
    ...each("audio", audio, notNegative),
    ...each("encoder", encoder, positive),
  ];
}

/** What published multimodal training took against text alone. */
export interface PublishedMultiple {
  name: string;
  times: number; // compute or chip-hours over those of the text model
  note: "added" | "native" | "moreTokens";
  source: CitationKey;
}

export const publishedMultiples: PublishedMultiple[] = [
  { name: "Llama 3.2-Vision 11B", times: 1.17, note: "added", source: "llama32Vision" },
  { name: "Llama 3.2-Vision 90B", times: 1.25, note: "added", source: "llama32Vision" },
  { name: "Kimi K2.5", times: 1.95, note: "native", source: "kimi" },
  { name: "Chameleon-34B", times: 4_282_407 / 1_038_336, note: "moreTokens", source: "chameleon" },
];
