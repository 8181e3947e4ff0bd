import type { Node, YAMLError } from "yaml";
import { fieldNames } from "./field-names.ts";
import { fileProblem } from "./problem.ts";
import type { FileProblem, FileProblemCode } from "./problem.ts";
import { lineEnd, placeOf } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import type { YamlFile } from "./yaml-tree.ts";
import { yamlLibrary } from "./yaml-library.ts";

/** What a partner can understand of a syntax error; the wording in each language lives outside. */
export type SyntaxReason =
  | "quoteNotClosed"
  | "bracketNotClosed"
  | "indentation"
  | "colonMissing"
  | "reservedCharacter"
  | "badEscape"
  | "textAfterValue"
  | "keyTooLong"
  | "listOnKeyLine"
  | "other";

/** Parses the YAML of a file (all of it, or the front matter before `end`); never throws on bad text. */
export function parseYaml(source: SourceFile, end: number = source.text.length): YamlFile {
  const text = source.text.slice(0, end);
  try {
    const document = yamlLibrary().parseDocument(text, {
      keepSourceTokens: true,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "error",
    });
    const problems = [...tabs(source, text, document.errors), ...syntaxProblems(source, [...document.errors, ...document.warnings])];
    return { source, document, root: document.contents as Node | null, problems: oncePerLine(problems) };
  } catch (error) {
    // The composer of the library recurses; only its exhausted stack is the fault of the text.
    if (!(error instanceof RangeError)) throw error;
    return { source, document: undefined, root: null, problems: [fileProblem("nestedTooDeep", source.path)] };
  }
}

/** True where a file was understood as YAML, so that its items can be trusted. */
export function isSound(yaml: YamlFile): boolean {
  return yaml.document !== undefined && !yaml.problems.some((problem) => problem.severity === "error");
}

function syntaxProblems(source: SourceFile, errors: YAMLError[]): FileProblem[] {
  const tooDeep = errors.find((error) => error.code === "RESOURCE_EXHAUSTION");
  return tooDeep
    ? [problemAt(source, "nestedTooDeep", tooDeep.pos[0], tooDeep.pos[1], {})]
    : errors.map((error) => syntaxProblem(source, error));
}

function syntaxProblem(source: SourceFile, error: YAMLError): FileProblem {
  const [from, to] = error.pos;
  if (error.code === "TAB_AS_INDENT") return problemAt(source, "tabIndentation", from, to, {});
  if (error.code === "MULTIPLE_DOCS") return problemAt(source, "multipleDocuments", from, from + 3, {});
  const unquoted = unquotedValue(source, from);
  if (unquoted) return unquoted;
  if (error.code === "TAG_RESOLVE_FAILED") return problemAt(source, "unknownTag", from, to, { tag: source.text.slice(from, to) });
  const line = lineEnd(source.text, from);
  return problemAt(source, "yamlSyntax", from, Math.min(Math.max(to, from), line), {
    reason: reasonOf(error, source.text),
    found: source.text.slice(from, Math.min(to, line)).trim(),
    detail: error.message,
  });
}

/** Where a tab made the library stumble, every line from there on that begins with one is reported; tabs inside texts are nobody's business. */
function tabs(source: SourceFile, text: string, errors: YAMLError[]): FileProblem[] {
  if (errors.length === 0) return [];
  const start = text.lastIndexOf("\n", Math.min(...errors.map((error) => error.pos[0])) - 1) + 1;
  const lines = [...text.slice(start).matchAll(/^( *\t[ \t]*)(?=[A-Za-z_-])/gm)];
  return lines.map((match) => problemAt(source, "tabIndentation", start + match.index, start + match.index + match[1].length, {}));
}

