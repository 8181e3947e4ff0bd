import type { Document, ToStringOptions } from "yaml";
import { yamlLibrary } from "./yaml-library.ts";

const style: ToStringOptions = {
  lineWidth: 0,
  blockQuote: "literal",
  flowCollectionPadding: true,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
};

/** `key: value` as block YAML without the final line break; every further line begins with `indent` spaces. Quotes where the value needs them. */
export function blockPair(key: string, value: unknown, indent: number): string {
  return indented(documentOf({ [key]: value }).toString(style), indent);
}

/** `- value` as block YAML without the final line break; every further line begins with `indent` spaces. */
export function blockItem(value: unknown, indent: number): string {
  return indented(documentOf([value]).toString(style), indent);
}

/** The pairs of a map as block YAML, each ending with a line break; nothing for an empty map. */
export function blockMap(map: Record<string, unknown>): string {
  return Object.values(map).every((value) => value === undefined) ? "" : documentOf(map).toString(style);
}

/** A value on one line, as it may stand between brackets. */
export function flowValue(value: unknown): string {
  return inBrackets([value]);
}

/** `key: value` on one line, as it may stand between braces. */
export function flowPair(key: string, value: unknown): string {
  return inBrackets({ [key]: value });
}

/** A string between double quotes on one line. */
export function doubleQuoted(value: string): string {
  return scalarAs(value, "QUOTE_DOUBLE");
}

/** A string of one line between single quotes. */
export function singleQuoted(value: string): string {
  return scalarAs(value, "QUOTE_SINGLE");
}

function documentOf(value: unknown, needsQuotes: RegExp = /(?:^|\n)[^\S\n]*\n$/): Document {
  const document = new (yamlLibrary().Document)(value, { aliasDuplicateObjects: false });
  yamlLibrary().visit(document, {
    Scalar(_, node) {
      // Blank lines at the end of a block scalar would run together with those that follow it in the file.
      if (typeof node.value === "string" && needsQuotes.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document;
}

function inBrackets(value: unknown): string {
  const document = documentOf(value, /\n/);
  if (yamlLibrary().isMap(document.contents) || yamlLibrary().isSeq(document.contents)) document.contents.flow = true;
  return document.toString(style).trimEnd().slice(1, -1).trim();
}

function scalarAs(value: string, type: "QUOTE_DOUBLE" | "QUOTE_SINGLE"): string {
  const document = new (yamlLibrary().Document)([value]);
  yamlLibrary().visit(document, { Scalar: (_, node) => void (node.type = type) });
  return document.toString(style).replace(/\n$/, "").slice(2);
}

function indented(text: string, indent: number): string {
  const [first, ...rest] = text.replace(/\n$/, "").split("\n");
  return [first, ...rest.map((line) => (line === "" ? "" : " ".repeat(indent) + line))].join("\n");
}
