import { CalendarDate } from "@watershed/domain";
import type { FigureName, FigureOptions } from "@watershed/workbench";
import { z } from "zod";
import { checkDraws } from "../draw-limit.ts";
import { openEventStream } from "../event-stream.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Call, Route } from "../route.ts";
import { figureAnswers } from "../views.ts";
import { wordProblems } from "../words.ts";
import { workspaceOf } from "./workspace-of.ts";

export const leastDraws = 128;
export const RunQuery = z.strictObject({
  asOf: CalendarDate.optional(),
  draws: z.coerce.number().int().min(leastDraws).optional(),
  seed: z.coerce.number().int().nonnegative().max(0xffff_ffff).optional(),
  revision: z.coerce.number().int().positive().optional(),
});
const yes = z
  .enum(["true", "false"])
  .transform((word) => word === "true")
  .optional();
const InWorkspace = z.object({ workspace: z.string() });
const OfCompany = InWorkspace.extend({ company: z.string() });
const Ids = z.string().transform((text) => text.split(",").filter((id) => id !== ""));

type Reading = Call<{ workspace: string }, z.output<typeof RunQuery>, unknown>;

const base = "/api/workspaces/:workspace";

export const figureRoutes: Route[] = [
  route({
    method: "get",
    path: `${base}/review`,
    summary: "What to do about every company, the agenda, the triggers",
    needs: "read",
    params: InWorkspace,
    query: RunQuery.extend({ theses: yes }),
    answers: figureAnswers.review,
    handle: (call) => figureAnswer(call, "review", "review", { theses: call.query.theses }),
  }),
  route({
    method: "get",
    path: `${base}/review/progress`,
    summary: "How far the same review is, as server-sent events: progress, then done or failed",
    needs: "read",
    params: InWorkspace,
    query: RunQuery.extend({ theses: yes }),
    gives: "events",
    handle: (call) => progressOf(call, "review", { theses: call.query.theses }),
  }),
  ofCompany("explain", "explanation", "The numbers under a company's decision, down to forecasts and sources"),
  ofCompany("thresholds", "thresholds", "The smallest change of each belief that changes the decision"),
  route({
    method: "get",
    path: `${base}/companies/:company/price`,
    summary: "Where to walk away, and which belief makes the price fair",
    needs: "read",
    params: OfCompany,
    query: RunQuery.extend({ question: z.string().optional(), thesis: z.string().optional() }),
    answers: figureAnswers.price,
    handle: (call) => {
      const { question, thesis } = call.query;
      return figureAnswer(call, "price", "price", { company: call.params.company, question, thesis });
    },
  }),
  route({
    method: "get",
    path: `${base}/companies/:company/sensitivity`,
    summary: "What moves a company's decision, and what its worst scenarios share",
    needs: "read",
    params: OfCompany,
    query: RunQuery.extend({ question: z.string().optional(), with: z.string().optional(), quantities: yes }),
    answers: figureAnswers.sensitivity,
    handle: (call) => {
      const { question, with: other, quantities } = call.query;
      return figureAnswer(call, "sensitivity", "sensitivity", { company: call.params.company, question, with: other, quantities });
    },
  }),
  route({
    method: "get",
    path: `${base}/sensitivity`,
    summary: "What moves all recommended investments together",
    needs: "read",
    params: InWorkspace,
    query: RunQuery.extend({ quantities: yes }),
    answers: figureAnswers.sensitivity,
    handle: (call) => figureAnswer(call, "sensitivity", "sensitivity", { quantities: call.query.quantities }),
  }),
  route({
    method: "get",
    path: `${base}/disagreement`,
    summary: "Where partners differ, and what settling it is worth",
    needs: "read",
    params: InWorkspace,
    query: RunQuery.extend({ company: z.string().optional() }),
    answers: figureAnswers.disagreement,
    handle: (call) => figureAnswer(call, "disagreement", "disagreement", { company: call.query.company }),
  }),
  route({
    method: "get",
    path: `${base}/actions-worth`,
    summary: "Every action by what it nets, and the best two in order",
    needs: "read",
    params: InWorkspace,
    query: RunQuery,
    answers: figureAnswers.actions,
    handle: (call) => figureAnswer(call, "actions", "actions", {}),
  }),
  route({
    method: "get",
    path: `${base}/joint-worth`,
    summary: "What several answers are worth together",
    needs: "read",
    params: InWorkspace,
    query: RunQuery.extend({ questions: Ids }),
    answers: figureAnswers.jointWorth,
    handle: (call) => figureAnswer(call, "jointWorth", "jointWorth", { questions: call.query.questions }),
  }),
];

