import { Button, Checkbox, Modal, Select, Textarea } from "@mantine/core";
import type { Company, Decision, Note } from "@watershed/domain";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { AlternativeBadge, useAlternativeName } from "../figures/alternative.tsx";
import { ItemHistory } from "../figures/item-history.tsx";
import { SourceList } from "../figures/source-list.tsx";
import { useOpened } from "../forms/use-item-form.ts";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { Failed } from "../shell/states.tsx";
import { Markdown } from "./markdown.tsx";
import { Rounds } from "./rounds.tsx";
import { alternativeOf } from "./verdict.tsx";

/** Rounds, what the fund holds, what was decided when and why, and notes. */
export function RecordSection({ company }: { company: Company }): ReactNode {
  const { workspace } = useDesk();
  const investmentCase = workspace.cases.find((one) => one.company === company.id);
  return (
    <div className="stack">
      <Decisions company={company} />
      <Rounds company={company} />
      <Notes company={company} />
      {investmentCase && <ItemHistory kind="cases" item={investmentCase} />}
    </div>
  );
}

function Decisions({ company }: { company: Company }): ReactNode {
  const { text, say, day } = useWords();
  const { workspace, isPartner } = useDesk();
  const [deciding, decide] = useState(false);
  const made = workspace.decisions.filter((one) => one.company === company.id).toReversed();
  const name = (id: string): string => say(workspace.people.find((person) => person.id === id)?.name) || id;
  return (
    <section className="card stack tight" aria-labelledby="decided-title">
      <div className="row between">
        <h2 id="decided-title">{text.companies.decisions}</h2>
        {isPartner && (
          <Button size="compact-sm" variant="default" onClick={() => decide(true)}>
            {text.companies.recordDecision}
          </Button>
        )}
      </div>
      {made.length === 0 && <p className="soft">{text.companies.noDecision}</p>}
      {made.map((one) => (
        <article key={one.id}>
          <p className="row">
            <AlternativeBadge name={alternativeOf(one)} /> <span className="soft">{day(one.on)}</span> {one.by.map(name).join(", ")}
          </p>
          {one.reasons && <p>{say(one.reasons)}</p>}
          {one.key && <p className="small soft num">{text.companies.restsOn(one.key)}</p>}
          <SourceList ids={one.sources} />
        </article>
      ))}
      {deciding && <DecisionForm company={company} close={() => decide(false)} />}
    </section>
  );
}

/** What the team decides, kept with the key of the review it rests on. */
function DecisionForm({ company, close }: { company: Company; close: () => void }): ReactNode {
  const { text, say } = useWords();
  const { workspace, view, review } = useDesk();
  const nameOf = useAlternativeName();
  const { save, pending, error, dialog } = useSave();
  const reviewed = review?.companies.find((one) => one.company.id === company.id);
  const [chosen, choose] = useState<string | null>(reviewed?.best.alternative ?? "pass");
  const [reasons, reason] = useState("");
  const names = reviewed?.alternatives.map(({ name }) => name).filter((name) => !name.includes("+")) ?? ["pass"];
  const submit = async (): Promise<void> => {
    const [alternative, trigger] = (chosen ?? "pass").split(":") as [Decision["alternative"], string | undefined];
    const on = workspace.settings.asOf;
    const same = workspace.decisions.filter(({ id }) => id.startsWith(`${company.id}_${on.replaceAll("-", "_")}`)).length;
    const item: Decision = {
      id: `${company.id}_${on.replaceAll("-", "_")}${same > 0 ? `_${same + 1}` : ""}`,
      company: company.id,
      on,
      by: [view.person!],
      alternative,
      ...(trigger ? { trigger } : {}),
      ...(review ? { key: review.key } : {}),
      ...(reasons.trim() ? { reasons: reasons.trim() } : {}),
    };
    if (await save({ kind: "decisions", item })) close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={`${text.companies.recordDecision}${text.state.colon}${say(company.name)}`}
      closeButtonProps={{ "aria-label": text.state.close }}
    >
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void submit())}>
        {view.person === null && <p role="alert">{text.whatIf.noPerson}</p>}
        <Select
          label={text.companies.alternative}
          allowDeselect={false}
          data={names.map((name) => ({ value: name, label: nameOf(name).name }))}
          value={chosen}
          onChange={choose}
        />
        <Textarea label={text.questions.reasons} autosize minRows={3} value={reasons} onChange={({ target }) => reason(target.value)} />
        {error && <Failed error={error} />}
        <Button type="submit" loading={pending} disabled={view.person === null}>
          {text.state.save}
        </Button>
      </form>
      {dialog}
    </Modal>
  );
}

