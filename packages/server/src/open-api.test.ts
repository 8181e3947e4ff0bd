import { expect, test } from "vitest";
import { Validator } from "@seriousme/openapi-schema-validator";
import { description, unlikeDescribed } from "./described.fixture.ts";
import { allRoutes } from "./routes/all-routes.ts";

test("the description is sound OpenAPI 3.1 to a validator that is not ours", async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(description))).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const broken = structuredClone(description);
  delete broken.paths["/api/health"].get.responses;
  broken.paths["/api/ready"].get.parameters = [{ name: "x", in: "nowhere" }];
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("answers in the tests of the routes are held against it: one that is not as described is told", () => {
  expect(unlikeDescribed("GET", "/api/health", 200, { status: "ok" })).toBeUndefined();
  expect(unlikeDescribed("GET", "/api/health", 200, { status: "well" })).toContain("answer/status");
  expect(unlikeDescribed("GET", "/api/health", 204, {})).toBe("no status 204 is described");
  expect(unlikeDescribed("GET", "/api/workspaces/any", 404, { error: "gone" })).toContain("answer/error");
  expect(unlikeDescribed("POST", "/api/nowhere", 200, {})).toBe("nothing of the kind is described");
});

test("every route is described once, with an id of its own and who may call it", () => {
  const operations = Object.entries<Record<string, { operationId: string; "x-needs": string }>>(description.paths).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ row: `${method} ${path}`, ...operation })),
  );
  expect(operations.map(({ row }) => row).sort()).toEqual(
    allRoutes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`).sort(),
  );
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const operation of operations) expect(operation["x-needs"]).toMatch(/^[a-zA-Z]+$/);
});

test("every reference leads somewhere, and every parameter of a path is described", () => {
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
  expect(references.length).toBeGreaterThan(50);
  for (const reference of new Set(references)) {
    const found = reference
      .replace("#/", "")
      .split("/")
      .reduce((inner, key) => inner?.[key], description);
    expect(found, reference).toBeDefined();
  }
  for (const [path, methods] of Object.entries<Record<string, { parameters: { name: string; in: string }[] }>>(description.paths)) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(methods))
      expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
  }
});

test("the body of an item is the item's own schema", () => {
  const { schema } = description.paths["/api/workspaces/{workspace}/forecasts"].post.requestBody.content["application/json"];
  expect(schema.properties.item).toEqual({ $ref: "#/components/schemas/forecast" });
  expect(description.components.schemas.forecast.properties).toHaveProperty("probability");
});
