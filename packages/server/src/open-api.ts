import { itemKinds } from "@watershed/domain";
import type { ItemKind } from "@watershed/domain";
import { z } from "zod";
import type { Route } from "./route.ts";
import { ErrorAnswer } from "./views.ts";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of routes: paths, parameters, bodies and answers from the schemas by which the routes read and answer. */
export function openApiOf(routes: Route[]): Json {
  shared.clear();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Watershed", version: "0.1.0", description: "Decision software for teams that invest in technology. 分水岭。" },
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorAnswer, "output"), ...itemSchemas(), ...Object.fromEntries(shared) },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "watershed.session" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operationOf(route: Route): Json {
  const { summary, needs, body, takes, status = 200 } = route;
  const error = { description: "Refused; nothing was changed", content: json({ $ref: "#/components/schemas/Error" }) };
  return {
    summary,
    operationId: operationId(route),
    "x-needs": needs,
    security: needs === "anyone" ? [] : needs === "inPerson" ? [{ session: [] }] : [{ session: [] }, { token: [] }],
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(body ? { requestBody: { required: true, content: json(bodySchema(route)) } } : {}),
    ...(takes === "bytes" ? { requestBody: { required: true, content: { "application/zip": {}, "application/json": {} } } } : {}),
    responses: { [status]: { description: summary, ...contentOf(route) }, "4XX": error, "5XX": error },
  };
}

function operationId({ method, path }: Route): string {
  const words = path
    .replace("/api/", "")
    .split("/")
    .map((part) => part.replace(/^:/, "by-"));
  return [method, ...words].join("-").replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The body of a route that writes an item has that item's own schema in it. */
function bodySchema(route: Route): Json {
  const schema = schemaOf(route.body!, "input");
  const kind = /^\/api\/workspaces\/:workspace\/(\w+)/.exec(route.path)?.[1] as ItemKind | undefined;
  const properties = schema.properties as Json | undefined;
  if (kind && kind in itemKinds && properties?.item) properties.item = { $ref: `#/components/schemas/${itemKinds[kind].one}` };
  return schema;
}

function contentOf({ gives = "json", answers }: Route): Json {
  if (gives === "nothing" || !answers) return gives === "events" ? { content: { "text/event-stream": {} } } : {};
  return { content: { ...json(schemaOf(answers, "output")), ...(gives === "zip" ? { "application/zip": {} } : {}) } };
}

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: one,
  }));
}

function itemSchemas(): Json {
  return Object.fromEntries(Object.values(itemKinds).map(({ one, schema }) => [one, schemaOf(schema as z.ZodType, "input")]));
}

/** Schemas with a name of their own, told once for the whole description. */
const shared = new Map<string, unknown>();

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const found = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const { $schema: _, $defs = {}, ...rest } = JSON.parse(JSON.stringify(found).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  for (const [name, definition] of Object.entries($defs as Json)) shared.set(name, definition);
  return rest;
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}