function Notes({ company }: { company: Company }): ReactNode {
  const { text, say, language } = useWords();
  const { workspace, canWrite } = useDesk();
  const [written, write] = useState<Note | "new" | undefined>();
  const other = language === "en" ? ".zh" : ".en";
  const notes = workspace.notes.filter(({ about, id }) => about?.includes(company.id) && !id.endsWith(other));
  return (
    <section className="card stack tight" aria-labelledby="notes-title">
      <div className="row between">
        <h2 id="notes-title">{text.companies.notes}</h2>
        {canWrite && (
          <Button size="compact-sm" variant="default" onClick={() => write("new")}>
            {text.companies.addNote}
          </Button>
        )}
      </div>
      {notes.length === 0 && <p className="soft">{text.companies.noNote}</p>}
      {notes.map((note) => (
        <article key={note.id} className="note">
          <div className="row between">
            <h3 className="row">
              {note.private && <Icon name="lock" size={14} />} {say(note.title) || note.id}
            </h3>
            {canWrite && (
              <Button size="compact-xs" variant="subtle" onClick={() => write(note)}>
                {text.state.edit}
              </Button>
            )}
          </div>
          <Markdown text={note.text} />
        </article>
      ))}
      {written && <NoteForm company={company} note={written === "new" ? undefined : written} close={() => write(undefined)} />}
    </section>
  );
}

function NoteForm({ company, note, close }: { company: Company; note?: Note; close: () => void }): ReactNode {
  const { text } = useWords();
  const { workspace } = useDesk();
  const opened = useOpened("notes", note);
  const { save, pending, error, dialog } = useSave();
  const [draft, set] = useState(() => noteDraftOf(note));
  const submit = async (): Promise<void> => {
    const item: Note = {
      ...note,
      id: note?.id ?? `notes/${company.id}-${workspace.settings.asOf}-${workspace.notes.length + 1}`,
      about: note?.about ?? [company.id],
      ...(draft.title.trim() ? { title: draft.title.trim() } : {}),
      ...(draft.hidden ? { private: true } : { private: false }),
      text: draft.text,
    };
    if (await save({ kind: "notes", item, ...opened })) close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={note ? text.state.edit : text.companies.addNote}
      closeButtonProps={{ "aria-label": text.state.close }}
    >
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void submit())}>
        <Textarea
          label={text.companies.noteTitle}
          autosize
          minRows={1}
          value={draft.title}
          onChange={({ target }) => set({ ...draft, title: target.value })}
        />
        <Textarea
          label={text.companies.noteText}
          required
          autosize
          minRows={6}
          value={draft.text}
          onChange={({ target }) => set({ ...draft, text: target.value })}
          data-autofocus
        />
        <Checkbox
          label={text.companies.privateNote}
          checked={draft.hidden}
          onChange={({ target }) => set({ ...draft, hidden: target.checked })}
        />
        {error && <Failed error={error} />}
        <Button type="submit" loading={pending}>
          {text.state.save}
        </Button>
      </form>
      {dialog}
    </Modal>
  );
}

function noteDraftOf(note: Note | undefined): { title: string; text: string; hidden: boolean } {
  return { title: typeof note?.title === "string" ? note.title : "", text: note?.text ?? "", hidden: note?.private ?? false };
}
