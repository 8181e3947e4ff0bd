import type { ReactNode } from "react";

/** The part of Markdown that notes use, as elements: headings, lists, paragraphs; strong, emphasis, code and links within. No HTML gets through. */
export function Markdown({ text }: { text: string }): ReactNode {
  return <div className="markdown">{blocksOf(text).map((block, place) => blockElement(block, place))}</div>;
}

/** Stretches of lines between empty ones; a heading and a list stand by themselves. */
function blocksOf(text: string): string[][] {
  const blocks: string[][] = [[]];
  for (const line of text.split("\n")) {
    const last = blocks.at(-1)!;
    const heading = /^#{1,6} /.test(line);
    const changes = last.length > 0 && isItem(line) !== isItem(last[0]) && !/^\s{2,}\S/.test(line);
    if (line.trim() === "") blocks.push([]);
    else if (heading) blocks.push([line], []);
    else if (changes) blocks.push([line]);
    else last.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

const isItem = (line: string): boolean => /^\s*(?:[-*]|\d+\.) /.test(line);

function blockElement(lines: string[], key: number): ReactNode {
  const heading = /^#{1,6} (.*)/.exec(lines[0]);
  if (heading) return <h4 key={key}>{inline(heading[1])}</h4>;
  if (!isItem(lines[0])) return <p key={key}>{inline(lines.join(" "))}</p>;
  const items: string[] = [];
  for (const line of lines) {
    if (isItem(line)) items.push(line.replace(/^\s*(?:[-*]|\d+\.) /, ""));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  const content = items.map((item, place) => <li key={place}>{inline(item)}</li>);
  return /^\s*\d/.test(lines[0]) ? <ol key={key}>{content}</ol> : <ul key={key}>{content}</ul>;
}

const marks = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[([^\]]+)\]\((https?:[^)\s]+)\)/g;

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    const [whole, strong, emphasis, code, label, address] = found;
    parts.push(text.slice(from, found.index));
    if (strong !== undefined) parts.push(<strong key={found.index}>{strong}</strong>);
    else if (emphasis !== undefined) parts.push(<em key={found.index}>{emphasis}</em>);
    else if (code !== undefined) parts.push(<code key={found.index}>{code}</code>);
    else
      parts.push(
        <a key={found.index} href={address} target="_blank" rel="noreferrer noopener">
          {label}
        </a>,
      );
    from = found.index + whole.length;
  }
  return [...parts, text.slice(from)];
}
