import type { QueryClient } from "@tanstack/react-query";
import {
  Outlet,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from "@tanstack/react-router";
import { DecisionsPage } from "./decisions/decisions-page.tsx";
import { NotFound } from "./shell/states.tsx";
import { FirstPage } from "./shell/first-page.tsx";
import { isPast } from "./past/day.ts";
import { WorkspaceFrame } from "./shell/workspace-frame.tsx";

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound });
const first = createRoute({ getParentRoute: () => root, path: "/", component: FirstPage });
const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$workspace",
  // a past day holds on every page, until one goes back to today
  validateSearch: ({ asOf }: Record<string, unknown>): { asOf?: string } => (isPast(asOf) ? { asOf } : {}),
  search: { middlewares: [retainSearchParams<{ asOf?: string }>(["asOf"])] },
  component: WorkspaceFrame,
});
const decisions = createRoute({ getParentRoute: () => workspace, path: "/", component: DecisionsPage });

const company = createRoute({
  getParentRoute: () => workspace,
  path: "/companies/$company",
  validateSearch: ({ part }: Record<string, unknown>): { part?: "decision" | "case" | "why" | "evidence" | "record" | "memo" } =>
    ["decision", "case", "why", "evidence", "record", "memo"].includes(String(part)) ? { part: part as "decision" } : {},
  component: lazyRouteComponent(() => import("./companies/company-page.tsx"), "CompanyPage"),
});
const questions = createRoute({
  getParentRoute: () => workspace,
  path: "/questions",
  component: lazyRouteComponent(() => import("./questions/questions-page.tsx"), "QuestionsPage"),
});
const question = createRoute({
  getParentRoute: () => workspace,
  path: "/questions/$question",
  component: lazyRouteComponent(() => import("./questions/question-page.tsx"), "QuestionPage"),
});
const agenda = createRoute({
  getParentRoute: () => workspace,
  path: "/agenda",
  component: lazyRouteComponent(() => import("./agenda/agenda-page.tsx"), "AgendaPage"),
});
const evidence = createRoute({
  getParentRoute: () => workspace,
  path: "/evidence",
  component: lazyRouteComponent(() => import("./evidence/evidence-page.tsx"), "EvidencePage"),
});
const map = createRoute({
  getParentRoute: () => workspace,
  path: "/map",
  validateSearch: ({ at }: Record<string, unknown>): { at?: string } => (typeof at === "string" ? { at } : {}),
  component: lazyRouteComponent(() => import("./map/map-page.tsx"), "MapPage"),
});
const lab = createRoute({
  getParentRoute: () => workspace,
  path: "/lab",
  validateSearch: (search: Record<string, unknown>): Record<string, string | number> => search as Record<string, string | number>,
  component: lazyRouteComponent(() => import("./lab/lab-page.tsx"), "LabPage"),
});
const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings",
  validateSearch: (search: Record<string, unknown>): { section?: string } =>
    typeof search.section === "string" ? { section: search.section } : {},
  component: lazyRouteComponent(() => import("./team/settings-page.tsx"), "SettingsPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./team/sign-in-page.tsx"), "SignInPage"),
});
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./team/join-page.tsx"), "JoinPage"),
});

const pages = [decisions, company, questions, question, agenda, evidence, map, lab, settings];
const tree = root.addChildren([first, signIn, join, workspace.addChildren(pages)]);

/** The addresses of the page; everything but the decisions is loaded when it is first asked for. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultStructuralSharing: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
