export { buildApp } from "./app.ts";
export type { AppOptions } from "./app.ts";
export { bringInFirst } from "./first-run.ts";
export { openLog } from "./log.ts";
export { prepareIdentity } from "./identity/identity.ts";
export { startServer, usualPort } from "./serve.ts";
export type { RunningServer, ServeOptions } from "./serve.ts";
export type {
  AuditEntry,
  Change,
  Conflict,
  DecisionChange,
  ErrorAnswer,
  InvitationView,
  ItemProblem,
  Job,
  MemberView,
  Saved,
  SessionView,
  SinceLastVisit,
  TokenView,
  WorkspaceCard,
  WorkspaceView,
} from "./views.ts";
