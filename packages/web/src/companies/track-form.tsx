import { Button, TextInput, Textarea } from "@mantine/core";
import type { Track } from "@watershed/domain";
import type { ReactNode } from "react";
import { identifier } from "../data/identifier.ts";
import { ItemForm } from "../forms/item-form.tsx";
import type { FieldProblems } from "../forms/field-problems.ts";
import { freeId, textShown, textTyped } from "../forms/text-value.ts";
import { useItemForm } from "../forms/use-item-form.ts";
import { useFormWords } from "../forms/words.ts";

interface CriterionDraft {
  id?: string; // of one that is there already
  text: string;
  levels: string; // one a line, worst first
}

interface Draft {
  name: string;
  description: string;
  criteria: CriterionDraft[];
}

/** The criteria by which the companies of a track are compared, with what each level of one means. */
export function TrackForm({ track, close }: { track: Track; close: () => void }): ReactNode {
  const { text, forms, say } = useFormWords();
  const form = useTrackForm(track, close);
  const { draft, change, problem } = form;
  const set = (place: number, part: Partial<CriterionDraft>): void =>
    change({ criteria: draft.criteria.with(place, { ...draft.criteria[place], ...part }) });
  return (
    <ItemForm title={`${forms.changeCriteria}: ${say(track.name)}`} lead={forms.criteriaLead} close={close} {...form}>
      <TextInput
        label={forms.trackName}
        required
        data-autofocus
        value={draft.name}
        error={problem("name")}
        onChange={({ target }) => change({ name: target.value })}
      />
      <Textarea
        label={text.decisions.description}
        autosize
        minRows={1}
        value={draft.description}
        error={problem("description")}
        onChange={({ target }) => change({ description: target.value })}
      />
      {draft.criteria.map((criterion, place) => (
        <CriterionFields
          key={place}
          place={place}
          criterion={criterion}
          problem={problem(`criteria.${place}`)}
          set={(part) => set(place, part)}
          remove={draft.criteria.length > 1 ? () => change({ criteria: draft.criteria.toSpliced(place, 1) }) : undefined}
        />
      ))}
      <div>
        <Button size="compact-sm" variant="default" onClick={() => change({ criteria: [...draft.criteria, { text: "", levels: "" }] })}>
          {forms.addCriterion}
        </Button>
      </div>
    </ItemForm>
  );
}

interface CriterionFieldsProps {
  place: number;
  criterion: CriterionDraft;
  problem?: string;
  set: (part: Partial<CriterionDraft>) => void;
  remove?: () => void;
}

function CriterionFields({ place, criterion, problem, set, remove }: CriterionFieldsProps): ReactNode {
  const { text, forms } = useFormWords();
  return (
    <fieldset className="criterion-fields stack tight">
      <legend>{forms.criterionNumber(place + 1)}</legend>
      <Textarea
        label={forms.criterionText}
        required
        autosize
        minRows={1}
        value={criterion.text}
        error={problem}
        onChange={({ target }) => set({ text: target.value })}
      />
      <Textarea
        label={forms.levels}
        description={forms.levelsHint}
        autosize
        minRows={2}
        value={criterion.levels}
        onChange={({ target }) => set({ levels: target.value })}
      />
      {remove && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            onClick={remove}
            aria-label={`${text.state.remove}: ${forms.criterionNumber(place + 1)}`}
          >
            {text.state.remove}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function useTrackForm(track: Track, close: () => void) {
  const { text, forms, language } = useFormWords();
  return useItemForm({
    kind: "tracks",
    item: track,
    draft: (): Draft => ({
      name: textShown(track.name, language),
      description: textShown(track.description, language),
      criteria: track.criteria.map(({ id, text: said, levels = [] }) => ({
        id,
        text: textShown(said, language),
        levels: levels.map((level) => textShown(level, language)).join("\n"),
      })),
    }),
    write: (draft) => trackOf(track, draft, language),
    check: ({ name, criteria }): FieldProblems => ({
      ...(name.trim() === "" ? { name: forms.missing } : {}),
      ...Object.fromEntries(criteria.flatMap((one, place) => (one.text.trim() === "" ? [[`criteria.${place}`, forms.missing]] : []))),
    }),
    fields: ["name", "description", ...Array.from({ length: 40 }, (_, place) => `criteria.${place}`)],
    labels: { name: forms.trackName, description: text.decisions.description, criteria: text.companies.scorecard },
    close,
  });
}

/** The track as the draft says: a criterion keeps its name, its weight, its sources and its other language. */
function trackOf(track: Track, draft: Draft, language: "en" | "zh"): Track {
  const { description: before, ...rest } = track;
  const known = new Map(track.criteria.map((criterion) => [criterion.id, criterion]));
  const taken = new Set(known.keys());
  const criteria = draft.criteria.map(({ id, text, levels }) => {
    const was = id === undefined ? undefined : known.get(id);
    const name = was?.id ?? freeId(identifier(text).split("_").slice(0, 4).join("_") || `${track.id}_criterion`, taken);
    taken.add(name);
    const lines = levels.split("\n").filter((line) => line.trim() !== "");
    const { levels: anchors = [], ...kept } = was ?? ({} as Partial<Track["criteria"][number]>);
    return {
      ...kept,
      id: name,
      text: textTyped(was?.text, text, language)!,
      ...(lines.length > 0 ? { levels: lines.map((line, place) => textTyped(anchors[place], line, language)!) } : {}),
    };
  });
  const description = textTyped(before, draft.description, language);
  return { ...rest, name: textTyped(track.name, draft.name, language)!, criteria, ...(description ? { description } : {}) };
}
