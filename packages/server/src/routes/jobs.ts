import { CalendarDate } from "@watershed/domain";
import { figures } from "@watershed/workbench";
import type { FigureName } from "@watershed/workbench";
import { z } from "zod";
import { checkDraws } from "../draw-limit.ts";
import { openEventStream } from "../event-stream.ts";
import type { House } from "../house.ts";
import type { Work } from "../job-desk.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { Job } from "../views.ts";
import { whoIs } from "../who.ts";
import type { Who } from "../who.ts";
import { leastDraws } from "./figures.ts";
import { workspaceOf } from "./workspace-of.ts";

const InWorkspace = z.object({ workspace: z.string() });
const OneJob = InWorkspace.extend({ job: z.string() });
const base = "/api/workspaces/:workspace/jobs";

const Options = z.strictObject({
  asOf: CalendarDate.optional(),
  draws: z.number().int().min(leastDraws).optional(),
  seed: z.number().int().nonnegative().max(0xffff_ffff).optional(),
  company: z.string().optional(),
  theses: z.boolean().optional(),
  question: z.string().optional(),
  with: z.string().optional(),
  thesis: z.string().optional(),
  quantities: z.boolean().optional(),
  questions: z.array(z.string()).max(50).optional(),
});

export const jobRoutes: Route[] = [
  route({
    method: "post",
    path: base,
    summary: "Long work that goes on by itself and survives a restart of the server",
    needs: "askJobs",
    params: InWorkspace,
    body: z.strictObject({ task: z.enum(Object.keys(figures) as [FigureName, ...FigureName[]]), options: Options.default({}) }),
    answers: Job,
    status: 202,
    handle: async (call) => {
      const { house, caller, body, params } = call;
      const { change, workspace } = await workspaceOf(call);
      const { task, options } = body;
      checkDraws(workspace, options.draws);
      if (["explanation", "thresholds", "price"].includes(task) && options.company === undefined)
        throw new Refusal("wrongCall", { problem: `options.company: ${task} is of one company` });
      if (options.company !== undefined && !workspace.companies.some(({ id }) => id === options.company)) throw new Refusal("notFound");
      const row = await house.jobs.ask({ workspace: params.workspace, change, task, options, askedBy: caller.user.id });
      return { status: 202, body: await viewOf(house, row) };
    },
  }),
  route({
    method: "get",
    path: base,
    summary: "The long work of a workspace, latest first, without results",
    needs: "read",
    params: InWorkspace,
    answers: z.object({ jobs: z.array(Job) }),
    handle: async ({ house, params }) => {
      const rows = await house.jobs.of(params.workspace);
      const who = await whoIs(
        house.identity,
        rows.map(({ askedBy }) => askedBy),
      );
      return { body: { jobs: rows.map((row) => told(house, row, who)) } };
    },
  }),
  route({
    method: "get",
    path: `${base}/:job`,
    summary: "One piece of long work, with its result once it is done",
    needs: "read",
    params: OneJob,
    answers: Job,
    handle: async ({ house, params }) => ({ body: await viewOf(house, await found(house, params)) }),
  }),
  route({
    method: "get",
    path: `${base}/:job/progress`,
    summary: "How far it is, as server-sent events: progress, then done or failed",
    needs: "read",
    params: OneJob,
    gives: "events",
    handle: async ({ house, params, request }) => {
      await found(house, params);
      const stream = openEventStream(request, house.stopping);
      void follow(house, params, stream).finally(stream.close);
      return stream.response;
    },
  }),
  route({
    method: "delete",
    path: `${base}/:job`,
    summary: "Stops a piece of long work, running or waiting",
    needs: "askJobs",
    params: OneJob,
    gives: "nothing",
    status: 204,
    handle: async ({ house, params }) => {
      if (!(await house.jobs.cancel(params.workspace, params.job))) throw new Refusal("notFound");
      return { status: 204 };
    },
  }),
];

async function found({ jobs }: House, { workspace, job }: { workspace: string; job: string }): Promise<Work> {
  const row = await jobs.find(workspace, job);
  if (!row) throw new Refusal("notFound");
  return row;
}

/** A job may run in another process: its row is looked at now and then besides what is heard here. */
async function follow(house: House, place: { workspace: string; job: string }, stream: ReturnType<typeof openEventStream>): Promise<void> {
  const unwatch = house.jobs.watch(place.job, (share) => stream.send("progress", { share }));
  stream.ended.addEventListener("abort", unwatch, { once: true });
  while (!stream.ended.aborted) {
    const { state } = await found(house, place);
    if (state === "done") stream.send("done", {});
    if (state === "failed" || state === "cancelled") stream.send("failed", { state });
    if (["done", "failed", "cancelled"].includes(state)) break;
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
  unwatch();
}

async function viewOf(house: House, row: Work): Promise<z.input<typeof Job>> {
  return told(house, row, await whoIs(house.identity, [row.askedBy]));
}

function told({ jobs }: House, row: Omit<Work, "result"> & { result?: unknown }, who: (author: string) => Who): z.input<typeof Job> {
  const { id, task, options, state, attempts, change, askedAt, endedAt, askedBy, result } = row;
  return {
    id,
    task,
    options: options as Record<string, unknown>,
    state: state as Work["state"] as "queued",
    attempts,
    revision: change,
    share: state === "done" ? 1 : jobs.shareOf(id),
    askedAt: askedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    by: who(askedBy),
    ...(state === "done" && result !== undefined ? { result } : {}),
    ...(state === "failed" ? { error: new Refusal("failed", { requestId: id }).toJSON().error } : {}),
  };
}
