import { Settings, itemKinds } from "@watershed/domain";
import type { ItemKind, Workspace } from "@watershed/domain";
import type {
  ActionsReview,
  CompanyExplanation,
  CompanyPrice,
  CompanyThresholds,
  Disagreement,
  JointWorth,
  Sensitivity,
  WorkspaceReview,
} from "@watershed/workbench";
import { z } from "zod";
import { roles } from "./permissions.ts";

/** A figure of the workbench: plain data whose shape the workbench says. */
const figure = <Shape>(description: string) => z.custom<Shape>((found) => found !== undefined).meta({ description });

const Text = z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]);
const Moment = z.string().meta({ description: "ISO instant", format: "date-time" });
const Language = z.enum(["en", "zh"]);
export const Kind = z.enum(Object.keys(itemKinds) as [ItemKind, ...ItemKind[]]);
/** What versions are kept of: items, and of each workspace its settings and the order of its random streams. */
const StoredKind = z.union([Kind, z.literal("settings"), z.literal("streams")]);
export const Role = z.enum(roles);
const Who = z.object({ id: z.string(), name: z.string() }).nullable();
const Wording = z.object({ en: z.string(), zh: z.string() });
const Params = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
const Path = z.array(z.union([z.string(), z.number()]));
const Estimate = z.object({ amount: z.number(), unit: z.string(), standardError: z.number(), key: z.string() });

export const ItemProblem = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  at: z.object({
    kind: StoredKind.optional(),
    index: z.number().optional(),
    path: Path.optional(),
    id: z.string().optional(),
    file: z.string().optional(),
    line: z.number().optional(),
    column: z.number().optional(),
  }),
  within: z.object({ from: z.number(), to: z.number() }).optional(),
  params: Params,
  message: Wording,
});
export type ItemProblem = z.infer<typeof ItemProblem>;

export const Conflict = z.object({
  kind: StoredKind,
  id: z.string(),
  expectedVersion: z.number(),
  current: z.object({ version: z.number(), item: z.unknown().nullable(), at: Moment, by: Who }),
  yours: z.unknown().nullable(),
  base: z.unknown().nullable(),
});
export type Conflict = z.infer<typeof Conflict>;

export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    params: Params,
    message: Wording,
    problems: z.array(ItemProblem).optional(),
    conflict: Conflict.optional(),
  }),
});
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

export const WorkspaceCard = z.object({
  id: z.string(),
  name: Text,
  role: Role,
  person: z.string().nullable(),
  asOf: z.string(),
  currency: z.string(),
  revision: z.number(),
});
export type WorkspaceCard = z.infer<typeof WorkspaceCard>;

export const SessionView = z.discriminatedUnion("signedIn", [
  z.object({ signedIn: z.literal(false), setup: z.enum(["open", "closed"]), csrfToken: z.null() }),
  z.object({
    signedIn: z.literal(true),
    setup: z.literal("closed"),
    csrfToken: z.string(),
    user: z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), language: Language }),
    workspaces: z.array(WorkspaceCard),
  }),
]);
export type SessionView = z.infer<typeof SessionView>;

const lists = <Shape>(of: (kind: ItemKind) => Shape): Record<ItemKind, Shape> =>
  Object.fromEntries((Object.keys(itemKinds) as ItemKind[]).map((kind) => [kind, of(kind)])) as Record<ItemKind, Shape>;

const WorkspaceContent = z
  .object({ settings: Settings, streams: z.array(z.string()), ...lists((kind) => z.array(itemKinds[kind].schema as z.ZodType)) })
  .meta({ id: "Workspace", description: "Everything the workspace holds, in the order of its lists" }) as unknown as z.ZodType<Workspace>;

export const Place = z.object({ id: z.string(), version: z.number() });
export const WorkspaceView = z.object({
  id: z.string(),
  revision: z.number(),
  recordedAt: Moment,
  role: Role,
  person: z.string().nullable(),
  workspace: WorkspaceContent,
  places: z.object({ settings: Place, ...lists(() => z.array(Place)) }),
});
export type WorkspaceView = z.infer<typeof WorkspaceView>;

