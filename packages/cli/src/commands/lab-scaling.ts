import { capabilityLevels, citations, multimodalAccount, publishedMultiples, scaling } from "@watershed/compute-lab";
import type { DataMix, LabProblem, ScalingQuestion } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { labProblemLines } from "../lab-band-text.ts";
import { mixText, scalingText } from "../lab-scaling-text.ts";
import type { Terminal } from "../terminal.ts";
import { labRunWording } from "../wording/lab-run.ts";
import { yearIn } from "./lab-dates.ts";
import type { LabFlags } from "./lab-flags.ts";
import { numberIn, numbersIn } from "./lab-numbers.ts";
import { infinityAsText } from "./lab-substitute.ts";

export interface ScalingFlags extends LabFlags {
  flops?: string;
  active?: string;
  tokens?: string;
  date: string;
  level?: string;
  images?: string;
  imageSize: string;
  patch: string;
  merge: string;
  videoHours?: string;
  framesPerSecond: string;
  tokensPerFrame: string;
  audioHours?: string;
  tokensPerSecond: string;
  encoder?: string;
  frozen?: boolean;
}

/** The command's own flag for a field of the question. */
const flagOf: Record<string, string> = {
  activeParameters: "active",
  textTokens: "tokens",
  released: "date",
  levels: "level",
  "images.count": "images",
  "images.width": "imageSize",
  "images.height": "imageSize",
  "images.patch": "patch",
  "images.merge": "merge",
  "video.hours": "videoHours",
  "video.framesPerSecond": "framesPerSecond",
  "video.tokensPerFrame": "tokensPerFrame",
  "audio.hours": "audioHours",
  "audio.tokensPerSecond": "tokensPerSecond",
  "encoder.parameters": "encoder",
};

/** `watershed lab scaling`: the best size for a budget, what it may score, and what a multimodal mix takes. */
export function labScalingCommand(terminal: Terminal, flags: ScalingFlags): number {
  const words = labRunWording(flags.lang);
  const mix = mixOf(flags);
  const account = mix && multimodalAccount(mix);
  const { answer, problems: found } = scaling(questionOf(flags, account ? account.flops.decoder + account.flops.encoder : undefined));
  const problems = [...(account?.problems ?? []), ...found].map((problem): LabProblem => ({
    ...problem,
    at: flagOf[problem.at] ?? problem.at,
  }));
  if (problems.length > 0) terminal.err(labProblemLines(distinct(problems), words, flags));
  if (!answer || problems.length > 0) return exitCodes.wrongCall;
  if (flags.json)
    terminal.out(`${JSON.stringify({ ...answer, mix: account, published: publishedMultiples, citations }, infinityAsText, 2)}\n`);
  else {
    terminal.out(scalingText(answer, flags.date, words, terminal));
    if (account) terminal.out(mixText(account, words, terminal));
  }
  return exitCodes.done;
}

/** One line a flag: a mix and a run ask for the same figures. */
function distinct(problems: LabProblem[]): LabProblem[] {
  return problems.filter(({ at, code }, place) => problems.findIndex((one) => one.at === at && one.code === code) === place);
}

function questionOf(flags: ScalingFlags, mixFlops: number | undefined): ScalingQuestion {
  const given = (written: string | undefined): number | undefined => (written === undefined ? undefined : numberIn(written));
  return {
    flops: given(flags.flops) ?? mixFlops,
    activeParameters: given(flags.active),
    tokens: mixFlops === undefined ? given(flags.tokens) : undefined,
    released: yearIn(flags.date),
    levels: { ...capabilityLevels, ...(flags.level === undefined ? {} : { [flags.level]: numberIn(flags.level) }) },
  };
}

function mixOf(flags: ScalingFlags): DataMix | undefined {
  const { images, videoHours, audioHours, encoder } = flags;
  if (images === undefined && videoHours === undefined && audioHours === undefined) return undefined;
  const [width, height = width] = numbersIn(flags.imageSize.replace(/[x×*]/i, ","));
  return {
    activeParameters: numberIn(flags.active ?? ""),
    textTokens: numberIn(flags.tokens ?? ""),
    ...(images === undefined
      ? {}
      : { images: { count: numberIn(images), width, height, patch: numberIn(flags.patch), merge: numberIn(flags.merge) } }),
    ...(videoHours === undefined
      ? {}
      : {
          video: {
            hours: numberIn(videoHours),
            framesPerSecond: numberIn(flags.framesPerSecond),
            tokensPerFrame: numberIn(flags.tokensPerFrame),
          },
        }),
    ...(audioHours === undefined ? {} : { audio: { hours: numberIn(audioHours), tokensPerSecond: numberIn(flags.tokensPerSecond) } }),
    ...(encoder === undefined ? {} : { encoder: { parameters: numberIn(encoder), trained: !flags.frozen } }),
  };
}
