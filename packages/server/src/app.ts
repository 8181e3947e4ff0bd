import { Hono } from "hono";
import type { Context } from "hono";
import { compress } from "hono/compress";
import { z } from "zod";
import { admit, refuseForgery } from "./admit.ts";
import type { House } from "./house.ts";
import { pageFile } from "./page-files.ts";
import { RateLimits } from "./rate-limits.ts";
import type { Rate } from "./rate-limits.ts";
import { readJson } from "./read-body.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { securityHeaders } from "./security-headers.ts";

export interface AppOptions {
  /** The folder of the built page. */
  page?: string;
  rates?: { guarded: Rate; caller: Rate; stranger: Rate };
  /** Whether answers are held against their schemas; for tests. */
  checkAnswers?: boolean;
  trustProxy?: boolean;
}

/** Ways in are counted per address; other requests per person, or per address of a stranger. */
const usualRates = {
  guarded: { burst: 20, perSecond: 0.2 },
  caller: { burst: 200, perSecond: 40 },
  stranger: { burst: 200, perSecond: 20 },
};

/** What is sent smaller to readers elsewhere; not what a session's own secrets are in. */
const compressed = ["/api/workspaces/*", "/assets/*"];

const usualBodyBytes = 2 * 1_048_576;

/** What Node's server tells of a request besides itself. */
interface Bindings {
  incoming?: { socket?: { remoteAddress?: string } };
}
type Env = { Bindings: Bindings; Variables: { requestId: string; userId?: string; route?: string } };

/** The whole app: every route behind the same doors, and the page. */
export function buildApp(house: House, options: AppOptions = {}): Hono<Env> {
  const app = new Hono<Env>();
  const rates = options.rates ?? usualRates;
  const limits = { guarded: new RateLimits(rates.guarded), caller: new RateLimits(rates.caller), stranger: new RateLimits(rates.stranger) };
  const headers = securityHeaders(house.address.url.startsWith("https:"));

  app.use((context, next) => atTheDoor(house, headers, context, next));
  if (!house.address.isLoopback) for (const path of compressed) app.use(path, compress());
  app.onError((error, context) => refused(house, headers, error, context));
  for (const route of allRoutes)
    app.on(route.method.toUpperCase(), route.path, (context) => serveRoute({ house, options, limits }, route, context));
  app.all("/api/*", () => {
    throw new Refusal("notFound");
  });
  app.get("*", async (context) => {
    const file = options.page === undefined ? undefined : await pageFile(options.page, context.req.path);
    if (!file) throw new Refusal("notFound");
    return file;
  });
  return app;
}

/** What every request goes through: named, its host looked at, its answer given the headers of safety and a line in the log. */
async function atTheDoor(house: House, headers: Record<string, string>, context: Context<Env>, next: () => Promise<void>): Promise<void> {
  const started = performance.now();
  const requestId = crypto.randomUUID();
  const { method, path } = context.req;
  context.set("requestId", requestId);
  checkHost(house, context.req.raw);
  if (house.isStopping() && path !== "/api/health") throw new Refusal("stopping");
  await next();
  const { res } = context;
  for (const [name, value] of Object.entries({ ...headers, "x-request-id": requestId })) res.headers.set(name, value);
  if (path.startsWith("/api/") && !res.headers.has("cache-control")) res.headers.set("cache-control", "no-store");
  const milliseconds = Math.round((performance.now() - started) * 10) / 10;
  const route = context.get("route");
  house.log.info({ requestId, method, route, status: res.status, milliseconds, user: context.get("userId") }, "request");
}

function refused(house: House, headers: Record<string, string>, error: Error, context: Context<Env>): Response {
  const requestId = context.get("requestId") ?? "";
  const refusal = error instanceof Refusal ? error : new Refusal("failed", { requestId });
  if (refusal.code === "failed") house.log.error({ err: error, requestId }, "a request failed");
  const { seconds } = refusal.params;
  const wait: Record<string, string> = seconds === undefined ? {} : { "retry-after": String(seconds) };
  return context.json(refusal.toJSON(), refusal.status, { ...headers, ...wait, "x-request-id": requestId, "cache-control": "no-store" });
}

interface Doors {
  house: House;
  options: AppOptions;
  limits: Record<"guarded" | "caller" | "stranger", RateLimits>;
}

/** One request of a route: counted, its caller known, forgery and lack of right refused, read by the schemas, then carried out. */
async function serveRoute({ house, options, limits }: Doors, route: Route, context: Context<Env>): Promise<Response> {
  const address = addressOf(context, options.trustProxy ?? false);
  const request = context.req.raw;
  context.set("route", route.path); // as it is written: a path may have a secret in it
  if (route.guarded) take(limits.guarded, address);
  const visitor = await house.identity.accounts.callerOf(request.headers);
  context.set("userId", visitor?.user.id);
  take(visitor ? limits.caller : limits.stranger, visitor?.user.id ?? address);
  refuseForgery(house, route, request, visitor);
  const membership = admit(route, visitor, context.req.param("workspace"));
  const requestId = context.get("requestId");
  const call = {
    ...(await read(route, context)),
    visitor,
    caller: visitor,
    membership,
    house,
    request,
    address,
    requestId,
    log: house.log.child({ requestId }),
  } as unknown as Call<never, never, never>;
  const answer = await route.handle(call);
  if (answer instanceof Response) return answer;
  if (options.checkAnswers) checkAnswer(route, answer);
  return respond(context, route, answer);
}

/** A page elsewhere must not reach this server under a name of its own choosing. */
function checkHost({ address }: House, request: Request): void {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!address.hosts.has(host)) throw new Refusal("wrongHost", { host });
}

function take(limits: RateLimits, name: string): void {
  const seconds = limits.take(name);
  if (seconds !== undefined) throw new Refusal("tooMany", { seconds });
}

function addressOf(context: Context<Env>, trustProxy: boolean): string {
  const forwarded = trustProxy ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded ?? context.env?.incoming?.socket?.remoteAddress ?? "unknown";
}

async function read(route: Route, context: Context<Env>): Promise<{ params: unknown; query: unknown; body: unknown }> {
  return {
    params: parsed(route.params, context.req.param(), "path"),
    query: parsed(route.query, context.req.query(), "query"),
    body: route.body ? parsed(route.body, await readJson(context.req.raw, route.limitBytes ?? usualBodyBytes), "body") : {},
  };
}

function parsed(schema: z.ZodType | undefined, content: unknown, where: string): unknown {
  if (!schema) return {};
  const { success, data, error } = schema.safeParse(content);
  if (success) return data;
  const [{ path, message }] = error.issues;
  throw new Refusal("wrongCall", { problem: `${[where, ...path].join(".")}: ${message}` });
}

function checkAnswer({ method, path, answers }: Route, { body }: Answer<unknown>): void {
  if (!answers) return;
  const { success, error } = answers.safeParse(JSON.parse(JSON.stringify(body ?? null)));
  if (!success) throw new Error(`${method} ${path} answers otherwise than it says: ${z.prettifyError(error)}`);
}

function respond(context: Context<Env>, { status }: Route, { body, status: given, headers = {}, cookies = [] }: Answer<unknown>): Response {
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  for (const cookie of cookies) context.header("set-cookie", cookie, { append: true });
  const code = given ?? status ?? 200;
  return code === 204 ? context.body(null, 204) : context.json(body as object, code);
}