export const Saved = z.object({
  kind: StoredKind,
  id: z.string(),
  version: z.number(),
  revision: z.number(),
  item: z.unknown().nullable(),
  warnings: z.array(ItemProblem),
});
export type Saved = z.infer<typeof Saved>;

export const HeldItem = z.object({ id: z.string(), version: z.number(), item: z.unknown() });
export const ItemVersion = z.object({
  version: z.number(),
  revision: z.number(),
  at: Moment,
  by: Who,
  reason: z.string().optional(),
  item: z.unknown().nullable(),
});

export const Change = z.object({
  revision: z.number(),
  at: Moment,
  by: Who,
  kind: StoredKind,
  id: z.string(),
  change: z.enum(["add", "set", "remove"]),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
});
export type Change = z.infer<typeof Change>;

const Best = z.object({ alternative: z.string(), worth: Estimate, clear: z.boolean() }).nullable();
export const DecisionChange = z.object({
  company: z.string(),
  before: Best,
  after: Best,
  flipped: z.boolean(),
  because: z.array(z.object({ kind: StoredKind, id: z.string() })),
});
export type DecisionChange = z.infer<typeof DecisionChange>;

const Seen = z.object({ revision: z.number(), at: Moment });
export const SinceLastVisit = z.object({
  from: Seen.nullable(),
  to: Seen,
  changes: z.array(Change),
  decisions: z.array(DecisionChange),
});
export type SinceLastVisit = z.infer<typeof SinceLastVisit>;

export const AuditEntry = z.object({
  id: z.string(),
  revision: z.number().nullable(),
  at: Moment,
  by: Who,
  action: z.string(),
  reason: z.string().nullable(),
  items: z.array(z.object({ kind: StoredKind, id: z.string(), version: z.number(), removed: z.boolean() })),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const MemberView = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
  role: Role,
  person: z.string().nullable(),
  since: Moment,
});
export type MemberView = z.infer<typeof MemberView>;

export const InvitationView = z.object({
  id: z.string(),
  role: Role,
  person: z.string().nullable(),
  invitedBy: Who,
  expiresAt: Moment,
  usedBy: Who,
});
export type InvitationView = z.infer<typeof InvitationView>;

export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  workspace: z.string(),
  role: Role,
  expiresAt: Moment,
  usedAt: Moment.nullable(),
});
export type TokenView = z.infer<typeof TokenView>;

export const Job = z.object({
  id: z.string(),
  task: z.string(),
  options: z.record(z.string(), z.unknown()),
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  share: z.number(),
  attempts: z.number(),
  revision: z.number(),
  askedAt: Moment,
  endedAt: Moment.nullable(),
  by: Who,
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), params: Params, message: Wording }).optional(),
});
export type Job = z.infer<typeof Job>;

const heading = { key: z.string().nullable(), revision: z.number(), problems: z.array(ItemProblem) };
export const figureAnswers = {
  review: z.object({
    ...heading,
    review: figure<Omit<WorkspaceReview, "problems">>("WorkspaceReview of the workbench, without its problems"),
  }),
  explanation: z.object({ ...heading, explanation: figure<CompanyExplanation>("CompanyExplanation of the workbench") }),
  thresholds: z.object({ ...heading, thresholds: figure<CompanyThresholds>("CompanyThresholds of the workbench") }),
  price: z.object({ ...heading, price: figure<CompanyPrice>("CompanyPrice of the workbench") }),
  sensitivity: z.object({ ...heading, sensitivity: figure<Sensitivity>("Sensitivity of the workbench") }),
  disagreement: z.object({ ...heading, disagreement: figure<Disagreement>("Disagreement of the workbench") }),
  actions: z.object({ ...heading, actions: figure<ActionsReview>("ActionsReview of the workbench") }),
  jointWorth: z.object({ ...heading, jointWorth: figure<JointWorth>("JointWorth of the workbench") }),
};
