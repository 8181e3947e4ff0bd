import { Button, Modal, Select, TextInput, Textarea } from "@mantine/core";
import type { Question, Text } from "@watershed/domain";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { identifier } from "../data/identifier.ts";
import { useSave } from "../data/save.tsx";
import { useOpened } from "../forms/use-item-form.ts";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";

interface Draft {
  id: string;
  text: string;
  kind: Question["kind"];
  dimension: string;
  criterion: string;
  resolveBy: string;
  unit: string;
  owner: string | null;
  options: string; // one a line
}

/** A new question, or another wording of one: what is asked, how two strangers would agree on its answer, and by when. */
export function QuestionForm({ question: given, close }: { question?: Question; close: () => void }): ReactNode {
  const { text, language } = useWords();
  const { view, workspace } = useDesk();
  const opened = useOpened("questions", given);
  const question = opened.before; // as it stood then: whoever saves meanwhile is met, not overwritten
  const { save, pending, error, dialog } = useSave();
  const navigate = useNavigate();
  const [draft, set] = useState<Draft>(() => draftOf(question, language, workspace.settings.asOf));
  const change = (part: Partial<Draft>): void => set({ ...draft, ...part });
  const submit = async (): Promise<void> => {
    const item = itemOf(
      draft,
      question,
      language,
      workspace.questions.map(({ id }) => id),
    );
    const saved = await save({ kind: "questions", item, ...opened });
    if (!saved) return;
    close();
    if (!question) await navigate({ to: "/w/$workspace/questions/$question", params: { workspace: view.id, question: saved.id } });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={question ? text.questions.change : text.questions.add}
      closeButtonProps={{ "aria-label": text.state.close }}
    >
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Fields draft={draft} change={change} fixedKind={question !== undefined} />
        {error && <Failed error={error} />}
        <div className="row">
          <Button type="submit" loading={pending}>
            {text.state.save}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
        </div>
      </form>
      {dialog}
    </Modal>
  );
}

type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; fixedKind: boolean };

function Fields({ draft, change, fixedKind }: FieldsProps): ReactNode {
  const { text } = useWords();
  const written = (field: "text" | "criterion" | "resolveBy") => ({
    value: draft[field],
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
  });
  return (
    <>
      <Textarea label={text.questions.asked} required autosize minRows={2} data-autofocus {...written("text")} />
      <KindFields {...{ draft, change, fixedKind }} />
      <Textarea
        label={text.questions.criterion}
        description={text.questions.criterionWhy}
        required
        autosize
        minRows={2}
        {...written("criterion")}
      />
      <TextInput label={text.questions.resolves} type="date" required {...written("resolveBy")} />
      <WhoseFields {...{ draft, change }} />
    </>
  );
}

/** What sort of answer it has, and what that sort needs besides. */
function KindFields({ draft, change, fixedKind }: FieldsProps): ReactNode {
  const { text } = useWords();
  return (
    <>
      <Select
        label={text.questions.kindName}
        allowDeselect={false}
        disabled={fixedKind}
        data={(["yesNo", "number", "date", "oneOf"] as const).map((kind) => ({ value: kind, label: text.questions.kind[kind] }))}
        value={draft.kind}
        onChange={(kind) => kind && change({ kind: kind as Question["kind"] })}
      />
      {draft.kind === "number" && (
        <TextInput
          label={text.questions.unit}
          description={text.questions.unitWhy}
          value={draft.unit}
          onChange={({ target }) => change({ unit: target.value })}
        />
      )}
      {draft.kind === "oneOf" && (
        <Textarea
          label={text.questions.options}
          description={text.questions.optionsWhy}
          required
          autosize
          minRows={3}
          value={draft.options}
          onChange={({ target }) => change({ options: target.value })}
        />
      )}
    </>
  );
}

/** The side of the world it asks about, and who looks after it. */
function WhoseFields({ draft, change }: Omit<FieldsProps, "fixedKind">): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const dimensions = [...new Set(workspace.questions.map(({ dimension }) => dimension))].sort();
  return (
    <>
      <TextInput
        label={text.questions.dimension}
        required
        list="dimensions"
        value={draft.dimension}
        onChange={({ target }) => change({ dimension: target.value })}
      />
      <datalist id="dimensions">
        {dimensions.map((dimension) => (
          <option key={dimension} value={dimension} />
        ))}
      </datalist>
      <Select
        label={text.questions.owner}
        clearable
        data={workspace.people.map(({ id, name }) => ({ value: id, label: say(name) }))}
        value={draft.owner}
        onChange={(owner) => change({ owner })}
      />
    </>
  );
}

function draftOf(question: Question | undefined, language: "en" | "zh", today: string): Draft {
  const said = (text: Text | undefined): string => (text === undefined ? "" : typeof text === "string" ? text : text[language]);
  return {
    id: question?.id ?? "",
    text: said(question?.text),
    kind: question?.kind ?? "yesNo",
    dimension: question?.dimension ?? "",
    criterion: said(question?.criterion),
    resolveBy: question?.resolveBy ?? `${Number(today.slice(0, 4)) + 1}-12-31`,
    unit: question?.unit ?? "",
    owner: question?.owner ?? null,
    options: question?.options?.map(({ name }) => said(name)).join("\n") ?? "",
  };
}

/** The draft as an item; what it does not show of an existing question stays as it was, its other language too. */
function itemOf(draft: Draft, question: Question | undefined, language: "en" | "zh", taken: string[]): Question {
  const { unit: _unit, owner: _owner, options: _options, ...rest } = question ?? ({} as Partial<Question>);
  const written = (before: Text | undefined, now: string): Text => (typeof before === "object" ? { ...before, [language]: now } : now);
  const names = draft.options
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return {
    ...rest,
    id: question?.id ?? newId(draft.text, taken),
    text: written(question?.text, draft.text.trim()),
    kind: draft.kind,
    dimension: identifier(draft.dimension) || "other",
    criterion: written(question?.criterion, draft.criterion.trim()),
    resolveBy: draft.resolveBy,
    ...(draft.unit.trim() && draft.kind === "number" ? { unit: draft.unit.trim() } : {}),
    ...(draft.owner ? { owner: draft.owner } : {}),
    ...(draft.kind === "oneOf"
      ? {
          options: names.map((name, place) => ({
            id: question?.options?.[place]?.id ?? (identifier(name) || `option_${place + 1}`),
            name: written(question?.options?.[place]?.name, name),
          })),
        }
      : {}),
  } as Question;
}

/** A name that formulas can use, made of the question's Latin words; of a question in Chinese, a number. */
function newId(text: string, taken: string[]): string {
  const base = identifier(text).split("_").slice(0, 5).join("_") || "question";
  for (let count = 1; ; count++) {
    const candidate = count === 1 && base !== "question" ? base : `${base}_${count}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