/** A value that is no YAML because of `: ` inside it, or of how it begins or goes on after a quote or bracket. */
function unquotedValue(source: SourceFile, at: number): FileProblem | undefined {
  const start = source.text.lastIndexOf("\n", at - 1) + 1;
  const line = source.text.slice(start, lineEnd(source.text, at));
  const parts = /^(\s*(?:- +)*(?:\{ *)?)([\p{L}_][\p{L}\p{N}_.]*)( *: +)(.+)$/u.exec(line);
  if (!parts) return undefined;
  const [, lead, key, colon, rest] = parts;
  if (lead.includes("{")) return unquotedCall(source, start, line);
  const reason = quotingReason(rest);
  if (!reason) return undefined;
  return needsQuotes(source, start + lead.length + key.length + colon.length, key, rest.trimEnd(), reason);
}

/** Inside braces a comma ends a value, so a formula such as `dates(2025-12-31: 40%, never: 60%)` falls apart at its first. */
function unquotedCall(source: SourceFile, start: number, line: string): FileProblem | undefined {
  const call = /([\p{L}_][\p{L}\p{N}_.]*)( *: +)([\p{L}_]\w*\([^()"']*,[^()"']*\))/u.exec(line);
  if (!call) return undefined;
  const [, key, colon, found] = call;
  return needsQuotes(source, start + call.index + key.length + colon.length, key, found, ",");
}

function needsQuotes(source: SourceFile, from: number, key: string, found: string, because: string): FileProblem {
  const code = fieldNames().formulas.has(key) || !fieldNames().known.has(key) ? "formulaNeedsQuotes" : "textNeedsQuotes";
  return problemAt(source, code, from, from + found.length, {
    field: key,
    found: found.trim(),
    because,
    suggestion: `${key}: ${quoted(found.trim())}`,
  });
}

function quotingReason(rest: string): string | undefined {
  if (/^[@`%]/.test(rest)) return rest[0];
  if (/^["']/.test(rest)) return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#]/.test(rest) ? rest[0] : undefined;
  if (/^[[{]/.test(rest)) return /[\]}]\s*[^\s#,\]}]/.test(rest) ? rest[0] : undefined;
  if (/^[>|][-+0-9]*\s+[^\s#]/.test(rest)) return rest[0];
  if (/^![^\s]*/.test(rest)) return "!";
  return /: |:$/.test(rest) ? ": " : undefined;
}

function quoted(text: string): string {
  return text.includes('"') || text.includes("\\") ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function reasonOf(error: YAMLError, text: string): SyntaxReason {
  switch (error.code) {
    case "MISSING_CHAR":
      return /quote/.test(error.message)
        ? "quoteNotClosed"
        : /map values/.test(error.message)
          ? "colonMissing"
          : /[[\]{}]/.test(text)
            ? "bracketNotClosed"
            : "other";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "indentation";
    case "BAD_INDENT":
      return /Flow|sufficiently/.test(error.message) ? "bracketNotClosed" : "indentation";
    case "MULTILINE_IMPLICIT_KEY":
      return "colonMissing";
    case "BAD_SCALAR_START":
      return "reservedCharacter";
    case "BAD_DQ_ESCAPE":
      return "badEscape";
    case "KEY_OVER_1024_CHARS":
      return "keyTooLong";
    case "UNEXPECTED_TOKEN":
      return /same line/.test(error.message) ? "listOnKeyLine" : "textAfterValue";
    default:
      return "other";
  }
}

function problemAt(source: SourceFile, code: FileProblemCode, from: number, to: number, params: FileProblem["params"]): FileProblem {
  return { code, severity: "error", at: placeOf(source, from, Math.max(from, to)), params };
}

/** One mistake makes the library stumble several times, up to the line after it; the first complaint is the one to read. */
function oncePerLine(problems: FileProblem[]): FileProblem[] {
  const sorted = problems.toSorted((a, b) => a.at.line - b.at.line);
  return sorted.filter(({ code, at }, index) => {
    const before = sorted[index - 1]?.at.line ?? -1;
    return at.line > before + (code === "yamlSyntax" ? 1 : 0);
  });
}
