/**
 * The data of YAML as people mostly write it, read in one pass without a tree: block maps and lists, words, numbers, quoted text on one
 * line, short lists and maps between brackets, simple block text.
 *
 * Undefined for whatever is written in another way or is wrong in any: the YAML library reads that, with places and problems. What is
 * defined is the same data that the library gives.
 */
export function plainYaml(text: string): { data: unknown } | undefined {
  if (unusual.test(text)) return undefined;
  const reader: Reader = { lines: linesOf(text), at: 0 };
  if (reader.lines.length === 0) return { data: null };
  if (reader.lines[0].indent !== 0) return undefined;
  try {
    const data = blockAt(reader, 0);
    return reader.at === reader.lines.length ? { data } : undefined;
  } catch (error) {
    // Brackets within brackets without end exhaust the stack; the library says so in its own words.
    if (error === notPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

const notPlain = new Error("not plain");

/** Tabs, carriage returns and other control characters, documents and directives. */
// oxlint-disable-next-line no-control-regex
const unusual = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|^(?:---|\.\.\.|%)/m;

/** A line with something on it; lines inside block text are looked up by their number. */
interface Line {
  number: number;
  indent: number;
  text: string; // without its indentation and the blanks at its end
}

interface Reader {
  lines: Line[] & { all?: string[] };
  at: number;
}

function linesOf(text: string): Reader["lines"] {
  const all = text.split("\n");
  const lines: Reader["lines"] = [];
  lines.all = all;
  for (let number = 0; number < all.length; number++) {
    const whole = all[number];
    let indent = 0;
    while (whole.charCodeAt(indent) === 32) indent++;
    if (indent === whole.length || whole.charCodeAt(indent) === 35) continue;
    lines.push({ number, indent, text: withoutBlanksAtEnd(whole.slice(indent)) });
  }
  return lines;
}

/** Blanks of YAML alone: a wide blank at the end of Chinese text belongs to it. */
function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--;
  return end === text.length ? text : text.slice(0, end);
}

function withoutBlanksAtStart(text: string): string {
  let start = 0;
  while (text.charCodeAt(start) === 32) start++;
  return text.slice(start);
}

function blockAt(reader: Reader, indent: number): unknown {
  return isEntry(reader.lines[reader.at].text) ? listAt(reader, indent) : mapAt(reader, indent);
}

function isEntry(text: string): boolean {
  return text.startsWith("- ") || text === "-";
}

function listAt(reader: Reader, indent: number): unknown[] {
  const list: unknown[] = [];
  for (let line = reader.lines[reader.at]; line?.indent === indent && isEntry(line.text); line = reader.lines[reader.at]) {
    let skipped = 1;
    while (line.text.charCodeAt(skipped) === 32) skipped++;
    const rest = line.text.slice(skipped);
    if (rest === "" || rest.startsWith("#") || isEntry(rest)) throw notPlain;
    if (keyOf(rest) === undefined) {
      reader.at++;
      list.push(inlineValue(reader, rest, indent));
    } else {
      // The map begins on the line of its dash, as if the dash were blanks.
      reader.lines[reader.at] = { number: line.number, indent: indent + skipped, text: rest };
      list.push(mapAt(reader, indent + skipped));
    }
  }
  return endOfBlock(reader, indent, list);
}

function mapAt(reader: Reader, indent: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (let line = reader.lines[reader.at]; line?.indent === indent; line = reader.lines[reader.at]) {
    const key = keyOf(line.text);
    if (key === undefined || Object.hasOwn(map, key) || key === "__proto__") throw notPlain;
    const rest = withoutBlanksAtStart(line.text.slice(key.length + 1));
    reader.at++;
    if (rest === "" || rest.startsWith("#")) {
      const next = reader.lines[reader.at];
      // A list may stand below its key without indentation; that is left to the library.
      if (next?.indent === indent && isEntry(next.text)) throw notPlain;
      map[key] = next && next.indent > indent ? blockAt(reader, next.indent) : null;
    } else map[key] = inlineValue(reader, rest, indent);
  }
  return endOfBlock(reader, indent, map);
}

/** What follows a block must stand further left. */
function endOfBlock<T>(reader: Reader, indent: number, block: T): T {
  const next = reader.lines[reader.at];
  if (next && next.indent >= indent) throw notPlain;
  return block;
}

const plainKey = /^[A-Za-z_][A-Za-z0-9_]*:(?= |$)/;

/** The key that a line begins with; undefined where it begins with something else. */
function keyOf(text: string): string | undefined {
  const key = plainKey.exec(text)?.[0];
  return key === undefined || /^(?:null|true|false):$/i.test(key) ? undefined : key.slice(0, -1);
}

/** The value that begins on the line of its key or dash and must end there, but for block text. */
function inlineValue(reader: Reader, text: string, indent: number): unknown {
  if (text.startsWith("|") || text.startsWith(">")) return blockText(reader, text, indent);
  const next = reader.lines[reader.at];
  if (next && next.indent > indent) throw notPlain; // words that go on below
  const flow: Flow = { text, at: 0 };
  const value = isBracketOrQuote(text) ? flowValue(flow) : plainScalar(withoutComment(text));
  if (isBracketOrQuote(text) && !/^(?: +#.*)?$/.test(text.slice(flow.at))) throw notPlain;
  return value;
}

function isBracketOrQuote(text: string): boolean {
  return /^["'[{]/.test(text);
}

function withoutComment(text: string): string {
  const comment = text.indexOf(" #");
  return comment < 0 ? text : withoutBlanksAtEnd(text.slice(0, comment));
}

/** Lines of one indentation without blank ones between, joined as the header says; anything finer is left to the library. */
function blockText(reader: Reader, header: string, indent: number): string {
  if (!/^[|>]-?$/.test(header)) throw notPlain;
  const first = reader.lines[reader.at - 1].number + 1;
  const all = reader.lines.all!;
  const inside = /^ */.exec(all[first] ?? "")![0].length;
  if (inside <= indent || inside === (all[first] ?? "").length) throw notPlain;
  let after = first;
  while (after < all.length && /^ */.exec(all[after])![0].length === inside && all[after].length > inside) after++;
  const rest = all.slice(after).find((line) => /[^ ]/.test(line));
  if (rest !== undefined && /^ */.exec(rest)![0].length > indent) throw notPlain;
  const content = all.slice(first, after).map((line) => line.slice(inside));
  if (content.some((line) => line.endsWith(" "))) throw notPlain;
  while (reader.at < reader.lines.length && reader.lines[reader.at].number < after) reader.at++;
  return content.join(header[0] === "|" ? "\n" : " ") + (header.endsWith("-") ? "" : "\n");
}

/** The words and numbers of YAML 1.2; spellings of numbers that are seldom used are left to the library. */
function plainScalar(text: string): unknown {
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/.test(text)) return Number.parseFloat(text);
  if (/^[-+]?(?:[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+|[0-9]*\.[0-9]*|[0-9]*\.?[0-9]*[eE][-+]?[0-9]+|\.(?:inf|nan))$/i.test(text)) throw notPlain;
  // At its beginning these mean something else, and so do a colon before a blank and one at the end.
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) || text.includes(": ") || text.endsWith(":")) throw notPlain;
  return text;
}

interface Flow {
  text: string;
  at: number;
}

function flowValue(flow: Flow): unknown {
  const opening = flow.text[flow.at];
  if (opening === '"' || opening === "'") return quotedText(flow, opening);
  if (opening === "[") return between(flow, "]", (list: unknown[]) => void list.push(flowValue(flow)), []);
  if (opening === "{") return between(flow, "}", (map: Record<string, unknown>) => flowPair(flow, map), {});
  const [words] = /^[^,[\]{}:#"'&*!|>%@`?-][^,[\]{}:#]*/.exec(flow.text.slice(flow.at)) ?? [];
  const minus = words === undefined ? /^-[0-9][0-9.]*/.exec(flow.text.slice(flow.at))?.[0] : undefined;
  const colons = words === undefined ? undefined : /^[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+)+(?=[,\]} ])/.exec(flow.text.slice(flow.at))?.[0];
  const found = colons ?? words ?? minus;
  if (found === undefined || (colons === undefined && /[:#]/.test(flow.text[flow.at + found.length] ?? "#"))) throw notPlain;
  flow.at += found.length;
  return plainScalar(withoutBlanksAtEnd(found));
}

function flowPair(flow: Flow, map: Record<string, unknown>): void {
  const key = keyOf(flow.text.slice(flow.at));
  if (key === undefined || Object.hasOwn(map, key) || key === "__proto__") throw notPlain;
  flow.at += key.length + 1;
  skipBlanks(flow);
  map[key] = flowValue(flow);
}

function between<T>(flow: Flow, closing: string, readInto: (collection: T) => void, collection: T): T {
  flow.at++;
  skipBlanks(flow);
  while (flow.text[flow.at] !== closing) {
    readInto(collection);
    skipBlanks(flow);
    if (flow.text[flow.at] === ",") {
      flow.at++;
      skipBlanks(flow);
    } else if (flow.text[flow.at] !== closing) throw notPlain;
  }
  flow.at++;
  return collection;
}

function skipBlanks(flow: Flow): void {
  while (flow.text.charCodeAt(flow.at) === 32) flow.at++;
}

function quotedText(flow: Flow, quote: string): string {
  const pattern = quote === '"' ? /^"((?:[^"\\]|\\["\\])*)"/ : /^'((?:[^']|'')*)'/;
  const found = pattern.exec(flow.text.slice(flow.at));
  if (!found) throw notPlain;
  flow.at += found[0].length;
  return quote === '"' ? found[1].replace(/\\(["\\])/g, "$1") : found[1].replaceAll("''", "'");
}
