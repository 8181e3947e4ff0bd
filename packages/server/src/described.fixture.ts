import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { openApiOf } from "./open-api.ts";
import { allRoutes } from "./routes/all-routes.ts";

/** The description as programs elsewhere are sent it. */
// oxlint-disable-next-line typescript/no-explicit-any
export const description = JSON.parse(JSON.stringify(openApiOf(allRoutes))) as any;

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema({ $id: "api", ...description });
const compiled = new Map<string, ValidateFunction | undefined>();

const paths = Object.keys(description.paths as object)
  .toSorted((one, other) => one.split("{").length - other.split("{").length) // what is named before what is any name
  .map((path) => ({ path, matches: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`) }));

/** How an answer in JSON differs from what the description says of it, by a validator that is not ours; undefined where it does not. */
export function unlikeDescribed(method: string, address: string, status: number, body: unknown): string | undefined {
  const { pathname } = new URL(address, "http://localhost");
  const path = paths.find((one) => one.matches.test(pathname))?.path;
  const responses = path && description.paths[path][method.toLowerCase()]?.responses;
  if (!responses) return status < 400 ? "nothing of the kind is described" : undefined;
  const key = [String(status), `${Math.floor(status / 100)}XX`].find((one) => one in responses);
  if (!key) return `no status ${status} is described`;
  const place = ["paths", path, method.toLowerCase(), "responses", key, "content", "application/json", "schema"];
  const pointer = `api#/${place.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
  if (!compiled.has(pointer))
    compiled.set(pointer, responses[key].content?.["application/json"] ? ajv.compile({ $ref: pointer }) : undefined);
  const validate = compiled.get(pointer);
  if (!validate) return "no JSON is described";
  return validate(body) ? undefined : ajv.errorsText(validate.errors, { dataVar: "answer" });
}
