import type { Logger } from "pino";
import type { z } from "zod";
import type { House } from "./house.ts";
import type { Caller, Membership } from "./identity/caller.ts";
import type { Need } from "./permissions.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** One request, read and allowed: what a route's `handle` gets. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Whoever is signed in; routes that need nobody look at `visitor`. */
  caller: Caller;
  visitor: Caller | undefined;
  /** The caller's part in the workspace of the path. */
  membership: Membership;
  house: House;
  request: Request;
  address: string; // where the request came from
  requestId: string;
  log: Logger;
}

/** What a route gives back besides a stream or a file. */
export interface Answer<Body> {
  body?: Body;
  status?: 200 | 201 | 202 | 204;
  headers?: Record<string, string>;
  cookies?: string[];
}

/** A route as data: what it is called, what it takes and gives, who may, and what it does. OpenAPI, permissions and the app are all made from it. */
export interface Route {
  method: Method;
  path: string; // "/api/workspaces/:workspace"
  summary: string;
  needs: Need;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Bytes instead of JSON: the route reads the request itself, up to `limitBytes`. */
  takes?: "json" | "bytes";
  limitBytes?: number;
  answers?: z.ZodType; // of a JSON answer
  gives?: "json" | "events" | "zip" | "nothing";
  status?: 200 | 201 | 202 | 204;
  /** A way in: counted strictly against guessing. */
  guarded?: boolean;
  handle: (call: Call<never, never, never>) => Promise<Answer<unknown> | Response>;
}

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;

type Definition<Params, Query, Body, Answers> = Omit<Route, "handle" | "params" | "query" | "body" | "answers"> & {
  params?: Params;
  query?: Query;
  body?: Body;
  answers?: Answers;
  handle: (
    call: Call<Read<Params>, Read<Query>, Read<Body>>,
  ) => Promise<Answer<Answers extends z.ZodType ? z.input<Answers> : undefined> | Response>;
};

/** Types a route by its schemas. */
export function route<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Answers extends z.ZodType | undefined = undefined,
>(definition: Definition<Params, Query, Body, Answers>): Route {
  return definition as unknown as Route;
}
