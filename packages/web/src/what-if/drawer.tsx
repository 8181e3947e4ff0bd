import { ActionIcon, Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { memo, useState } from "react";
import type { ReactNode } from "react";
import { BeliefDoor } from "../beliefs/belief-door.tsx";
import { useBeliefWords } from "../beliefs/belief-words.ts";
import { useBeliefs, useDesk, useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Consequences, FlipCount } from "./consequences.tsx";
import "./drawer.css";
import { KeepForm } from "./keep-form.tsx";
import { QuestionPicker } from "./question-picker.tsx";
import { movesToHash } from "./what-if.ts";

/** Beside every page: suppose beliefs by dragging, and see what follows for every company. */
export function Drawer(): ReactNode {
  const { text } = useWords();
  const { whatIf, canWrite } = useDesk();
  const shown = useWhatIf(({ lying }) => lying);
  const isSupposing = useWhatIf(({ moves }) => moves.length > 0);
  const [keeping, keep] = useState(false);
  const close = (): void => whatIf.show(false);
  return (
    <aside className="drawer" aria-label={text.whatIf.title} onKeyDown={({ key }) => key === "Escape" && close()}>
      <header className="row between">
        <h2>{text.whatIf.title}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={text.whatIf.close} onClick={close}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      <div className="drawer-body">
        {shown.length === 0 && <p className="soft small">{text.whatIf.lead}</p>}
        {shown.map((question) => (
          <Supposed key={question} question={question} />
        ))}
        <QuestionPicker taken={shown} pick={whatIf.pick} />
        <Consequences />
      </div>
      {isSupposing && (
        <footer className="row">
          <FlipCount />
          <Button size="xs" disabled={!canWrite} title={canWrite ? undefined : text.state.mayNotWrite} onClick={() => keep(true)}>
            {text.whatIf.keep}
          </Button>
          <ShareButton />
          <Button size="xs" variant="default" onClick={whatIf.clear}>
            {text.whatIf.discard}
          </Button>
        </footer>
      )}
      {keeping && <KeepForm close={() => keep(false)} />}
    </aside>
  );
}

function Supposed({ question: id }: { question: string }): ReactNode {
  const { text, say } = useWords();
  const { questions, whatIf } = useDesk();
  const move = useWhatIf(({ moves }) => moves.find(({ question }) => question === id));
  const beliefs = useBeliefs();
  const beliefWords = useBeliefWords();
  const question = questions.get(id);
  if (!question) return null;
  const saved = beliefs?.get(id)?.belief;
  return (
    <section className="supposed" aria-label={say(question.text)}>
      <div className="row between nowrap">
        <h3>{say(question.text)}</h3>
        <DropButton question={id} />
      </div>
      <p className="small soft num">{text.whatIf.saved(beliefWords(question, saved))}</p>
      {beliefs && <BeliefDoor question={question} move={move} ghost={saved} onChange={whatIf.suppose} onSettle={whatIf.settle} />}
    </section>
  );
}

/** Apart, because what is kept for it has no part in what a hand drags. */
const DropButton = memo(function DropButton({ question }: { question: string }): ReactNode {
  const { text } = useWords();
  const { whatIf } = useDesk();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={text.whatIf.drop}
      title={text.whatIf.drop}
      onClick={() => whatIf.drop(question)}
    >
      <Icon name="close" size={14} />
    </ActionIcon>
  );
});

function ShareButton(): ReactNode {
  const { text } = useWords();
  const { whatIf } = useDesk();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const share = async (): Promise<void> => {
    const hash = movesToHash(whatIf.state().moves);
    await navigate({ to: ".", hash: hash.slice(1), replace: true, resetScroll: false });
    const address = location.origin + location.pathname + location.search + hash;
    try {
      await navigator.clipboard.writeText(address);
      tell(text.whatIf.shared);
    } catch {
      tell(address);
    }
  };
  return (
    <Button size="xs" variant="default" leftSection={<Icon name="link" size={14} />} onClick={() => void share()}>
      {text.whatIf.share}
    </Button>
  );
}
