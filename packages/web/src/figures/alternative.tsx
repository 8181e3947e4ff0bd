import { memo } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import "./figures.css";

export type AlternativeKind = "now" | "staged" | "wait" | "pass";

/** What sort of alternative a name is: now, staged, wait:TRIGGER, pass. */
export function kindOfAlternative(name: string): AlternativeKind {
  return name.startsWith("wait:") ? "wait" : (name as AlternativeKind);
}

/** An alternative in words: as a whole, and of a wait what is waited for and until when. */
export interface AlternativeName {
  name: string;
  awaited?: string;
  until?: string;
}

/** How alternatives are called in the reader's language. */
export function useAlternativeName(): (name: string) => AlternativeName {
  const { workspace } = useDesk();
  const words = useWords();
  return (name) => nameOf(name, workspace.triggers, words);
}

function nameOf(
  name: string,
  triggers: { id: string; name: Parameters<Words["say"]>[0]; deadline: string }[],
  { text, say, day }: Words,
): AlternativeName {
  const kind = kindOfAlternative(name);
  if (kind !== "wait") return { name: text.alternative[kind] ?? name };
  const waited = name
    .slice("wait:".length)
    .split("+")
    .flatMap((id) => triggers.find((trigger) => trigger.id === id) ?? []);
  const last = waited
    .map(({ deadline }) => deadline)
    .sort()
    .at(-1);
  const awaited = waited.map((trigger) => say(trigger.name)).join(text.alternative.or);
  return {
    name: text.alternative.waitFor(awaited),
    awaited,
    ...(last ? { until: text.alternative.until(day(last)) } : {}),
  };
}

/** An alternative with its sign: a shape, a colour and words; what is waited for stands beside it. */
export const AlternativeBadge = memo(function AlternativeBadge({ name, brief = false }: { name: string; brief?: boolean }): ReactNode {
  const { text } = useWords();
  const called = useAlternativeName()(name);
  const kind = kindOfAlternative(name);
  const badge = (
    <span className={`alternative ${kind}`} title={brief ? called.name : undefined}>
      <Icon name={kind} size={16} />
      <span>{text.alternative[kind]}</span>
    </span>
  );
  if (brief || kind !== "wait") return badge;
  return (
    <span className="waiting">
      {badge} <span>{called.awaited}</span> <span className="small soft until">{called.until}</span>
    </span>
  );
});
