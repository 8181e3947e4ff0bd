import { schemaOf } from "@watershed/domain";

type Schema = { $ref?: string; properties?: Record<string, Schema>; additionalProperties?: Schema | boolean } & Record<string, unknown>;

/** The field names that occur in a workspace file, and those of them that hold a formula. */
export interface FieldNames {
  known: Set<string>;
  formulas: Set<string>;
}

let names: FieldNames | undefined;

/** The field names, read from the domain's published schema when somebody first asks. */
export function fieldNames(): FieldNames {
  if (!names) {
    names = { known: new Set(), formulas: new Set() };
    collect(schemaOf("file"), names);
  }
  return names;
}

function collect(schema: unknown, into: FieldNames): void {
  if (schema === null || typeof schema !== "object") return;
  const properties = (schema as Schema).properties;
  if (properties && !("$ref" in properties)) {
    for (const [name, field] of Object.entries(properties)) {
      into.known.add(name);
      if (isFormula(field)) into.formulas.add(name);
    }
  }
  for (const inner of Object.values(schema)) collect(inner, into);
}

function isFormula(field: Schema): boolean {
  return field.$ref === "#/$defs/Formula";
}
