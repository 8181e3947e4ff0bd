import { z } from "zod";
import { Action } from "./action.ts";
import { Assessment, Company, Position, Round, Track } from "./company.ts";
import { Fact, Note, Person, Resolution, Source } from "./evidence.ts";
import { Decision, InvestmentCase, Quantity, Trigger } from "./investment-case.ts";
import { AiModel, Lab } from "./lab.ts";
import { Correlation, Forecast, Question, Thesis } from "./question.ts";
import { RiskSettings } from "./risk.ts";
import { CalendarDate, Identifier, Text } from "./scalar.ts";
import { Signal } from "./signal.ts";

/** What holds for the whole workspace: its name, its day, its money. */
export const Settings = z.strictObject({
  id: Identifier,
  name: Text,
  description: Text.optional(),
  asOf: CalendarDate.describe("the day of the decision; nothing known later is visible"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe("valuation currency: USD"),
  rates: z
    .record(z.string().regex(/^[A-Z]{3}$/), z.number().positive())
    .optional()
    .describe("worth of one unit of another currency in the valuation currency"),
  discountRate: z.number().min(0).max(2).describe("yearly rate on proceeds, 0.2 for 20%"),
  cashRate: z.number().min(0).max(2).optional().describe("yearly rate on money not yet spent, 0 unless given"),
  pooling: z
    .strictObject({
      events: z.enum(["geometricOdds", "linear"]).optional(),
      quantities: z.enum(["linear", "quantileAverage"]).optional(),
    })
    .optional(),
  risk: RiskSettings.optional().describe("attitude to risk; indifferent unless given"),
  seed: z.number().int().nonnegative().optional(),
});
export type Settings = z.infer<typeof Settings>;

/** Every kind of item a workspace holds: the key of its list in the files, its schema, the field that names it. */
export const itemKinds = {
  people: { one: "person", schema: Person, idField: "id" },
  sources: { one: "source", schema: Source, idField: "id" },
  facts: { one: "fact", schema: Fact, idField: "id" },
  questions: { one: "question", schema: Question, idField: "id" },
  forecasts: { one: "forecast", schema: Forecast, idField: undefined },
  correlations: { one: "correlation", schema: Correlation, idField: undefined },
  theses: { one: "thesis", schema: Thesis, idField: "id" },
  tracks: { one: "track", schema: Track, idField: "id" },
  companies: { one: "company", schema: Company, idField: "id" },
  assessments: { one: "assessment", schema: Assessment, idField: undefined },
  rounds: { one: "round", schema: Round, idField: "id" },
  positions: { one: "position", schema: Position, idField: undefined },
  labs: { one: "lab", schema: Lab, idField: "id" },
  aiModels: { one: "aiModel", schema: AiModel, idField: "id" },
  quantities: { one: "quantity", schema: Quantity, idField: "id" },
  signals: { one: "signal", schema: Signal, idField: "id" },
  triggers: { one: "trigger", schema: Trigger, idField: "id" },
  cases: { one: "case", schema: InvestmentCase, idField: "id" },
  actions: { one: "action", schema: Action, idField: "id" },
  decisions: { one: "decision", schema: Decision, idField: "id" },
  resolutions: { one: "resolution", schema: Resolution, idField: undefined },
  notes: { one: "note", schema: Note, idField: "id" },
} as const;
export type ItemKind = keyof typeof itemKinds;
export type Item<K extends ItemKind> = z.infer<(typeof itemKinds)[K]["schema"]>;

/** Everything a team holds, in the order of its files. */
export type Workspace = { settings: Settings; streams: string[] } & { [K in ItemKind]: Item<K>[] };

/** One YAML file of a workspace folder: any of the lists, and once the settings. */
export const WorkspaceFile = z.strictObject({
  workspace: Settings.optional(),
  ...(Object.fromEntries(Object.entries(itemKinds).map(([kind, { schema }]) => [kind, z.array(schema).optional()])) as {
    [K in ItemKind]: z.ZodOptional<z.ZodArray<(typeof itemKinds)[K]["schema"]>>;
  }),
});

/** A workspace without any item, to build on. */
export function emptyWorkspace(settings: Settings): Workspace {
  const lists = Object.fromEntries(Object.keys(itemKinds).map((kind) => [kind, []]));
  return { settings, streams: [], ...lists } as unknown as Workspace;
}
