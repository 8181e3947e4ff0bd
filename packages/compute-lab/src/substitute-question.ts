import { acceleratorOf, nearestAccelerators } from "./accelerator.ts";
import type { MatrixFormat } from "./accelerator.ts";
import type { Uncertain } from "./band.ts";
import { count, known, positive, within } from "./checked.ts";
import { fleetRates } from "./failures-published.ts";
import type { LabProblem } from "./problem.ts";
import { aiModelNamed, nearestAiModels } from "./presets.ts";
import type { AiModelKind } from "./substitute-rates.ts";

/** Chips of one kind, how many, and the number format they train in. */
export interface ChipSide {
  chip: string;
  chips: number;
  format?: MatrixFormat; // the fastest that is usual for the chip unless given: fp8, else bf16
  flopsPerSecondPerChip?: Uncertain; // the team's own figure instead of published runs
}

/** Can these chips do the work of those in the same time? */
export interface SubstituteQuestion {
  have: ChipSide;
  want: ChipSide;
  kind?: AiModelKind; // of the AI model, dense unless given
  aiModel?: string; // a published one: rates are predicted for it instead of taken from published runs of its kind
  software?: string; // stack and date of both sides, with `aiModel`
  lossPerDoubling?: Uncertain; // of utilisation per doubling of chips, 1 to 5 % unless given
  microbatches?: number; // of one step, when both train together; 1024 unless given
  layers?: number; // of the AI model, when both train together; 96 unless given
  fleet?: string; // failures of one published fleet
  chipHoursPerInterruption?: Uncertain; // the team's own record
}

const formats = ["bf16", "fp16", "fp8", "fp4"] as const;

/** The format of a side: the one given, else fp8 where the chip has it, else bf16, else fp16. */
export function formatOf({ chip, format }: ChipSide): MatrixFormat {
  const peaks = acceleratorOf(chip)?.peakFlops ?? {};
  return format ?? (["fp8", "bf16", "fp16"] as const).find((one) => peaks[one] !== undefined) ?? "bf16";
}

/** What is wrong with a question about substitution, side by side. */
export function substituteProblems(question: SubstituteQuestion): LabProblem[] {
  return [
    ...sideProblems("have", question.have),
    ...sideProblems("want", question.want),
    ...(question.aiModel === undefined || aiModelNamed(question.aiModel)
      ? []
      : [
          {
            code: "unknownName",
            severity: "error",
            at: "aiModel",
            params: { given: question.aiModel, nearest: nearestAiModels(question.aiModel).join(", ") },
          } as const,
        ]),
    ...within("lossPerDoubling", question.lossPerDoubling, 0, 0.5),
    ...count("microbatches", question.microbatches),
    ...count("layers", question.layers, 10_000),
    ...known(
      "fleet",
      question.fleet,
      fleetRates.map(({ fleet }) => fleet),
    ),
    ...positive("chipHoursPerInterruption", question.chipHoursPerInterruption),
  ];
}

function sideProblems(side: string, { chip, chips, format, flopsPerSecondPerChip }: ChipSide): LabProblem[] {
  const found = acceleratorOf(chip);
  const wrong = [...count(`${side}.chips`, chips), ...positive(`${side}.flopsPerSecondPerChip`, flopsPerSecondPerChip)];
  if (!found)
    return [
      {
        code: "unknownChip",
        severity: "error",
        at: `${side}.chip`,
        params: { given: chip, nearest: nearestAccelerators(chip).join(", ") },
      },
      ...wrong,
    ];
  const unknown = known(`${side}.format`, format, formats);
  const has = Object.keys(found.peakFlops).join(", ");
  const missing: LabProblem[] =
    format === undefined || unknown.length > 0 || found.peakFlops[format] !== undefined
      ? []
      : [{ code: "precisionNotOnChip", severity: "error", at: `${side}.format`, params: { chip: found.id, given: format, nearest: has } }];
  const unsure: LabProblem[] =
    found.confidence === "unverified" || found.confidence === "announced"
      ? [{ code: "unverifiedChip", severity: "note", at: `${side}.chip`, params: { chip: found.id, confidence: found.confidence } }]
      : [];
  return [...wrong, ...unknown, ...missing, ...unsure];
}
