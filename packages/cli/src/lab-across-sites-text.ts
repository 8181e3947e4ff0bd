import type { AcrossSitesForecast, AcrossSitesQuestion, SchemeAcross } from "@watershed/compute-lab";
import { wrap } from "./figures.ts";
import { bandCell, bandText, shareFigure, shortFigure, sourceLines } from "./lab-band-text.ts";
import { degreesText } from "./lab-predict-text.ts";
import { signed } from "./lab-sites-text.ts";
import { table } from "./layout.ts";
import type { Terminal } from "./terminal.ts";
import type { LabRunWording } from "./wording/lab-run-en.ts";

type Words = LabRunWording["across"];

/** Every scheme in days and loss, what each site does under the best, and what holds it back. */
export function acrossSitesText(
  question: AcrossSitesQuestion,
  { schemes, tokens, without, equalSplit }: AcrossSitesForecast,
  words: LabRunWording,
  terminal: Terminal,
): string {
  const { bold } = terminal.colours;
  const text = words.across;
  const [best] = schemes;
  const wrapped = (said: string): string[] => wrap(said, terminal.width);
  const sites = question.sites.map(({ name, cluster }) => `${name} (${cluster.chips}x${cluster.accelerator.id})`);
  return [
    ...wrapped(text.title(question.aiModel.name, sites.join(words.listSeparator), shortFigure(tokens))).map((line) => bold(line)),
    ...wrapped(words.bandNote),
    "",
    ...wrapped(text.best(nameOf(best, text), bandText(best.daysForSameLoss, finite), shareFigure(best.chanceBest, 2))).map((line) =>
      bold(line),
    ),
    "",
    table(
      text.columns,
      schemes.map((scheme) => cellsOf(scheme, words)),
      [22, 13, 13, 13, 13, 17, 9],
    ),
    ...wrapped(text.daysNote),
    "",
    ...groupsOf(schemes).flatMap((alike) => [...doesLines(alike, words, terminal), ""]),
    ...without.map(({ name, times }) => withoutText(name, times, text)).flatMap(wrapped),
    ...(equalSplit > 1.005 ? wrapped(text.equalSplit(shortFigure(equalSplit))) : []),
    "",
    bold(words.sources),
    ...sourceLines(
      schemes.flatMap(({ daysForSameLoss, goodput, computeForSameLoss }) => [daysForSameLoss, goodput, computeForSameLoss]),
      words,
      terminal,
    ),
    "",
  ].join("\n");
}

function finite(figure: number, digits: number): string {
  return Number.isFinite(figure) ? shortFigure(figure, digits) : "∞";
}

function nameOf({ scheme, sites, localSteps }: SchemeAcross, text: Words): string {
  return text.schemes[scheme](sites[0].name, localSteps);
}

function cellsOf(scheme: SchemeAcross, { across: text, sites: { none } }: LabRunWording): string[] {
  const { lossChange } = scheme;
  return [
    nameOf(scheme, text),
    bandCell(scheme.stepSeconds),
    bandCell(scheme.share, shareFigure),
    bandCell(scheme.days, finite),
    bandCell(scheme.daysForSameLoss, finite),
    lossChange.low === 0 && lossChange.high === 0 ? none : bandCell(lossChange, signed),
    shareFigure(scheme.chanceBest, 2),
  ];
}

/** Schemes that share the data out are one group: their sites do the same. */
function groupsOf(schemes: SchemeAcross[]): SchemeAcross[][] {
  const groups: SchemeAcross[][] = [];
  for (const one of schemes) {
    const alike = groups.find(([first]) => sharesData(first) && sharesData(one));
    if (alike) alike.push(one);
    else groups.push([one]);
  }
  return groups;
}

function sharesData({ scheme }: SchemeAcross): boolean {
  return scheme !== "oneSite" && scheme !== "pipeline";
}

/** Who does what under schemes that share the work alike, and what each of them waits for. */
function doesLines(alike: SchemeAcross[], words: LabRunWording, terminal: Terminal): string[] {
  const text = words.across;
  const [first] = alike;
  return [
    terminal.colours.bold(text.doesTitle(sharesData(first) ? text.bySpeed : nameOf(first, text))),
    table(
      text.doesColumns,
      first.sites.map(({ name, chips, chip, sequences, layers, seconds, plan }) => [
        name,
        `${chips}x${chip}`,
        String(sequences),
        String(layers),
        shortFigure(seconds),
        degreesText(plan),
      ]),
      [14, 20, 11, 8, 9, 38],
    ),
    ...alike.flatMap((scheme) => waitLines(scheme, text, terminal)),
  ];
}

function waitLines(scheme: SchemeAcross, text: Words, terminal: Terminal): string[] {
  const { waits, link } = scheme;
  if (!link) return [];
  const held = scheme.scheme === "pipeline" ? text.pipelineLink : text.link;
  const [onLink, filling, balancing] = [waits.link, waits.fill, waits.balance].map((share) => shareFigure(share, 2));
  return [
    ...wrap(`· ${nameOf(scheme, text)}${text.colon}${text.waits(onLink, filling, balancing)}`, terminal.width),
    ...wrap(
      `  ${held(link.between.join("–"), shortFigure(link.gigabitsPerSecond), bandText(link.gigabitsForNinetyFive, finite))}`,
      terminal.width,
    ),
  ];
}

function withoutText(name: string, times: number, text: Words): string {
  if (!Number.isFinite(times)) return text.impossible(name);
  return times < 0.995 ? text.faster(name, shortFigure(times, 2)) : text.without(name, shortFigure(times, 3));
}
