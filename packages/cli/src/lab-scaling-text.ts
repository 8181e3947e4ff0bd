import { citations, publishedMultiples } from "@watershed/compute-lab";
import type { MultimodalAccount, ScalingAnswer } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

/** The best size for the compute, by law and together, and what it may score. */
export function scalingText(answer: ScalingAnswer, date: string, words: LabRunWording, terminal: Terminal): string {
  const { bold } = terminal.colours;
  const text = words.scaling;
  const { byLaw, parameters, tokens, tokensPerParameter, wasted, score, levels } = answer;
  const laws = [
    ...byLaw.map((law) => [
      text.laws[law.name],
      shortFigure(law.parameters),
      shortFigure(law.tokens),
      shortFigure(law.tokens / law.parameters),
    ]),
    [text.all, bandText(parameters), bandText(tokens), bandText(tokensPerParameter)],
  ];
  const chances = levels.map(({ name, score: level, chance, flops }) => [
    name,
    shareFigure(level),
    chance < 0.01 ? "<1%" : chance > 0.99 ? ">99%" : `${Math.round(100 * chance)}%`,
    bandText(flops, (figure, digits) => (Number.isFinite(figure) ? figure.toExponential(digits - 1) : text.never)),
  ]);
  return [
    bold(text.title(answer.flops.toExponential(2))),
    ...wrap(words.bandNote, terminal.width),
    "",
    bold(text.optimum),
    table(text.lawColumns, laws, [24, 26, 24, 24]),
    ...(wasted ? ["", ...wrap(text.wasted(bandText(wasted, shareFigure)), terminal.width)] : []),
    "",
    bold(text.capability(date)),
    text.score(bandText(score, shareFigure)),
    table(text.levelColumns, chances, [16, 10, 10, 50]),
    ...wrap(text.capabilityNote, terminal.width),
    "",
    bold(words.sources),
    ...sourceLines([parameters, ...(wasted ? [wasted] : []), score], words, terminal),
    "",
  ].join("\n");
}

/** Tokens and compute of a mix, and what published runs took. */
export function mixText({ tokens, flops, timesText }: MultimodalAccount, words: LabRunWording, terminal: Terminal): string {
  const { bold } = terminal.colours;
  const text = words.scaling;
  const all = flops.decoder + flops.encoder;
  const total = Object.values(tokens).reduce((sum, count) => sum + count, 0);
  const kinds = (["text", "images", "video", "audio"] as const).filter((kind) => tokens[kind] > 0);
  const rows = [
    ...kinds.map((kind) => [text.kinds[kind], shortFigure(tokens[kind]), shareFigure((flops.decoder * tokens[kind]) / total / all)]),
    ...(flops.encoder > 0 ? [[text.kinds.encoder, "", shareFigure(flops.encoder / all)]] : []),
  ];
  return [
    bold(text.multimodal),
    table(text.mixColumns, rows, [20, 14, 18]),
    text.times(shortFigure(timesText)),
    "",
    bold(text.published),
    ...publishedMultiples.flatMap(({ name, times, note, source }) =>
      wrap(
        `· ${text.publishedRow(name, shortFigure(times), text.notes[note])} [${words.checked[citations[source].checked]}]`,
        terminal.width,
      ),
    ),
    "",
  ].join("\n");
}
