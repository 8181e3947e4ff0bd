import { Button, Modal, Select, TextInput, Textarea } from "@mantine/core";
import type { Company, Text, Track, Workspace } from "@watershed/domain";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { ApiError, call } from "../data/api.ts";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { Failed } from "../shell/states.tsx";
import { identifier } from "../data/identifier.ts";

const newTrack = "+";

interface Draft {
  name: string;
  track: string;
  trackName: string;
  criterion: string;
  description: string;
}

/** A company that comes into the circle, and its track where that is new too; both or neither are written. */
export function CompanyForm({ close }: { close: () => void }): ReactNode {
  const { text } = useWords();
  const { workspace } = useDesk();
  const [draft, set] = useState<Draft>({
    name: "",
    track: workspace.tracks[0]?.id ?? newTrack,
    trackName: "",
    criterion: "",
    description: "",
  });
  const { mutate, isPending, error } = useAddCompany(close);
  return (
    <Modal opened onClose={close} title={text.decisions.addCompany} closeButtonProps={{ "aria-label": text.state.close }}>
      <form className="stack tight" onSubmit={(event) => (event.preventDefault(), mutate(itemsOf(draft, workspace)))}>
        <Fields draft={draft} change={(part) => set({ ...draft, ...part })} />
        {error instanceof ApiError && <Failed error={error} />}
        <div className="row">
          <Button type="submit" loading={isPending}>
            {text.state.save}
          </Button>
          <Button variant="default" onClick={close}>
            {text.state.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Fields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const written = (field: keyof Draft) => ({
    value: draft[field],
    onChange: ({ target }: { target: { value: string } }) => change({ [field]: target.value }),
  });
  const tracks = workspace.tracks.map(({ id, name }) => ({ value: id, label: say(name) }));
  return (
    <>
      <TextInput label={text.decisions.companyName} required data-autofocus {...written("name")} />
      <Select
        label={text.decisions.track}
        allowDeselect={false}
        data={[...tracks, { value: newTrack, label: text.decisions.newTrack }]}
        value={draft.track}
        onChange={(track) => track && change({ track })}
      />
      {draft.track === newTrack && (
        <>
          <TextInput label={text.decisions.trackName} required {...written("trackName")} />
          <TextInput
            label={text.decisions.firstCriterion}
            description={text.decisions.firstCriterionWhy}
            required
            {...written("criterion")}
          />
        </>
      )}
      <Textarea label={text.decisions.description} autosize minRows={2} {...written("description")} />
    </>
  );
}

/** What the draft adds to a workspace. */
function itemsOf(draft: Draft, { companies, tracks }: Workspace): { track?: Track; company: Company } {
  const track = draft.track === newTrack ? trackOf(draft, new Set(tracks.map(({ id }) => id))) : undefined;
  const description = draft.description.trim();
  return {
    track,
    company: {
      id: freeId(draft.name, "company", new Set(companies.map(({ id }) => id))),
      name: draft.name.trim(),
      track: track?.id ?? draft.track,
      status: "watched",
      ...(description ? { description } : {}),
    },
  };
}

/** Writes the company, its track first where it is new, and opens its page on the case that it still lacks. */
function useAddCompany(close: () => void) {
  const { view } = useDesk();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ track, company }: { track?: Track; company: Company }) =>
      call("POST", `/workspaces/${encodeURIComponent(view.id)}/changes`, {
        changes: [...(track ? [{ kind: "tracks", change: "add", item: track }] : []), { kind: "companies", change: "add", item: company }],
      }),
    onSuccess: async (_, { company }) => {
      await client.invalidateQueries({ queryKey: ["workspace", view.id] });
      close();
      await navigate({
        to: "/w/$workspace/companies/$company",
        params: { workspace: view.id, company: company.id },
        search: { part: "case" },
      });
    },
  });
}

function trackOf({ trackName, criterion }: Draft, taken: Set<string>): Track {
  const id = freeId(trackName, "track", taken);
  const text: Text = criterion.trim();
  return { id, name: trackName.trim(), criteria: [{ id: `${id}_first`, text }] };
}

/** A name that formulas can use and nothing else has. */
function freeId(name: string, otherwise: string, taken: Set<string>): string {
  const base = identifier(name) || otherwise;
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? base : `${base}_${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
