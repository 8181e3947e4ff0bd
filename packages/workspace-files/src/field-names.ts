import { schemaOf } from "@watershed/domain";

type Schema = { $ref?: string; properties?: Record<string, Schema>; additionalProperties?: Schema | boolean } & Record<string, unknown>;

/** Every field name that occurs in a workspace file, and those of them that hold a formula; read from the domain's published schema. */
export const knownFields: Set<string> = new Set();
export const formulaFields: Set<string> = new Set();
collect(schemaOf("file") as Schema);

function collect(schema: unknown): void {
  if (schema === null || typeof schema !== "object") return;
  const properties = (schema as Schema).properties;
  if (properties && !("$ref" in properties)) {
    for (const [name, field] of Object.entries(properties)) {
      knownFields.add(name);
      if (isFormula(field)) formulaFields.add(name);
    }
  }
  for (const inner of Object.values(schema)) collect(inner);
}

function isFormula(field: Schema): boolean {
  return field.$ref === "#/$defs/Formula";
}