function ofCompany(path: string, name: "explanation" | "thresholds", summary: string): Route {
  return route({
    method: "get",
    path: `${base}/companies/:company/${path}`,
    summary,
    needs: "read",
    params: OfCompany,
    query: RunQuery,
    answers: figureAnswers[name] as z.ZodType,
    handle: (call) => figureAnswer(call, name, name, { company: call.params.company }),
  });
}

/** A figure under its name, with its key, the revision it belongs to and the problems on its way. */
async function figureAnswer(call: Reading, name: FigureName, field: string, given: FigureOptions): Promise<{ body: never }> {
  const { workspace, change, options } = await askedOf(call, given);
  const { figure, key, missing, newStreams, problems } = await call.house.figures.ask(
    call.caller.user.id,
    workspace,
    { name, options },
    { signal: call.request.signal },
  );
  const told = wordProblems(problems);
  if (figure === undefined) {
    const errors = told.filter(({ severity }) => severity === "error");
    throw errors.length > 0
      ? new Refusal("unsound", { count: errors.length }, { problems: told })
      : new Refusal("noAnswer", { reason: missing ?? "noCase" });
  }
  await rememberStreams(call, newStreams ?? []);
  return { body: { key: key ?? null, revision: change, [field]: figure, problems: told } as never };
}

/** Streams drawn from for the first time are kept in their order, so that later runs draw the same; a run of the past keeps nothing. */
async function rememberStreams({ house, params, query, caller }: Reading, names: string[]): Promise<void> {
  if (names.length === 0 || query.revision !== undefined) return;
  const outcome = await house.store.appendStreams(params.workspace, names, { author: caller.user.id });
  if (outcome.outcome === "saved") house.shelf.heard(params.workspace, outcome.change);
}

async function askedOf(call: Reading, given: FigureOptions) {
  const { asOf, draws, seed, revision } = call.query;
  const { workspace, change } = await workspaceOf(call, revision);
  const { companies, questions } = workspace;
  checkDraws(workspace, draws);
  if (given.company !== undefined && !companies.some(({ id }) => id === given.company)) throw new Refusal("notFound");
  if (given.questions?.some((id) => !questions.some((question) => question.id === id))) throw new Refusal("notFound");
  return { workspace, change, options: { asOf, draws, seed, ...given } };
}

/** The same run as a stream of how far it is; whoever closes the stream lets go of the run. */
async function progressOf(call: Reading, name: FigureName, given: FigureOptions): Promise<Response> {
  const { workspace, options } = await askedOf(call, given);
  const stream = openEventStream(call.request, call.house.stopping);
  const onProgress = (share: number): void => stream.send("progress", { share });
  void call.house.figures
    .ask(call.caller.user.id, workspace, { name, options }, { onProgress, signal: stream.ended })
    .then(({ key, problems }) => stream.send("done", { key: key ?? null, problems: problems.length }))
    .catch((error: unknown) => {
      if (stream.ended.aborted) return;
      if (!(error instanceof Refusal)) call.log.error({ err: error }, "a figure failed");
      stream.send("failed", error instanceof Refusal ? error.toJSON() : new Refusal("failed", { requestId: call.requestId }).toJSON());
    })
    .finally(stream.close);
  return stream.response;
}
