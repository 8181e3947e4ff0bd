import { z } from "zod";
import { CalendarDate, Identifier, Reference, Text } from "./scalar.ts";

/** A name that formulas give in quotes: letters, digits, hyphens. */
const LabIdentifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_.-]*$/)
  .meta({ id: "LabIdentifier", description: "Lower-case letters, digits, hyphens, underscores and dots: lab-a-cluster" });

const size = (meaning: string) => z.number().int().positive().optional().describe(meaning);

/** A team's training cluster, as far as anybody knows it: what `trainingDays(lab: ...)` computes on. */
export const Lab = z.strictObject({
  id: LabIdentifier,
  name: Text,
  company: Identifier.optional().describe("whose cluster it is"),
  on: CalendarDate.optional().describe("the day from which this was known; always unless given"),
  chips: z.string().min(1).describe("accelerator by name: H800, A100-80GB, Ascend910B; `watershed lab chips` lists them"),
  count: z.number().int().positive().max(10_000_000),
  software: z
    .string()
    .min(1)
    .optional()
    .describe("training stack and date in the team's words: 2024 in-house, NeMo 24.09; the band is wider without"),
  precision: z.enum(["bf16", "fp16", "fp8", "mxfp8", "fp4"]).optional().describe("bf16 unless given"),
  networkGigabits: z
    .number()
    .positive()
    .optional()
    .describe("Gb/s per chip and direction outside the fast domain; usual for the chip unless given"),
  plan: z
    .strictObject({
      tensorParallel: size("chips that share a layer"),
      pipelineParallel: size("stages of layers"),
      expertParallel: size("chips among which experts are shared out"),
      contextParallel: size("chips that share a sequence"),
      microbatch: size("sequences that go through a stage at once"),
      schedule: z.enum(["oneForwardOneBackward", "zeroBubble", "dualPipe"]).optional(),
      recomputation: z.enum(["none", "selective", "full"]).optional(),
    })
    .optional()
    .describe("how the team splits its runs; what is missing is chosen: the fastest that fits"),
  sites: z
    .strictObject({
      count: z.number().int().min(2).max(64),
      gigabits: z.number().positive().describe("link between sites, Gb/s per site and direction"),
      kilometres: z.number().nonnegative().optional(),
      localSteps: z
        .number()
        .int()
        .positive()
        .max(100_000)
        .optional()
        .describe("steps between synchronisations of weights; every step unless given"),
    })
    .optional()
    .describe("several equal sites that train one AI model; one site unless given"),
  chipHoursPerInterruption: z.number().positive().optional().describe("the team's own record of failures; published fleets unless given"),
  restart: z.enum(["automatic", "manual"]).optional().describe("who restarts after a failure; automatic unless given"),
  measured: z
    .array(
      z.strictObject({
        aiModel: LabIdentifier.describe("what was trained in that step"),
        stepSeconds: z.number().positive(),
        globalBatch: z.number().int().positive().describe("sequences of one step"),
        count: z.number().int().positive().optional().describe("chips of that run, all of them unless given"),
      }),
    )
    .optional()
    .describe("steps the team measured: one to three narrow the band"),
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type Lab = z.infer<typeof Lab>;

/** An AI model to be trained: a published one, or one with dimensions of its own. */
export const AiModel = z.strictObject({
  id: LabIdentifier,
  name: Text,
  like: z
    .string()
    .min(1)
    .optional()
    .describe("a published AI model whose dimensions it has: DeepSeek-V3, Llama 3.1 405B; those given below stand before its own"),
  layers: size("transformer layers"),
  hidden: size("width of a token"),
  heads: size("attention heads"),
  keyValueHeads: size("heads of keys and values; as many as heads unless given"),
  headDimension: size("width of a head"),
  feedForward: size("inner width of a dense layer's feed-forward block"),
  gated: z.boolean().optional().describe("three matrices in a feed-forward block instead of two (SwiGLU)"),
  vocabulary: size("tokens of the vocabulary"),
  sequence: size("tokens of a sequence"),
  experts: z
    .strictObject({
      count: z.number().int().min(2),
      perToken: z.number().int().positive(),
      feedForward: z.number().int().positive().describe("inner width of one expert"),
      sharedFeedForward: z.number().int().nonnegative().optional().describe("inner width of the shared block"),
      layers: z.number().int().positive().optional().describe("layers that have experts, all unless given"),
    })
    .optional(),
  globalBatch: size("sequences of one step; chosen by the stack's conventions unless given"),
  illustrative: z.boolean().optional(),
  sources: z.array(Reference).optional(),
  note: Text.optional(),
});
export type AiModel = z.infer<typeof AiModel>;
