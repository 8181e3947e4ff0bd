import { z } from "zod";
import { openApiOf } from "../open-api.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";

/** Whether the server lives and can work, and the description of itself, which is made from `described`. */
export function healthRoutes(described: () => Route[]): Route[] {
  let description: unknown;
  return [
    route({
      method: "get",
      path: "/api/health",
      summary: "Whether the process lives",
      needs: "anyone",
      answers: z.object({ status: z.literal("ok") }),
      handle: async () => ({ body: { status: "ok" as const } }),
    }),
    route({
      method: "get",
      path: "/api/ready",
      summary: "Whether it can do its work: the database answers and it is not being stopped",
      needs: "anyone",
      answers: z.object({ status: z.literal("ready"), database: z.string(), running: z.number(), waiting: z.number() }),
      handle: async ({ house }) => {
        if (house.isStopping()) throw new Refusal("stopping");
        await house.store.database.query("select 1").catch(() => {
          throw new Refusal("notReady");
        });
        const { running, waiting } = house.figures;
        return { body: { status: "ready" as const, database: house.store.database.kind, running, waiting } };
      },
    }),
    route({
      method: "get",
      path: "/api/openapi.json",
      summary: "This description",
      needs: "anyone",
      answers: z.record(z.string(), z.unknown()),
      handle: async () => ({ body: (description ??= openApiOf(described())) as Record<string, unknown> }),
    }),
  ];
}
