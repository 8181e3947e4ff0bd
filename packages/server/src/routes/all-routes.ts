import type { Route } from "../route.ts";
import { figureRoutes } from "./figures.ts";
import { healthRoutes } from "./health.ts";
import { itemRoutes } from "./items.ts";
import { jobRoutes } from "./jobs.ts";
import { memberRoutes } from "./members.ts";
import { pastRoutes } from "./past.ts";
import { sessionRoutes } from "./session.ts";
import { tokenRoutes } from "./tokens.ts";
import { transferRoutes } from "./transfer.ts";
import { workspaceRoutes } from "./workspaces.ts";

/** Every route of the API. What is not here is not served. */
export const allRoutes: Route[] = [
  ...healthRoutes(() => allRoutes),
  ...sessionRoutes,
  ...tokenRoutes,
  ...transferRoutes,
  ...workspaceRoutes,
  ...figureRoutes,
  ...pastRoutes,
  ...memberRoutes,
  ...jobRoutes,
  ...itemRoutes,
];
