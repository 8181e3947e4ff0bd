import { Button, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { Icon } from "../shell/icon.tsx";
import { qualitiesOf } from "./action-draft.ts";
import type { ObservationDraft } from "./action-draft.ts";
import { useAgendaWords } from "./words.ts";

const mostObservations = 4;

interface ObservationFieldsProps {
  about: ObservationDraft[];
  set: (about: ObservationDraft[]) => void;
}

/** What an action asks: one question and more, each with how far its answer can be trusted. */
export function ObservationFields({ about, set }: ObservationFieldsProps): ReactNode {
  const { form } = useAgendaWords();
  return (
    <fieldset className="observations stack tight">
      <legend>{form.about}</legend>
      {about.map((observation, place) => (
        <OneObservation
          key={place}
          of={observation}
          taken={about.map(({ question }) => question)}
          change={(part) => set(about.map((one, at) => (at === place ? { ...one, ...part } : one)))}
          remove={() => set(about.filter((_, at) => at !== place))}
        />
      ))}
      {about.length < mostObservations && (
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => set([...about, { question: "", qualities: {}, experts: "" }])}
          >
            {form.addQuestion}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface OneObservationProps {
  of: ObservationDraft;
  taken: string[];
  change: (part: Partial<ObservationDraft>) => void;
  remove: () => void;
}

function OneObservation({ of, taken, change, remove }: OneObservationProps): ReactNode {
  const { say } = useWords();
  const { form } = useAgendaWords();
  const { workspace, questions } = useDesk();
  const question = questions.get(of.question);
  const before = of.before?.question === of.question ? of.before : undefined;
  const names = question ? qualitiesOf(question.kind, before) : [];
  const resolved = new Set(workspace.resolutions.map(({ question: id }) => id));
  const open = workspace.questions.filter(({ id }) => id === of.question || (!taken.includes(id) && !resolved.has(id)));
  return (
    <div className="observation stack tight">
      <div className="row nowrap">
        <Select
          className="grow"
          aria-label={form.question}
          placeholder={form.question}
          searchable
          allowDeselect={false}
          limit={60}
          value={of.question || null}
          onChange={(id) => id && change({ question: id })}
          data={open.map(({ id, text }) => ({ value: id, label: say(text) }))}
        />
        <Button variant="subtle" color="gray" onClick={remove}>
          {form.removeQuestion}
        </Button>
      </div>
      {question && names.length === 0 && <p className="small soft">{form.asWritten}</p>}
      {names.length > 0 && (
        <div className="pair">
          {names.map((name) => (
            <TextInput
              key={name}
              label={form.quality[name]}
              description={form.qualityWhy[name === "noise" && question?.kind === "date" ? "noiseOfDays" : name]}
              value={of.qualities[name] ?? ""}
              onChange={({ target }) => change({ qualities: { ...of.qualities, [name]: target.value } })}
            />
          ))}
          <TextInput
            label={form.experts}
            description={form.expertsWhy}
            type="number"
            min={1}
            max={50}
            value={of.experts}
            onChange={({ target }) => change({ experts: target.value })}
          />
        </div>
      )}
    </div>
  );
}
