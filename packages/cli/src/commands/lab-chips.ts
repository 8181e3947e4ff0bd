import { acceleratorOf, acceleratorSources, accelerators, nearestAccelerators } from "@watershed/compute-lab";
import type { Accelerator } from "@watershed/compute-lab";
import { exitCodes } from "../exit-codes.ts";
import { wrap } from "../figures.ts";
import { indent, table } from "../layout.ts";
import type { Terminal } from "../terminal.ts";
import { labWording } from "../wording/lab.ts";
import type { LabWording } from "../wording/lab-en.ts";
import type { LabFlags } from "./lab-flags.ts";

/** `watershed lab chips`: the catalogue of accelerators, or one of them with its sources. */
export function labChipsCommand(terminal: Terminal, name: string | undefined, flags: LabFlags): number {
  const words = labWording(flags.lang);
  const chip = name === undefined ? undefined : acceleratorOf(name);
  if (name !== undefined && !chip) {
    terminal.err(`${words.unknownChip(name, nearestAccelerators(name).join(words.separator))}\n`);
    return exitCodes.wrongCall;
  }
  const shown = chip ? [chip] : accelerators;
  if (flags.json) terminal.out(`${JSON.stringify(chip ?? shown, null, 2)}\n`);
  else terminal.out(chip ? oneChip(chip, words, terminal) : allChips(shown, words, terminal));
  return exitCodes.done;
}

function allChips(chips: Accelerator[], words: LabWording, terminal: Terminal): string {
  const rows = chips.map((chip) => [
    chip.id,
    String(chip.year),
    tera(chip.peakFlops.bf16 ?? chip.peakFlops.fp16),
    tera(chip.peakFlops.fp8),
    tera(chip.peakFlops.fp4),
    (chip.memoryBytes / 1e9).toFixed(0),
    giga(chip.memoryBytesPerSecond),
    chip.scaleUpChips === null ? "?" : String(chip.scaleUpChips),
    giga(chip.scaleUpBytesPerSecond),
    chip.powerWatts === null ? "?" : String(chip.powerWatts),
    words.confidences[chip.confidence],
  ]);
  const widths = [23, 6, 8, 8, 8, 7, 8, 8, 8, 6, 10];
  return [
    terminal.colours.bold(words.chipsTitle),
    ...wrap(words.chipsNote, terminal.width),
    "",
    table(words.chipColumns, rows, widths),
    "",
  ].join("\n");
}

function oneChip(chip: Accelerator, words: LabWording, terminal: Terminal): string {
  const { bold, dim } = terminal.colours;
  const formats = Object.entries(chip.peakFlops).map(([format, rate]) => `${format} ${tera(rate)}`);
  const measured = Object.entries(chip.measuredMatmulFlops).map(([format, rate]) => `${format} ${tera(rate)}`);
  const rows: [string, string][] = [
    [words.chip.peak, `${formats.join(words.separator)} TFLOP/s`],
    [words.chip.measured, measured.length > 0 ? `${measured.join(words.separator)} TFLOP/s` : words.notPublished],
    [words.chip.memory, `${chip.memoryBytes / 1e9} GB${words.separator}${giga(chip.memoryBytesPerSecond)} GB/s`],
    [words.chip.scaleUp, words.scaleUp(chip.scaleUpChips ?? "?", giga(chip.scaleUpBytesPerSecond))],
    [words.chip.scaleOut, chip.scaleOutBytesPerSecond === null ? words.notPublished : `${(chip.scaleOutBytesPerSecond * 8) / 1e9} Gb/s`],
    [words.chip.power, chip.powerWatts === null ? words.notPublished : words.power(chip.powerWatts, chip.serverWatts ?? "?")],
    [words.chip.confidence, words.confidences[chip.confidence]],
    ...(chip.unverified.length > 0 ? [[words.chip.unverified, chip.unverified.join(words.separator)] as [string, string]] : []),
    ...(chip.notes === "" ? [] : [[words.chip.notes, chip.notes] as [string, string]]),
    ...chip.sources.map((key): [string, string] => [words.chip.source, acceleratorSources[key].where ?? acceleratorSources[key].what]),
  ];
  const heading = [chip.id, ...chip.aliases].join(" = ");
  return [
    bold(`${heading} (${chip.vendor}, ${chip.year})`),
    ...rows.flatMap(([label, said]) => indent(label, said, 24, terminal.width, dim)),
    "",
  ].join("\n");
}

function tera(rate: number | undefined): string {
  return rate === undefined ? "–" : (rate / 1e12).toFixed(0);
}

function giga(rate: number | null): string {
  return rate === null ? "?" : String(Number((rate / 1e9).toFixed(0)));
}
