import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";

/** The evidence behind something: facts and sources by their ids, each with where it was published. */
export function SourceList({ ids = [] }: { ids?: string[] }): ReactNode {
  const { text } = useWords();
  if (ids.length === 0) return null;
  return (
    <details className="sources small">
      <summary>{text.evidence.count(ids.length)}</summary>
      <ul>
        {ids.map((id) => (
          <SourceLine key={id} id={id} />
        ))}
      </ul>
    </details>
  );
}

/** One fact or source: the sentence, and the address it came from. */
export function SourceLine({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { workspace } = useDesk();
  const fact = workspace.facts.find((one) => one.id === id);
  const origins = fact ? fact.sources : [id];
  return (
    <li>
      {fact && <span>{say(fact.text)} </span>}
      {origins.map((origin) => (
        <Origin key={origin} id={origin} />
      ))}
    </li>
  );
}

function Origin({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { workspace } = useDesk();
  const source = workspace.sources.find((one) => one.id === id);
  if (!source) return <span className="soft"> {id}</span>;
  const title = say(source.title);
  return (
    <span className="soft">
      {" "}
      {source.address && /^https?:/.test(source.address) ? (
        <a href={source.address} target="_blank" rel="noreferrer noopener">
          {title}
        </a>
      ) : (
        title
      )}
      {source.date && ` (${source.date})`}
    </span>
  );
}
