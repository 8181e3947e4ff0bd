import { Button, Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ApiError } from "../data/api.ts";
import type { ItemProblem } from "../data/contract.ts";
import { useWords } from "../language/language.tsx";
import { Icon } from "./icon.tsx";

/** While something loads: the outline of what will stand here. */
export function Loading({ rows = 8, label }: { rows?: number; label?: string }): ReactNode {
  const { text } = useWords();
  return (
    <div className="stack tight" role="status" aria-label={label ?? text.state.loading}>
      <p className="soft small">{label ?? text.state.loading}</p>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={row === 0 ? 28 : 40} radius="sm" />
      ))}
    </div>
  );
}

/** What failed, in the reader's language, and a way to try again. */
export function Failed({ error, retry }: { error: ApiError | Error; retry?: () => void }): ReactNode {
  const { text, language } = useWords();
  const message = "body" in error ? error.body.message[language] : error.message;
  return (
    <div className="card stack tight" role="alert">
      <h2 className="row">
        <Icon name="warning" /> {text.state.failed}
      </h2>
      <p>{message}</p>
      {"body" in error && error.body.problems && <Problems problems={error.body.problems} />}
      {retry && (
        <div>
          <Button variant="default" onClick={retry}>
            {text.state.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Every problem: where, what, and how to mend it. */
export function Problems({ problems }: { problems: ItemProblem[] }): ReactNode {
  const { language } = useWords();
  return (
    <ul className="small stack tight">
      {problems.map((problem, place) => (
        <li key={place}>
          <code>{placeOf(problem)}</code> {problem.message[language]}
        </li>
      ))}
    </ul>
  );
}

function placeOf({ at }: ItemProblem): string {
  if (at.file) return [at.file, at.line, at.column].filter((part) => part !== undefined).join(":");
  return [at.kind, at.id ?? at.index, ...(at.path ?? [])].filter((part) => part !== undefined).join(".");
}

/** Nothing to show, said so that the reader knows what would stand here. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="card stack tight" style={{ alignItems: "center", padding: 36 }}>
      <p className="soft">{children}</p>
      {action}
    </div>
  );
}

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { text } = useWords();
  return (
    <main className="main" id="content">
      <Empty action={<Link to="/">{text.state.home}</Link>}>{text.state.notFound}</Empty>
    </main>
  );
}

/** Marks what was invented for an example. */
export function Illustrative(): ReactNode {
  const { text } = useWords();
  return (
    <span className="tag" title={text.state.illustrativeWhy}>
      {text.state.illustrative}
    </span>
  );
}
